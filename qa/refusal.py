"""Refusal: whether the evidence answers the question, and what is missing when it does not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa import prompts
from qa.kind import Kind
from qa.weight import logistic, logit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.evidence import Evidence
    from qa.question import Question, Term

THRESHOLD = 0.5
"""An answer is given from this probability on where nobody sets another (BYLINE_THRESHOLD); the refusal curve of
`byline eval --plot` shows what others give."""
AGREEING = 3
"""Best sentences whose readings are averaged: one that answers seldom stands alone."""
WEIGHTS, CONSTANT = (0.56, 1.2, -3.95), 3.83
"""Of `features`, in their order: a logistic regression on 211 questions about the held-out events of training/news,
each event in its own index, and 387 about the seeds (tests/golden_seeds.jsonl, six sets by writers who had not seen
Byline), both weighing the same. What else was tried beside them changed little, told only how the sets were made, or
helped on the seeds and harmed on RealTime QA: the share of the question's words that no article has, the surest
reading, the kind of question, the nearness in meaning. From THRESHOLD on .96 of the answerable ones about the news are
answered and .94 of those about the seeds; .81 of the others about the news are refused, .55 of those about the seeds
that have all their names in the articles."""
FEW, CROWD = 40, 0.25
"""Chunks of the articles on one event, and what each factor of e beyond them takes from the log odds: the more there is
to choose from, the better its best sentence looks by chance. Chosen on RealTime QA, 73,094 chunks, so that the
precision of refusals is their recall there, .71; the share of answered ones is .85."""
TOPIC_COVERAGE = 0.5
"""A word or two instead of a question is answered when the best sentence holds at least this share of it."""
TOPIC_COSINE = 0.4
"""With half of that share it must be this near in meaning."""
STATED = 0.5
"""A statement is made by the articles when the reader finds it in a sentence with at least this probability."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to answer."""

    refused: bool
    reason: str | None
    """What is missing, in one sentence; None for an answer."""
    answerable: float
    """Probability in [0, 1] that the articles answer; 0 where a name is in none of them, 0 or 1 for a word or two
    and for a statement."""


def judge(question: Question, evidence: Sequence[Evidence], chunks: int, threshold: float = THRESHOLD) -> Verdict:
    """Decide whether the evidence, best first, answers the question.

    Args:
        question: what was asked.
        evidence: what was found for it.
        chunks: how many chunks the corpus has, from 1.
        threshold: the probability from which on an answer is given.
    """
    if not evidence:
        return Verdict(refused=True, reason=prompts.REFUSAL_NOTHING, answerable=0.0)
    names = missing_names(question)
    if names:
        return Verdict(refused=True, reason=prompts.refuse_missing(names), answerable=0.0)
    if question.kind is Kind.TOPIC:
        near = evidence[0].cosine >= TOPIC_COSINE
        probability = float(evidence[0].coverage >= (TOPIC_COVERAGE / 2 if near else TOPIC_COVERAGE))
    elif question.kind is Kind.STATEMENT:
        probability = float(max(e.answerable for e in evidence) >= STATED)
    else:
        probability = answerability(evidence, chunks)
    if probability >= threshold:
        return Verdict(refused=False, reason=None, answerable=probability)
    missing = [term.text for term in question.terms if term.missing]
    reason = prompts.refuse_unanswered(question.kind, missing)
    return Verdict(refused=True, reason=reason, answerable=probability)


def answerability(evidence: Sequence[Evidence], chunks: int) -> float:
    """Return the probability that the articles answer a question, in [0, 1], from its evidence, best first.

    By `features`, less by how much there is to choose from.
    """
    odds = sum(w * f for w, f in zip(WEIGHTS, features(evidence), strict=True)) + CONSTANT
    return logistic(odds - CROWD * max(0.0, math.log(chunks / FEW)))


def features(evidence: Sequence[Evidence]) -> tuple[float, ...]:
    """Return what answerability is made of: the best sentence, and the reader on the best few, with how sure it is of
    the words that answer.

    Where there is but one candidate, as for a name or a number, the reader is too easily sure that it answers.
    """
    best = evidence[:AGREEING]
    read = sum(logit(e.answerable) for e in best) / len(best)
    return logit(evidence[0].score), read, sum(e.sure for e in best) / len(best)


def missing_names(question: Question) -> list[str]:
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
