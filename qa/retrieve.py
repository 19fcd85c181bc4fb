"""Retrieval: the passages that a question is about, by meaning (dense) and by words (lexical), fused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.corpus import Corpus
    from qa.question import Question

CANDIDATES = 60
"""Passages taken from each side before fusing."""
DENSE = 0.45
"""Share of the dense score in the fused score; the rest is lexical."""


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


def retrieve(question: Question, vector: NDArray[np.float32], corpus: Corpus, k: int) -> tuple[Passage, ...]:
    """Return the `k` best passages, best first.

    Both scores are scaled to [0, 1] and added: cosine as it is, BM25 by the best passage's, so that a question whose
    words the corpus hardly has leans on the dense side.

    Args:
        question: the question, read against the corpus.
        vector: its embedding, unit length.
        corpus: where to search.
        k: how many passages, at least 1.
    """
    lexical = corpus.lexical.scores(_weights(question))
    dense = dict(corpus.nearest(vector, CANDIDATES))
    best_first = np.argsort(-lexical, kind="stable")[:CANDIDATES].tolist()
    candidates = {number for number in best_first if lexical[number] > 0} | dense.keys()
    best = float(lexical.max()) if len(lexical) else 0.0
    known = sum(t.weight for t in question.terms if not t.missing) / max(sum(t.weight for t in question.terms), 1e-9)
    floor = min(dense.values(), default=0.0)
    scored = [
        (DENSE * max(dense.get(n, floor), 0.0) + (1 - DENSE) * known * (float(lexical[n]) / best if best else 0.0), n)
        for n in candidates
    ]
    scored.sort(key=lambda pair: (-pair[0], corpus.ids[pair[1]]))
    return tuple(passage_at(corpus, number, score) for score, number in scored[:k])


def merge_passages(lists: Sequence[Sequence[Passage]]) -> list[Passage]:
    """Return the passages of several lists, each once, best first."""
    best: dict[int, Passage] = {}
    for passage in (p for passages in lists for p in passages):
        if passage.chunk not in best or best[passage.chunk].score < passage.score:
            best[passage.chunk] = passage
    return sorted(best.values(), key=lambda p: (-p.score, p.chunk))


def _weights(question: Question) -> dict[str, float]:
    """Spread each term over its spellings; a word said twice in two spellings counts by the better one."""
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
