"""The short answer: the few words of the best evidence that answer the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.evidence import Evidence
    from qa.question import Question

SURE = 0.35
"""The reader's probability from which on its words are shown."""


def short_answer(question: Question, evidence: Sequence[Evidence]) -> str | None:
    """Return the words that answer, verbatim from the best evidence, or None where they cannot be told."""
    best = evidence[0]
    if question.kind in (Kind.TOPIC, Kind.YES_NO) or best.answer is None or best.answerable < SURE:
        return None
    return best.article.text[slice(*best.answer)]
