"""The weight of evidence: what words, meaning and the reader say of a sentence, in one probability."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.evidence import Evidence

WEIGHTS = (0.58, 0.29, 1.17, 1.75, 0.0, 0.0, -0.29)
"""Of `features`, in their order."""
CONSTANT = -3.38
LIMIT = 0.001
"""Probabilities nearer to 0 and 1 say no more than this."""


def features(evidence: Evidence) -> tuple[float, ...]:
    """Return what the weight is made of: reader, words, meaning, passage, span, kind, heading."""
    e = evidence
    return (logit(e.answerable), e.coverage, e.cosine, e.passage, e.sure, float(e.fits), float(e.sentence.heading))


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
