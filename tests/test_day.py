"""Days: what happened on the day that a question names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.indexing import index_paths
from qa.day import articles_of
from qa.library import Library

if TYPE_CHECKING:
    from index.minilm import MiniLM

STRIKE = (
    "Strike at the mill\n2026-05-05\n\nWorkers at the Lindau mill walked out on Monday after talks on pay failed.\n\n"
    "The mill has made paper for newspapers of the whole country since 1952.\n"
)
DEAL = (
    "Deal at the mill\n2026-05-12\n\nThe union and the mill in Lindau agreed on a rise of four percent on 11 May.\n\n"
    "On Tuesday the workers returned to the mill and started the machines.\n"
)
FAIR = "Fair opens\n2026-05-12\n\nThe book fair in Altmark opened with a record of two hundred publishers.\n"


@pytest.fixture(scope="module")
def mill(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Library:
    folder = tmp_path_factory.mktemp("mill")
    for name, text in (("strike.txt", STRIKE), ("deal.txt", DEAL), ("fair.txt", FAIR)):
        (folder / name).write_text(text, "utf-8")
    store = tmp_path_factory.mktemp("store") / "s"
    index_paths([folder], store, embedder)
    return Library.open(store, embedder)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What happened on 4 May 2026?", ["walked out on Monday"]),
        ("What happened at the mill on 11 May?", ["agreed on a rise"]),
        ("Summarise what happened on May 12, 2026", ["returned to the mill"]),
        ("Give me a timeline of 11 May 2026", ["agreed on a rise"]),
        ("What happened in Altmark on 12 May?", ["book fair in Altmark opened"]),
    ],
)
def test_the_statements_that_tell_of_a_day_are_given(mill: Library, question: str, words: list[str]) -> None:
    answer = mill.ask(question)
    assert not answer.refused
    assert [next(w for w in words if w in claim.text) for claim in answer.claims] == words


@pytest.mark.parametrize("question", ["What happened on 3 March 1999?", "What happened at the mill on 5 August 2026?"])
def test_a_day_of_which_nothing_is_told_is_refused(mill: Library, question: str) -> None:
    answer = mill.ask(question)
    assert answer.refused
    assert not answer.claims


def test_of_many_articles_those_published_on_the_day_or_in_the_week_after_are_looked_at(mill: Library) -> None:
    known = {article.id: article for article in mill.articles()}
    names = {known[id_].file for id_ in articles_of((2026, 5, 6), known, known)}
    assert names == {"strike.txt", "deal.txt"} | ({"fair.txt"} if "deal.txt" in names else set())
    assert {known[id_].file for id_ in articles_of((None, 5, 4), known, known)} == {"strike.txt"}
    assert articles_of((2025, 5, 4), known, known) == frozenset()
    assert articles_of((2026, 2, 30), known, known) == frozenset()
