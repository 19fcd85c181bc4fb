"""Overviews: what articles agree on, where they differ, a summary, a timeline: each line a cited statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qa import prompts
from qa.aim import Aim
from qa.answer import Answer, Claim
from qa.citing import cite, numbered
from qa.compare import make_comparison
from qa.refusal import missing_names
from qa.reports import Reports
from qa.question import read_question
from qa.survey import WHOLE, Sameness, take_survey
from qa.timeline import Event, find_when

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.corpus import Corpus
    from qa.aim import Asked
    from qa.evidence import Embeds
    from qa.reader import Reader
    from qa.survey import Statement, Survey

AGREED = 8
"""Statements shown on which articles agree."""
SUMMARY = 6
"""Statements of a summary."""
REDUNDANT = 0.7
"""A statement so near to one that is shown adds nothing (cosine)."""
EVENTS = 14
"""Lines of a timeline,"""
EVENTS_A_DAY = 4
"""of one date."""
DATED_MIN = 0.35
"""Least salience of a statement in a timeline."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What makes overviews: the articles, the embedder that made their index, and the reader."""

    corpus: Corpus
    embedder: Embeds
    reader: Reader

    def answer(self, question: str, asked: Asked) -> Answer:
        """Answer a question about the articles as a whole.

        Args:
            question: as it was asked.
            asked: what is wanted, and about what.
        """
        if reason := self._missing(asked):
            return _refused(question, reason)
        survey = take_survey(asked.topic, self.corpus, self.embedder)
        if not survey.statements:
            return _refused(question, prompts.NOTHING_ABOUT.format(topic=asked.topic))
        make = {
            Aim.AGREE: self._agreed,
            Aim.DIFFER: self._differing,
            Aim.SUMMARY: self._summary,
            Aim.TIMELINE: self._timeline,
            Aim.COMPARE: self._comparison,
        }[asked.aim]
        return make(question, survey)

    def _missing(self, asked: Asked) -> str | None:
        """Return why there is no overview: it needs a topic, or its topic is a name that no article has."""
        count = len(self.corpus.articles)
        if asked.topic is None:
            wanted = prompts.TOPIC_WANTED.format(count=count, example=prompts.TOPIC_EXAMPLES[asked.aim.value])
            return wanted if count > WHOLE else None
        names = missing_names(read_question(asked.topic, self.corpus.lexical.vocabulary))
        return prompts.refuse_missing(names) if names else None

    def _agreed(self, question: str, survey: Survey) -> Answer:
        reports = Reports(self.corpus)
        groups = [[survey.statements[i] for i in group] for group in Sameness(survey, self.corpus, self.reader).groups()]
        claims = [claim for group in groups if (claim := _claim(group, reports)).independent > 1]
        claims.sort(key=lambda claim: -claim.independent)
        if not claims:
            return _refused(question, prompts.NOTHING_SHARED.format(about=_about(survey)))
        return _answer(question, claims[:AGREED])

    def _differing(self, question: str, survey: Survey) -> Answer:
        return _refused(question, prompts.NOTHING_DIFFERS.format(about=_about(survey)))

    def _summary(self, question: str, survey: Survey) -> Answer:
        """Take the most salient statements, none near another, each with all articles that make it."""
        reports, same = Reports(self.corpus), Sameness(survey, self.corpus, self.reader)
        told = {group[0]: group for group in same.groups()}
        inside = {member: group[0] for group in told.values() for member in group}
        chosen: list[int] = []
        for at in np.argsort(-survey.salience(), kind="stable").tolist():
            first = inside.get(at, at)
            if len(chosen) < SUMMARY and all(survey.likeness[first, other] < REDUNDANT for other in chosen):
                chosen.append(first)
        return _answer(question, [_claim([survey.statements[i] for i in told.get(at, [at])], reports) for at in chosen])

    def _timeline(self, question: str, survey: Survey) -> Answer:
        reports, salience = Reports(self.corpus), survey.salience()
        told = {group[0]: group for group in Sameness(survey, self.corpus, self.reader).groups()}
        inside = {member: group[0] for group in told.values() for member in group}
        events: list[Event] = []
        shown: list[int] = []
        for at in np.argsort(-salience, kind="stable").tolist():
            first = survey.statements[at]
            when = find_when(first.article.text[first.sentence.start : first.sentence.end], first.article)
            if when is None or salience[at] < DATED_MIN or inside.get(at, at) in {inside.get(o, o) for o in shown}:
                continue
            same_day = [e for e in events if (e.when.date, e.when.weekday) == (when.date, when.weekday)]
            if len(events) == EVENTS or len(same_day) >= EVENTS_A_DAY or any(survey.likeness[at, o] >= REDUNDANT for o in shown):
                continue
            group = [at, *(o for o in told.get(inside.get(at, at), ()) if o != at and _same_when(survey.statements[o], first))]
            claim = _claim([survey.statements[i] for i in group], reports)
            events.append(Event(when, first.article.published, claim))
            shown.append(at)
        if not events:
            return _refused(question, prompts.NOTHING_DATED.format(about=_about(survey)))
        events.sort(key=lambda event: event.when.order)
        return _answer(question, [event.claim for event in events], events=events)

    def _comparison(self, question: str, survey: Survey) -> Answer:
        comparison = make_comparison(survey, self.corpus)
        if not comparison.rows:
            return _refused(question, prompts.NOTHING_SHARED.format(about=_about(survey)))
        return Answer(
            question=question,
            standalone_question=question,
            claims=comparison.claims,
            short=None,
            refused=False,
            reason=None,
            passages=(),
            seconds=0.0,
            comparison=comparison,
        )


def _same_when(one: Statement, other: Statement) -> bool:
    a, b = (find_when(s.article.text[s.sentence.start : s.sentence.end], s.article) for s in (one, other))
    return a is not None and b is not None and (a.date, a.weekday) == (b.date, b.weekday)


def _claim(group: Sequence[Statement], reports: Reports) -> Claim:
    """Make a claim of statements that say the same: the first words it, all are cited."""
    citations = tuple(cite_statement(statement) for statement in group)
    apart = reports.group([(s.article, s.text) for s in group])
    named = tuple(tuple(citations[at].article for at in together) for together in apart)
    return Claim(group[0].text, citations, len(apart), named)


def cite_statement(statement: Statement) -> Citation:
    """Return a statement as a citation, not yet numbered."""
    article, sentence = statement.article, statement.sentence
    line = sentence.line - article.text.count("\n", statement.start, sentence.start)
    return cite(article, statement.start, sentence.end, line)
