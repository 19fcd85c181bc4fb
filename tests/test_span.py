"""Spans: of the words that the reader points at, those that can be what is asked for go first."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from qa.kind import read_kind
from qa.reader import Reading
from qa.span import choose

if TYPE_CHECKING:
    from qa.question import Question

WINDOW = "Crews worked on Thursday after Hurricane Fiona, the worst since 2017, cut the power, Mayor Ana Lund said."


def chosen(question: str, *spans: tuple[str, float]) -> tuple[str, bool]:
    """The words that are chosen of some that the reader pointed at, and whether they fit."""
    places = [(at := WINDOW.index(words), at + len(words), score) for words, score in spans]
    reading = Reading(*places[0], 0.9, tuple(places[1:]))
    asked = cast("Question", SimpleNamespace(text=question, kind=read_kind(question)))
    start, end, _, fits = choose(reading, WINDOW, asked, ())
    return WINDOW[start:end], fits


@pytest.mark.parametrize(
    ("question", "spans", "words"),
    [
        (
            "Which hurricane cut the power?",
            (("Thursday", 0.6), ("Ana Lund", 0.1), ("Hurricane Fiona", 0.03)),
            "Hurricane Fiona",
        ),
        ("Which mayor spoke?", (("Thursday", 0.6), ("Ana Lund", 0.2)), "Ana Lund"),
        ("When did they work?", (("Crews", 0.6), ("Thursday", 0.2)), "Thursday"),
    ],
)
def test_a_likely_span_of_the_right_sort_goes_first(
    question: str, spans: tuple[tuple[str, float], ...], words: str
) -> None:
    assert chosen(question, *spans) == (words, True)


def test_an_unlikely_one_does_not() -> None:
    assert chosen("When did they work?", ("Crews", 0.9), ("Thursday", 0.03)) == ("Crews", False)


def test_a_given_name_says_nothing_of_who_somebody_is() -> None:
    assert chosen("Who is Lund?", ("Ana", 0.8), ("Mayor", 0.1))[0] == "Mayor"


@pytest.mark.parametrize(
    ("window", "said"),
    [
        ("Ana Lund, head of the Skar police, spoke first.", "head of the Skar police"),
        ("The team is led by Ana Lund, an old friend of the mayor who has led it twice.", "an old friend of the mayor"),
        ("Lund, Norway's envoy, was late.", "Norway's envoy"),
    ],
)
def test_who_somebody_is_stands_behind_the_name(window: str, said: str) -> None:
    reading = Reading(0, 3, 0.9, 0.9)
    asked = cast("Question", SimpleNamespace(text="Who is Lund?", kind=read_kind("Who is Lund?")))
    start, end, _, fits = choose(reading, window, asked, ())
    assert (window[start:end], fits) == (said, True)


@pytest.mark.parametrize("window", ["Lund, speaking in Varde, was late.", "Lund, also in Varde, was late."])
def test_what_else_stands_there_is_not_that(window: str) -> None:
    asked = cast("Question", SimpleNamespace(text="Who is Lund?", kind=read_kind("Who is Lund?")))
    assert choose(Reading(0, 4, 0.9, 0.9), window, asked, ())[:2] == (0, 4)
