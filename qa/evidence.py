"""Evidence: the sentences of the best passages, each weighed by how well it answers the question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from index.fold import keys
from qa.address import speaks_to_model
from qa.context import quoted_start
from qa.excepted import is_excepted, read_exception
from qa.kind import Kind
from qa.span import choose
from qa.weight import weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.article import Article
    from index.corpus import Corpus
    from index.sentence import Sentence
    from qa.question import Question, Term
    from qa.reader import Reader, Reading
    from qa.retrieve import Passage

NEARBY = 2
"""Sentences before and after that lend their words to one with pronouns."""
LENT = 0.55
"""What a term found only nearby is worth of one in the sentence."""
EXCEPTED = 0.1
"""What the reader's opinion of a sentence is worth whose only answer is what the question leaves out."""
LENT_TITLE = 0.35
"""What a term found only in the headline is worth."""
COMPARED = 96
"""Sentences whose vector is compared with the question's: the best by words."""
READ = 48
"""Sentences that the reader reads, each alone: the best by words and meaning. Of 159 questions about the seeds with one
answer, 158 have it among them, 154 among the 48 best by words alone."""
NEAR = 0.6
"""What likeness in meaning is worth for that, where all of a question's words are worth 0.55."""
JUDGED = 24
"""Sentences that are judged for a statement."""
CONTEXTED = 12
"""Sentences that are read once more, after the sentence before: the best by all that."""
CONTEXT = 400
"""Characters that the sentence before may have to be read along."""


class Embeds(Protocol):
    """What weighing needs of an embedder."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape [texts, dimensions]."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence and how well it answers the question."""

    article: Article
    sentence: Sentence
    start: int
    """Where the quotation begins: at the sentence, or before it where the sentence points back."""
    text: str
    """`article.text[start:sentence.end]`, what is quoted."""
    coverage: float
    """Share of the question's weight that the sentence and what stands around it hold, in [0, 1]."""
    cosine: float
    """Similarity of its vector to the question's, in [-1, 1]; 0 when it was not embedded."""
    vector: NDArray[np.float32] | None
    """Unit vector of the sentence, shape [dimensions], or None when it was not embedded."""
    answer: tuple[int, int] | None
    """Span in the article's text of the few words that answer, or None where the reader saw none."""
    answerable: float
    """The reader's probability that the sentence answers the question, in [0, 1]."""
    sure: float
    """The reader's probability that these words answer, supposing that some words of the sentence do, in [0, 1]."""
    fits: bool
    """Whether the words that answer are of the kind that is asked for."""
    passage: float
    """Score of the passage that it is from, in [0, 1]."""
    score: float
    """All of this in one number in [0, 1], higher is better (see `qa.weight`)."""


@dataclass(frozen=True, slots=True)
class Weigher:
    """What weighs evidence: the articles, the embedder that made their index, and the reader."""

    corpus: Corpus
    embedder: Embeds
    reader: Reader

    def weigh(
        self, question: Question, vector: NDArray[np.float32], passages: Sequence[Passage]
    ) -> tuple[Evidence, ...]:
        """Weigh the sentences of the passages as evidence, best first.

        Words decide which sentences are embedded, words and meaning which are read, all three which are read again with
        the sentence before, and the score.

        Args:
            question: the question, read against the corpus.
            vector: its embedding, unit length.
            passages: where to look.
        """
        found = sorted(self.candidates(question, passages), key=_prior, reverse=True)[:COMPARED]
        near = sorted(self._embedded(vector, found), key=lambda e: _prior(e) + NEAR * e.cosine, reverse=True)
        if question.kind is Kind.STATEMENT:
            return best_first(self._judged(question, near[:JUDGED]))
        read = best_first(self._read(question, [(e, (e.start, e.sentence.end)) for e in near[:READ]]))
        return best_first([*self._read_again(question, read[:CONTEXTED]), *read[CONTEXTED:]])

    def candidates(self, question: Question, passages: Sequence[Passage]) -> list[Evidence]:
        """Return the sentences of passages that may be evidence, neither embedded nor read; none that asks."""
        found = [e for e in _candidates(question, passages, self.corpus) if not e.sentence.boilerplate]
        return [_unaddressed(e) for e in found if not (_own(e).endswith("?") or speaks_to_model(_own(e)))]

    def read(self, question: Question, vector: NDArray[np.float32], found: Sequence[Evidence]) -> list[Evidence]:
        """Embed and read all of some candidates."""
        alone = self._read(question, [(e, (e.start, e.sentence.end)) for e in self._embedded(vector, found)])
        return self._read_again(question, alone)

    def _embedded(self, query: NDArray[np.float32], found: Sequence[Evidence]) -> list[Evidence]:
        """Compare the meaning of each piece of evidence with the question's."""
        if not found:
            return []
        vectors = self.embedder.embed([e.text for e in found])
        near = [replace(e, cosine=float(v @ query), vector=v) for e, v in zip(found, vectors, strict=True)]
        return [replace(e, score=weight(e)) for e in near]

    def _judged(self, statement: Question, near: Sequence[Evidence]) -> list[Evidence]:
        """Judge whether each piece of evidence makes a statement, by what is quoted alone: that must make it."""
        judged = self.reader.judge(statement.text, [e.text for e in near])
        found = [replace(e, answerable=judgement.entails) for e, judgement in zip(near, judged, strict=True)]
        return [replace(e, score=weight(e)) for e in found]

    def _read_again(self, question: Question, found: Sequence[Evidence]) -> list[Evidence]:
        """Read each piece of evidence after the sentence before it, where one is near, and keep the better reading."""
        windows = [(e, window) for e in found if (window := _before(e, self.corpus))]
        better = {_place(e): e for e in self._read(question, windows)}
        return [max(e, better.get(_place(e), e), key=lambda e: e.answerable) for e in found]

    def _read(self, question: Question, windows: Sequence[tuple[Evidence, tuple[int, int]]]) -> list[Evidence]:
        """Read each piece of evidence in its window."""
        readings = self.reader.read(question.text, [e.article.text[slice(*w)] for e, w in windows])
        excepted = read_exception(question.text, self.corpus.lexical.vocabulary)
        return [_with_reading(e, w, r, question, excepted) for (e, w), r in zip(windows, readings, strict=True)]


