"""Differences: where articles give other figures or days for one thing, found among statements, without a question."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import numpy as np

from index.fold import fold, stem
from qa import prompts
from qa.agreement import Agreement
from qa.conflict import hold_against
from qa.context import points_back
from qa.figure import Figure, same_value
from qa.kind import Kind
from qa.likeness import excludes
from qa.moment import Moment
from qa.weight import logistic, logit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.corpus import Corpus
    from qa.answer import Conflict
    from qa.evidence import Evidence
    from qa.likeness import Told
    from qa.reader import Reader
    from qa.survey import Survey

_SHARE = re.compile(
    r"(?i)\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)\b[^.,;]{0,24} (?:in|out of) $"
    r"|^[^.,;]{0,24} (?:in|out of) (?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b"
)
"""Before the second figure of `one train in three`, or behind the first."""
_APART = re.compile(
    r"(?i)^(?:\s+\w+){0,2}?\s+(?:early|earlier|late|later|ago|after|before|more|less|fewer|longer|shorter|above|below|ahead"
    r"|behind)\b"
)
"""Behind a figure that tells how far two things are apart: `four days early`."""
_NEXT = re.compile(r"\s(\w+)")
DIFFERENCES = 6
"""Differences shown at most."""
NEAR = 0.25
"""Two statements may count or date one thing from this similarity of meaning on."""
WEIGHTS, CONSTANT = (1.04, 1.82), -0.06
"""Of the logit of the reader's probability that a statement, asked another with its figure or day left out, finds its
own there, the less sure of both ways round, and of the similarity of meaning: a logistic regression of which of 170
pairs of statements of tests/clusters/dev are of one thing."""
ONE_FIGURE, ONE_DAY, DENIES = 0.6, 0.85, 0.8
"""From these probabilities on figures and days are of one thing, where besides one statement denies the other with the
last. Told so are 6 differences of dev, all right, and 2 of tests/clusters/test, where 5 of 6 pairs are right; and 3 of
250 events of training/news, which hardly differ, of which one is right; without the last 9."""
CLOSE = 0.1
"""Figures of which one is given roughly are the same up to this share of the greater: `about 150` and 146."""
RATIO = 20
"""Two figures of which one is more than so many times the other count two things."""
READ = 160
"""Questions that the reader reads at most."""
HEAD = 160
"""Characters of a question that are shown."""


def find_differences(survey: Survey, corpus: Corpus, reader: Reader) -> tuple[Conflict, ...]:
    """Return where articles give other figures for what they count, or other days for one event, the gravest first.

    Its citations have no numbers yet. Each figure or day of a salient statement is asked of the statements near it, by
    the statement itself: `The crowd numbered how many?` What differs in other words, who scored or why it burnt, is
    only found by asking.
    """
    return tuple(_Differing(survey, corpus, reader).find())


class _Differing:
    """Looks through the statements of a survey, the most salient first."""

    def __init__(self, survey: Survey, corpus: Corpus, reader: Reader) -> None:
        self._survey, self._corpus, self._reader = survey, corpus, reader
        self._agreement = Agreement(survey.question, corpus, reader)
        self._told = [self._agreement.told(statement.evidence) for statement in survey.statements]
        self._left = READ

    def find(self) -> list[Conflict]:
        """Return the conflicts."""
        found: list[Conflict] = []
        shown: set[int] = set()
        for at in np.argsort(-self._survey.salience(), kind="stable").tolist():
            if len(found) == DIFFERENCES:
                break
            for words in self._words(at):
                rivals = [o for o in self._others(at) if o not in shown]
                answers = [e for o in rivals if (e := self._rival(at, words, o)) is not None] if at not in shown else []
                if answers and (conflict := self._conflict(at, words, answers)) is not None:
                    found.append(conflict)
                    places = [(v.file, v.start) for version in conflict.versions for v in version.citations]
                    shown |= {n for n, s in enumerate(self._survey.statements) if (s.article.file, s.start) in places}
                    break
        return found

    def _words(self, at: int) -> list[Figure | Moment]:
        """Return the figures of a statement and its first day."""
        details = self._told[at].details
        if points_back(details.text):
            return []
        days = [m for m in details.moments if _is_day(m)]
        return [*(f for f in details.figures if _tells(f, details.text)), *days[:1]]

    def _others(self, at: int) -> list[int]:
        own, likeness = self._survey.statements[at].article.id, self._survey.likeness[at]
        near = np.argsort(-likeness, kind="stable").tolist()
        return [o for o in near if likeness[o] >= NEAR and self._survey.statements[o].article.id != own]

    def _rival(self, at: int, words: Figure | Moment, other: int) -> Evidence | None:
        """Return another statement as evidence for another figure or day, where each answers the other's question."""
        here, there = self._told[at], self._told[other]
        near = float(self._survey.likeness[at, other])
        for rival in self._words(other):
            if not _differ(words, rival, here, there) or self._left < 2:
                continue
            least = ONE_DAY if isinstance(words, Moment) else ONE_FIGURE
            forth = self._reads(_question(here, words), there, rival)
            if _one_thing(forth, near) < least:
                continue
            back = self._reads(_question(there, rival), here, words)
            denies = self._agreement.denials(here.evidence, there.evidence)[1]
            if _one_thing(min(back, forth), near) >= least and denies >= DENIES:
                return _answering(there.evidence, rival, forth)
        return None

    def _reads(self, question: str, told: Told, words: Figure | Moment) -> float:
        """Return how sure the reader is that a statement answers a question with these words; 0 with others."""
        self._left -= 1
        reading = self._reader.read(question, [told.details.text])[0]
        return reading.answerable if reading.start < words.end and words.start < reading.end else 0.0

    def _conflict(self, at: int, words: Figure | Moment, rivals: Sequence[Evidence]) -> Conflict | None:
        about = _question(self._told[at], words)
        kind = Kind.TIME if isinstance(words, Moment) else Kind.NUMBER
        question = replace(self._survey.question, text=about, kind=kind, many=False)
        own = _answering(self._told[at].evidence, words, 1.0)
        found = hold_against(Agreement(question, self._corpus, self._reader), own, rivals)
        return replace(found, about=shorten(about)) if found else None


