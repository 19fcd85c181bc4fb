"""Clauses: where a sentence may end and still say what it says, with the words that answer."""

from __future__ import annotations

import pytest

from index.article import make_article
from index.sentence import Sentence
from qa.clause import clause, ends
from qa.evidence import Evidence


def evidence(text: str, answer: str) -> Evidence:
    article = make_article("a.txt", text)
    at = article.text.index(answer)
    return Evidence(
        article=article,
        sentence=Sentence(article.id, 0, len(article.text), 1, boilerplate=False, heading=False, paragraph=0),
        start=0,
        text=article.text,
        coverage=0.0,
        cosine=0.0,
        vector=None,
        answer=(at, at + len(answer)),
        answerable=0.9,
        sure=0.9,
        fits=True,
        passage=0.0,
        score=0.9,
    )


def shown(text: str, answer: str) -> list[str]:
    return [text[:end] for end in ends(evidence(text, answer))]


@pytest.mark.parametrize(
    ("text", "answer", "cut"),
    [
        ("The prize went to Ionescu for the same film.", "Ionescu", ["The prize went to Ionescu"]),
        ("The side is headed by Umerov, who landed late.", "Umerov", ["The side is headed by Umerov"]),
        (
            "The ship was carrying 312 people to the island when smoke was seen.",
            "312",
            ["The ship was carrying 312 people to the island"],
        ),
    ],
)
def test_a_sentence_may_end_before_what_only_adds(text: str, answer: str, cut: list[str]) -> None:
    assert shown(text, answer) == cut


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("They will meet Putin unless he stays at home.", "Putin"),
        ("They will meet Putin if he comes.", "Putin"),
        ("The strike hit the port of Odesa on Friday.", "Odesa"),
        ("The strike hit Odesa in March 2022.", "Odesa"),
        ("Medinsky led the negotiators at those meetings.", "the negotiators"),
        ("He called it “a sham in every way” again.", "a sham"),
        ("A seat for Zhou in Ulm.", "Zhou"),
    ],
)
def test_nothing_is_cut_off_that_changes_what_is_said(text: str, answer: str) -> None:
    assert not shown(text, answer)


def test_the_clause_with_the_answer_ends_at_its_comma() -> None:
    assert (
        clause(evidence("The side is headed by Umerov, who landed late.", "Umerov")) == "The side is headed by Umerov"
    )
