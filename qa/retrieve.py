"""Retrieval: the passages that a question is about, by meaning (dense) and by words (lexical), fused."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.errors import StoreError
from qa.provenance import read_provenance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.corpus import Corpus
    from qa.question import Question


CANDIDATES = 60
"""Passages taken from each side before fusing."""
COMPARED = 1000
"""Passages of the articles in which alone is searched that are compared by meaning: the best by words."""
LEXICAL = 0.42
"""Cosine that a word is worth which only one chunk holds. Measured on questions of MultiHop-RAG, long and full of
names, and of MTRAG, short and in other words: from 0.3 to 0.5 both stay within two points of their best."""

LEAD = 0.3
"""Share of the score of an article's beginning, where news say what they are about, that each of its passages gains.
Chosen on RealTime QA: Hits@1 .594 without, .607 with it, MRR .683 and .699; MultiHop-RAG recall@10 .925 and .930."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrieved chunk."""

    chunk: int
    """Its number in the corpus."""
    article_id: str
    start: int
    """First character in the article's text."""
    end: int
    """One past the last character."""
    score: float
    """In [0, 1], higher is better; comparable within one question only."""


def retrieve(
    question: Question, vector: NDArray[np.float32], corpus: Corpus, k: int, among: frozenset[str] | None = None
) -> tuple[Passage, ...]:
    """Return the `k` best passages, best first.

    Cosine and BM25 are added, BM25 by what it would be for one word of the rarest kind: so it grows with how many words
    match, and a long question full of names leans on words, a short one in other words on meaning. The first chunk of
    an article lends each of its chunks a share of its score. Articles of an outlet or a day that the question names,
    and newer ones, gain (see `qa.provenance`).

    Args:
        question: the question, read against the corpus.
        vector: its embedding, unit length.
        corpus: where to search.
        k: how many passages, at least 1.
        among: ids of the articles in which alone is searched; None for all.
    """
    lexical = corpus.lexical.scores(term_weights(question))
    if among is None:
        dense = dict(corpus.nearest(vector, CANDIDATES))
        held = np.flatnonzero(lexical > 0)
    else:
        inside = np.array([n for n, place in enumerate(corpus.places) if place.article_id in among], dtype=np.intp)
        inside = inside[np.argsort(-lexical[inside], kind="stable")]
        dense = {n: float(vector @ v) for n, v in corpus.vectors(inside[:COMPARED].tolist()).items()}
        dense = dict(sorted(dense.items(), key=lambda pair: -pair[1])[:CANDIDATES])
        held = inside[lexical[inside] > 0]
    best = held[np.argsort(-lexical[held], kind="stable")[:CANDIDATES]].tolist()
    candidates = sorted({*best, *dense})
    leads = {n: corpus.leads[corpus.places[n].article_id] for n in candidates}
    scored_too = sorted({*candidates, *leads.values()})
    far = corpus.vectors([n for n in scored_too if n not in dense])
    cosine = {n: dense[n] if n in dense else float(vector @ far[n]) if n in far else 0.0 for n in scored_too}
    rarest = math.log(1 + (len(lexical) + 0.5) / 0.5)
    words = {n: LEXICAL * float(lexical[n]) / rarest for n in scored_too}
    asked = read_provenance(question.text)
    gains = {n: asked.fit(corpus.articles[corpus.places[n].article_id], corpus.days) for n in candidates}
    own = {n: max(cosine[n], 0.0) + words[n] for n in scored_too}
    most = (1 + LEAD) * (1 + max(words.values(), default=0.0)) + max(gains.values(), default=0.0)
    scored = [((own[n] + LEAD * own[leads[n]] + gains[n]) / most, n) for n in candidates]
    scored.sort(key=lambda pair: (-pair[0], corpus.ids[pair[1]]))
    return tuple(passage_at(corpus, number, score) for score, number in scored[:k])


def retrieve_current(
    question: Question, vector: NDArray[np.float32], corpus: Corpus, k: int, among: frozenset[str] | None = None
) -> tuple[Passage, ...]:
    """Retrieve, less passages whose file is no longer what was indexed: a citation must open at its sentence.

    Raises:
        StoreError: no file of those found is.
    """
    passages = retrieve(question, vector, corpus, k, among)
    stale = {p.article_id for p in passages if not corpus.is_current(p.article_id)}
    if stale and len(stale) == len({p.article_id for p in passages}):
        raise StoreError(f"The articles in {corpus.root} are not those indexed; run `byline index` again.")
    return tuple(p for p in passages if p.article_id not in stale)


def merge_passages(lists: Sequence[Sequence[Passage]]) -> list[Passage]:
    """Return the passages of several lists, each once, best first."""
    best: dict[int, Passage] = {}
    for passage in (p for passages in lists for p in passages):
        if passage.chunk not in best or best[passage.chunk].score < passage.score:
            best[passage.chunk] = passage
    return sorted(best.values(), key=lambda p: (-p.score, p.chunk))


def term_weights(question: Question) -> dict[str, float]:
    """Return the weight of each key for BM25: each term is spread over its spellings.

    A word said twice in two spellings counts by the better one.
    """
    weights: dict[str, float] = {}
    for term in question.terms:
        for key, likeness in term.spellings.items():
            share = 1.0 if term.weight > 0.3 else 0.3 + term.weight
            weights[key] = max(weights.get(key, 0.0), likeness * share)
    return weights


def passage_at(corpus: Corpus, number: int, score: float) -> Passage:
    """Return a chunk of the corpus as a passage, by its number."""
    place = corpus.places[number]
    return Passage(number, place.article_id, place.start, place.end, round(min(max(score, 0.0), 1.0), 4))
