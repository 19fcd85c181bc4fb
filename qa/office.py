"""Offices: who `the doctor` or `our captain` is, where a text sets these words right beside one person's name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qa.names import Name

_DEFINITE = re.compile(
    r"(?i)(?:the|our)\s+(?!(?:latter|former|other|same|first|second)$)((?:[^\W\d_][\w-]*\s+){0,2}[a-z][a-z-]+)"
)
"""Words that mean one whom the reader knows; what `a` or `another` stands before is somebody new."""
_NEAR = 60
"""Characters on either side of a name that are looked at."""


def read_office(phrase: str) -> str | None:
    """Return the words of an office, lower case, where a phrase means the one who holds it; else None."""
    match = _DEFINITE.fullmatch(phrase.strip())
    return " ".join(match[1].lower().split()) if match else None


def holders(office: str, text: str, names: Iterable[Name]) -> list[Name]:
    """Return the names in a text beside which an office stands: `Judge Núñez`, `Al-Haddad, who is the only doctor`."""
    before, after = _beside(office)
    found = []
    for name in names:
        left, right = text[max(0, name.start - _NEAR) : name.start], text[name.end : name.end + _NEAR]
        if before.search(left) or after.match(right):
            found.append(name)
    return found


@lru_cache(maxsize=1024)
def _beside(office: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = r"\s+".join(map(re.escape, office.split()))
    leading = r"(?:who(?:['’]s| is| was) )?(?:(?:an?|the|our|his|her|its|their|[\w-]+['’]s) )?(?:[\w’'-]+ ){0,3}?"
    return (
        re.compile(rf"(?i)\b{words},?\s+$"),
        re.compile(rf"(?i),\s+{leading}{words}(?=[,.;]|\s(?:of|in|at|for|from|here|there|who|and)\b)"),
    )
