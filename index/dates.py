"""Dates: what files write as the day of publication, as ISO 8601, and only where it can mean one day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

LONGEST_LINE = 120
"""Characters of a line that is a date."""

_ISO = re.compile(r"\b(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_MONTHS = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_LONG = re.compile(
    rf"(?i)\b(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+)?({_MONTHS})\.?,?\s+(?:(\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(\d{{4}})\b"
)
_SHORT = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FIGURES = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![./-]?\d)")
_AROUND = re.compile(
    r"(?i)(?:[\s,.;:|•·()–—-]|\b(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b|"
    r"\b(?:published|updated|posted|date|last|first|originally|on|at|noon|midnight|local|time|hrs?)\b|"
    r"\bT?\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?![\d])|\b\d{1,2}(?=\s?[ap]\.?m\b)|(?<=[\d\s])[ap]\.?m\b|(?<=\d)z\b|"
    r"\b(?:gmt|utc|bst|ist|msk|(?:[ecmp]|ce|ee|we)[sd]?t)\b|[+-]\d{1,2}(?::?\d{2})?\b)*+"
)
"""What may stand beside a date in a line that is a date."""
_LABEL = re.compile(r"(?i)\W*(?:(?:last|first|originally)\s+)?(?:published|updated|posted|date\s*:)")
_PLACE = re.compile(r"[^\W\d_a-z][^\d_a-z]{2,40},")
_AFTER_LABEL = re.compile(r"(?i)[\s,|•·–—(-]*(?:by|updated|last)\b")
_EPOCH = range(10**8, 10**10)
"""Seconds since 1970 of the years 1973 to 2286; a number a thousand times as large counts milliseconds."""


def read_line(line: str) -> str | None:
    """Return the date of a line that is one and says no more than weekday, time, `Published` or a place in capitals."""
    found = _found(line) if len(line) <= LONGEST_LINE else None
    if found is None:
        return None
    before, after = line[: found[0].start()], line[found[0].end() :]
    if label := _LABEL.match(before):
        dated = _AROUND.fullmatch(before[label.end() :]) and (_AROUND.fullmatch(after) or _AFTER_LABEL.match(after))
    else:
        place = _PLACE.match(before)
        dated = _AROUND.fullmatch(before[place.end() if place else 0 :]) and _AROUND.fullmatch(after)
    return _iso(*found[1:]) if dated else None


def read_date(value: object) -> str | None:
    """Return the ISO 8601 date in a field that is known to hold a date.

    It may also be `20250516`, `16.05.2025` or `05/16/2025`, where one of the figures is no month, a Unix time, or the
    `{"$date": …}` of MongoDB. A Unix time is taken as the day in UTC; all others as the day that is written. Where
    several days are written, none is the date.
    """
    if isinstance(value, Mapping):
        inner = value.get("$date", value.get("$numberLong"))
        return None if inner is None or (isinstance(inner, Mapping) and "$date" in inner) else read_date(inner)
    if isinstance(value, str):
        return _written(value.strip())
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 10**14:
        return None
    if value == int(value) and (compact := _COMPACT.fullmatch(str(int(value)))) and "1900" <= compact[1] <= "2100":
        return _iso(*(int(part) for part in compact.groups()[:3]))
    seconds = int(value) if int(value) in _EPOCH else int(value) // 1000
    return datetime.fromtimestamp(seconds, UTC).date().isoformat() if seconds in _EPOCH else None


def _written(text: str) -> str | None:
    if compact := _COMPACT.fullmatch(text):
        return _iso(*(int(part) for part in compact.groups()[:3]))
    if re.fullmatch(r"[0-9]{9,13}", text):
        return read_date(int(text))
    text = text[:200]
    iso = ((int(m[1]), int(m[2]), int(m[3])) for m in _ISO.finditer(text))
    days = {day for parts in (*iso, *map(_read_long, _LONG.finditer(text))) if parts and (day := _iso(*parts))}
    days |= {day for match in _FIGURES.finditer(text) if (day := _figures(match))}
    return days.pop() if len(days) == 1 else None


def _read_long(match: re.Match[str]) -> tuple[int, int, int] | None:
    """Return year, month and day of a date whose month is a word."""
    day = match[1] or match[3]
    return (int(match[4]), _SHORT.index(match[2][:3].lower()) + 1, int(day)) if day else None


def _found(value: str) -> tuple[re.Match[str], int, int, int] | None:
    """Return the first date in a text, and its year, month and day."""
    if iso := _ISO.search(value):
        return iso, int(iso[1]), int(iso[2]), int(iso[3])
    if (long := _LONG.search(value)) and (parts := _read_long(long)):
        return long, *parts
    return None


def _figures(match: re.Match[str]) -> str | None:
    """Return the date in figures where it can be read in one order only, day or month first."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    days = {found for found in (_iso(year, first, second), _iso(year, second, first)) if found}
    return days.pop() if len(days) == 1 else None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
