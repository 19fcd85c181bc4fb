"""Checking: whether the articles say what a sentence of a language model says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.support import MERGE, support

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.vocabulary import Vocabulary
    from qa.evidence import Embeds, Evidence
    from qa.reader import Reader


@dataclass(frozen=True, slots=True)
class Checker:
    """What checks."""

    embedder: Embeds
    reader: Reader
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence that was checked."""

    text: str
    supports: tuple[tuple[Evidence, float], ...]
    dropped: str | None = None
    unquoted: bool = False


def check_sentence(sentence: str, evidence: Sequence[Evidence], checker: Checker) -> Checked:
    """Check."""
    text = re.sub(r"\s*\[[^\]]*\]", "", sentence)
    vector = checker.embedder.embed([text])[0]
    found = []
    for e in evidence:
        if e.vector is not None:
            score = support(text, e.text, float(vector @ e.vector), checker.vocabulary)
            if score >= MERGE:
                found.append((e, score))
    found.sort(key=lambda pair: -pair[1])
    return Checked(text, tuple(found[:3]), None if found else "no support")
