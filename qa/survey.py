"""Surveys: what all articles, or those about a topic, state, each statement with how near it is to the others."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from index.nations import compatriots
from qa import support
from qa.context import points_back, quoted_start
from qa.evidence import Evidence, held, words_of
from qa.kind import Kind
from qa.question import Question, read_question
from qa.retrieve import retrieve_current

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.article import Article
    from index.corpus import Corpus
    from index.sentence import Sentence
    from qa.agreement import Agreement
    from qa.evidence import Embeds
    from qa.retrieve import Passage

WHOLE = 20
"""Articles up to which a corpus is surveyed without a topic."""
ARTICLES = 12
"""Articles about a topic that are surveyed."""
STATEMENTS = 160
"""Sentences that are compared at most: the first of each article, for an article says first what matters."""
PASSAGES = 40
"""Passages in which a topic is looked up."""
ABOUT, ABOUT_COSINE = 0.5, 0.35
"""A sentence is about a topic when it holds this share of it, or is so near in meaning; see `_relevance`."""
WORDS = 5
"""A shorter sentence states nothing worth a line."""
MAX_CHARS = 420
"""Nor is a longer one, for it states several things."""
SAME = 0.5
"""From this likeness on it is looked into whether two statements say the same."""
SHORT = 20
"""Words up to which a statement is looked for within longer ones,"""
NEAR, SAYS = 0.6, 0.7
"""which have at least this likeness and in which the reader finds it with this probability,"""
VERY_NEAR, SAYS_NEAR = 0.7, 0.6
"""or this likeness and this probability."""
LACKING = 0.5
"""Details of the short statement that the longer one may lack: a day."""
JUDGED = 60
"""Pairs that the reader judges at most."""
_POINTS_AT = re.compile(
    r"(?i)\b(?:this|these|those) (?:claim|accusation|allegation|call|demand|view|remark|statement|charge)s?\b"
)
"""What another sentence says, which this one's words alone do not tell."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an article, as it would be quoted."""

    article: Article
    sentence: Sentence
    number: int
    """Which sentence of the article, from 0."""
    start: int
    """Where the quotation begins: at the sentence, or before it where the sentence points back."""
    text: str
    """`article.text[start:sentence.end]`."""
    vector: NDArray[np.float32]
    """Unit vector, shape [dimensions]."""
    relevance: float
    """How much of the topic it holds or how near it is to it, in [0, 1]; 1 where there is no topic."""

    @property
    def evidence(self) -> Evidence:
        """The statement as evidence that was not read for an answer."""
        return Evidence(
            article=self.article,
            sentence=self.sentence,
            start=self.start,
            text=self.text,
            coverage=0.0,
            cosine=self.relevance,
            vector=self.vector,
            answer=None,
            answerable=0.0,
            sure=0.0,
            fits=False,
            passage=0.0,
            score=self.relevance,
        )


@dataclass(frozen=True, slots=True)
class Survey:
    """The statements of some articles."""

    topic: str | None
    question: Question
    """The topic, read against the corpus; without terms where there is none."""
    statements: tuple[Statement, ...]
    likeness: NDArray[np.float32]
    """Cosine of each two, shape [statements, statements]."""

    def centrality(self) -> NDArray[np.float32]:
        """Return for each statement in how many other articles there is one near it, as a share, shape [statements].

        Degree centrality as in LexRank (Erkan and Radev 2004), with articles counted instead of sentences.
        """
        ids = [s.article.id for s in self.statements]
        others = max(len(set(ids)) - 1, 1)
        counts = np.zeros(len(ids), dtype=np.float32)
        for id_ in set(ids):
            columns = [at for at, other in enumerate(ids) if other == id_]
            near = self.likeness[:, columns].max(axis=1, initial=0.0)
            counts += np.where(np.array([own == id_ for own in ids]), 0.0, np.clip((near - 0.35) / 0.35, 0, 1))
        return np.asarray(counts / others, dtype=np.float32)

    def salience(self) -> NDArray[np.float32]:
        """Return how much each statement matters, in [0, 1]: told by many, on the topic, early in its article."""
        early = np.array([1 / (1 + s.number / 8) for s in self.statements], dtype=np.float32)
        relevance = np.array([s.relevance for s in self.statements], dtype=np.float32)
        alone = np.array([0.6 if points_back(s.text) else 1.0 for s in self.statements], dtype=np.float32)
        return np.asarray((0.5 * self.centrality() + 0.3 * relevance + 0.2 * early) * alone, dtype=np.float32)


def overlap(one: Statement, other: Statement) -> bool:
    """Tell whether two statements quote the same words of an article."""
    within = one.start < other.sentence.end and other.start < one.sentence.end
    return one.article.id == other.article.id and within


