"""Clauses: how little of a piece of evidence still gives its answer: its own sentence, or the clause that answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qa.evidence import alone

if TYPE_CHECKING:
    from qa.evidence import Evidence

_BREAK = re.compile(r"[,;:](?=\s)|\s+[–—-]\s")
_FINITE = re.compile(
    r"(?i)\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|shall|should|must|did|does|\w{2,}ed)\b"
)


def own(evidence: Evidence) -> str:
    """Return the sentence with the answer alone, else all that is quoted."""
    inside = evidence.answer is not None and evidence.answer[0] >= evidence.sentence.start
    return alone(evidence).text if inside else evidence.text


def clause_end(evidence: Evidence) -> int | None:
    """Return where in its text the clause with the answer ends, where it is a sentence by itself and more follows."""
    if evidence.answer is None or evidence.start != evidence.sentence.start:
        return None
    right = evidence.answer[1] - evidence.start
    end = _BREAK.match(evidence.text, right)
    return end.start() if end and _FINITE.search(evidence.text[: end.start()]) else None


def clause(evidence: Evidence) -> str:
    """Return the clause with the answer, else the sentence with it."""
    sentence = alone(evidence) if own(evidence) != evidence.text else evidence
    end = clause_end(sentence)
    return sentence.text if end is None else sentence.text[:end]
