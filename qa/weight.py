"""The weight of evidence: what words, meaning and the reader say, in one probability."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from qa.kind import holds_kind

if TYPE_CHECKING:
    from qa.evidence import Evidence
    from qa.question import Question

READER, COVERAGE, COSINE, FITS, HEADING, CONSTANT = 4.0, 2.6, 2.2, 0.5, -0.8, -4.4


def score(question: Question, evidence: Evidence) -> float:
    """Return the probability that a sentence answers a question, in [0, 1]."""
    logit = (
        READER * evidence.answerable
        + COVERAGE * evidence.coverage
        + COSINE * evidence.cosine
        + FITS * holds_kind(question.kind, evidence.text)
        + HEADING * evidence.sentence.heading
        + CONSTANT
    )
    return 1 / (1 + math.exp(-logit))
