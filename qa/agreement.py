"""Agreement: whether two pieces of evidence say the same, and which details of a claim one of them lacks."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from index.nations import compatriots
from qa import clash
from qa.bare import is_bare
from qa.clause import clause, own
from qa.crowd import crowd
from qa.detail import name_keys, read_details, same_name
from qa.evidence import NEARBY, held, words_of
from qa.judged import Judged
from qa.kind import Kind
from qa.likeness import Likeness, compare, excludes, read_told
from qa.moment import says_moment
from qa.support import SAYS, denies_alone, points_elsewhere, rareness, support
from qa.synonym import alike
from qa.teller import same_teller
from qa.telling import Pair, tell_each_other
from qa.uttered import quotes_same, uttered_alike
from qa.weight import logistic, logit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.corpus import Corpus
    from index.vocabulary import Vocabulary
    from qa.detail import Details
    from qa.evidence import Evidence
    from qa.likeness import Told
    from qa.names import Name
    from qa.question import Question
    from qa.reader import Reader

AGREE = 0.85
"""From this probability on that two sentences say the same by their meaning and words, they are one statement."""
SURE = 0.8
"""The reader's probability from which on a sentence surely answers."""
ANSWERING = 0.4
"""The reader's probability from which on an answer is compared with another."""
DENIED = 0.8
"""From this probability on, in both directions, that each says otherwise than the other they are not one statement."""
WEIGHTS, CONSTANT = (8.4, 5.1), -7.8
"""Of the similarity of meaning and of the share of words in common: a logistic regression of which sentences of two
articles say the same, on articles written for it."""
LEAST = (logit(AGREE) - CONSTANT - WEIGHTS[1]) / WEIGHTS[0]
"""Similarity of meaning below which no words in common are enough for AGREE, and in doubt none is read either."""
ANSWERED = (0.6, 0.99)
"""The reader's probability from which on two sentences that give one answer bear out a claim that says no more: among
few, and among those of thousands of articles (from .9 on, 5 of 13 of RealTime QA said all of it, read by a model)."""
FILLED = (Kind.PERSON, Kind.PLACE, Kind.TIME, Kind.NUMBER)
"""Kinds of question whose answer, filled in, is a whole statement."""
RARE = 0.7
"""Words of the question with at least this weight, which a claim has, must be in what is cited for it."""
TELLING = 0.15
"""Words of the question with less weight than this need not be kept in other words."""
FEWEST, SHORT, VERY_NEAR = 5, 3, 0.9
"""Words, function words left out, that both sentences have for their words alone to tell that they say the same; of
sentences as near in meaning as the last number fewer are enough."""