def shorten(about: str) -> str:
    """Return a question, cut at a word where it is long."""
    return about if len(about) <= HEAD else f"{about[:HEAD].rsplit(' ', 1)[0]} …"


def _question(told: Told, words: Figure | Moment) -> str:
    """Return a statement as the question that its figure or day answers: `The crowd numbered how many?`."""
    text = told.details.text
    asks = prompts.DIFFER_WHEN if isinstance(words, Moment) else prompts.DIFFER_HOW_MUCH
    asks = prompts.DIFFER_HOW_MANY if isinstance(words, Figure) and words.counted else asks
    return f"{text[: words.start]}{asks}{text[words.end :].rstrip(' .!')}?"


def _differ(one: Figure | Moment, other: Figure | Moment, told: Told, rival: Told) -> bool:
    """Tell whether two figures can count, or two days date, the same, and neither statement gives the other's."""
    if isinstance(one, Moment) or isinstance(other, Moment):
        both = isinstance(one, Moment) and isinstance(other, Moment)
        return both and excludes(cast(Moment, one), cast(Moment, other))
    here, there = told.details.figures, rival.details.figures
    known = any(same_value(one, f) for f in there) or any(same_value(other, f) for f in here)
    less, more = sorted((abs(one.value), abs(other.value)))
    near = more <= RATIO * max(less, 1e-9) and not ((one.bound or other.bound) and more - less <= CLOSE * more)
    counted = bool(one.unit) or bool(one.counted & other.counted) or not (one.counted and other.counted)
    return one.unit == other.unit and near and counted and not known


def _one_thing(answering: float, near: float) -> float:
    """Return the probability that two figures or days are of one thing, in [0, 1]."""
    return logistic(sum(w * f for w, f in zip(WEIGHTS, (logit(answering), near), strict=True)) + CONSTANT)


def _tells(figure: Figure, text: str) -> bool:
    """Tell whether a figure by itself says how much or how many: neither `one train in three` nor `the 5th` does."""
    before, after = text[: figure.start], text[figure.end :]
    part = _SHARE.search(before) or _SHARE.search(after) or _APART.match(after)
    return not (figure.vague or figure.ordinal or part)


def _is_day(moment: Moment) -> bool:
    return bool(moment.day or moment.year or moment.weekday is not None) and not moment.decade


def _answering(evidence: Evidence, words: Figure | Moment, answerable: float) -> Evidence:
    """Return a statement as evidence that these words of it answer."""
    end = words.end
    following = _NEXT.match(evidence.text, end)
    if isinstance(words, Figure) and following and stem(fold(following[1])) in words.counted:
        end = following.end()  # `2.1 metres`
    answer = (evidence.start + words.start, evidence.start + end)
    return replace(evidence, answer=answer, answerable=answerable, sure=1.0, fits=True)
