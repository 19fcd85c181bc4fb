"""Likeness: whether what two sentences answer to one question is the same, or differs, and in what."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from index.fold import fold, tokenise
from index.nations import compatriots
from qa.answer import Difference
from qa.detail import read_details, same_name
from qa.evidence import words_of
from qa.figure import same_value
from qa.kind import Kind
from qa.moment import says_moment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from index.vocabulary import Vocabulary
    from qa.detail import Details
    from qa.evidence import Evidence
    from qa.figure import Figure
    from qa.moment import Moment
    from qa.names import Name

SHARED = 0.6
"""Share of the shorter answer's words that the longer must have for both to be the same, where neither is a figure,
a date or a name."""
BARE = 2
"""Words of an answer with the name of a nation that can be no more than that name: `the Ukrainian side`."""
_DENIED = re.compile(r"(?i)\b(?:not|n[o’']t|rather than|instead of)(?: (?:the|about|some|all|even|in|on|at|by))*\s*$")

_RATIO = re.compile(r"(?i)\b(?:one|a single)(?: \w+){0,2} (?:in|out of)(?: every)?\s$")


class Likeness(StrEnum):
    """How two answers are to each other."""

    SAME = "same"
    """The same, or one is more precise."""
    OTHER = "other"
    OPEN = "open"
    """It cannot be told."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a piece of evidence answers, in a form that can be compared."""

    evidence: Evidence
    details: Details
    """Of what is quoted."""
    figures: tuple[Figure, ...]
    moments: tuple[Moment, ...]
    names: tuple[Name, ...]
    """Those in the words that answer."""
    words: dict[str, frozenset[str]]
    """The keys of the words that answer, function words left out, each with its spellings."""


def read_told(evidence: Evidence, vocabulary: Vocabulary) -> Told:
    """Read what a piece of evidence answers."""
    details = read_details(evidence.text, vocabulary)
    start, end = evidence.answer or (evidence.start, evidence.start)
    left, right = start - evidence.start, end - evidence.start
    words = {t.key: t.word for t in tokenise(evidence.article.text[start:end]) if not t.stop}
    return Told(
        evidence,
        details,
        tuple(_whole(f, evidence.text) for f in details.figures if f.start < right and left < f.end),
        tuple(m for m in details.moments if m.start < right and left < m.end),
        tuple(n for n in details.names if n.start < right and left < n.end),
        {key: frozenset({key, *vocabulary.spellings(word, key)}) for key, word in words.items()},
    )


def _whole(figure: Figure, text: str) -> Figure:
    """Return the figure that `one train in three` gives: a third."""
    return replace(figure, value=1 / figure.value) if figure.value and _RATIO.search(text[: figure.start]) else figure


def compare(one: Told, other: Told, kind: Kind, vocabulary: Vocabulary) -> tuple[Likeness, Difference]:
    """Tell how what two sentences answer is to each other, and in what it differs where it does.

    Figures are compared with figures, moments with moments, names with names; other words by what they share. Two
    answers that both sentences give are the same: each names another part of it.

    Args:
        one: what one sentence answers.
        other: what the other answers to the same question.
        kind: what kind of answer the question asks for.
        vocabulary: the corpus's words and their spellings.
    """
    if one.figures and other.figures and kind is not Kind.TIME:
        return _figures(one, other), Difference.FIGURE
    if one.moments and other.moments:
        return _moments(one, other), Difference.DATE
    if one.figures and other.figures:
        return _figures(one, other), Difference.FIGURE
    if one.names and other.names:
        difference = Difference.PLACE if kind is Kind.PLACE else Difference.NAME
        return _names(one, other, vocabulary), difference
    difference = Difference.PLACE if kind is Kind.PLACE else Difference.OUTCOME
    return (Likeness.SAME if _shares(one, other) else Likeness.OPEN), difference


