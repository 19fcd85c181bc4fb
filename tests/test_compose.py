"""Composing: which evidence becomes a claim, and which is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from said import write

from index.indexing import index_paths
from qa.agreement import Agreement
from qa.compose import compose
from qa.library import Library

if TYPE_CHECKING:
    from pathlib import Path

    from index.minilm import MiniLM

PORT = {
    "gazette": "Port of Lund.\n\nPetra Holm, who heads the port's fire brigade, warned of the old tanks.",
    "courier": "Strike at Lund.\n\nThe strike at the port of Lund is led by Arne Dahl.",
    "herald": "Cranes stand still.\n\nArne Dahl leads the strike at the port of Lund.",
    "mirror": "No end in sight.\n\nArne Dahl, who leads the strike at the port, met the owners of Lund.",
}


def test_the_best_single_piece_of_evidence_stays_where_more_of_it_gives_another_answer(
    tmp_path: Path, embedder: MiniLM
) -> None:
    index_paths([write(tmp_path / "articles", **PORT)], tmp_path / "store", embedder)
    library = Library.open(tmp_path / "store", embedder)
    question, evidence = library.weigh("Who heads the fire brigade of the port of Lund?")
    assert "Petra Holm" in evidence[0].text
    (claims,) = compose([(Agreement(question, library.corpus, library.reader), evidence)])
    assert any("Petra Holm" in claim.text for claim in claims)


def test_a_question_in_an_article_is_no_evidence(tmp_path: Path, embedder: MiniLM) -> None:
    gazette = "Chirper news.\n\nHow do readers get verified on Chirper?\n\nChirper takes eight dollars a month for it."
    index_paths([write(tmp_path / "articles", gazette=gazette)], tmp_path / "store", embedder)
    _, evidence = Library.open(tmp_path / "store", embedder).weigh("How do readers get verified on Chirper?")
    assert [e.text for e in evidence] == ["Chirper takes eight dollars a month for it.", "Chirper news."]
