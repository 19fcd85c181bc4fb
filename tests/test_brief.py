"""Brief answers: a part of the words that answer, with nothing in it that the question has or does not ask for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.brief import brief
from qa.kind import read_kind

if TYPE_CHECKING:
    from qa.question import Question


def asked(text: str) -> Question:
    """A question as far as `brief` looks at it."""
    return cast("Question", SimpleNamespace(text=text, kind=read_kind(text)))


@pytest.mark.parametrize(
    ("question", "words", "shown"),
    [
        ("In which state was the flood?", "southwestern Virginia", "Virginia"),
        ("In which state was it sold?", "Altadena, California", "California"),
        ("Which country did it hit?", "west-central Mexico", "Mexico"),
        ("Which country is it in?", "Lviv, Ukraine", "Ukraine"),
        ("Which country was it?", "Saudi Arabian officials", "Saudi Arabian"),
        ("Which country was it?", "the eastern United Arab Emirates", "United Arab Emirates"),
        ("Which pop star will sing?", "Pop icon and entrepreneur Rihanna", "Rihanna"),
        ("Who leads the team?", "presidential adviser Vladimir Medinsky", "Vladimir Medinsky"),
        ("Who leads the team?", "his defence minister, Rustem Umerov", "Rustem Umerov"),
        ("Which university apologised?", "Northeastern University’s law school", "Northeastern University"),
        ("It was found in which household product?", "dry shampoo products", "dry shampoo"),
        ("Which animals escaped?", "Five lions", "lions"),
        ("What percentage is recycled?", "around 9%", "9%"),
        ("Approximately how many cases are pending?", "Nearly 1.6 million", "1.6 million"),
        ("How old is he?", "17-year-old", "17"),
        ("Which show won?", "Dune Bride” — the rival of “Salt", "Dune Bride"),
    ],
)
def test_what_is_not_asked_for_is_left_out(question: str, words: str, shown: str) -> None:
    assert brief(asked(question), words) == shown


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many cases are pending?", "Nearly 1.6 million"),
        ("How many children?", "more than 10"),
        ("Who leads the team?", "Defense Minister Rustem Umerov"),
        ("Who left?", "former President Trump"),
        ("Who spoke?", "Trump and Erdoğan"),
        ("Who criticised them?", "a Ukrainian diplomat"),
        ("Who is Umerov?", "defence minister Umerov"),
        ("Which countries signed?", "the United States and the United Arab Emirates"),
        ("Which countries signed?", "northern Ireland and western Samoa"),
        ("Where did it happen?", "Palm Beach, Florida"),
        ("How old is the treaty?", "17 years"),
        ("Which ministers came?", "two"),
        ("What ransom did they demand?", "40 million crowns"),
        ("What sentence did he get?", "seven years"),
        ("Which show won?", "South Korean show"),
        ("Which telescope saw it?", "The Hale telescope"),
    ],
)
def test_what_says_something_stays(question: str, words: str) -> None:
    assert brief(asked(question), words) == words


@given(
    st.sampled_from(["Who won?", "Which state?", "Which show won?", "About how many?", "Which two animals escaped?"]),
    st.lists(
        st.sampled_from("the Five lions about 12 Ann Lee, shows “Salt” ” — and minister Ohio".split()), min_size=1
    ),
)
def test_what_is_shown_is_a_part_of_the_words(question: str, words: list[str]) -> None:
    shown = brief(asked(question), " ".join(words))
    assert shown
    assert shown in " ".join(words)
