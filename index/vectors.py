"""Vectors: those of a run's texts, taken from the index or from a run that died where they are there, else embedded."""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

SLICE = 128
"""Texts that are embedded between two looks at the clock; what a killed run loses at most."""
DIGEST = 16
"""Bytes of a digest."""
_HEAD = struct.Struct("<4sI")
_MAGIC = b"BLV1"


class Embeds(Protocol):
    """What indexing needs of an embedder."""

    @property
    def fingerprint(self) -> str:
        """Names the model and its weights."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape [texts, dimensions]."""


class Indexed(Protocol):
    """What the vectors need of the index as it was."""

    def ids(self) -> Mapping[bytes, str]:
        """Return a chunk's id by the digest of the text that was embedded for it."""

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors of chunks by id."""


def digest(text: str) -> bytes:
    """Return the name under which the vector of a text is kept, 16 bytes."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=DIGEST).digest()


def is_unit(vector: NDArray[np.float32]) -> bool:
    """Tell whether a vector has the length 1, as those of embedders have."""
    return abs(float(np.linalg.norm(vector)) - 1.0) < 1e-3


class Vectors:
    """The vectors of one run. No text is embedded twice, neither in this run nor after one that died."""

    def __init__(self, embedder: Embeds, indexed: Indexed | None, journal: Journal) -> None:
        """Embed with `embedder` what neither the index nor the journal has."""
        self._embedder = embedder
        self._indexed = indexed
        self._journal = journal
        self.embedded = 0
        """Texts embedded so far."""

    def of(self, texts: Sequence[str], tell: Callable[[float], None]) -> NDArray[np.float32]:
        """Return the vectors of texts, [texts, dimensions].

        They are embedded in the order of their length, so that texts of a batch are about equally long.

        Args:
            texts: at least one.
            tell: called after each slice with the share of the texts that is done, in (0, 1].

        Raises:
            OSError: the disk is full.
        """
        names = [digest(text) for text in texts]
        found = self._found(set(names))
        missing = {name: text for name, text in zip(names, texts, strict=True) if name not in found}
        ordered = sorted(missing.items(), key=lambda item: len(item[1]))
        for i in range(0, len(ordered), SLICE):
            part = ordered[i : i + SLICE]
            vectors = self._embedder.embed([text for _, text in part])
            self._journal.add([name for name, _ in part], vectors)
            found.update((name, vector) for (name, _), vector in zip(part, vectors, strict=True))
            self.embedded += len(part)
            tell((len(texts) - len(ordered) + i + len(part)) / len(texts))
        if not ordered:
            tell(1.0)
        return np.stack([found[name] for name in names])

    def _found(self, names: set[bytes]) -> dict[bytes, NDArray[np.float32]]:
        found = self._journal.read(names)
        if self._indexed is None:
            return found
        known = self._indexed.ids()
        ids = {known[name]: name for name in names if name not in found and name in known}
        return found | {ids[id_]: vector for id_, vector in self._indexed.vectors(list(ids)).items()}


def _read_head(head: bytes) -> tuple[bytes, int]:
    if len(head) < _HEAD.size:
        return b"", 0
    magic, dimensions = _HEAD.unpack(head)
    return bytes(magic), int(dimensions)


class Journal:
    """The vectors that a run has embedded, in a file, each as soon as it is there; a killed run's are found again."""

    def __init__(self, path: Path) -> None:
        """Open or make the journal; a record that was cut off is dropped, and so is all of what is no journal.

        Raises:
            OSError: it cannot be written.
        """
        self._path = path
        self._places: dict[bytes, int] = {}
        self._records = 0
        self._file = path.open("a+b")
        self._file.seek(0)
        head = self._file.read(_HEAD.size)
        magic, self._dimensions = _read_head(head)
        if magic != _MAGIC or not self._dimensions:
            self._forget()
            return
        while len(record := self._file.read(self._size)) == self._size:
            self._keep(record)
        self._file.truncate(_HEAD.size + self._records * self._size)

    def _forget(self) -> None:
        self._file.truncate(0)
        self._places.clear()
        self._records = self._dimensions = 0

    @property
    def _size(self) -> int:
        return DIGEST + 4 * self._dimensions

    def _keep(self, record: bytes) -> None:
        # A power failure may leave zeros where a vector was: its length tells.
        if is_unit(np.frombuffer(record[DIGEST:], np.float32)):
            self._places[record[:DIGEST]] = self._records
        self._records += 1

    def add(self, names: Sequence[bytes], vectors: NDArray[np.float32]) -> None:
        """Write vectors down, each under the digest of its text.

        Raises:
            OSError: the disk is full.
        """
        if self._dimensions != vectors.shape[1]:
            self._forget()
            self._dimensions = vectors.shape[1]
            self._file.write(_HEAD.pack(_MAGIC, self._dimensions))
        for name, vector in zip(names, vectors, strict=True):
            self._file.write(name + np.asarray(vector, np.float32).tobytes())
            self._places[name] = self._records
            self._records += 1
        self._file.flush()

    def read(self, names: set[bytes]) -> dict[bytes, NDArray[np.float32]]:
        """Return the vectors that it has of those asked for."""
        found = {}
        for name in names & self._places.keys():
            self._file.seek(_HEAD.size + self._places[name] * self._size + DIGEST)
            found[name] = np.frombuffer(self._file.read(4 * self._dimensions), np.float32)
        return found

    def close(self) -> None:
        """Close the file and leave it for the next run."""
        self._file.close()

    def remove(self) -> None:
        """Remove the file: all its vectors are in the index."""
        self._file.close()
        self._path.unlink(missing_ok=True)
