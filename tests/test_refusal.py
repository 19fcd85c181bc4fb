"""Refusal: a fact that one sentence tells plainly is answered, and what only sounds like it is not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from said import write

from index.indexing import index_paths
from qa.library import Library
from qa.reader import Judgement, Reader
from qa.refusal import THRESHOLD, answerability, told_plainly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.minilm import MiniLM

HARBOUR = {
    "star": (
        "The harbour.\n\nThe pilots of Bremvik went on strike on Sunday. By Monday evening the number of freighters "
        "waiting outside the breakwater was eleven. The harbour master spoke of a quiet night."
    ),
    "post": "Fishing.\n\nThe fishermen of Bremvik caught little cod in May. The fish market sold mackerel instead.",
    "today": "The new bridge.\n\nThe mayor of Bremvik opened a bridge. Children sang, and the band played.",
}
WAITING = "How many freighters were waiting on Monday evening?"


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Library:
    root = tmp_path_factory.mktemp("harbour")
    index_paths([write(root / "articles", **HARBOUR)], root / "store", embedder)
    return Library.open(root / "store", embedder)


def test_a_fact_that_one_sentence_tells_is_answered_though_no_other_tells_it(harbour: Library) -> None:
    _, evidence = harbour.weigh(WAITING)
    assert answerability(evidence, chunks=40) < THRESHOLD
    assert harbour.ask(WAITING).short == "eleven"


@pytest.mark.parametrize(
    "question",
    [
        "How many freighters were waiting in Ostrand on Monday evening?",
        "How many ferries were waiting on Monday evening?",
    ],
)
def test_what_is_told_of_another_name_or_thing_is_not(question: str, harbour: Library) -> None:
    assert harbour.ask(question).refused


def test_it_counts_less_the_larger_the_corpus(harbour: Library) -> None:
    question, evidence = harbour.weigh(WAITING)
    few, more, many = (told_plainly(question, evidence, chunks, harbour.reader) for chunks in (40, 400, 73_000))
    assert few > more > many == 0.0


def test_it_must_have_the_words_the_sense_and_an_answer_of_the_kind(harbour: Library) -> None:
    question, (best, *_) = harbour.weigh(WAITING)
    for less in (replace(best, coverage=0.4), replace(best, cosine=0.5), replace(best, fits=False)):
        assert told_plainly(question, [less], 40, harbour.reader) == 0.0


class Doubting(Reader):
    """A reader that leaves every statement open."""

    def judge(self, statement: str, windows: Sequence[str]) -> list[Judgement]:  # noqa: ARG002 - whatever is stated
        return [Judgement(0.4, 0.5, 0.1) for _ in windows]


def test_the_reader_must_find_the_answer_stated(harbour: Library) -> None:
    question, evidence = harbour.weigh(WAITING)
    assert told_plainly(question, evidence, 40, harbour.reader) > THRESHOLD
    assert told_plainly(question, evidence, 40, Doubting()) == 0.0
