"""Moments: the dates, weekdays and times of day in a sentence, as far as it says them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.fold import fold
from qa.figure import ONES, ORDINALS

_MONTHS = "january february march april may june july august september october november december".split()
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = r"(?P<month>" + "|".join(rf"{m}|{m[:3]}\b\.?" for m in _MONTHS) + r"|sept\b\.?)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NTHS = (
    ORDINALS
    | {f"twenty-{word}": 20 + nth for word, nth in ORDINALS.items() if nth < 10}
    | {"thirtieth": 30, "thirty-first": 31}
)
_NTH = rf"(?P<nth>{'|'.join(sorted(_NTHS, key=len, reverse=True))})"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_LIGHT = r"(?P<light>in the (?:morning|afternoon|evening)|at night)"
_HOURS = {word: hour for word, hour in ONES.items() if 1 <= hour <= 12}
_AT = "(?:" + "|".join(rf"(?<={word} )" for word in "at before after around about until till by since".split()) + ")"
_PATTERNS = tuple(
    re.compile(rf"(?i)(?<![\w$€£.,-])(?:{pattern})(?![\w%]|[.,]\d)")
    for pattern in (
        r"(?P<year>(?:1[5-9]|20)\d\d)-(?P<number>\d{2})-(?P<day>\d{2})",
        rf"{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR})?",
        rf"{_NTH} of {_MONTH}(?:,? {_YEAR})?",
        rf"{_MONTH} (?:the )?{_NTH}(?:,? {_YEAR})?",
        rf"{_MONTH},? {_DAY}(?:,? {_YEAR})?(?! (?:million|billion|thousand|percent|per cent))",
        rf"{_MONTH},? (?:of )?{_YEAR}",
        rf"(?P<weekday>{'|'.join(_DAYS)}|mon\b\.?|tues?\b\.?|weds?\b\.?|thurs?\b\.?|fri\b\.?|sat\b\.|sun\b\.)",
        r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap])\.?\s?m\b\.?",
        rf"(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d)|\s?o['’]clock) {_LIGHT}",
        rf"{_AT}(?P<hourword>{'|'.join(_HOURS)})(?: o['’]clock)? {_LIGHT}",
        r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?:\s?(?P<zone>gmt|utc|cet|cest|bst|est|edt|et))?",
        r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s?(?P<zone>gmt|utc|cet|cest|bst|est|edt)",
        (
            r"(?P<relative>(?:the day (?:before|after) )?(?:yesterday|today|tomorrow|tonight)"
            r"|(?:last|next|this|past|coming) (?:week|month|year|weekend|summer|autumn|winter|spring|night))"
        ),
        r"(?P<part>noon|midday|midnight)",
        r"(?P<decade>(?:1[5-9]|20)\d0)['’]?s",
        _YEAR,
        r"(?P<month>" + "|".join(m for m in _MONTHS if m not in {"march", "may"}) + ")",
        r"(?<=\bin )(?P<month>march|may)",
    )
)
_PARTS = re.compile(
    r"(?i)\s+(?:(?:local )?time )?(?:late |early )?(?P<part>morning|noon|midday|afternoon|evening|night|dusk|dawn)\b"
)
NIGHT = 6
"""`Seven at night` is before midnight, `two at night` after it."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point or span of time as far as a sentence says it; None for what it leaves open."""

    start: int
    """First character in the text."""
    end: int
    """One past the last character."""
    year: int | None = None
    """Of four digits; the first of a decade."""
    month: int | None = None
    """1 to 12."""
    day: int | None = None
    """1 to 31."""
    weekday: int | None = None
    """0 for Monday to 6 for Sunday."""
    minutes: int | None = None
    """Since midnight, in the zone that is named."""
    zone: str = ""
    """`gmt`, or empty for local time."""
    part: str = ""
    """`morning`, `evening` …"""
    relative: str = ""
    """`yesterday`, `last week` …, which count from a day that the sentence does not name."""
    decade: bool = False
    """True for `1990s`."""


def find_moments(text: str) -> tuple[Moment, ...]:
    """Return the moments in a text in order, none within another; `Friday, May 16, 2025` is two."""
    taken: list[Moment] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(m.start < match.end() and match.start() < m.end for m in taken):
                taken.append(_moment(match))
    taken.sort(key=lambda m: m.start)
    return tuple(_with_part(m, text) for m in taken)


def says_moment(text: Moment, claimed: Moment) -> bool:
    """Tell whether a moment says all that another does; it may say more: `Friday evening` says `Friday`."""
    pairs = [
        (claimed.month, text.month),
        (claimed.day, text.day),
        (claimed.weekday, text.weekday),
        (claimed.minutes, text.minutes),
        (claimed.zone or None, text.zone),
        (claimed.part or None, text.part),
        (claimed.relative or None, text.relative),
        (claimed.year, text.year),
    ]
    return claimed.decade == text.decade and all(want is None or want == have for want, have in pairs)


def _moment(match: re.Match[str]) -> Moment:
    got = {name: value for name, value in match.groupdict().items() if value}
    moment = Moment(match.start(), match.end())
    if "month" in got:
        moment = replace(moment, month=next(i for i, m in enumerate(_MONTHS, 1) if m[:3] == got["month"][:3].lower()))
    if "number" in got:
        moment = replace(moment, month=int(got["number"]))
    if "weekday" in got:
        moment = replace(moment, weekday=next(i for i, d in enumerate(_DAYS) if d[:3] == got["weekday"][:3].lower()))
    if "hour" in got or "hourword" in got:
        hour = int(got["hour"]) if "hour" in got else _HOURS[got["hourword"].lower()]
        if "half" in got:
            hour = hour % 12 + 12 * (got["half"].lower() == "p")
        elif light := got.get("light", "").lower():
            late = "noon" in light or "evening" in light or ("night" in light and hour % 12 >= NIGHT)
            hour = hour % 12 + 12 * late
        moment = replace(moment, minutes=60 * hour + int(got.get("minute", 0)), zone=got.get("zone", "").lower())
    return replace(
        moment,
        year=int(got.get("year") or got.get("decade") or 0) or None,
        day=int(got["day"]) if "day" in got else _NTHS.get(got.get("nth", "").lower()),
        relative=fold(got["relative"]) if "relative" in got else "",
        part=_part(got.get("part", "")),
        decade="decade" in got,
    )


def _with_part(moment: Moment, text: str) -> Moment:
    """Add the part of the day that stands after a weekday or date: `Thursday night`."""
    found = _PARTS.match(text, moment.end)
    if not found or moment.minutes is not None or moment.part:
        return moment
    return replace(moment, part=_part(found["part"]), end=found.end())


def _part(word: str) -> str:
    word = word.lower()
    return {"midday": "noon", "dusk": "evening", "dawn": "morning"}.get(word, word)
