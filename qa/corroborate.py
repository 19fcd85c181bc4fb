"""Corroboration: sentences with the words that answer, of articles whose wording the question alone did not find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.fold import tokenise
from qa.evidence import best_first, words_of
from qa.kind import Kind
from qa.retrieve import passage_at
from qa.short import best_answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.vocabulary import Vocabulary
    from qa.evidence import Evidence, Weigher
    from qa.question import Question
    from qa.retrieve import Passage

PASSAGES = 16
"""Passages that are searched."""
MORE = 6
"""Sentences that are read, each of them costing some ten milliseconds."""
ASKING = (Kind.PERSON, Kind.PLACE, Kind.TIME, Kind.NUMBER)
"""Kinds of question whose answers are words that others use, too."""
SURE = 0.6
"""The reader's probability from which on its answer is looked for elsewhere."""


def corroborate(
    question: Question, vector: NDArray[np.float32], evidence: Sequence[Evidence], weigher: Weigher
) -> tuple[Evidence, ...]:
    """Return the evidence, best first, with what other articles say with the words that answer.

    Args:
        question: the question.
        vector: its embedding, unit length.
        evidence: what was found for it, best first.
        weigher: what reads more.
    """
    best = best_answer(question, evidence)
    if question.kind not in ASKING or best is None or best.answerable < SURE or not best.fits:
        return tuple(evidence)
    answer = _answer(best, weigher.corpus.lexical.vocabulary)
    known = {(e.article.id, e.sentence.start) for e in evidence}
    holding = frozenset(e.article.id for e in evidence if e.answer and answer[0] & words_of(e.text))
    found = [
        e
        for e in weigher.candidates(question, _passages(question, answer, weigher))
        if (e.article.id, e.sentence.start) not in known and answer[0] & words_of(e.text)
    ]
    found.sort(key=lambda e: (e.article.id in holding, -e.coverage, e.article.file, e.sentence.start))
    more = weigher.read(question, vector, found[:MORE])
    return best_first([*evidence, *more])


def _answer(best: Evidence, vocabulary: Vocabulary) -> list[frozenset[str]]:
    """Return the words that answer in all their spellings, the rarest first."""
    start, end = best.answer or (0, 0)
    tokens = [t for t in tokenise(best.article.text[start:end]) if not t.stop] or tokenise(best.article.text[start:end])
    words, entries = {t.key: t.word for t in tokens}, vocabulary.entries
    rarest = sorted(words, key=lambda key: entries[key].passages if key in entries else 0)
    return [frozenset({key, *vocabulary.spellings(words[key], key)}) for key in rarest]


def _passages(question: Question, answer: Sequence[frozenset[str]], weigher: Weigher) -> list[Passage]:
    """Return the passages that have most of the words of the question and of its answer."""
    corpus = weigher.corpus
    asked = {key: term.weight * likeness for term in question.terms for key, likeness in term.spellings.items()}
    scores = corpus.lexical.scores(asked | {key: 1.0 for spellings in answer for key in spellings})
    best = scores.argsort()[::-1][:PASSAGES].tolist()
    found = [passage_at(corpus, number, 0.0) for number in best if scores[number] > 0]
    return [passage for passage in found if corpus.is_current(passage.article_id)]
