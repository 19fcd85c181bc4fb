"""Drafts: the next generation of an index while it is written, and how it becomes the newest."""

from __future__ import annotations

import hashlib
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.catalogue import embedded_chunks
from index.chunk import embedded_text
from index.damage import note_sound
from index.errors import DamageError, StoreError
from index.generation import HALF, JOURNAL, SERVER, begin, discard, publish, sweep
from index.growing import Growing, save_catalogue
from index.older import AnyStore
from index.store import Store
from index.vectors import Journal, Vectors, is_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from index.article import Article
    from index.chunk import Chunk
    from index.manifest import Manifest
    from index.settings import Server
    from index.vectors import Embeds


class Draft:
    """The generation that the process writes that holds the lock."""

    def __init__(
        self, path: Path, folder: Path | None, embedder: Embeds, server: Server | None, *, anew: bool = False
    ) -> None:
        """Begin the generation after another.

        Args:
            path: the folder of the index.
            folder: that of the generation before, or None where there is none.
            embedder: what makes its vectors.
            server: the Chroma server that holds the rows; None means that the generation does.
            anew: begin with no rows, because those of the generation before are damaged: only whole vectors are taken.

        Raises:
            StoreError: the store is damaged, out of reach or another's.
            OSError: the disk is full.
        """
        self._server = server
        self.folder = begin(path / SERVER if server else path, folder, anew=anew)
        """Where it lies, from `finish` on under its name."""
        try:
            self.store = Store(path, embedder.fingerprint, half=self.folder, server=server)
            self.store.begin()
            name = hashlib.blake2b(embedder.fingerprint.encode(), digest_size=4).hexdigest()
            self._journal = Journal(path / f"{JOURNAL}{name}")
            self.vectors = Vectors(embedder, self._before(path, folder, embedder, anew=anew), self._journal)
            self._growing = None
            if server is None:
                self._growing = Growing() if folder is None or anew else Growing.load(folder)
            self._writer = ThreadPoolExecutor(1, "byline-writing")
            self._writing: Future[None] | None = None
        except BaseException:
            discard(self.folder)
            raise

    def _before(self, path: Path, folder: Path | None, embedder: Embeds, *, anew: bool) -> _Indexed | None:
        """Return the index whose vectors can be taken: the one before, or where it moves to a server, the local one."""
        if folder and not anew:
            return _Indexed(folder, self.store)
        if self._server or anew:
            with suppress(StoreError):  # there is none, it is of another embedder, or too damaged to be opened
                local = AnyStore(path, embedder.fingerprint)
                return _Indexed(local.folder, local)
        return None

    def add(self, new: Sequence[tuple[Article, Sequence[Chunk]]], tell: Callable[[float], None]) -> None:
        """Add articles with their chunks, at least one; `tell` is called with the share of it that is embedded.

        They are written while the next ones are embedded, and an error of that is raised by the next call.
        """
        texts = [embedded_text(article.title, chunk.text) for article, chunks in new for chunk in chunks]
        vectors = self.vectors.of(texts, tell)
        self._wait()
        self._writing = self._writer.submit(self._write, new, vectors)

    def _write(self, new: Sequence[tuple[Article, Sequence[Chunk]]], vectors: NDArray[np.float32]) -> None:
        self.store.add(new, vectors)
        if self._growing:
            for article, chunks in new:
                for chunk in chunks:
                    self._growing.add(article, chunk.id, chunk.start, chunk.end, chunk.text)

    def _wait(self) -> None:
        writing, self._writing = self._writing, None
        if writing:
            writing.result()

    def finish(self, root: Path, keep: Collection[str] | None, gone: Sequence[str], manifest: Manifest | None) -> None:
        """Complete the generation, publish it, and remove the one before.

        Args:
            root: the folder of the articles.
            keep: ids of the articles that it has; None means all that were not removed.
            gone: ids of those that are still to be removed.
            manifest: what the files were like; None where that is lost.
        """
        self._wait()
        save_catalogue(self.store, keep, self._grown(gone))
        if manifest:
            manifest.save(self.folder)
        name = self.folder.name.removesuffix(HALF)
        if self._server:  # what it names is the newest: the folder must be there before
            self.folder = publish(self.folder)
            self.store.commit(root, name, gone)
        else:
            self.store.commit(root, name, gone)
            self.store.probe()
            self.folder = publish(self.folder)
            note_sound(self.folder)
        self._journal.remove()
        sweep(self.folder.parent, self.folder)

    def _grown(self, gone: Sequence[str]) -> Growing | None:
        """Return the catalogue less what goes; None where the store has other chunks than it, and must be read."""
        growing, self._growing = self._growing, None
        if growing is None or growing.chunks != self.store.count():
            return None
        known = growing.articles.keys() & set(gone)
        return growing if growing.remove(known, self.store.chunks(known) if known else ()) else None

    def close(self) -> None:
        """Remove what was not published; the journal stays for the next run."""
        self._writer.shutdown()
        with suppress(OSError):  # what a full disk did not take
            self._journal.close()
        if self.folder.name.endswith(HALF):
            discard(self.folder)


@dataclass
class _Indexed:
    """The chunks of an index that is there, and the store that has their vectors."""

    folder: Path
    store: Store
    _ids: dict[bytes, str] = field(default_factory=dict)

    def ids(self) -> Mapping[bytes, str]:
        if not self._ids:
            with suppress(DamageError):
                self._ids = embedded_chunks(self.folder, self.store)
        return self._ids

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        found: dict[str, NDArray[np.float32]] = {}
        with suppress(DamageError):  # of a damaged store, what can still be read
            found = self.store.vectors(ids)
        return {id_: vector for id_, vector in found.items() if is_unit(vector)}
