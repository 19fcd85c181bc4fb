"""The corpus: the read side of an index, with everything that a question needs close at hand."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from index.article import Article
from index.catalogue import load_catalogue
from index.errors import SourceError, StoreError
from index.generation import newest
from index.growing import make_catalogue
from index.manifest import find_unchanged, load_manifest, unmoved
from index.reading import read_file
from index.sentence import Sentence, split_sentences
from index.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from index.settings import Server

log = logging.getLogger("byline")

CACHED = 512
"""Articles whose text and sentences are kept in memory."""


class Corpus:
    """All articles of a store, as they were when it was opened."""

    def __init__(self, store: Store) -> None:
        """Read the catalogue and the lexical index of the store; make them anew where they are missing."""
        self.store = store
        self.root = store.root
        self.generation = store.generation
        saved = load_catalogue(store.folder)
        self.is_saved = saved is not None
        catalogue = saved or make_catalogue(store)
        self.articles, self.ids, self.places = catalogue.articles, catalogue.ids, catalogue.places
        self.lexical, self._groups = catalogue.lexical, catalogue.groups
        manifest = load_manifest(store.folder)
        self._files = manifest.files if manifest else {}
        self._told: set[str] = set()
        self._now: dict[str, tuple[tuple[int, int, int], frozenset[str]]] = {}
        self.numbers = {id_: number for number, id_ in enumerate(self.ids)}
        self._cached = lru_cache(maxsize=CACHED)(self._read)
        self._article = lru_cache(maxsize=CACHED)(store.read)

    def sentences(self, article_id: str) -> tuple[Article, tuple[Sentence, ...]]:
        """Return an article with its text, and its sentences."""
        return self._cached(article_id)

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        """Return the numbers of the `k` chunks nearest to a unit vector with their cosine similarity, best first."""
        asked = k
        while True:
            near = self.store.nearest(vector, asked)
            found = [(self.numbers[id_], score) for id_, score in near if id_ in self.numbers][:k]
            if len(near) < asked or len(found) == min(k, len(self.ids)):
                return found
            asked *= 2  # chunks of another generation, which a server keeps beside those of this one, took their places

    def texts_with(self, keys: Iterable[str], most: int) -> Iterator[str]:
        """Yield the texts of the passages that hold any of these words, best first.

        Args:
            keys: the words, as `index.fold.keys` gives them.
            most: how many passages at most.
        """
        scores = self.lexical.scores(dict.fromkeys(keys, 1.0))
        for number in scores.argsort()[::-1][:most].tolist():
            if scores[number] <= 0:
                return
            place = self.places[number]
            yield self._article(place.article_id).text[place.start : place.end]

    @cached_property
    def leads(self) -> dict[str, int]:
        """The number of each article's first chunk, by the article's id."""
        first = sorted(range(len(self.places)), key=lambda number: self.places[number].start, reverse=True)
        return {self.places[number].article_id: number for number in first}

    @cached_property
    def days(self) -> tuple[date, ...]:
        """When the articles were published that say so, in order, days to come left out."""
        days = (date.fromisoformat(a.published[:10]) for a in self.articles.values() if a.published)
        return tuple(sorted(day for day in days if day <= date.today()))

    def vectors(self, numbers: Sequence[int]) -> dict[int, NDArray[np.float32]]:
        """Return the vectors of some chunks by their numbers; those that the store has not are left out."""
        found = self.store.vectors([self.ids[number] for number in numbers])
        return {self.numbers[id_]: vector for id_, vector in found.items()}

    def copies(self, article_id: str) -> frozenset[str]:
        """Return the ids of the articles that print the same text (see `index.copies`), its own among them."""
        group = self._groups.get(article_id)
        return frozenset(id_ for id_, other in self._groups.items() if other == group) | {article_id}

    def is_current(self, article_id: str) -> bool:
        """Tell whether the file of an article still holds it: by size and times, else by its bytes, read once.

        Of each file that does not, it is logged once.
        """
        file = self.articles[article_id].file
        if self.root is None:
            return False
        path = self.root / file
        state = self._files.get(file)
        if state and unmoved(path, state.size, state.mtime_ns, state.ctime_ns):
            return True
        try:
            status = path.stat()
            stamp = (status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        except OSError:
            stamp = (0, 0, 0)
        if file not in self._now or self._now[file][0] != stamp:
            self._now[file] = stamp, self._held(path, file)
        current = article_id in self._now[file][1]
        if not current and file not in self._told:
            self._told.add(file)
            log.warning("%s has changed since it was indexed and is left out; run `byline index` again.", file)
        return current

    def _held(self, path: Path, file: str) -> frozenset[str]:
        """Return the ids of the articles that a file holds now."""
        assert self.root is not None
        known = {name: self._files[name] for name in (file,) if name in self._files}
        if find_unchanged([path], self.root, known):
            return frozenset(article.id for article in known[file].articles)
        with suppress(SourceError):
            return frozenset(item.id for item in read_file(path, self.root) if isinstance(item, Article))
        return frozenset()

    def _read(self, article_id: str) -> tuple[Article, tuple[Sentence, ...]]:
        article = self._article(article_id)
        return article, split_sentences(article)


class Newest:
    """The corpus of a store's newest generation, opened again when there is a newer one. Threads may share it."""

    def __init__(self, path: Path, embedder: str, server: Server | None = None) -> None:
        """Open the newest generation in a folder, or of the corpus that a server keeps for it.

        Raises:
            StoreError: there is no store, it is damaged, or another embedder or version made it.
        """
        self._path, self._embedder, self._server = path, embedder, server
        self._lock = threading.Lock()
        self._corpus = self._open()

    def corpus(self) -> Corpus:
        """Return the corpus as it is now; the one returned before stays what it was.

        Raises:
            StoreError: the store is gone, or another embedder or version made it anew.
        """
        with self._lock:
            if not self._corpus.store.is_newest:
                self._corpus = self._open()
            return self._corpus

    def _open(self) -> Corpus:
        """Open it, again where a newer one is published, and this one removed, meanwhile."""
        while True:
            folder = newest(self._path)
            try:
                store = Store(self._path, self._embedder, server=self._server)
            except StoreError:
                if self._server or newest(self._path) == folder:
                    raise
                continue
            try:
                corpus = Corpus(store)
            except Exception:
                if store.is_newest:
                    raise
            else:
                if store.is_newest:
                    return corpus
