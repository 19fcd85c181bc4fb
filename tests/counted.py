"""The real embedder with a count, three small articles, and what a fresh reader of an index finds."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.corpus import Corpus
from index.minilm import MiniLM
from index.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TALKS = "Putin Stays Away From Talks\n\nThe talks began in Istanbul on Friday. They were short.\n"
BANKS = "New Sanctions Hit Russian Banks\n\nThe sanctions were imposed by Brussels on Monday.\n"
STORM = "Storm Kills Twelve in Texas\n\nThe storm destroyed two hundred houses near Houston.\n"


class Counted:
    """The real embedder, with a count of the texts that it embedded, which may stop after a number of runs."""

    def __init__(self, embedder: MiniLM, fingerprint: str | None = None, stop_after: int | None = None) -> None:
        self.embedder = embedder
        self.fingerprint = fingerprint or embedder.fingerprint
        self.stop_after = stop_after
        self.runs = 0
        self.texts = 0

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        if self.runs == self.stop_after:
            raise KeyboardInterrupt
        self.runs += 1
        self.texts += len(texts)
        return self.embedder.embed(texts)


def found_by_meaning(store: Path, embedder: MiniLM | Counted, question: str) -> list[str]:
    """The files of a fresh reader's chunks, nearest to the question first."""
    corpus = Corpus(Store(store, embedder.fingerprint))
    near = corpus.nearest(embedder.embed([question])[0], 10)
    return [corpus.articles[corpus.places[number].article_id].file for number, _ in near]


def found_by_word(store: Path, embedder: MiniLM | Counted, key: str) -> list[str]:
    corpus = Corpus(Store(store, embedder.fingerprint))
    scores = corpus.lexical.scores({key: 1.0})
    return [corpus.articles[p.article_id].file for p, score in zip(corpus.places, scores, strict=True) if score > 0]
