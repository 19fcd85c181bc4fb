"""Overviews: what articles agree on, where they differ, a summary, a timeline: each line a cited statement."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from qa import prompts
from qa.aim import Aim
from qa.answer import Answer, Claim
from qa.citing import cite, numbered
from qa.compare import SOURCES, Comparison, Row, Source, choose_aspects, name_aspect
from qa.question import read_question
from qa.refusal import missing_names
from qa.reports import Reports
from qa.survey import WHOLE, shared_statements, take_survey
from qa.timeline import Event, find_when

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.corpus import Corpus
    from qa.aim import Asked
    from qa.answer import Citation
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
        groups = [[survey.statements[i] for i in group] for group in self._shared(survey)]
        claims = [claim for group in groups if (claim := _claim(group, reports)).independent > 1]
        claims.sort(key=lambda claim: -claim.independent)
        if not claims:
            return _refused(question, prompts.NOTHING_SHARED.format(about=_about(survey)))
        return _answer(question, claims[:AGREED])

    def _differing(self, question: str, survey: Survey) -> Answer:
        return _refused(question, prompts.NOTHING_DIFFERS.format(about=_about(survey)))

    def _summary(self, question: str, survey: Survey) -> Answer:
        """Take the most salient statements, none near another, each with all articles that make it."""
        reports = Reports(self.corpus)
        told = {group[0]: group for group in self._shared(survey)}
        inside = {member: group[0] for group in told.values() for member in group}
        chosen: list[int] = []
        for at in np.argsort(-survey.salience(), kind="stable").tolist():
            first = inside.get(at, at)
            if len(chosen) < SUMMARY and all(survey.likeness[first, other] < REDUNDANT for other in chosen):
                chosen.append(first)
        return _answer(question, [_claim([survey.statements[i] for i in told.get(at, [at])], reports) for at in chosen])

    def _timeline(self, question: str, survey: Survey) -> Answer:
        reports, salience = Reports(self.corpus), survey.salience()
        told = {group[0]: group for group in self._shared(survey)}
        inside = {member: group[0] for group in told.values() for member in group}
        events: list[Event] = []
        shown: list[int] = []
        for at in np.argsort(-salience, kind="stable").tolist():
            first = survey.statements[at]
            when = find_when(first.article.text[first.sentence.start : first.sentence.end], first.article)
            if when is None or salience[at] < DATED_MIN or inside.get(at, at) in {inside.get(o, o) for o in shown}:
                continue
            same_day = [e for e in events if (e.when.date, e.when.weekday) == (when.date, when.weekday)]
            if (
                len(events) == EVENTS
                or len(same_day) >= EVENTS_A_DAY
                or any(survey.likeness[at, o] >= REDUNDANT for o in shown)
            ):
                continue
            group = [
                at,
                *(o for o in told.get(inside.get(at, at), ()) if o != at and _same_when(survey.statements[o], first)),
            ]
            claim = _claim([survey.statements[i] for i in group], reports)
            events.append(Event(when, first.article.published, claim))
            shown.append(at)
        if not events:
            return _refused(question, prompts.NOTHING_DATED.format(about=_about(survey)))
        events.sort(key=lambda event: event.when.order)
        return _answer(question, [event.claim for event in events], events=events)

    def _comparison(self, question: str, survey: Survey) -> Answer:
        groups = [[survey.statements[at] for at in group] for group in choose_aspects(survey, self.corpus)]
        says = Counter(s.article.id for group in groups for s in group)
        columns = [s.article for s in {s.article.id: s for group in groups for s in group}.values()]
        columns = sorted(columns, key=lambda a: (-says[a.id], a.file, a.record or 0))[:SOURCES]
        rows: list[Row] = []
        for group in groups:
            own = {s.article.id: _claim([s], Reports(self.corpus)) for s in group}
            if sum(article.id in own for article in columns) > 1:
                aspect = name_aspect(group, self.corpus.lexical.vocabulary, [row.aspect for row in rows])
                rows.append(Row(aspect, tuple(own.get(article.id) for article in columns)))
        if not rows:
            return _refused(question, prompts.NOTHING_SHARED.format(about=_about(survey)))
        sources = tuple(Source(a.file, a.record, a.outlet, a.title, a.published) for a in columns)
        table = Comparison(survey.topic, sources, tuple(rows))
        table = table.recited(numbered(c for claim in table.claims for c in claim.citations))
        return replace(_answer(question, ()), claims=table.claims, comparison=table)

    def _shared(self, survey: Survey) -> list[list[int]]:
        return shared_statements(survey, self.corpus, self.reader)


def _answer(question: str, claims: Sequence[Claim], events: Sequence[Event] = ()) -> Answer:
    """Return an answer of claims, their citations numbered by first use."""
    numbers = numbered(c for claim in claims for c in claim.citations)
    done = [replace(claim, citations=tuple(numbers[c] for c in claim.citations)) for claim in claims]
    timeline = tuple(replace(event, claim=claim) for event, claim in zip(events, done, strict=False))
    return Answer(
        question=question,
        standalone_question=question,
        claims=tuple(done),
        short=None,
        refused=False,
        reason=None,
        passages=(),
        seconds=0.0,
        timeline=timeline,
    )


def _refused(question: str, reason: str) -> Answer:
    return replace(_answer(question, ()), refused=True, reason=reason)


def _about(survey: Survey) -> str:
    return prompts.ABOUT.format(topic=survey.topic) if survey.topic else ""


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
