"""Provenance: the outlets and days of publication that a question names or means, and how well an article fits them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qa.moment import find_moments
from qa.scope import names_outlet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.article import Article

OUTLET = 0.12
"""What an article of an outlet that the question names gains, in units of cosine,"""
DAY = 0.1
"""and what one of a day that it names gains. Of several values tried on 429 questions of MultiHop-RAG, most of which
name outlets and a quarter days. Larger ones gained more there; kept small, for a question may name one in passing."""
FRESH, USUAL = 0.3, 0.1
"""What the newest article gains where a question asks of the present, `this week`, and where it says nothing of time,
in units of cosine: who asks the news means the latest. Of 229 questions of RealTime QA, chosen on them: Hits@1 .559
without, .581 with the first, .59 with both."""
HALF_LIFE = 365
"""Days after which half of it is left."""
_PRESENT = re.compile(
    r"\b(?:[Rr]ecent(?:ly)?|today|yesterday|tonight|now|[Cc]urrent(?:ly)?|latest|newest|so far|upcoming"
    r"|(?:[Tt]his|next|coming) (?:week|weekend|month|year|quarter|season|spring|summer|autumn|fall|winter)"
    r"|(?:last|past) (?:week|weekend|month|night)"
    r"|[a-z]+ (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b(?! [A-Z])"
)
"""Words of the present that are no part of a name: `on Sunday`, not `the Sunday Times`."""
_IN = re.compile(r"(?i)\b(?:in|of|since|from|during|by|until|till|before|after|between|and|for|early|late|mid)[\s-]$")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a question says that its answer was published."""

    text: str
    """The question."""
    days: frozenset[tuple[int | None, int, int]]
    """Days it names: year (None where it leaves it out), month, day."""
    fresh: float
    """What the newest article gains, in units of cosine; 0 where the question names a day, or a year or month alone."""

    def fit(self, article: Article, days: Sequence[date] = ()) -> float:
        """Return what an article gains by its outlet and day, in units of cosine, from 0.

        Args:
            article: what may hold the answer.
            days: when the articles of the corpus were published, in order; one without a day, or with a day to come,
                counts as one of the middle.
        """
        named = OUTLET if article.outlet and names_outlet(self.text, article.outlet) else 0.0
        day = DAY if self.days and article.published and self._is_of_day(article.published) else 0.0
        return named + day + (self.fresh * _freshness(article, days) if days else 0.0)

    def _is_of_day(self, published: str) -> bool:
        year, month, day = (int(part) for part in published[:10].split("-"))
        return (year, month, day) in self.days or (None, month, day) in self.days


def read_provenance(question: str) -> Provenance:
    """Return what a question says of where its answer was published: `the Verge article`, `on October 26, 2023`."""
    moments = find_moments(question)
    days = frozenset((m.year, m.month, m.day) for m in moments if m.month and m.day)
    named = any((m.year or m.month) and _IN.search(question[: m.start]) for m in moments)
    present = bool(_PRESENT.search(question))
    return Provenance(question, days, 0.0 if days or (named and not present) else FRESH if present else USUAL)


def _freshness(article: Article, days: Sequence[date]) -> float:
    """Return how new an article is, in (0, 1], 1 for the newest."""
    published = date.fromisoformat(article.published[:10]) if article.published else None
    if published is None or published > days[-1]:
        published = days[len(days) // 2]
    return float(0.5 ** ((days[-1] - published).days / HALF_LIFE))