def _figures(one: Told, other: Told) -> Likeness:
    if any(same_value(a, b) or _bare(a, b) for a in one.figures for b in other.figures):
        return Likeness.SAME
    if _says(one.figures, other) and _says(other.figures, one):
        return Likeness.SAME
    alike = [(a, b) for a in one.figures for b in other.figures if _comparable(a, b)]
    return Likeness.OTHER if alike else Likeness.OPEN


def _says(figures: Iterable[Figure], told: Told) -> bool:
    """Tell whether a sentence gives all these figures, none of them denied."""
    said = [f for f in told.details.figures if not _DENIED.search(told.details.text[: f.start])]
    return all(any(same_value(f, s) or _bare(f, s) for s in said) for f in figures)


def _bare(one: Figure, other: Figure) -> bool:
    """Tell whether two figures have one value where only one names its unit: `640 million`, `640 million euros`."""
    return one.value == other.value and not (one.unit and other.unit) and one.vague == other.vague


def _comparable(one: Figure, other: Figure) -> bool:
    """Tell whether two figures may count the same: in one unit, and `31st` only what `29` counts."""
    alike = one.ordinal == other.ordinal or bool(one.counted & other.counted)
    return one.unit == other.unit and alike and not (one.vague or other.vague)


def _moments(one: Told, other: Told) -> Likeness:
    if any(says_moment(a, b) or says_moment(b, a) for a in one.moments for b in other.moments):
        return Likeness.SAME
    if _gives(one.moments, other) or _gives(other.moments, one):
        return Likeness.OPEN
    apart = any(excludes(a, b) for a in one.moments for b in other.moments)
    return Likeness.OTHER if apart else Likeness.OPEN


def _gives(moments: Iterable[Moment], told: Told) -> bool:
    return any(says_moment(m, x) or says_moment(x, m) for m in moments for x in told.details.moments)


def excludes(one: Moment, other: Moment) -> bool:
    """Tell whether two moments cannot be one: something that both of them say is different."""
    pairs = [
        (one.year, other.year),
        (one.month, other.month),
        (one.day, other.day),
        (one.weekday, other.weekday),
        (one.minutes, other.minutes),
    ]
    return any(a is not None and b is not None and a != b for a, b in pairs)


def _names(one: Told, other: Told, vocabulary: Vocabulary) -> Likeness:
    shared = [a for a in one.names if any(same_name(a.text, b.text, vocabulary) for b in other.names)]
    if shared:
        people = any(not compatriots(fold(name.text)) for name in shared)
        bare = max(len(one.words), len(other.words)) <= BARE
        phrased = min(len(one.words), len(other.words)) > 1 and _shares(one, other)
        return Likeness.SAME if people or bare or phrased else Likeness.OPEN
    given = [_named(one.names, other, vocabulary), _named(other.names, one, vocabulary)]
    if all(given) and all(_is_named(a) or _hold(a, words_of(b.details.text)) for a, b in ((one, other), (other, one))):
        return Likeness.SAME
    return Likeness.OPEN if any(given) else Likeness.OTHER


def _is_named(told: Told) -> bool:
    """Tell whether an answer names somebody or something: not `deputy heads of Ukraine's services`, only Ukraine."""
    return len(told.words) <= BARE or any(not compatriots(fold(name.text)) for name in told.names)


def _named(names: Iterable[Name], told: Told, vocabulary: Vocabulary) -> bool:
    """Tell whether a sentence gives all these names, none of them denied."""
    said = [n for n in told.details.names if not _DENIED.search(told.details.text[: n.start])]
    return all(any(same_name(n.text, s.text, vocabulary) for s in said) for n in names)


def _shares(one: Told, other: Told) -> bool:
    """Tell whether two answers have their words in common, or both sentences have the words of both."""
    shorter, longer = sorted((one, other), key=lambda told: len(told.words))
    return _hold(shorter, longer.words.keys()) or (
        _hold(shorter, words_of(longer.details.text)) and _hold(longer, words_of(shorter.details.text))
    )


def _hold(told: Told, words: Collection[str]) -> bool:
    held = sum(not spellings.isdisjoint(words) for spellings in told.words.values())
    return bool(told.words) and held >= SHARED * len(told.words)
