"""Overviews: what articles agree on, where they differ, a summary, a timeline: each line a cited statement."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from index.holding import name_of
from qa import prompts
from qa.agreement import Agreement
from qa.aim import Aim
from qa.answer import Answer, Claim, Version
from qa.citing import numbered
from qa.compare import ASPECTS, FURTHER, SOURCES, Comparison, Row, Source, answered_rows, choose_aspects, name_aspect
from qa.compose import make_claim, number_claims
from qa.conflict import find_conflicts, number_conflicts
from qa.corroborate import ASKING as ANSWERED
from qa.corroborate import corroborate
from qa.day import articles_of, on_day
from qa.differ import find_differences
from qa.evidence import Weigher
from qa.kind import Kind
from qa.question import read_question
from qa.quote import quoted_alike
from qa.refusal import missing_names
from qa.reports import Reports
from qa.retrieve import retrieve
from qa.scope import ALL, Scope
from qa.support import SAYS
from qa.survey import WHOLE, bears_out, overlap, shared_statements, take_survey
from qa.timeline import Event, find_when, told_of
from qa.variant import overlap as shared_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.article import Article
    from index.corpus import Corpus
    from qa.aim import Asked
    from qa.evidence import Embeds
    from qa.reader import Reader
    from qa.survey import Statement, Survey
    from qa.timeline import When

AGREED = 8
"""Statements shown on which articles agree."""
SUMMARY = 6
"""Statements of a summary."""
REDUNDANT = 0.7
"""A statement so near to one that is shown adds nothing (cosine)."""
SHARED = 0.1
"""What each further article that makes a statement adds to its salience in a summary."""
EVENTS = 14
"""Lines of a timeline,"""
EVENTS_A_DAY, EVENTS_A_YEAR = 4, 2
"""of one date, of one year without a month."""
PASSAGES = 12
"""Passages in which the answers to a question are compared."""
DATED = 0.25
"""Least salience of a statement in a timeline."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What makes overviews: the articles, the embedder that made their index, and the reader."""

    corpus: Corpus
    embedder: Embeds
    reader: Reader
    scope: Scope = ALL
    """The articles of which it is asked; all where none is given."""

    def answer(self, question: str, asked: Asked, told: Answer | None = None) -> Answer:
        """Answer a question about the articles as a whole.

        Args:
            question: as it was asked.
            asked: what is wanted, and about what.
            told: the answer to the question on which articles are compared; None where that is no question.
        """
        if reason := self._missing(asked):
            return self._refused(question, reason)
        survey = take_survey(asked.topic, self.corpus, self.embedder, self._among(asked))
        if asked.day is not None:
            survey = on_day(survey, asked.day)
        if not survey.statements:
            dated = prompts.NOTHING_DATED.format(about=_about(survey))
            about = prompts.NOTHING_ABOUT.format(topic=asked.topic)
            return self._refused(question, dated if asked.day else about)
        if asked.aim is Aim.COMPARE:
            return self._comparison(question, survey, told)
        make = {
            Aim.AGREE: self._agreed,
            Aim.DIFFER: self._differing,
            Aim.SUMMARY: self._summary,
            Aim.TIMELINE: self._timeline,
        }[asked.aim]
        return make(question, survey)

    def _missing(self, asked: Asked) -> str | None:
        """Return why there is no overview: it needs a topic, or its topic is a name that no article has."""
        count = len(self.scope.articles or self.corpus.articles)
        if asked.topic is None and asked.day is None:
            wanted = prompts.TOPIC_WANTED.format(count=count, example=prompts.TOPIC_EXAMPLES[asked.aim.value])
            return wanted if count > WHOLE else None
        if asked.topic is None:
            return None
        names = missing_names(read_question(asked.topic, self.corpus.lexical.vocabulary))
        return prompts.refuse_missing(names) if names else None

    def _among(self, asked: Asked) -> frozenset[str] | None:
        """Return the articles that are surveyed; None for all."""
        known = self.corpus.articles
        among = self.scope.articles
        if asked.day is not None and asked.topic is None and len(among or known) > WHOLE:
            return articles_of(asked.day, known, among or known)
        return among

    def _agreed(self, question: str, survey: Survey) -> Answer:
        """Take the statements that most reports make independently, and the words that most of them quote."""
        reports, agreement = Reports(self.corpus), self._agreement(survey)
        groups = [[survey.statements[at] for at in places] for places in shared_statements(survey, agreement)]
        for places in quoted_alike(survey, self.corpus):
            group = [survey.statements[at] for at in places]
            known = next((g for g in groups if any(overlap(one, other) for one in g for other in group)), None)
            if known is None:
                groups.append(group)
            elif len(known) < len(group):
                groups[groups.index(known)] = group
        claims = [claim for group in groups if (claim := _claim(group, reports, agreement)).independent > 1]
        claims.sort(key=lambda claim: -claim.independent)
        if not claims and not (differing := self._differing(question, survey)).refused:
            return differing
        if not claims:
            return self._refused(question, prompts.NOTHING_SHARED.format(about=_about(survey)))
        return _answer(question, claims[:AGREED])

    def _differing(self, question: str, survey: Survey) -> Answer:
        """Take what articles answer differently: the topic, where it is a question, and what they count and date."""
        conflicts = find_differences(survey, self.corpus, self.reader)
        if survey.question.kind in (*ANSWERED, Kind.YES_NO):
            weigher = Weigher(self.corpus, self.embedder, self.reader)
            vector = self.embedder.embed([survey.question.text])[0]
            passages = retrieve(survey.question, vector, self.corpus, PASSAGES)
            evidence = corroborate(survey.question, vector, weigher.weigh(survey.question, vector, passages), weigher)
            answered = find_conflicts(Agreement(survey.question, self.corpus, self.reader), evidence)
            told = [(c.article, c.start, c.end) for one in answered for v in one.versions for c in v.citations]
            conflicts = (*answered, *(c for c in conflicts if not all(_shows(v, told) for v in c.versions)))
        if not conflicts:
            return self._refused(question, prompts.NOTHING_DIFFERS.format(about=_about(survey)))
        claims = tuple(Claim(v.citations[0].quote, v.citations[:1], 1) for c in conflicts for v in c.versions)
        done = _answer(question, claims)
        return replace(done, conflicts=number_conflicts(conflicts, done.claims))

    def _summary(self, question: str, survey: Survey) -> Answer:
        """Take the most salient statements, those of several articles first, none near another."""
        agreement = self._agreement(survey)
        shared = shared_statements(survey, agreement)
        weight = survey.salience() + np.array(
            [SHARED * max((len(g) - 1 for g in shared if at in g), default=0) for at in range(len(survey.statements))]
        )
        chosen: list[list[int]] = []
        for at in np.argsort(-weight, kind="stable").tolist():
            group = next((g for g in shared if at in g), [at])
            fresh = all(survey.likeness[group[0], other[0]] < REDUNDANT for other in chosen)
            if len(chosen) < SUMMARY and fresh and not self._is_shown(group, chosen, survey):
                chosen.append(group)
        reports = Reports(self.corpus)
        groups = [[survey.statements[at] for at in group] for group in chosen]
        return _answer(question, [_claim(group, reports, agreement) for group in groups])

    def _timeline(self, question: str, survey: Survey) -> Answer:
        """Take the most salient statements with a date, a few of each date, in the order of time."""
        agreement, salience = self._agreement(survey), survey.salience()
        shared = shared_statements(survey, agreement)
        whens = [_when(statement) for statement in survey.statements]
        dated = [at for at in np.argsort(-salience, kind="stable").tolist() if whens[at] and salience[at] >= DATED]
        chosen: list[list[int]] = []
        for at in dated:
            same = next((g for g in shared if at in g), [at])
            group = [at, *(o for o in same if o != at and _same_day(whens[o], whens[at]))]
            fresh = all(survey.likeness[at, other[0]] < REDUNDANT for other in chosen)
            of_day = sum(_same_day(whens[other[0]], whens[at]) for other in chosen)
            crowded = len(chosen) == EVENTS or of_day >= _most(whens[at])
            if fresh and not crowded and not self._is_shown(group, chosen, survey):
                chosen.append(group)
        if not chosen:
            return self._refused(question, prompts.NOTHING_DATED.format(about=_about(survey)))
        reports = Reports(self.corpus)
        events = []
        for group in chosen:
            when, first = whens[group[0]], survey.statements[group[0]]
            assert when is not None
            others = (survey.statements[at] for at in group[1:])
            borne_out = [other for other in others if bears_out(first, other, agreement) >= SAYS]
            told = replace(first, text=told_of(first.text, when))
            claim = _claim([told, *borne_out], reports, agreement)
            events.append(Event(when, first.article.published, claim))
        events.sort(key=lambda event: event.when.order)
        return _answer(question, [event.claim for event in events], events)

    def _is_shown(self, group: Sequence[int], chosen: Sequence[Sequence[int]], survey: Survey) -> bool:
        shown = [survey.statements[at] for other in chosen for at in other]
        return any(overlap(survey.statements[at], other) for at in group for other in shown)

    def _comparison(self, question: str, survey: Survey, told: Answer | None) -> Answer:
        """Set side by side what articles answer, where a question is compared on, and what else they say on it."""
        reports, agreement = Reports(self.corpus), self._agreement(survey)
        cells = answered_rows(told) if told else []
        spans = [(c.article, c.start, c.end) for row in cells for claim in row.values() for c in claim.citations]
        most = len(cells) + FURTHER if cells else ASPECTS
        for group in choose_aspects(survey, self.corpus):
            claims = [_claim([survey.statements[at]], reports, agreement) for at in group]
            row = {claim.citations[0].article: claim for claim in claims if not _shows(claim, spans)}
            if len(row) > 1:
                cells.append(row)
        columns = self._columns(cells)
        names = [name_of(article.file, article.record) for article in columns]
        rows: list[Row] = []
        for row in cells[:most]:
            own = tuple(row.get(name) for name in names)
            texts = [claim.text for claim in own if claim]
            if len(texts) > 1:
                aspect = name_aspect(texts, self.corpus.lexical.vocabulary, [known.aspect for known in rows])
                rows.append(Row(aspect, own))
        if not rows:
            return self._refused(question, prompts.NOTHING_SHARED.format(about=_about(survey)))
        sources = tuple(Source(a.file, a.record, a.outlet, a.title, a.published) for a in columns)
        table = Comparison(survey.topic, sources, tuple(rows))
        table = table.recited(numbered(c for claim in table.claims for c in claim.citations))
        return replace(_answer(question, ()), claims=table.claims, comparison=table)

    def _columns(self, rows: Sequence[Mapping[str, Claim]]) -> list[Article]:
        """Return the articles that say most."""
        says = Counter(name for row in rows for name in row)
        articles = [a for a in self.corpus.articles.values() if name_of(a.file, a.record) in says]
        return sorted(articles, key=lambda a: (-says[name_of(a.file, a.record)], a.file, a.record or 0))[:SOURCES]

    def _refused(self, question: str, reason: str) -> Answer:
        told = prompts.of_source(reason, self.scope.name) if self.scope.name else reason
        return replace(_answer(question, ()), refused=True, reason=told)

    def _agreement(self, survey: Survey) -> Agreement:
        return Agreement(survey.question, self.corpus, self.reader)