def held(term: Term, words: frozenset[str]) -> float:
    """Return how well a term is held by a set of keys, in [0, 1]: the likeness of its best spelling there."""
    return max((likeness for key, likeness in term.spellings.items() if key in words), default=0.0)


def best_first(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return evidence by its scores, the highest first; of equals in the order of the files."""
    return tuple(sorted(evidence, key=lambda e: (-e.score, e.article.file, e.sentence.start)))


def less_answerable(evidence: Evidence, share: float) -> Evidence:
    """Return evidence of which only a share of the reader's opinion counts."""
    less = replace(evidence, answerable=share * evidence.answerable)
    return replace(less, score=weight(less))


def interleave(lists: Sequence[Sequence[Evidence]]) -> list[Evidence]:
    """Return the evidence of several questions, each piece once: the best of each, then the second of each."""
    found: dict[tuple[str, int], Evidence] = {}
    for rank in range(max(map(len, lists), default=0)):
        for evidence in lists:
            if rank < len(evidence):
                found.setdefault((evidence[rank].article.id, evidence[rank].sentence.start), evidence[rank])
    return list(found.values())


def _own(evidence: Evidence) -> str:
    return evidence.article.text[evidence.sentence.start : evidence.sentence.end]


def _unaddressed(evidence: Evidence) -> Evidence:
    """Quote a piece of evidence alone where what stands before it speaks to a language model."""
    return alone(evidence) if speaks_to_model(evidence.text) else evidence


def alone(evidence: Evidence) -> Evidence:
    """Return the evidence quoted without the sentences before it."""
    return replace(evidence, start=evidence.sentence.start, text=_own(evidence))


@lru_cache(maxsize=65536)
def words_of(text: str) -> frozenset[str]:
    """Return the keys of a text, function words left out."""
    return frozenset(keys(text))


def _candidates(question: Question, passages: Sequence[Passage], corpus: Corpus) -> list[Evidence]:
    found: dict[tuple[str, int], Evidence] = {}
    for passage in passages:
        article, sentences = corpus.sentences(passage.article_id)
        for number, sentence in enumerate(sentences):
            place = (article.id, sentence.start)
            if sentence.end > passage.start and sentence.start < passage.end and place not in found:
                start = quoted_start(article.text, sentences, number)
                text = article.text[start : sentence.end]
                coverage = _coverage(question, article, sentences, number)
                found[place] = Evidence(
                    article=article,
                    sentence=sentence,
                    start=start,
                    text=text,
                    coverage=coverage,
                    cosine=0.0,
                    vector=None,
                    answer=None,
                    answerable=0.0,
                    sure=0.0,
                    fits=False,
                    passage=passage.score,
                    score=0.0,
                )
    return list(found.values())


def _coverage(question: Question, article: Article, sentences: Sequence[Sentence], number: int) -> float:
    """Return the share of the question's weight held by a sentence, its neighbours lending at a discount."""
    own = words_of(article.text[quoted_start(article.text, sentences, number) : sentences[number].end])
    around = frozenset[str]().union(
        *(
            words_of(article.text[s.start : s.end])
            for s in sentences[max(0, number - NEARBY) : number + NEARBY + 1]
            if not s.boilerplate
        )
    )
    title = words_of(article.title or "")
    total = sum(term.weight for term in question.terms)
    got = sum(
        term.weight * max(held(term, own), LENT * held(term, around), LENT_TITLE * held(term, title))
        for term in question.terms
    )
    return got / total if total else 0.0


def _prior(evidence: Evidence) -> float:
    return 0.55 * evidence.coverage + 0.1 * evidence.passage - 0.15 * evidence.sentence.heading


def _place(evidence: Evidence) -> tuple[str, int]:
    return evidence.article.id, evidence.sentence.start


def _before(evidence: Evidence, corpus: Corpus) -> tuple[int, int] | None:
    """Return the span of what is quoted with the sentence before it; None where none is near."""
    _, sentences = corpus.sentences(evidence.article.id)
    before = [s for s in sentences if s.end <= evidence.start and not s.boilerplate and not s.heading]
    if (
        before
        and not speaks_to_model(evidence.article.text[before[-1].start : before[-1].end])
        and before[-1].paragraph >= evidence.sentence.paragraph - 1
        and evidence.start - before[-1].start < CONTEXT
    ):
        return before[-1].start, evidence.sentence.end
    return None


def _with_reading(
    evidence: Evidence,
    window: tuple[int, int],
    reading: Reading,
    question: Question,
    excepted: Sequence[frozenset[str]],
) -> Evidence:
    e, text = evidence, evidence.article.text[slice(*window)]
    left, right, sure, fits = choose(reading, text, question, excepted)
    start, end = window[0] + left, window[0] + right
    inside = start < end and e.start <= start and end <= e.sentence.end
    wanted = EXCEPTED if is_excepted(text, left, right, excepted) else 1.0
    answerable = reading.answerable * wanted * (1.0 if inside else 0.5)
    answer = (start, end) if inside else None
    read = replace(e, answer=answer, answerable=answerable, sure=sure if inside else 0.0, fits=fits and inside)
    return replace(read, score=weight(read))
