"""The short answer: the few words that answer the question, of what is cited for a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.fold import keys, plain
from qa.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.answer import Citation, Claim
    from qa.evidence import Evidence
    from qa.question import Question

SURE = 0.35
"""The reader's probability from which on its words are shown."""
VOTERS = 8
"""Pieces of evidence, best first, whose words count for each other."""
UNFIT = 0.5
"""What words count that are not of the kind asked for."""


def short_answer(question: Question, evidence: Sequence[Evidence], claims: Sequence[Claim]) -> str | None:
    """Return the words that answer, verbatim from what is cited for the first claim that has any, or None.

    Args:
        question: what was asked.
        evidence: what answers it, best first.
        claims: what was made of that, the best first: what most evidence says is right more often than what a reader
            of single sentences is sure of.
    """
    voted = _voted(question, evidence)
    for claim in claims:
        if traced := [e for e in voted if any(_cites(citation, e) for citation in claim.citations)]:
            return _words(traced[0])
    return None


def best_answer(question: Question, evidence: Sequence[Evidence]) -> Evidence | None:
    """Return the evidence whose words answer, whether or not a claim is made of it; None where they cannot be told."""
    return next(iter(_voted(question, evidence)), None)


def _voted(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence that has words that answer, the likeliest first.

    The same words in several sentences count together, `Umerov` with `Rustem Umerov`: each counts by the sentence's
    score and by how sure the reader is of them there. Of equals the best evidence's words are first.
    """
    voters = [e for e in evidence[:VOTERS] if e.answer is not None and e.answerable >= SURE]
    if question.kind in (Kind.TOPIC, Kind.STATEMENT, Kind.YES_NO):
        return []
    said = [frozenset(keys(_words(e))) or frozenset([plain(_words(e))]) for e in voters]
    each = [e.score * e.sure * (1.0 if e.fits else UNFIT) for e in voters]
    votes = [sum(v for v, others in zip(each, said, strict=True) if own <= others or others <= own) for own in said]
    return [e for _, e in sorted(zip(votes, voters, strict=True), key=lambda pair: -pair[0])]


def _cites(citation: Citation, evidence: Evidence) -> bool:
    """Tell whether a citation quotes the answer of a piece of evidence."""
    assert evidence.answer is not None
    same = (citation.file, citation.record) == (evidence.article.file, evidence.article.record)
    return same and citation.start <= evidence.answer[0] and evidence.answer[1] <= citation.end


def _words(evidence: Evidence) -> str:
    assert evidence.answer is not None
    return evidence.article.text[slice(*evidence.answer)]
