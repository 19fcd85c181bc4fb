"""Disagreement: how probable it is that two sentences answer one question otherwise than each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from qa.change import has_happened, is_update, of_one_time
from qa.comparer import Compared
from qa.evidence import words_of
from qa.likeness import Likeness, compare
from qa.weight import logistic, logit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.agreement import Agreement
    from qa.likeness import Told

WEIGHTS, CONSTANT = (0.423, -0.028, 0.136, -0.14, 3.422, -0.721, -0.097, 0.54, 0.34), -2.913
"""Of `features`, in their order: a logistic regression on 5,234 pairs of twenty clusters of articles, ten of
training/clusters that the comparer was not taught on and the ten of tests/clusters/dev, 316 of them two versions of one
conflict. Held out cluster by cluster, AUC is .89."""
LEAST, MOST = 0.002, 0.998
"""Between which a probability is kept before its logarithm is taken."""
UNSAID = -6.0
"""Stands for the logarithm where an article nowhere gives the answer of another."""
_DENIED = re.compile(r"(?i)\b(?:not|rather than|instead of)\s+(?:the |some |about )?[\w.,%$€£-]+")


@dataclass(frozen=True, slots=True)
class Opposed:
    """An answer beside the best one."""

    told: Told
    compared: Compared
    """What the comparer makes of the two."""
    differs: float
    """Probability that they answer the question otherwise than each other, in [0, 1]."""


def oppose(
    best: Told, others: Sequence[Told], told: Sequence[Told], agreement: Agreement, least: float = 0.0
) -> list[Opposed]:
    """Hold the best answer to a question against those of other articles, of its time or told as what changed since.

    What cannot differ with the least probability, whatever the comparer may make of it, is not compared.

    Args:
        best: the best answer.
        others: those it is held against.
        told: all sentences that answer, best first.
        agreement: what compares evidence for the question.
        least: probability below which a difference is of no interest, in [0, 1].
    """
    apart = [
        one
        for one in others
        if one.evidence.article.id != best.evidence.article.id
        and _of_its_time(best, one)
        and _probability(features(best, one, SUREST, told, agreement)) >= least
    ]
    pairs = [(best.evidence.text, one.evidence.text) for one in apart]
    compared = agreement.reader.comparer.compare(agreement.question.text, pairs)
    found = []
    for one, pair in zip(apart, compared, strict=True):
        found.append(Opposed(one, pair, _probability(features(best, one, pair, told, agreement))))
    return found


SUREST = Compared(same=0.0, open=0.0, conflict=1.0)
"""What makes a difference most probable."""


def _probability(values: Sequence[float]) -> float:
    return logistic(sum(w * f for w, f in zip(WEIGHTS, values, strict=True)) + CONSTANT)


def features(
    best: Told, other: Told, compared: Compared, told: Sequence[Told], agreement: Agreement
) -> tuple[float, ...]:
    """Return what tells whether two sentences answer a question otherwise.

    That is what the comparer makes of them, how surely each answers and how near they are in meaning; whether one
    article gives both answers, how surely the other article gives the best answer elsewhere, whether this is its first
    answer; and whether one tells what has become of the other.
    """
    pair = (best.evidence, other.evidence)
    answering = sorted(_odds(e.answerable) for e in pair)
    of_article = [one for one in told if one.evidence.article.id == other.evidence.article.id]
    elsewhere = [
        _odds(one.evidence.answerable)
        for one in of_article
        if one is not other and compare(best, one, agreement.question.kind, agreement.vocabulary)[0] is Likeness.SAME
    ]
    return (
        _odds(compared.conflict),
        _odds(compared.same),
        *answering,
        agreement.nearness(*pair),
        float(known_to_both(best, other)),
        max(elsewhere, default=UNSAID),
        float(of_article[0] is other),
        float(changed(best, other, agreement)),
    )


def contradict(one: Told, other: Told, agreement: Agreement) -> float:
    """Return how surely two sentences answer the question otherwise than each other, by the comparer, in [0, 1]."""
    pair = (one.evidence.text, other.evidence.text)
    return agreement.reader.comparer.compare(agreement.question.text, [pair])[0].conflict


def changed(one: Told, other: Told, agreement: Agreement) -> bool:
    """Tell whether one of two sentences tells what has become of what the other plans, expects or counts."""
    return has_happened(one, other, agreement) or bool(one.figures and other.figures and is_update(one, other))


def known_to_both(one: Told, other: Told) -> bool:
    """Tell whether an article gives the other's answer somewhere: then it means another thing, or both are true.

    `Not 14,000 but 20,000` gives no 14,000.
    """
    texts = [_given(told.evidence.article.text) for told in (one, other)]
    return any(
        all(spellings & text for spellings in told.words.values())
        for told, text in zip((other, one), texts, strict=True)
    )


def _of_its_time(one: Told, other: Told) -> bool:
    return of_one_time(one, other) or bool(one.figures and other.figures and is_update(one, other))


def _odds(probability: float) -> float:
    return logit(min(max(probability, LEAST), MOST))


@lru_cache(maxsize=256)
def _given(text: str) -> frozenset[str]:
    return words_of(_DENIED.sub(" ", text))
