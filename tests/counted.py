"""Embedders that count, three small articles, and what a fresh reader of an index finds."""

import hashlib
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.corpus import Corpus
from index.minilm import MiniLM
from index.store import Store

if TYPE_CHECKING:
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


class Hashed:
    """A fast embedder for tests that are not about meaning: the same text has the same vector, another text another."""

    fingerprint = "hashed@1"

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        time.sleep(self.seconds * len(texts))
        self.texts += texts
        seeds = [int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) for text in texts]
        rows = np.stack([np.random.default_rng(seed).normal(size=16) for seed in seeds]).astype(np.float32)
        unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


def settle(folder: Path) -> None:
    """Make all files an hour old, as files are that nobody works on."""
    for path in folder.rglob("*"):
        old = path.stat().st_mtime_ns - 3_600_000_000_000
        os.utime(path, ns=(old, old))


def found_by_meaning(store: Path, embedder: MiniLM | Counted, question: str) -> list[str]:
    """The files of a fresh reader's chunks, nearest to the question first."""
    corpus = Corpus(Store(store, embedder.fingerprint))
    near = corpus.nearest(embedder.embed([question])[0], 10)
    return [corpus.articles[corpus.places[number].article_id].file for number, _ in near]


def found_by_word(store: Path, embedder: MiniLM | Counted, key: str) -> list[str]:
    corpus = Corpus(Store(store, embedder.fingerprint))
    scores = corpus.lexical.scores({key: 1.0})
    return [corpus.articles[p.article_id].file for p, score in zip(corpus.places, scores, strict=True) if score > 0]
