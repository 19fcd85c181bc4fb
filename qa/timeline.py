"""Timelines: the events that articles date, in the order of time, their dates apart from those of publication."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from qa.clause import ELLIPSIS
from qa.moment import find_moments
from qa.prompts import MONTH_NAMES
from qa.quoted import find_quoted

if TYPE_CHECKING:
    from index.article import Article
    from qa.answer import Claim
    from qa.moment import Moment

_BESIDE = re.compile(
    r"(?i)\b(?:since|until|till|by|before|after|ahead of|from|than|between|past)\s+(?:late |early |mid-?|the )?$"
)
"""Words that make a date the bound of a time in which something is so, not the time of what happened."""
_IN = re.compile(r"(?i)(?:\b(?:in|during|early|late|mid-?|spring|summer|autumn|winter|of)|^\W*)(?: the)?\s*$")
_FUTURE = re.compile(
    r"(?i)\b(?:will|shall|(?:is|are|was|were) (?:due|set|expected|scheduled|planned|likely|to|going to)|due"
    r"|plans?|may|might|could|upcoming|next|if)\b|['’]ll\b"
)
_IRREGULAR = (
    "was were had did went came met held said told began sent left took gave made led won lost sank fell rose "
    "broke drove flew grew knew spoke stood wrote ran struck shot brought bought caught fought thought felt kept "
    "paid sold spent swept threw withdrew chose drew got heard lay swam shook slept swore tore understood woke "
    "wore became found built saw died"
).split()
_PAST = re.compile(rf"(?i)\b(?:{'|'.join(_IRREGULAR)}|\w{{2,}}ed|last|ago)\b")
_PARTS = "dawn morning noon midday afternoon dusk evening night midnight".split()
_LATIN_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DATELINE = re.compile(
    r"(?m)^\W{0,3}[A-Z][A-Z .'’-]{2,30},\s+(?P<month>[A-Z][a-z]{2,8})\.?\s+(?P<day>\d{1,2})(?:,?\s+(?P<year>\d{4}))?"
    r"\s*(?:\([A-Z]|[—–-])"
)


@dataclass(frozen=True, slots=True)
class When:
    """When something happened, as far as it can be known."""

    words: str
    """As the article writes it: `Thursday night`."""
    date: str | None
    """ISO 8601, `2025-05-15`, `2022-03` or `2022`; None where no date can be known."""
    weekday: int | None
    """0 for Monday to 6 for Sunday, where the article writes one; None otherwise."""

    @property
    def shown(self) -> str:
        """The date in words, a weekday as it is written beside it: `15 May 2025 (Thursday night)`, `Thursday night`."""
        if self.date is None:
            return self.words
        year, *rest = (int(part) for part in self.date.split("-"))
        month = f"{MONTH_NAMES[rest[0] - 1]} " if rest else ""
        day = f"{rest[1]} " if len(rest) == 2 else ""
        beside = self.weekday is not None and not any(c.isdigit() for c in self.words)
        return f"{day}{month}{year}" + (f" ({self.words})" if beside else "")

    @property
    def order(self) -> tuple[int, str, int, int]:
        """Sorts by date and part of the day; what has only a weekday comes after all dates, as the week goes."""
        part = next((n for n, word in enumerate(_PARTS, 1) if word in self.words.lower()), 0)
        if self.date is not None:
            return 0, self.date, 0, part
        return 1, "", 7 if self.weekday is None else self.weekday, part


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a timeline."""

    when: When
    published: str | None
    """Date of publication, ISO 8601, of the article that is cited first: when it was told, not when it happened."""
    claim: Claim
    """The statement, with its citations."""

    def to_dict(self) -> dict[str, object]:
        """Return the event as JSON: `{date, words, published, text, citations: [number]}`."""
        return {
            "date": self.when.date,
            "words": self.when.words,
            "published": self.published,
            "text": self.claim.text,
            "citations": [c.number for c in self.claim.citations],
        }


_ASIDE = re.compile(r"\b(?:who|which|whose|whom)\b[^,;:]*$")
"""Before a date of a clause that only tells about somebody or something."""


def find_when(sentence: str, article: Article) -> When | None:
    """Return when what a sentence tells happened or will happen; None where it names no day, month or year.

    The first date that is not the bound of a longer time counts (`since March 2022` tells nothing of March). A weekday,
    `yesterday`, or a day without a year becomes a date only by the article's own date of publication or dateline: the
    nearest such day before it, or after it where the sentence speaks of what will be; where both can be meant, and
    where that date is not known, the words stand as they are.

    Args:
        sentence: the statement.
        article: where it stands.
    """
    quoted = find_quoted(sentence)
    moments = [
        m for m in find_moments(sentence) if _dates(m, sentence) and not any(q.start <= m.start < q.end for q in quoted)
    ]
    if not moments:
        return None
    moment = _with_neighbour(moments)
    words = sentence[moment.start : moment.end]
    day = written_on(article)
    return When(words, _resolve(moment, sentence, day), moment.weekday)


