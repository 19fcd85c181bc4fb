"""Judged pairs: how surely the reader finds claims in texts, or denied there, each pair read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.reader import Judgement, Reader


@dataclass(frozen=True, slots=True)
class Judged:
    """What a reader judged so far. It grows with each new pair: make one for each question."""

    reader: Reader
    _known: dict[tuple[str, str], Judgement] = field(default_factory=dict)

    def entails(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Return how surely the text of each (claim, text) says the claim, in [0, 1]; 1 where it holds its words."""
        self._judge([pair for pair in pairs if pair[0] not in pair[1]])
        return [1.0 if claim in text else self._known[claim, text].entails for claim, text in pairs]

    def denials(self, *pairs: tuple[str, str]) -> tuple[float, float]:
        """Return how surely the texts of (claim, text) say otherwise than the claims: the least and the most surely."""
        self._judge(pairs)
        denied = [self._known[pair].denies for pair in pairs]
        return min(denied), max(denied)

    def _judge(self, pairs: Sequence[tuple[str, str]]) -> None:
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self._known]
        self._known.update(zip(new, self.reader.judge_pairs(new), strict=True))
