"""Figures: the numbers of a sentence with magnitude, unit and what they count, however they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.fold import tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

ONES = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_POWERS = {"hundred": 100, "dozen": 12, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT = {"k": 1_000, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "tn": 10**12, "trn": 10**12}
ORDINALS = dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        range(1, 21),
        strict=True,
    )
)
_PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_CURRENCIES = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₴": "hryvnia", "₽": "rouble", "₹": "rupee"}
_UNIT_WORDS = {
    "%": "percent pct",
    "dollar": "dollars usd", "euro": "euros eur", "pound": "pounds gbp", "yen": "yen", "hryvnia": "hryvnias",
    "rouble": "roubles ruble rubles", "rupee": "rupees",
    "second": "seconds sec secs", "minute": "minutes min mins", "hour": "hours hr hrs", "day": "days", "week": "weeks",
    "month": "months", "year": "years", "decade": "decades", "century": "centuries",
    "kilometre": "kilometres kilometer kilometers km kms", "mile": "miles", "metre": "metres meter meters",
    "foot": "feet ft", "tonne": "tonnes ton tons", "kilogram": "kilograms kg kilo kilos", "degree": "degrees",
    "point": "points", "hectare": "hectares", "acre": "acres", "litre": "litres liter liters",
    "megawatt": "megawatts mw",
}  # fmt: skip
_UNITS = {word: unit for unit, words in _UNIT_WORDS.items() for word in (unit, *words.split())}
_NUMBER_WORD = "|".join([*ONES, *_TENS, *_POWERS])
_FIGURE = re.compile(
    rf"""(?xi)
    (?<![\w.,:/-])(?P<score>\d{{1,3}}[-–]\d{{1,3}})
        (?![\w%-]|[.,]\d|\s(?:percent|per\ cent|million|billion|{"|".join(_UNITS)})\b)
    | (?P<money>(?:US|A|C|NZ|HK)?[$€£¥₴₽₹]\s?)?
    (?:(?<![\w.,:/])(?P<minus>[-−](?=\d))?|(?<=[$€£¥₴₽₹])|(?<=[$€£¥₴₽₹]\s))
    (?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)
    (?:(?P<short>k|mn|mln|m|bn|trn|tn)\b|(?:[\s-]?(?P<long>hundred|thousand|million|billion|trillion)s?\b))?
    (?P<nth>st|nd|rd|th)?\b(?:\s?(?P<percent>%|percent\b|per\ cent\b|pct\b))?
    | \b(?P<vague>(?:(?:tens|dozens|scores|hundreds|thousands|millions|billions)\ of\ )?
        (?:dozens|scores|hundreds|thousands|millions|billions|trillions))\b
    | \b(?:(?P<over>a|an|{_NUMBER_WORD})[\s-])?(?P<part>half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?\b
        (?=\s(?:of|a|an|the|as|its|their)\b|[\s-](?:hour|day|year|million|billion|dozen)\b)
    | \b(?P<words>(?:an?\s(?=hundred|dozen|thousand|million|billion|trillion))?(?:{_NUMBER_WORD})\b
        (?:[\s-](?:and\s)?(?:{_NUMBER_WORD})\b)*)(?:\s(?P<percentword>percent|per\ cent)\b)?
    | (?<!-)\b(?P<ordinal>(?:(?:{"|".join(_TENS)})-)?(?:{"|".join(ORDINALS)}))\b
    """
)
_BOUNDS = re.compile(
    r"(?i)\b(?:(?P<over>more than|over|at least|above|upwards of|exceeding|no fewer than|no less than)"
    r"|(?P<under>less than|fewer than|under|below|up to|at most|no more than|nearly|almost)"
    r"|(?P<about>about|around|roughly|approximately|some|an estimated|estimated|circa))(?: the| a)? ?[$€£¥]?$"
)
_NOT_COUNTED = re.compile(r"(?i)(?:\b(?:no|this|that|the|any|every|each|which|the other|another)\s)$")
_PRONOUN = re.compile(r"(?i)\s(?:of|who|that|which|another|day\b(?! of)|to|in|side)\b")
_AGED = re.compile(r"[^\W\d_a-z][\w’'-]+, $")
"""Before a number between commas that is somebody's age: `Ibáñez, 67, …`."""
_END = re.compile(r"[.,;:!?()—–“”\"]|\b(?:and|or|but|while|who|which|that|when|where|as|than)\b", re.IGNORECASE)
_COUNTED = 4
"""Words after a figure that may be what it counts."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as a text writes it."""

    start: int
    """First character in the text, currency sign included."""
    end: int
    """One past the last character."""
    value: float
    """`four million` and `4m` are 4000000, `one-fifth` is .2; of `tens of thousands` the least that it may mean."""
    unit: str
    """`%`, a currency, a unit of measure in the singular (`day`), `to 1` of a score of 3-1; empty for a count."""
    counted: frozenset[str]
    """Keys of the words that follow it in its clause, up to four, among which is what it counts."""
    bound: str = ""
    """`over` (`at least 5`), `under` (`nearly 5`), `about`, or empty."""
    ordinal: bool = False
    """True for `first`, `5th`."""
    vague: bool = False
    """True for `dozens`, `tens of thousands`."""


def find_figures(text: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[Figure, ...]:
    """Return the figures of a text in order, without those inside the spans that are taken (dates, say)."""
    matches = [
        m
        for m in _FIGURE.finditer(text)
        if not any(a < m.end() and m.start() < b for a, b in taken) and not _is_word(m, text)
    ]
    limits = [*(m.start() for m in matches), len(text)][1:]
    return tuple(_figure(m, text, limit) for m, limit in zip(matches, limits, strict=True))


def same_value(one: Figure, other: Figure) -> bool:
    """Tell whether two figures are the same number in the same unit, whatever they count and however bounded."""
    close = abs(one.value - other.value) <= 1e-9 * max(abs(one.value), abs(other.value), 1.0)
    return close and (one.unit, one.ordinal, one.vague) == (other.unit, other.ordinal, other.vague)


def says_figure(text: Figure, claimed: Figure) -> bool:
    """Tell whether a figure of a text says what a claimed one does: value, unit, and bound, `about` being no claim."""
    bound = claimed.bound == text.bound or (claimed.bound == "about" and not text.bound)
    return same_value(text, claimed) and bound


def _is_word(match: re.Match[str], text: str) -> bool:
    """Tell whether a number word is a pronoun (`one of them`, `this one`) or a part of a name (`Air Force One`)."""
    words, ordinal = match["words"], match["ordinal"]
    before = text[max(0, match.start() - 40) : match.start()]
    if words and words.lower() == "one":
        if _NOT_COUNTED.search(before) or _PRONOUN.match(text, match.end()) or not text[match.end() :].strip(" .,;:"):
            return True
        return words[0].isupper() and bool(re.search(r"[A-Z][\w’']*[ -]$", before))
    return bool(ordinal) and bool(re.match(r"(?i)\s(?:of all|off)\b", text[match.end() :]))


def _figure(match: re.Match[str], text: str, limit: int) -> Figure:
    value, unit = _value(match), "%" if match["percent"] or match["percentword"] else ""
    if match["money"]:
        unit = _CURRENCIES[match["money"].strip()[-1]]
    stop = _END.search(text, match.end(), limit)
    if match["score"]:
        unit, stop = "to " + re.split("[-–]", match["score"])[1], re.compile("").match(text, match.end())
    following = tokenise(text[match.end() : stop.start() if stop else limit])[: _COUNTED + 3]
    if match["digits"] and _AGED.search(text[: match.start()]) and re.match(r", (?!\d)", text[match.end() :]):
        unit = unit or "year"
    if not unit and following and not match["ordinal"]:
        unit = next((_UNITS[t.word] for t in following[:2] if t.word in _UNITS), "")
    bound = _BOUNDS.search(text[max(0, match.start() - 24) : match.start()])
    return Figure(
        match.start(),
        match.end(),
        value,
        unit,
        frozenset([t.key for t in following if not t.stop][:_COUNTED]),
        next(name for name, got in bound.groupdict().items() if got) if bound else "",
        ordinal=bool(match["ordinal"] or match["nth"]),
        vague=bool(match["vague"]),
    )


def _value(match: re.Match[str]) -> float:
    if score := match["score"]:
        return float(re.split("[-–]", score)[0])
    if digits := match["digits"]:
        factor = _SHORT.get((match["short"] or "").lower(), 1) * _POWERS.get((match["long"] or "").lower(), 1)
        return float(digits.replace(",", "")) * factor * (-1 if match["minus"] else 1)
    if vague := match["vague"]:
        scale = 1.0
        for word in vague.lower().replace(" of ", " ").split():
            scale *= {"tens": 10, "dozens": 12, "scores": 20}.get(word) or _POWERS[word.rstrip("s")]
        return scale
    if part := match["part"]:
        over = (match["over"] or "a").lower()
        return float(1 if over in {"a", "an"} else _counted([over])) / _PARTS[part.lower()]
    if ordinal := match["ordinal"]:
        *tens, last = ordinal.lower().split("-")
        return float(sum(_TENS[t] for t in tens) + ORDINALS[last])
    return float(_counted(re.split(r"[\s-]+", match["words"].lower())))


def _counted(words: Sequence[str]) -> float:
    """Return the number that number words make: `one million two hundred and five`."""
    total = current = 0.0
    for word in words:
        if word in {"a", "an", "and"}:
            continue
        if word in ONES or word in _TENS:
            current += ONES.get(word) or _TENS.get(word) or 0
        elif word in {"hundred", "dozen"}:
            current = (current or 1) * _POWERS[word]
        elif word in _POWERS:
            total += (current or 1) * _POWERS[word]
            current = 0.0
    return total + current
