"""Two sentences clash in what one alone denies, in what both count, or in who says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from learnt import learn_vocabulary

from index.fold import keys
from qa.clash import denials_clash, figures_clash, gives_figure, is_unsaid, speakers_differ, tells_of_another_year
from qa.detail import Details, read_details

if TYPE_CHECKING:
    from index.vocabulary import Vocabulary

TEXTS = ["On Monday Anna Brandt said that Carl Weiss would come. Carl Weiss said so, too, in Ulm on Monday."]


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return learn_vocabulary(TEXTS)[0]


def details(text: str, words: Vocabulary) -> Details:
    return read_details(text, words)


@pytest.mark.parametrize(
    ("one", "other", "about", "clash"),
    [
        ("No data were lost.", "Data were lost.", "Were data lost?", True),
        ("The schools will not open.", "The schools will open.", "Will the schools open?", True),
        ("Data of customers were not lost.", "No customer data were lost.", "Were customer data lost?", False),
        ("The schools will not open.", "The schools are old.", "Are the schools old?", False),
    ],
)
def test_what_one_alone_denies_clashes(one: str, other: str, about: str, clash: bool, words: Vocabulary) -> None:  # noqa: FBT001 - a table
    a, b = details(one, words), details(other, words)
    assert denials_clash(a, b, set(keys(about)), words) is clash
    assert denials_clash(b, a, set(keys(about)), words) is clash


@pytest.mark.parametrize(
    ("figure", "text", "given"),
    [
        ("They get one month’s fees back.", "They get a month’s fees back.", True),
        ("It lasted one hour.", "It lasted an hour.", True),
        ("It lasted two hours.", "It lasted an hour.", False),
        ("It lasted one hour.", "It lasted a day.", False),
        ("One ship sank.", "A ship sank.", False),
    ],
)
def test_one_of_a_unit_is_given_by_the_article_before_it(
    figure: str,
    text: str,
    given: bool,  # noqa: FBT001 - a table
    words: Vocabulary,
) -> None:
    claim, told = details(figure, words), details(text, words)
    assert gives_figure(claim.figures[0], told) is given
    assert is_unsaid(claim, told) is not given


def test_other_figures_for_one_thing_clash(words: Vocabulary) -> None:
    assert figures_clash(details("Nine houses burned.", words), details("Ten houses burned.", words))
    assert not figures_clash(details("Nine houses burned.", words), details("Ten people died.", words))


def test_sentences_in_which_others_speak_differ(words: Vocabulary) -> None:
    brandt, weiss = "Anna Brandt said that it was late.", "Carl Weiss said that it was late."
    assert speakers_differ(details(brandt, words), details(weiss, words), words)
    assert not speakers_differ(details(brandt, words), details("It was late, said Brandt.", words), words)
    assert not speakers_differ(details(brandt, words), details("It was late.", words), words)


@pytest.mark.parametrize(
    ("text", "claim", "apart"),
    [
        ("Weiss led the talks of March 2022.", "Weiss leads the team.", True),
        ("Weiss led the talks of March 2022.", "Weiss led the talks in 2022.", False),
        ("Weiss led the talks on Friday.", "Weiss leads the team.", False),
    ],
)
def test_what_is_dated_in_another_year_is_another_matter(text: str, claim: str, apart: bool, words: Vocabulary) -> None:  # noqa: FBT001 - a table
    assert tells_of_another_year(details(text, words), details(claim, words)) is apart
