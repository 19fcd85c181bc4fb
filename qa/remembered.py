"""Remembering: an embedder that keeps the vectors of the texts that it embedded last."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np

from index.vectors import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.vectors import Embeds

KEPT = 20_000
"""Texts whose vectors are kept: some 30 MB of vectors with 384 dimensions."""


class Remembered:
    """An embedder that embeds no text twice while it remembers it.

    Safe to use from several threads; those that ask for a new text at the same time may each embed it.
    """

    def __init__(self, embedder: Embeds, kept: int = KEPT) -> None:
        """Remember the vectors of an embedder's last `kept` texts, at least 1."""
        self._embedder = embedder
        self._kept = kept
        self._vectors: OrderedDict[bytes, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """That of the embedder."""
        return self._embedder.fingerprint

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape [texts, dimensions]; the embedder is asked for the texts that are new."""
        names = [digest(text) for text in texts]
        with self._lock:
            found = {name: self._vectors[name] for name in names if name in self._vectors}
        new = {name: text for name, text in zip(names, texts, strict=True) if name not in found}
        if new or not texts:
            made = self._embedder.embed([*new.values()])
            if not texts:
                return made
            # A row of a matrix would hold the whole matrix.
            found.update((name, np.array(row)) for name, row in zip(new, made, strict=True))
        with self._lock:
            for name in names:
                self._vectors[name] = found[name]
                self._vectors.move_to_end(name)
            while len(self._vectors) > self._kept:
                self._vectors.popitem(last=False)
        return np.stack([found[name] for name in names])
