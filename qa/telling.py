"""Telling: whether each of two sentences tells enough of the other for them to be one statement."""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences that may be one statement."""

    texts: tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]]]
    """What may be found of the first sentence, whole or its clause, with the second; and the other way round."""
    near: float
    """How near they are in meaning, in [-1, 1]."""
    likeness: Likeness
    """How their answers are to each other."""
    doubtful: bool
    """The answers cannot be compared, and one of them is not sure."""


def tell_each_other(pairs: Sequence[Pair], find: Callable[[Sequence[tuple[str, str]]], Sequence[float]]) -> list[bool]:
    """Tell of each pair whether the reader finds enough of each sentence in the other.

    Args:
        pairs: the sentences.
        find: how surely the reader finds texts, each in the sentence that is given with it, in [0, 1].
    """
    open_ = {number: _Reading(pair) for number, pair in enumerate(pairs)}
    told = [False] * len(pairs)
    while open_:
        for number, reading in list(open_.items()):
            if (decided := reading.decided) is not None:
                told[number] = decided
                del open_[number]
        asked = [(reading, *reading.next()) for reading in open_.values()]
        found = find([texts for *_, texts in asked]) if asked else ()
        for (reading, side, _), sure in zip(asked, found, strict=True):
            reading.hear(side, sure)
    return told


@dataclass(slots=True)
class _Reading:
    """What was found of a pair so far. It only grows: most pairs are decided before all is read, which takes long."""

    pair: Pair
    found: list[float] = field(default_factory=lambda: [0.0, 0.0])
    read: list[int] = field(default_factory=lambda: [0, 0])

    @property
    def decided(self) -> bool | None:
        """Whether enough is found; None while it depends on what is unread."""
        if self._is_enough(self.found):
            return True
        most = [1.0 if self._unread(side) else self.found[side] for side in (0, 1)]
        return None if self._is_enough(most) else False

    def next(self) -> tuple[int, tuple[str, str]]:
        """Return what to look for next, of the sentence with the least left: if that is not found, no other need be.

        The first is whose it is, 0 or 1; then the text, and where to look.
        """
        side = min((n for n in (0, 1) if self._unread(n)), key=self._unread)
        return side, self.pair.texts[side][self.read[side]]

    def hear(self, side: int, sure: float) -> None:
        """Take in how surely the next text was found."""
        self.found[side] = max(self.found[side], sure)
        self.read[side] += 1

    def _unread(self, side: int) -> int:
        return len(self.pair.texts[side]) - self.read[side]

    def _is_enough(self, found: Sequence[float]) -> bool:
        parts = zip(WEIGHTS, (self.pair.near, *found), strict=True)
        same = logistic(sum(weight * part for weight, part in parts) + CONSTANT)
        if self.pair.likeness is Likeness.SAME:
            return max(same, *found) >= HALF
        return same >= DOUBTED and min(found) >= HALF if self.pair.doubtful else same >= OPENLY