@dataclass
class Agreement:
    """Compares the evidence for one question. It remembers what it read; make one for each question."""

    question: Question
    corpus: Corpus
    reader: Reader
    _told: dict[tuple[str, int, int], Told] = field(default_factory=dict)
    _claims: dict[str, Details] = field(default_factory=dict)
    _around: dict[tuple[str, int], frozenset[str]] = field(default_factory=dict)

    def told(self, evidence: Evidence) -> Told:
        """Return what a piece of evidence answers."""
        place = (evidence.article.id, evidence.start, evidence.sentence.end)
        if place not in self._told:
            self._told[place] = read_told(evidence, self.vocabulary)
        return self._told[place]

    def agree(self, one: Evidence, other: Evidence) -> bool:
        """Tell whether two pieces of evidence are surely one statement.

        They are when they give the same answer to the question, in other words, another spelling or more precisely, or
        when they are alike in meaning and words, with no figure, day or name apart.
        """
        return self.agree_all(one, [other])[0]

    def agree_all(self, one: Evidence, others: Sequence[Evidence]) -> list[bool]:
        """Tell of each of several pieces of evidence whether it and a first one agree, which is faster together."""
        compared = [self._compare(one, other) for other in others]
        enough = iter(tell_each_other([pair for pair in compared if isinstance(pair, Pair)], self._judged.entails))
        return [
            self._decide(one, other, pair, enough=next(enough)) if isinstance(pair, Pair) else pair
            for other, pair in zip(others, compared, strict=True)
        ]

    def _compare(self, one: Evidence, other: Evidence) -> bool | Pair:
        """Tell whether two pieces of evidence agree; return what is to be read of them where that is not clear yet."""
        if quotes_same(one, other, self.corpus):
            return True
        likeness, sure = self.likeness(one, other), min(one.answerable, other.answerable)
        doubtful = likeness is Likeness.OPEN and sure < SURE
        hopeless = likeness is Likeness.OTHER or (doubtful and self.nearness(one, other) < LEAST)
        if hopeless or self._clash(one, other, likeness):
            return False
        if self._alike(one, other) >= AGREE:
            return True
        there, here = (
            [(text, b.text) for text in dict.fromkeys((own(a), clause(a)))] for a, b in ((one, other), (other, one))
        )
        return Pair((there, here), self.nearness(one, other), likeness, doubtful)

    def _clash(self, one: Evidence, other: Evidence, likeness: Likeness) -> bool:
        """Tell whether two pieces of evidence differ in a figure, a denial, a mood or who speaks."""
        a, b = self.told(one), self.told(other)
        about = self.asked | set(a.words) | set(b.words)
        return (
            clash.figures_clash(a.details, b.details)
            or clash.denials_clash(a.details, b.details, about, self.vocabulary)
            or clash.speakers_differ(a.details, b.details, self.vocabulary)
            or (likeness is not Likeness.SAME and clash.moods_clash(a.details, b.details))
        )

    def _decide(self, one: Evidence, other: Evidence, pair: Pair, *, enough: bool) -> bool:
        """Tell whether two pieces of evidence agree, once it is known whether enough of each was found in the other."""
        if not enough and pair.likeness is Likeness.SAME:
            enough = any(self._answered_alike(clause(a), a, b) for a, b in ((one, other), (other, one)))
        return enough and self.denials(one, other)[0] < DENIED

    def likeness(self, one: Evidence, other: Evidence) -> Likeness:
        """Tell how the answers of two pieces of evidence are to each other; open where one of them is none."""
        a, b = self.told(one), self.told(other)
        if not (self._is_answer(a) and self._is_answer(b)):
            return Likeness.OPEN
        return compare(a, b, self.question.kind, self.vocabulary)[0]

    def nearness(self, one: Evidence, other: Evidence) -> float:
        """Return the similarity in meaning of two sentences, in [-1, 1]; 0 where one was not embedded."""
        return 0.0 if one.vector is None or other.vector is None else float(one.vector @ other.vector)

    def finds(self, claim: str, evidence: Evidence) -> float:
        """Return how surely the reader finds a claim in a piece of evidence, in [0, 1]; 1 for the same words."""
        return self._judged.entails([(claim, evidence.text)])[0]

    def denials(self, one: Evidence, other: Evidence) -> tuple[float, float]:
        """Return how surely each of two pieces says otherwise than the other, the less sure first, in [0, 1]."""
        return self._judged.denials((own(one), other.text), (own(other), one.text))

    def supports(self, claim: str, said: Evidence, other: Evidence) -> float:
        """Return the probability that another piece of evidence says all that a claim says, made of one, in [0, 1]."""
        details = self._details(claim)
        if not same_teller(details, self.told(other).details, self.vocabulary):
            return 0.0
        return support(details, other.text, self.finds(claim, other), self.nearness(said, other), self.vocabulary)

    def bears_out(self, claim: str, said: Evidence, other: Evidence) -> float:
        """Return how surely another piece of evidence may be cited for a claim made of one, in [0, 1]."""
        if not self._asked_of(claim, other):
            return 0.0
        support = self.supports(claim, said, other)
        if support >= SAYS:
            return support
        uttered = uttered_alike(self._details(claim), said, other, self.corpus)
        return max(support, uttered, self._answered_alike(claim, said, other))

    def _asked_of(self, claim: str, evidence: Evidence) -> bool:
        """Tell whether a piece of evidence has the rare words of the question that a claim has, or others for them."""
        own, having = words_of(claim), words_of(evidence.text)
        rare = [set(t.spellings) for t in self.question.terms if t.weight >= RARE and held(t, own)]
        return all(any((alike(key) | {key}) & having for key in spellings) for spellings in rare)

    def _answered_alike(self, claim: str, said: Evidence, other: Evidence) -> float:
        """Return how sure it is that both answer the question the same way, where the claim says nothing more, or 0."""
        sure = min(said.answerable, other.answerable)
        if self.question.kind not in FILLED or sure < self._sure_alike:
            return 0.0
        if said.answer is None or points_elsewhere(other.text, claim) or denies_alone(claim, other.text):
            return 0.0
        apart = clash.tells_of_another_year(self.told(other).details, self._details(claim))
        if apart or self.likeness(said, other) is not Likeness.SAME:
            return 0.0
        answer = said.article.text[slice(*said.answer)]
        return sure if is_bare(claim, answer, self.question, self.vocabulary, words_of(other.text)) else 0.0

    def lacking(self, claim: str, evidence: Evidence) -> float:
        """Return how many details of a claim a piece of evidence does not give: names and figures 1, moments half.

        A moment that the evidence gives less exactly, `2022` for `March 2022`, counts 1: it does not bear that out.

        What the question says need not be said again; names may stand around the sentence, where `he` is explained.
        """
        details, told = self._details(claim), self.told(evidence).details
        figures = sum(not f.ordinal and not clash.gives_figure(f, told) for f in details.figures)
        unsaid = [m for m in details.moments if not any(says_moment(n, m) for n in told.moments)]
        moments = sum(1.0 if any(says_moment(m, n) for n in told.moments) else 0.5 for m in unsaid)
        return figures + moments + len(self._unnamed(details, evidence))

    def keeps(self, text: str, evidence: Evidence, *, answered: bool) -> bool:
        """Tell whether a text has all telling words of the question, and of the answer, that a piece of evidence has.

        Args:
            text: what is shown.
            evidence: what it is shown for.
            answered: the text is known to give the same answer.
        """
        own = words_of(evidence.text)
        wanted = [set(t.spellings) for t in self.question.terms if t.weight > TELLING and held(t, own)]
        if not answered:
            wanted += map(set, self.told(evidence).words.values())
        having = frozenset().union(*(alike(key) | compatriots(key).keys() for key in words_of(text)))
        return all(not spellings.isdisjoint(having) for spellings in wanted)

    def held(self, words: frozenset[str], evidence: Evidence) -> list[str]:
        """Return those of some keys that a piece of evidence has, in any spelling."""
        having = words_of(evidence.text)
        return [key for key in words if self._has(having, key)]

    def _details(self, claim: str) -> Details:
        if claim not in self._claims:
            self._claims[claim] = read_details(claim, self.vocabulary)
        return self._claims[claim]

    def _unnamed(self, claim: Details, evidence: Evidence) -> list[Name]:
        """Return the names of a claim that neither the evidence, nor what stands around it, nor the question has."""
        told = self.told(evidence).details
        known = self.asked | self._near(evidence)
        return [
            name
            for name in claim.names
            if not any(same_name(name.text, other.text, self.vocabulary) for other in told.names)
            and not all(self._has(known, key) for key in name_keys(name.text)[-1:])
        ]

    def _near(self, evidence: Evidence) -> frozenset[str]:
        """Return the keys of what is quoted, of the sentences around it and of the headline."""
        article, sentences = self.corpus.sentences(evidence.article.id)
        place = (article.id, evidence.sentence.start)
        if place not in self._around:
            at = next(n for n, s in enumerate(sentences) if s.start == evidence.sentence.start)
            near = [s for s in sentences[max(0, at - NEARBY) : at + NEARBY + 1] if not s.boilerplate]
            texts = [article.text[s.start : s.end] for s in near] + [article.title or ""]
            self._around[place] = frozenset().union(*map(words_of, texts))
        return self._around[place]

    def _alike(self, one: Evidence, other: Evidence) -> float:
        """Return the probability that two sentences say the same by their meaning and words alone."""
        a, b = words_of(one.text), words_of(other.text)
        if min(len(a), len(b)) < (SHORT if self.nearness(one, other) >= VERY_NEAR else FEWEST) or self._apart(
            one, other
        ):
            return 0.0
        weights = {key: rareness(key, self.vocabulary) for key in a | b}
        # `fsum`, for the order of a set is another in each process, and with it the last digit of a plain sum.
        shared = math.fsum(weights[key] for key in a if self._has(b, key))
        share = shared / min(math.fsum(weights[key] for key in a), math.fsum(weights[key] for key in b))
        return logistic(WEIGHTS[0] * self.nearness(one, other) + WEIGHTS[1] * min(share, 1.0) + CONSTANT)

    def _apart(self, one: Evidence, other: Evidence) -> bool:
        """Tell whether two sentences each have a name or figure that the other lacks, or only days that exclude."""
        a, b = self.told(one).details, self.told(other).details
        if self._unnamed(a, other) and self._unnamed(b, one):
            return True
        if clash.is_unsaid(a, b) and clash.is_unsaid(b, a):
            return True
        pairs = [(m, n) for m in a.moments for n in b.moments]
        return bool(pairs) and all(excludes(m, n) for m, n in pairs)

    def _is_answer(self, told: Told) -> bool:
        """Tell whether the reader saw an answer that can be compared: one with a word that the question has not."""
        answer, evidence = told.evidence.answer, told.evidence
        seen = answer is not None and answer[0] >= evidence.start and evidence.answerable >= ANSWERING
        kinds = (Kind.TOPIC, Kind.STATEMENT, Kind.YES_NO)
        return seen and self.question.kind not in kinds and any(not s & self.asked for s in told.words.values())

    def _has(self, words: frozenset[str], key: str) -> bool:
        return key in words or any(k in words for k in (*self.vocabulary.spellings(key, key), *compatriots(key)))

    @cached_property
    def _judged(self) -> Judged:
        return Judged(self.reader)

    @cached_property
    def _sure_alike(self) -> float:
        """ANSWERED in a corpus of this size."""
        return ANSWERED[0] + (ANSWERED[1] - ANSWERED[0]) * crowd(self.vocabulary.passages)

    @cached_property
    def asked(self) -> frozenset[str]:
        """The keys of the question's words in any spelling."""
        return frozenset(key for term in self.question.terms for key in (term.key, *term.spellings))

    @property
    def vocabulary(self) -> Vocabulary:
        """The corpus's words and their spellings."""
        return self.corpus.lexical.vocabulary