def take_survey(topic: str | None, corpus: Corpus, embedder: Embeds, among: frozenset[str] | None = None) -> Survey:
    """Survey the articles about a topic, or all where there is none.

    Args:
        topic: a few words, or a question.
        corpus: the articles; without a topic not more than WHOLE.
        embedder: what made their index.
        among: ids of the articles of which alone is asked; None for all.
    """
    if topic is None:
        asked_of = (a for a in corpus.articles.values() if among is None or a.id in among)
        articles = sorted(asked_of, key=lambda a: (a.file, a.record or 0))[:WHOLE]
        passages: Sequence[Passage] = ()
        question, vector = Question("", Kind.TOPIC, many=True, terms=()), None
    else:
        question = read_question(topic, corpus.lexical.vocabulary)
        vector = embedder.embed([topic])[0]
        passages = retrieve_current(question, vector, corpus, PASSAGES, among)
        ids = list(dict.fromkeys(p.article_id for p in passages))[:ARTICLES]
        articles = [corpus.articles[id_] for id_ in ids]
    found = _statements(articles, passages, corpus)
    vectors = [*embedder.embed([s.text for s in found])] if found else []
    found = [
        replace(s, vector=v, relevance=_relevance(s, v, question, vector)) for s, v in zip(found, vectors, strict=True)
    ]
    if topic is not None:
        found = [s for s in found if s.relevance > 0]
    stacked = np.stack([s.vector for s in found]) if found else np.zeros((0, 1), dtype=np.float32)
    return Survey(topic, question, tuple(found), stacked @ stacked.T)


def bears_out(first: Statement, other: Statement, agreement: Agreement) -> float:
    """Return the probability that another statement says all that a first one says, in [0, 1]."""
    return agreement.supports(first.text, first.evidence, other.evidence)


def shared_statements(survey: Survey, agreement: Agreement) -> list[list[int]]:
    """Return the statements that several articles make, as places in the survey, those of most articles first.

    Each group has at most one statement of an article. The first words what all of them say: it is the shortest.
    """
    sharing = _Sharing(survey, agreement)
    taken: set[int] = set()
    found: list[list[int]] = []
    order = np.argsort(-survey.salience(), kind="stable").tolist()
    for first in sorted(order, key=lambda at: len(survey.statements[at].text.split()) > SHORT):
        if first in taken or _POINTS_AT.search(survey.statements[first].text):
            continue
        group = [first, *sharing.others(first, taken)]
        if len(group) > 1:
            taken |= set(group)
            found.append(group)
    return sorted(found, key=len, reverse=True)


@dataclass
class _Sharing:
    """Finds who else makes a statement."""

    survey: Survey
    agreement: Agreement
    judged: int = 0

    def others(self, first: int, taken: set[int]) -> list[int]:
        statements, likeness = self.survey.statements, self.survey.likeness[first]
        articles = {statements[first].article.id}
        found = []
        for other in np.argsort(-likeness, kind="stable").tolist():
            if likeness[other] < SAME:
                break
            known = other in taken or statements[other].article.id in articles
            if not known and self._says(first, other):
                found.append(other)
                articles.add(statements[other].article.id)
        return found

    def _says(self, first: int, other: int) -> bool:
        """Tell whether another statement says what a first one says, or, where that is short, says that and more."""
        a, b = self.survey.statements[first], self.survey.statements[other]
        if self.agreement.agree(a.evidence, b.evidence):
            return bears_out(a, b, self.agreement) >= support.SAYS
        cosine = float(self.survey.likeness[first, other])
        short = len(a.text.split()) <= SHORT and not points_back(a.text)
        if not short or cosine < NEAR or self.judged >= JUDGED or self.agreement.lacking(a.text, b.evidence) > LACKING:
            return False
        self.judged += 1
        found = self.agreement.finds(a.text, b.evidence) >= (SAYS_NEAR if cosine >= VERY_NEAR else SAYS)
        return found and bears_out(a, b, self.agreement) >= support.SAYS


def _statements(articles: Sequence[Article], passages: Sequence[Passage], corpus: Corpus) -> list[Statement]:
    """Return the sentences that can stand for something: in the passages, where there are some."""
    rows = []
    for article_meta in articles:
        article, sentences = corpus.sentences(article_meta.id)
        inside = [(p.start, p.end) for p in passages if p.article_id == article.id]
        for number, s in enumerate(sentences):
            if s.boilerplate or s.heading or (passages and not any(a < s.end and s.start < b for a, b in inside)):
                continue
            start = quoted_start(article.text, sentences, number)
            text = article.text[start : s.end]
            if len(text.split()) >= WORDS and len(text) <= MAX_CHARS:
                rows.append(Statement(article, s, number, start, text, np.zeros(0, dtype=np.float32), 1.0))
    rows.sort(key=lambda s: s.number)
    return sorted(rows[:STATEMENTS], key=lambda s: (s.article.file, s.article.record or 0, s.start))


def _relevance(
    statement: Statement, own: NDArray[np.float32], question: Question, vector: NDArray[np.float32] | None
) -> float:
    """Return how much a statement is about the topic; 0 where it is about something else."""
    if vector is None:
        return 1.0
    words = words_of(statement.text) | {key for word in words_of(statement.text) for key in compatriots(word)}
    total = sum(term.weight for term in question.terms)
    share = sum(term.weight * held(term, words) for term in question.terms) / total if total else 0.0
    cosine = float(own @ vector)
    return min(1.0, 0.5 * share + max(cosine, 0.0)) if share >= ABOUT or cosine >= ABOUT_COSINE else 0.0
