from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qa.compare import compare_question

if TYPE_CHECKING:
    from pathlib import Path

    from qa.compare import Comparison
    from qa.library import Library


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
