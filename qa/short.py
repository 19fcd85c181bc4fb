"""The short answer: the few words of the best evidence that answer the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.fold import keys, plain
from qa.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.evidence import Evidence
    from qa.question import Question

SURE = 0.35
"""The reader's probability from which on its words are shown."""
VOTERS = 8
"""Pieces of evidence, best first, whose words count for each other."""
UNFIT = 0.5
"""What words count that are not of the kind asked for."""


def short_answer(question: Question, evidence: Sequence[Evidence]) -> str | None:
    """Return the words that answer, verbatim from the evidence, or None where they cannot be told."""
    best = best_answer(question, evidence)
    return None if best is None else _words(best)


def best_answer(question: Question, evidence: Sequence[Evidence]) -> Evidence | None:
    """Return the evidence whose words answer, or None where they cannot be told.

    The same words in several sentences count together, `Umerov` with `Rustem Umerov`: each counts by the sentence's
    score and by how sure the reader is of them there. Of equals the best evidence's words are given.
    """
    voters = [e for e in evidence[:VOTERS] if e.answer is not None and e.answerable >= SURE]
    if question.kind in (Kind.TOPIC, Kind.STATEMENT, Kind.YES_NO) or not voters:
        return None
    said = [frozenset(keys(_words(e))) or frozenset([plain(_words(e))]) for e in voters]
    each = [e.score * e.sure * (1.0 if e.fits else UNFIT) for e in voters]
    votes = [sum(v for v, others in zip(each, said, strict=True) if own <= others or others <= own) for own in said]
    return voters[max(range(len(voters)), key=votes.__getitem__)]


def _words(evidence: Evidence) -> str:
    assert evidence.answer is not None
    return evidence.article.text[slice(*evidence.answer)]
