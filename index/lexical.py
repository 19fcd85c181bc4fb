"""The lexical side of retrieval: BM25 over the folded words of the chunks."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from index.vocabulary import Vocabulary

if TYPE_CHECKING:
    from array import array
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

K1 = 1.2
B = 0.75
"""Okapi's usual constants (Robertson and Zaragoza 2009)."""


@dataclass(frozen=True, slots=True)
class Lexical:
    """BM25 scores of every chunk for weighted words."""

    vocabulary: Vocabulary
    _bm25: Any
    _size: int

    def scores(self, weights: Mapping[str, float]) -> NDArray[np.float32]:
        """Return the BM25 score of each chunk, in the order in which the chunks were given: shape [chunks], from 0.

        Args:
            weights: keys (see `index.fold.keys`) with the weight of each; unknown keys count nothing.
        """
        total = np.zeros(self._size, dtype=np.float32)
        for key, weight in weights.items():
            number = self._bm25.vocab_dict.get(key)
            if key and number is not None:
                total += np.float32(weight) * self._bm25.get_scores_from_ids([number])
        return total

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        self._bm25.save(str(folder), show_progress=False)
        self.vocabulary.save(folder)

    @classmethod
    def load(cls, folder: Path, size: int) -> Lexical:
        """Read what `save` wrote, for a corpus of `size` chunks; the scores stay on disk until they are needed."""
        from bm25s import BM25

        _quiet()
        return cls(Vocabulary.load(folder), BM25.load(str(folder), mmap=True, show_progress=False), size)


def make_lexical(vocabulary: Vocabulary, documents: list[array[int]]) -> Lexical:
    """Index the keys of all chunks, in order, as `Words.vocabulary` returns them."""
    from bm25s import BM25

    _quiet()
    bm25 = BM25(method="lucene", k1=K1, b=B)
    numbers = {key: number for number, key in enumerate(vocabulary.entries)}
    # bm25s divides by the mean length of the documents; a corpus without a word gets one that no key equals.
    bm25.index((documents, numbers) if numbers else [["\0"]] * max(1, len(documents)), show_progress=False)
    return Lexical(vocabulary, bm25, len(documents))


def _quiet() -> None:
    logging.getLogger("bm25s").setLevel(logging.WARNING)
