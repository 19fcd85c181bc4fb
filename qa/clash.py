"""Clashes: what two sentences say otherwise than each other: figures, denials, moods, who speaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qa.detail import Mood, same_name
from qa.figure import same_value

if TYPE_CHECKING:
    from collections.abc import Collection

    from index.vocabulary import Vocabulary
    from qa.detail import Details
    from qa.figure import Figure

PLANNED = (Mood.FUTURE, Mood.POSSIBLE, Mood.WISH)
"""Moods of what has not happened."""


def is_unsaid(one: Details, other: Details) -> bool:
    """Tell whether one sentence has a figure that the other does not give."""
    return any(not f.ordinal and not gives_figure(f, other) for f in one.figures)


def figures_clash(one: Details, other: Details) -> bool:
    """Tell whether two sentences count the same thing with different figures."""
    return any(
        _count_one_thing(f, g) and not gives_figure(f, other) and not gives_figure(g, one)
        for f in one.figures
        for g in other.figures
    )


def moods_clash(one: Details, other: Details) -> bool:
    """Tell whether one sentence plans or expects what the other tells as done."""
    for a, b in ((one, other), (other, one)):
        done = {word.key for word in b.words if word.mood is Mood.FACT}
        if any(word.head and word.mood in PLANNED and word.key in done for word in a.words):
            return True
    return False


def denials_clash(one: Details, other: Details, about: Collection[str], vocabulary: Vocabulary) -> bool:
    """Tell whether one sentence alone denies something, and what it denies is what the other says.

    Args:
        one: a sentence.
        other: another.
        about: the keys of what the question asks and the sentences answer; only their denial counts.
        vocabulary: the corpus's words, which tell names: `not Putin` denies nothing of him.
    """
    if one.denied and other.denied:
        return False
    for a, b in ((one, other), (other, one)):
        affirmed = ({word.key for word in b.words if not word.denied} - b.denied).intersection(about)
        if any(w.denied and w.head and w.key in affirmed and not _is_name(w.key, vocabulary) for w in a.words):
            return True
    return False


def speakers_differ(one: Details, other: Details, vocabulary: Vocabulary) -> bool:
    """Tell whether each sentence tells what somebody says, and none of them says it in both."""
    said, also = ([s.name.text for s in details.speech if s.name is not None] for details in (one, other))
    return bool(said and also) and not any(same_name(x, y, vocabulary) for x in said for y in also)


def tells_of_another_year(details: Details, claim: Details) -> bool:
    """Tell whether a sentence dates what it tells in a year that a claim does not name: `led the talks of 2022`."""
    named = {moment.year for moment in claim.moments}
    return any(moment.year is not None and moment.year not in named for moment in details.moments)


def _is_name(key: str, vocabulary: Vocabulary) -> bool:
    entry = vocabulary.entries.get(key)
    return entry is not None and entry.name


def _count_one_thing(one: Figure, other: Figure) -> bool:
    exact = not (one.vague or other.vague or one.ordinal or other.ordinal)
    return exact and one.unit == other.unit and (bool(one.unit) or bool(one.counted & other.counted))


def gives_figure(figure: Figure, details: Details) -> bool:
    """Tell whether a sentence gives a figure, however it writes it: `one month` as `a month`, too."""
    if any(same_value(figure, other) for other in details.figures):
        return True
    return figure.value == 1 and bool(figure.unit) and bool(re.search(rf"(?i)\ban? {figure.unit}\b", details.text))