def told_of(text: str, when: When) -> str:
    """Return as much of a statement as its date is about, the rest left out with an ellipsis.

    Of `Medinsky, who led the talks of March 2022, arrived` that is all up to the date: he did not arrive then.
    """
    start = text.find(when.words)
    end = start + len(when.words)
    aside = start >= 0 and _ASIDE.search(text[:start]) and text[end:].strip(' .”"')
    return text[:end] + ELLIPSIS if aside else text


def written_on(article: Article) -> date | None:
    """Return the day on which an article was written: its date of publication, else a dateline with a year."""
    if article.published:
        try:
            return date.fromisoformat(article.published[:10])
        except ValueError:
            return None
    match = _DATELINE.search(article.text[:2000])
    if match is None or match["year"] is None or match["month"][:3].lower() not in _LATIN_MONTHS:
        return None
    return _day(int(match["year"]), _LATIN_MONTHS.index(match["month"][:3].lower()) + 1, int(match["day"]))


def _dates(moment: Moment, sentence: str) -> bool:
    """Tell a moment that says when from a time of day, a decade, a season, a bound, and from `the 2022 talks`."""
    before = sentence[: moment.start]
    if moment.decade or _BESIDE.search(before):
        return False
    if moment.year and not moment.month:
        return bool(_IN.search(before))
    return bool(moment.month or moment.weekday is not None or moment.relative in _RELATIVE)


_RELATIVE = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "last night": -1}
"""Days from the day of writing."""


def _with_neighbour(moments: list[Moment]) -> Moment:
    """Return the first moment, together with a second one right after it that says more: `Friday, May 16, 2025`."""
    first, *rest = moments
    for other in rest[:1]:
        if other.start - first.end <= 3 and (first.weekday is None) != (other.weekday is None):
            return replace(
                first,
                end=other.end,
                year=first.year or other.year,
                month=first.month or other.month,
                day=first.day or other.day,
                weekday=first.weekday if first.weekday is not None else other.weekday,
            )
    return first


def _resolve(moment: Moment, sentence: str, day: date | None) -> str | None:
    if moment.year is not None:
        return _written(moment)
    if day is None:
        return None
    if moment.relative:
        return (day + timedelta(days=_RELATIVE[moment.relative])).isoformat()
    if moment.month is not None:
        return _in_year(moment, day)
    return _weekday(moment, sentence, day)


def _written(moment: Moment) -> str | None:
    """Return a date that is written with its year, as far as it goes."""
    if moment.month is None:
        return f"{moment.year:04}"
    if moment.day is None:
        return f"{moment.year:04}-{moment.month:02}"
    exact = _day(moment.year or 0, moment.month, moment.day)
    return exact.isoformat() if exact else None


def _weekday(moment: Moment, sentence: str, day: date) -> str | None:
    """Return the day of that name nearest to the day of writing, on the side of it that the sentence speaks of."""
    assert moment.weekday is not None
    back = (day.weekday() - moment.weekday) % 7
    before, after = day - timedelta(days=back), day + timedelta(days=(7 - back) % 7)
    if back == 0:
        return day.isoformat()
    clause = _clause(sentence, moment)
    future, past = bool(_FUTURE.search(clause)), bool(_PAST.search(clause))
    if future == past:
        return None
    return (after if future else before).isoformat()


def _in_year(moment: Moment, day: date) -> str | None:
    """Return a day or month without its year, in the year that puts it within half a year of the day of writing."""
    assert moment.month is not None
    if moment.day is None:
        return None
    near = [
        found
        for year in (day.year - 1, day.year, day.year + 1)
        if (found := _day(year, moment.month, moment.day)) and abs((found - day).days) <= 183
    ]
    return near[0].isoformat() if len(near) == 1 else None


def _clause(sentence: str, moment: Moment) -> str:
    """Return the part of a sentence between commas and conjunctions in which a moment stands."""
    edges = [
        m.end() for m in re.finditer(r"[,;:—–]\s|\b(?:and|but|while|after|before|that|who|which|when)\s", sentence)
    ]
    start = max((e for e in edges if e <= moment.start), default=0)
    end = min((e for e in edges if e > moment.end), default=len(sentence))
    return sentence[start:end]


def _day(year: int, month: int, number: int) -> date | None:
    return date(year, month, number) if 1 <= month <= 12 and 1 <= number <= monthrange(year, month)[1] else None
