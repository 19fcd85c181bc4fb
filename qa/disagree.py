"""Disagreement: how probable it is that two sentences give different figures for one thing."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from qa.clause import own
from qa.evidence import words_of
from qa.weight import logistic

if TYPE_CHECKING:
    from qa.agreement import Agreement
    from qa.likeness import Told

WEIGHTS, CONSTANT = (3.92, 5.13, 0.39, 0.12, 3.42, 1.83), -5.41
"""Of `features`, in their order: a logistic regression on the 93 pairs of tests/clusters/dev, 26 of one thing, by
training/fit_figures.py, where being known to both was one feature more (-3.05). Of 138 pairs of tests/clusters/test
that nothing was fitted to, AUC is .96."""
_DENIED = re.compile(r"(?i)\b(?:not|rather than|instead of)\s+(?:the |some |about )?[\w.,%$€£-]+")
LEAST = 0.01
"""What is added to a denial before its logarithm is taken."""


def figures_differ(one: Told, other: Told, agreement: Agreement) -> float:
    """Return the probability that two different figures are given for one thing, in [0, 1]; 0 where one gives both."""
    if known_to_both(one, other):
        return 0.0
    return logistic(sum(w * f for w, f in zip(WEIGHTS, features(one, other, agreement), strict=True)) + CONSTANT)


def features(one: Told, other: Told, agreement: Agreement) -> tuple[float, ...]:
    """Return what tells whether two figures are of one thing.

    That is how sure the reader is that they answer; how near the sentences are in meaning; how surely each denies the
    other, or one says the other; and whether both count what the question asks about.
    """
    pair = (one.evidence, other.evidence)
    less, more = agreement.denials(*pair)
    says = max(agreement.finds(own(a), b) for a, b in (pair, pair[::-1]))
    return (
        min(e.sure for e in pair),
        agreement.nearness(*pair),
        math.log(LEAST + less),
        math.log(LEAST + more),
        says,
        float(_counts_one(one, other, agreement)),
    )


def known_to_both(one: Told, other: Told) -> bool:
    """Tell whether an article gives the other's answer somewhere: then it means another thing, or both are true.

    `Not 14,000 but 20,000` gives no 14,000.
    """
    texts = [_given(told.evidence.article.text) for told in (one, other)]
    return any(
        all(spellings & text for spellings in told.words.values())
        for told, text in zip((other, one), texts, strict=True)
    )


@lru_cache(maxsize=256)
def _given(text: str) -> frozenset[str]:
    return words_of(_DENIED.sub(" ", text))


def _counts_one(one: Told, other: Told, agreement: Agreement) -> bool:
    """Tell whether two figures may count the same: neither counts what only the other sentence's is asked about."""
    counted = [frozenset().union(*(f.counted for f in told.figures)) for told in (one, other)]
    if not all(counted) or counted[0] & counted[1] or one.figures[0].unit:
        return True
    return bool(counted[0] & agreement.asked) == bool(counted[1] & agreement.asked)
