"""The weight of evidence: what words, meaning and the reader say of a sentence, in one probability."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.evidence import Evidence

WEIGHTS, CONSTANT = (0.58, 0.29, 1.17, 1.75, -0.29), -3.38
"""Of `features`, in their order. Of a grid of weights, those that most often put the right sentence first: on questions
about SQuAD 2.0 and CLAP NQ articles that the reader was not trained on, and on the golden questions of the seeds; then
scaled to a probability by a logistic regression. Found with the first round of the reader and kept for the second: what
`training/fit_weights.py` gives for that put the right sentence of the seeds first less often. The weight of a heading
is set by hand: those articles have none, and a headline says in brief what a sentence of its article says in full."""
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
