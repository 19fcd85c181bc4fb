"""Refusal: whether the evidence answers the question, and what is missing when it does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa import prompts
from qa.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.evidence import Evidence
    from qa.question import Question

THRESHOLD = 0.5
"""An answer is given from this score of the best evidence on."""
MISSING_SHARE = 0.5
"""The articles lack the subject when this share of the question's weight is in words that they do not hold."""


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
    names = [term.text for term in question.terms if term.missing and term.name]
    if names:
        return Verdict(refused=True, reason=prompts.refuse_missing(_phrases(names, question.text)))
    total = sum(term.weight for term in question.terms)
    lacking = sum(term.weight for term in question.terms if term.missing)
    if total and lacking >= MISSING_SHARE * total:
        return Verdict(refused=True, reason=prompts.refuse_missing(missing))
    best = evidence[0]
    enough = best.coverage >= 0.5 if question.kind is Kind.TOPIC else best.score >= THRESHOLD
    if enough:
        return Verdict(refused=False, reason=None)
    return Verdict(refused=True, reason=prompts.refuse_unanswered(question.kind, missing))


def _phrases(words: list[str], text: str) -> list[str]:
    """Join words that stand side by side in the question: `Emmanuel Macron` is one name."""
    phrases: list[str] = []
    for word in words:
        if phrases and f"{phrases[-1]} {word}" in text:
            phrases[-1] = f"{phrases[-1]} {word}"
        else:
            phrases.append(word)
    return phrases
