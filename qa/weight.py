"""The weight of evidence: what words, meaning and the reader say of a sentence, in one probability."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.evidence import Evidence

WEIGHTS, CONSTANT = (0.59, 1.0, 2.5, 1.5, -0.3), -4.0
"""Of `features`, in their order. Of a few sets of weights between those of the reader before and a logistic regression
of which sentence answers, on the held-out events of training/news, each with its own index: with these the first
sentence answers .793 of 140 questions (.786 with the weights before and with the regression's own). The weight of a
heading is set by hand: a headline says in brief what a sentence of its article says in full."""
LIMIT = 0.001
"""Probabilities nearer to 0 and 1 say no more than this."""


def features(evidence: Evidence) -> tuple[float, ...]:
    """Return what the weight is made of: reader, words, meaning, passage, heading."""
    e = evidence
    return logit(e.answerable), e.coverage, e.cosine, e.passage, float(e.sentence.heading)


def weight(evidence: Evidence) -> float:
    """Return the probability that a sentence is the one that answers, in [0, 1]; it orders the sentences."""
    return logistic(sum(w * f for w, f in zip(WEIGHTS, features(evidence), strict=True)) + CONSTANT)


def logit(probability: float) -> float:
    """Return the log odds of a probability, held within LIMIT of 0 and 1."""
    p = min(max(probability, LIMIT), 1 - LIMIT)
    return math.log(p / (1 - p))


def logistic(odds: float) -> float:
    """Return the probability that has the given log odds."""
    return 1 / (1 + math.exp(-odds)) if odds > -500 else 0.0
