"""Dates: what files write as the day of publication, as ISO 8601, and only where it can mean one day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_ISO = re.compile(r"\b(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}(?:Z|[+-]\d{2}:?\d{2})?)?")
_LONG = re.compile(
    r"(?i)\b(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([a-z]{3,9})\.?,?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})\b"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EPOCH = range(10**8, 10**10)
"""Seconds since 1970 of the years 1973 to 2286; a number a thousand times as large counts milliseconds."""


def parse_date(value: str) -> str | None:
    """Return the ISO 8601 date in `2025-05-16`, `16 May 2025` or `May 16, 2025`; None for anything else."""
    if iso := _ISO.search(value):
        year, month, day = (int(part) for part in iso.groups())
    elif (long := _LONG.search(value)) and long[2][:3].lower() in _MONTHS and (long[1] or long[3]):
        year, month, day = int(long[4]), _MONTHS.index(long[2][:3].lower()) + 1, int(long[1] or long[3])
    else:
        return None
    return _iso(year, month, day)


def read_date(value: object) -> str | None:
    """Return the ISO 8601 date in a field that is known to hold a date; it may also be `20250516` or a Unix time.

    A Unix time is taken as the day in UTC; all others as the day that is written.
    """
    if isinstance(value, str):
        text = value.strip()
        if compact := _COMPACT.fullmatch(text):
            return _iso(*(int(part) for part in compact.groups()[:3]))
        return read_date(int(text)) if re.fullmatch(r"[0-9]{9,13}", text) else parse_date(text[:200])
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 10**14:
        return None
    if 19000101 <= value <= 21001231 and value == int(value):
        return read_date(str(int(value)))
    seconds = int(value) if int(value) in _EPOCH else int(value) // 1000
    return datetime.fromtimestamp(seconds, UTC).date().isoformat() if seconds in _EPOCH else None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
