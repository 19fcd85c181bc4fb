"""Refusal: whether the evidence answers the question, and what is missing when it does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa import prompts
from qa.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.evidence import Evidence
    from qa.question import Question, Term

THRESHOLD = 0.5
"""An answer is given from this score of the best evidence on."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to answer."""

    refused: bool
    reason: str | None
    """What is missing, in one sentence; None for an answer."""


def judge(question: Question, evidence: Sequence[Evidence]) -> Verdict:
    """Decide whether the evidence, best first, answers the question."""
    if not evidence:
        return Verdict(refused=True, reason=prompts.REFUSAL_NOTHING)
    missing = [term.text for term in question.terms if term.missing]
    names = _missing_names(question)
    if names:
        return Verdict(refused=True, reason=prompts.refuse_missing(names))
    best = evidence[0]
    enough = best.coverage >= 0.5 if question.kind is Kind.TOPIC else best.score >= THRESHOLD
    if enough:
        return Verdict(refused=False, reason=None)
    return Verdict(refused=True, reason=prompts.refuse_unanswered(question.kind, missing))


def _missing_names(question: Question) -> list[str]:
    """Return the names of which no word is in any article; `Kirill Budanow` counts as there when Budanov is."""
    phrases: list[list[Term]] = []
    for term in question.terms:
        if not term.name:
            continue
        if phrases and phrases[-1][-1].position == term.position - 1:
            phrases[-1].append(term)
        else:
            phrases.append([term])
    return [" ".join(t.text for t in phrase) for phrase in phrases if all(t.missing for t in phrase)]
