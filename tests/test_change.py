"""Changes: answers of different weeks are no contradiction, unless they say that something has changed."""

from pathlib import Path

import pytest

from index.indexing import index_paths
from index.minilm import MiniLM
from qa.answer import Difference
from qa.library import Library

MAY, LATE = "2031-05-04", "2031-05-26"
COST = "The new library will cost {} million crowns, the council of Varde said."
TOLL = (
    "At least nine people died in the flood in Varde on Tuesday, the coast guard said.",
    "The number of people who died in the flood in Varde has risen to 14, the coast guard said.",
)


def read(folder: Path, embedder: MiniLM, *articles: tuple[str, str]) -> Library:
    """Index articles, each a day and a text."""
    for number, (day, text) in enumerate(articles):
        front = f"---\ntitle: Varde\ndate: {day}\n---\n" if day else ""
        (folder / f"{number}.md").write_text(f"{front}\n{text}\n")
    index_paths([folder], folder / "store", embedder)
    return Library.open(folder / "store", embedder)


@pytest.mark.parametrize(
    ("days", "told"),
    [((MAY, "2031-05-05"), [Difference.FIGURE]), ((MAY, LATE), []), ((MAY, ""), [Difference.FIGURE])],
)
def test_figures_of_other_weeks_are_no_difference(
    tmp_path: Path, embedder: MiniLM, days: tuple[str, str], told: list[Difference]
) -> None:
    articles = [(day, COST.format(cost)) for day, cost in zip(days, (12, 19), strict=True)]
    question = "How much will the new library of Varde cost?"
    answer = read(tmp_path, embedder, *articles).ask(question)
    assert not answer.refused
    assert [conflict.kind for conflict in answer.conflicts] == told


def test_a_figure_that_rose_since_is_a_change_in_whatever_week(tmp_path: Path, embedder: MiniLM) -> None:
    question = "How many people died in the flood in Varde?"
    library = read(tmp_path, embedder, (MAY, TOLL[0]), (LATE, TOLL[1]))
    assert [c.kind for c in library.ask(question).conflicts] == [Difference.CHANGE]
