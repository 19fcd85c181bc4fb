"""Checking: whether evidence supports a sentence that a language model wrote, which, and what of it may be shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.support import support

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.vocabulary import Vocabulary
    from qa.evidence import Evidence
    from qa.reader import Reader


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of one written sentence gave."""

    text: str
    verdict: str
    numbers: tuple[int, ...] = ()
    support: float = 0.0
    unquoted: bool = False
    reason: str = ""


class Checker:
    """Checks sentences against numbered evidence."""

    def __init__(self, evidence: Sequence[Evidence], vocabulary: Vocabulary, reader: Reader) -> None:
        """Read the evidence; the first piece is number 1."""
        self._evidence = tuple(evidence)
        self._vocabulary, self._reader = vocabulary, reader

    def check(self, sentence: str, before: str = "") -> Checked:
        """Check one sentence."""
        text = re.sub(r"\s*\[[^\]]*\]", "", sentence)
        if text == "The sources do not say.":
            return Checked("", "silence")
        found = [(support(text, e.text, 0.5, self._vocabulary), -n) for n, e in enumerate(self._evidence, start=1)]
        best = sorted((pair for pair in found if pair[0] > 0.5), reverse=True)[:3]
        return Checked(text, "supported", tuple(-n for _, n in best), best[0][0]) if best else Checked("", "unsupported")
