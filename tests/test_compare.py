from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from said import write

from index.indexing import index_paths
from qa.answer import Answer, Citation, Claim, Conflict, Difference, Version
from qa.compare import FURTHER, answered_rows, compare_question
from qa.library import Library

if TYPE_CHECKING:
    from pathlib import Path

    from index.minilm import MiniLM
    from qa.compare import Comparison


@pytest.fixture(scope="module")
def delegations(library: Library) -> Comparison:
    comparison = library.ask(compare_question("the delegations")).comparison
    assert comparison is not None
    return comparison


def test_a_comparison_is_a_table_of_articles_by_aspects_with_a_citation_in_every_cell(
    delegations: Comparison, seeds: Path
) -> None:
    assert len(delegations.sources) == 5
    assert {"ICARO Media Group", "ZMedia", "KAAB TV", "NDTV Profit"} < {source.name for source in delegations.sources}
    for row in delegations.rows:
        assert row.aspect
        assert sum(cell is not None for cell in row.cells) >= 2
        for source, cell in zip(delegations.sources, row.cells, strict=True):
            if cell is not None:
                (citation,) = cell.citations
                assert citation.file == source.file
                assert (
                    cell.text
                    == citation.quote
                    == (seeds / citation.file).read_text("utf-8")[citation.start : citation.end]
                )


def test_no_sentence_stands_in_two_rows(delegations: Comparison) -> None:
    spans = [(c.file, c.start, c.end) for claim in delegations.claims for c in claim.citations]
    for n, (file, start, end) in enumerate(spans):
        assert not any(f == file and start < e and s < end for f, s, e in spans[n + 1 :])


def test_a_comparison_on_a_question_begins_with_what_each_article_answers(library: Library) -> None:
    comparison = library.ask(compare_question("Who leads the delegations?")).comparison
    assert comparison is not None
    first, *others = comparison.rows
    assert "UMEROV" in first.aspect.upper()
    assert all(cell is not None and "Umerov" in cell.text for cell in first.cells)
    assert len(comparison.sources) == 5
    assert len(others) <= FURTHER


def test_a_question_that_no_article_answers_is_compared_by_what_they_say_on_its_subject(library: Library) -> None:
    asked = "Why did Rubio fly to Paris?"
    assert library.ask(asked).refused
    comparison = library.ask(compare_question(asked)).comparison
    assert comparison is not None
    assert all("Rubio" in claim.text for claim in comparison.rows[0].cells if claim)


def test_a_topic_without_an_aspect_that_articles_share_is_compared_by_what_each_says_on_it(
    tmp_path: Path, embedder: MiniLM
) -> None:
    warnings = {
        "capital": "A gale warning had been issued at 5 p.m., before departure. The hull was painted in March.",
        "meteo": "Sailors got the gale warning too late, fishermen of the island say. Tickets cost nine euros.",
    }
    index_paths([write(tmp_path / "articles", **warnings)], tmp_path / "store", embedder)
    comparison = Library.open(tmp_path / "store", embedder).ask(compare_question("the gale warning")).comparison
    assert comparison is not None
    (row,) = comparison.rows
    assert all(cell is not None and "gale warning" in cell.text for cell in row.cells)
    assert {source.file for source in comparison.sources} == {"capital.txt", "meteo.txt"}


def test_a_row_holds_the_sentences_cited_for_a_claim_and_those_of_the_other_side_of_a_conflict() -> None:
    a, b, c = (_citation(number, f"{number}.txt", f"Number {number} died.") for number in (1, 2, 3))
    claim, alone = Claim("Number 1 died.", (a, b), 2), Claim("It rained.", (c,), 1)
    sides = Conflict("How many?", Difference.FIGURE, (Version("1", (a, b)), Version("3", (c,))))
    known = {"short": None, "reason": None, "passages": (), "seconds": 0.1}
    told = Answer("How many died?", "How many died?", (claim,), refused=False, conflicts=(sides,), **known)
    (row,) = answered_rows(told)
    assert {name: cell.citations for name, cell in row.items()} == {"1.txt": (a,), "2.txt": (b,), "3.txt": (c,)}
    assert all(cell.text == cell.citations[0].quote for cell in row.values())
    assert answered_rows(replace(told, claims=(alone,), conflicts=())) == []
    assert answered_rows(replace(told, refused=True)) == []


def _citation(number: int, file: str, quote: str) -> Citation:
    return Citation(number, file, None, None, None, None, 1, 0, len(quote), quote, 1.0)


def test_a_comparison_on_a_question_compares_what_it_is_about() -> None:
    assert compare_question("Who leads the delegations?") == "Compare the articles on “Who leads the delegations”"
    assert compare_question("Summarise the talks") == "Compare the articles on “the talks”"
    assert compare_question("Give me a timeline") == compare_question("") == "Compare the articles"


def test_a_topic_that_is_in_no_article_is_refused_by_name(library: Library) -> None:
    answer = library.ask(compare_question("Beyoncé Knowles"))
    assert answer.refused
    assert answer.comparison is None
    assert "Beyoncé" in (answer.reason or "")


def test_a_comparison_is_json(delegations: Comparison) -> None:
    table = delegations.to_dict()
    assert set(table) == {"topic", "sources", "rows"}
    cells = [cell for row in table["rows"] for cell in row["cells"]]
    assert None in cells
    assert {frozenset(cell) for cell in cells if cell} == {frozenset({"text", "citations"})}