def _answer(question: str, claims: Sequence[Claim], events: Sequence[Event] = ()) -> Answer:
    """Return an answer of claims, their citations numbered by first use."""
    done = number_claims(claims)
    timeline = tuple(replace(event, claim=claim) for event, claim in zip(events, done, strict=False))
    return Answer(
        question=question,
        standalone_question=question,
        claims=done,
        short=None,
        refused=False,
        reason=None,
        passages=(),
        seconds=0.0,
        timeline=timeline,
    )


def _about(survey: Survey) -> str:
    return prompts.ABOUT.format(topic=survey.topic) if survey.topic else ""


def _when(statement: Statement) -> When | None:
    sentence = statement.article.text[statement.sentence.start : statement.sentence.end]
    return find_when(sentence, statement.article)


def _most(when: When | None) -> int:
    return EVENTS_A_YEAR if when is not None and when.date is not None and len(when.date) == 4 else EVENTS_A_DAY


def _same_day(one: When | None, other: When | None) -> bool:
    return one is not None and other is not None and (one.date, one.weekday) == (other.date, other.weekday)


def _shows(claim: Claim | Version, spans: Sequence[tuple[str, int, int]]) -> bool:
    """Tell whether a claim or a version quotes words of an article that are shown already."""
    return any(
        c.article == name and c.start < end and start < c.end for c in claim.citations for name, start, end in spans
    )


def _claim(group: Sequence[Statement], reports: Reports, agreement: Agreement) -> Claim:
    """Make a claim of statements that say the same: the first words it, all are cited."""
    first = group[0]
    others = [(s.evidence, max(bears_out(first, s, agreement), shared_words(first.text, s.text))) for s in group[1:]]
    return make_claim(first.text, [(first.evidence, 1.0), *others], reports)
