"""What is told of another day does not answer a question about one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from said import write

from index.indexing import index_paths
from qa.library import Library

if TYPE_CHECKING:
    from index.minilm import MiniLM

FERRY = {
    "gazette": (
        "The ferry of Lunde.\n\nCaptain Berit Moen said on Thursday that the ferry was safe. "
        "On Friday Captain Berit Moen said that the ferry had a crack in its hull."
    ),
    "courier": "A crack.\n\nThe ferry carried 90 people on Thursday. The ferry carried 12 people on Friday.",
}


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Library:
    root = tmp_path_factory.mktemp("ferry")
    index_paths([write(root / "articles", **FERRY)], root / "store", embedder)
    return Library.open(root / "store", embedder)


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("How many people did the ferry carry on Thursday?", "90"),
        ("How many people did the ferry carry on Friday?", "12"),
        ("What did Berit Moen say about the ferry on Friday?", "crack"),
        ("What did Berit Moen say about the ferry on Thursday?", "safe"),
    ],
)
def test_the_day_that_is_named_decides(question: str, right: str, ferry: Library) -> None:
    assert right in ferry.ask(question).claims[0].text


def test_another_day_still_answers_yes_or_no(ferry: Library) -> None:
    _, evidence = ferry.weigh("Did the ferry carry 90 people on Friday?")
    assert max(e.answerable for e in evidence) > 0.5
