"""Order: what is typed in a hurry is asked as a plain question; a question that is one stays as it is."""

import pytest

from qa.kind import Kind, read_kind
from qa.order import in_order


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("umerov who is that", "who is umerov?"),
        ("nato-russia council what is it", "what is nato-russia council?"),
        ("talks istanbul when", "when talks istanbul?"),
        ("rutte in tirana: who is he", "who is rutte in tirana?"),
        ("Trump met Erdogan where?", "where Trump met Erdogan?"),
        ("drones over kyiv: how many?", "how many drones over kyiv?"),
    ],
)
def test_a_question_word_at_the_end_goes_first(typed: str, meant: str) -> None:
    assert in_order(typed) == meant


@pytest.mark.parametrize(
    "plain",
    [
        "umerov job",
        "erdogan ankara why",
        "putin not there, how come",
        "Who is he and why?",
        "tell me who",
        "I want to know who leads them and when",
        "and when",
        "and the other side, why",
        "Describe how",
        "this is how it was",
        "He said what?",
        "What is that",
    ],
)
def test_other_questions_stay_as_they_are(plain: str) -> None:
    assert in_order(plain) == plain


@pytest.mark.parametrize("asked", ["What did Rutte have to say about Putin?", "What does Kyiv have to say?"])
def test_what_somebody_has_to_say_is_what_he_says(asked: str) -> None:
    assert in_order(asked) == asked.replace("have to say", "say")
    assert read_kind(in_order(asked)) is Kind.WORDS


def test_having_to_say_something_is_left() -> None:
    assert in_order("Why did he have to say it?") == "Why did he have to say it?"
