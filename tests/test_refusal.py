"""Refusal: a fact that one sentence tells plainly is answered, and what only sounds like it is not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from said import write

from index.indexing import index_paths
from qa.library import Library
from qa.refusal import plainness

if TYPE_CHECKING:
    from index.minilm import MiniLM

BANK = {
    "review": (
        "Nordhaven after the attack.\n\nThe Financial Supervisory Authority has fined Nordhaven Bank 75 million crowns "
        "for failings in its protection. All 84 branches are open. The attackers came in through a supplier."
    ),
    "voice": "The queue.\n\nHundreds queued outside the branch of Nordhaven Bank. They got up to 2,000 crowns in cash.",
    "today": "Black Heron.\n\nThe group has extorted 90 million dollars from hospitals. It wrote to Tidewall.",
}


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Library:
    root = tmp_path_factory.mktemp("bank")
    index_paths([write(root / "articles", **BANK)], root / "store", embedder)
    return Library.open(root / "store", embedder)


def test_a_fact_that_one_sentence_tells_is_answered(bank: Library) -> None:
    answer = bank.ask("How much was Nordhaven Bank fined?")
    assert answer.short == "75 million crowns"


@pytest.mark.parametrize("question", ["How much was Tidewall fined?", "How many branches does Tidewall have?"])
def test_what_is_told_of_another_name_is_not(question: str, bank: Library) -> None:
    assert bank.ask(question).refused


def test_a_plain_sentence_counts_less_the_larger_the_corpus(bank: Library) -> None:
    question, (best, *_) = bank.weigh("How much was Nordhaven Bank fined?")
    few, more, many = (plainness(question, best, chunks) for chunks in (40, 1_000, 73_000))
    assert few > more > many == 0.0


def test_it_must_have_the_words_the_sense_and_an_answer_of_the_kind(bank: Library) -> None:
    question, (best, *_) = bank.weigh("How much was Nordhaven Bank fined?")
    for less in (replace(best, coverage=0.4), replace(best, cosine=0.5), replace(best, fits=False)):
        assert plainness(question, less, chunks=40) == 0.0
