"""Provenance: the outlets and days of publication that a question names, and how well an article fits them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from qa.moment import find_moments

if TYPE_CHECKING:
    from index.article import Article

OUTLET = 0.12
"""What an article of an outlet that the question names gains, in units of cosine,"""
DAY = 0.1
"""and what one of a day that it names gains. Of several values tried on 429 questions of MultiHop-RAG, most of which
name outlets and a quarter days. Larger ones gained more there; kept small, for a question may name one in passing."""
SHORT = 4
"""A name of fewer letters is looked for only where it is all capitals: `BBC`, not `Now`."""

_ARTICLE = re.compile(r"(?i)^the\s+")
_SUFFIX = re.compile(r"(?i)\s*[|–—].*$|\.(?:com?|org|net|news|tv)(?:\.\w\w)?$")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a question says that its answer was published."""

    text: str
    """The question."""
    days: frozenset[tuple[int | None, int, int]]
    """Days it names: year (None where it leaves it out), month, day."""

    def fit(self, article: Article) -> float:
        """Return what an article gains by its outlet and day, in units of cosine, from 0."""
        named = OUTLET if article.outlet and _names(self.text, article.outlet) else 0.0
        return named + (DAY if self.days and article.published and self._is_of_day(article.published) else 0.0)

    def _is_of_day(self, published: str) -> bool:
        year, month, day = (int(part) for part in published[:10].split("-"))
        return (year, month, day) in self.days or (None, month, day) in self.days


def read_provenance(question: str) -> Provenance:
    """Return what a question says of where its answer was published: `the Verge article`, `on October 26, 2023`."""
    moments = find_moments(question)
    return Provenance(question, frozenset((m.year, m.month, m.day) for m in moments if m.month and m.day))


@lru_cache(maxsize=4096)
def _names(question: str, outlet: str) -> bool:
    """Tell whether a question names an outlet, with or without `The` and `.com`.

    A name of one word needs its capitals: `Time`, `The Age` and `Wired` are words, too.
    """
    name = _SUFFIX.sub("", _ARTICLE.sub("", outlet)).strip()
    if len(name) < SHORT and not name.isupper():
        return False
    wanted = rf"(?<!\w){re.escape(name)}(?!\w)"
    one_word = " " not in name
    return bool(re.search(wanted, question) or (not one_word and re.search(wanted, question, re.IGNORECASE)))
