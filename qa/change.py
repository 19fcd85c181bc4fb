"""Changes: what one report plans or expects and a later one tells as done, and figures that rose or fell meanwhile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qa.clash import PLANNED
from qa.detail import Mood
from qa.kind import Kind
from qa.timeline import written_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.agreement import Agreement
    from qa.likeness import Told

ONE_TIME = 7
"""Days between two articles up to which other answers are a difference, where both days are known: what is
written later is of another time, and on RealTime QA mostly of another event."""
_RISEN = re.compile(
    r"(?i)\b(?:ris(?:en|es|ing)|rose|climb\w*|reach\w*|gr(?:ew|ow\w*)|increas\w*|up from"
    r"|br(?:ings?|ought|inging) [^.,;]{0,40}\bto)\b"
)
_FALLEN = re.compile(r"(?i)\b(?:f[ae]ll(?:en|s)?|drop\w*)\b")
_CHANGED = re.compile(r"(?i)\b(?:so far|revis\w*|updat\w*|no longer)\b")
_DONE = re.compile(
    r"(?i)\b(?:was|were|had|has|have|did|[a-z]{2,}ed|took|began|came|went|held|met|left|won|sat|rose|fell|sank)\b"
)
_ASKED = re.compile(r"(?i)\b(?:ask|call)\w* for\b")


def has_happened(one: Told, other: Told, agreement: Agreement) -> bool:
    """Tell whether one sentence plans, expects or demands what the other tells as done."""
    kind = agreement.question.kind
    if kind is Kind.YES_NO:
        terms = agreement.question.terms
        about = [term for term in terms if not term.name] or terms  # `Is Rubio in Istanbul?` has names only
        asked = {key for term in about for key in (term.key, *term.spellings)}
        moods = [_moods(told, asked) for told in (one, other)]
        return all(moods) and _plans(moods[0]) != _plans(moods[1])
    if kind is Kind.TIME and one.moments and other.moments:
        plans = [_plans(_moods(told, set(told.words))) for told in (one, other)]
        done = other if plans[0] else one
        return plans[0] != plans[1] and bool(_DONE.search(done.details.text))
    if one.figures and other.figures:
        wished = [bool(_ASKED.search(t.details.text)) or Mood.WISH in _moods(t, set(t.words)) for t in (one, other)]
        return wished[0] != wished[1]
    return False


def _moods(told: Told, about: set[str]) -> list[Mood]:
    return [word.mood for word in told.details.words if word.key in about]


def _plans(moods: Sequence[Mood]) -> bool:
    return any(mood in PLANNED for mood in moods)


def is_planned(told: Told) -> bool:
    """Tell whether a sentence plans, expects or demands what it answers."""
    return _plans([word.mood for word in told.details.words if word.head]) or _plans(_moods(told, set(told.words)))


def is_update(one: Told, other: Told) -> bool:
    """Tell whether one of two figures follows on the other: said to have risen or fallen, or later and more.

    `At least nine` and, two days later, 14 is no contradiction.
    """
    for earlier, later in ((one, other), (other, one)):
        dates = earlier.evidence.article.published, later.evidence.article.published
        if dates[0] and dates[1] and dates[0] > dates[1]:
            continue
        first, second = earlier.figures[0], later.figures[0]
        against = _FALLEN if second.value > first.value else _RISEN  # `it grew to 1.4 metres` follows on no 2.1
        if has_grown(later) and not has_grown(earlier) and not against.search(later.details.text):
            return True
        dated = bool(dates[0] and dates[1] and dates[0] < dates[1])
        if dated and first.bound == "over" and second.value > first.value:
            return True
    return False


def has_grown(told: Told) -> bool:
    """Tell whether a sentence says that its figure has risen or fallen, or is of so far."""
    return any(words.search(told.details.text) for words in (_RISEN, _FALLEN, _CHANGED))


def of_one_time(one: Told, other: Told) -> bool:
    """Tell whether two sentences were written within `ONE_TIME` days, as far as both days are known."""
    days = [written_on(told.evidence.article) for told in (one, other)]
    return not (days[0] and days[1]) or abs((days[0] - days[1]).days) <= ONE_TIME
