"""Telling: whether each of two sentences tells enough of the other for them to be one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.likeness import Likeness
from qa.weight import logistic

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HALF, OPENLY, DOUBTED = 0.25, 0.7, 0.9
"""From the first of these on where they give the same answer to the question, or where one of them tells the other's
clause with the answer so surely; from the second on where the answers cannot be compared and each surely answers; from
the third on where one of them does not, and each tells the other with at least the first."""
WEIGHTS, CONSTANT = (3.51, 7.16, 2.47), -4.63
"""Of the similarity of meaning, and of the probabilities with which the reader finds one in the other and the other in
the one: a logistic regression of which sentences tell one fact, on 3,258 pairs of the held-out events of
training/statements. From OPENLY on .98 of those pairs are right; with the same answer far less is enough."""


def tell_each_other(
    texts: tuple[Sequence[str], Sequence[str]],
    finds: Callable[[int, str], float],
    near: float,
    likeness: Likeness,
    *,
    doubtful: bool,
) -> bool:
    """Tell whether the reader finds enough of each of two sentences in the other.

    Args:
        texts: what may be found of the first sentence, and of the second: each whole, or its clause with the answer.
        finds: how surely the reader finds a text in the other sentence, in [0, 1], given whose it is, 0 or 1.
        near: the similarity of the sentences in meaning, in [-1, 1].
        likeness: how their answers are to each other.
        doubtful: the answers cannot be compared, and one of them is not sure.
    """
    left, found = [[*texts[0]], [*texts[1]]], [0.0, 0.0]
    # What is found only grows with each text. Reading is slow, and most pairs are decided before all are read.
    while not _is_enough(found, near, likeness, doubtful=doubtful):
        most = [1.0 if unread else sure for unread, sure in zip(left, found, strict=True)]
        if not _is_enough(most, near, likeness, doubtful=doubtful):
            return False
        side = min((n for n in (0, 1) if left[n]), key=lambda n: len(left[n]))
        found[side] = max(found[side], finds(side, left[side].pop(0)))
    return True


def _is_enough(found: Sequence[float], near: float, likeness: Likeness, *, doubtful: bool) -> bool:
    parts = zip(WEIGHTS, (near, *found), strict=True)
    same = logistic(sum(weight * part for weight, part in parts) + CONSTANT)
    if likeness is Likeness.SAME:
        return max(same, *found) >= HALF
    return same >= DOUBTED and min(found) >= HALF if doubtful else same >= OPENLY
