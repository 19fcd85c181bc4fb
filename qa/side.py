"""Sides: what a language model's answers are like beside those made of quotations, on the same questions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from qa.evaluation import Respondent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qa.evaluation import Evaluation
    from qa.gold import Gold
    from qa.library import Library

_MARKED = re.compile(r"[“„\"]([^“”„\"]{2,})[”“\"]")


@dataclass(frozen=True, slots=True)
class Recorder(Respondent):
    """A respondent that keeps its answers."""

    kept: list[Mapping[str, Any]] = field(default_factory=list)

    def answer(self, gold: Gold) -> Mapping[str, Any]:
        """Return the answer to a question, and keep it."""
        answer = Respondent.answer(self, gold)
        self.kept.append(answer)
        return answer


@dataclass(frozen=True, slots=True)
class Side:
    """The answers of one side."""

    right: str
    """Answerable questions answered rightly, of all of them."""
    coverage: float | None
    """Share of the answerable questions whose answer's text holds what is right, in [0, 1]."""
    refused: str
    """Unanswerable questions refused, of all of them."""
    sentences: int
    support: float | None
    """Mean support of a citation, in [0, 1]; 1 for sentences that are quoted."""
    quotations: str
    """Words in quotation marks that a cited sentence has so, of all of them."""
    written: int
    """Answers with a sentence of the model."""
    left_out: int
    """Sentences of the model that were not shown."""
    seconds: float | None
    """Median of an answer's."""


def side_of(done: Evaluation, answers: Sequence[Mapping[str, Any]]) -> Side:
    """Return what one side's answers, as dicts, are like."""
    m = done.metrics
    told = [answer for answer in answers if "error" not in answer and not answer["refused"]]
    support = [c["support"] for answer in told for c in answer["citations"]]
    marked = [kept for answer in told for kept in _quotations(answer)]
    return Side(
        right=f"{m.answers.right} of {m.answers.asked}",
        coverage=m.answers.holds,
        refused=f"{m.refusals.right} of {m.refusals.absent}",
        sentences=sum(len(answer["claims"]) for answer in told),
        support=sum(support) / len(support) if support else None,
        quotations=f"{sum(marked)} of {len(marked)}",
        written=sum(answer.get("model") is not None for answer in told),
        left_out=sum(answer.get("left_out", 0) for answer in told),
        seconds=m.median,
    )


def quoting(library: Library) -> Library:
    """Return the library as it answers without its language model."""
    return replace(library, writer=None)


def _quotations(answer: Mapping[str, Any]) -> list[bool]:
    """Tell of each of an answer's words in quotation marks whether a sentence that its claim cites has them."""
    quotes = {c["number"]: " ".join(c["quote"].split()) for c in answer["citations"]}
    return [
        any(" ".join(match[1].split()).rstrip(",.") in quotes[number] for number in claim["citations"])
        for claim in answer["claims"]
        for match in _MARKED.finditer(claim["text"])
    ]
