"""The corpus: the read side of an index, with everything that a question needs close at hand."""

from __future__ import annotations

import json
import shutil
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from index.article import Article
from index.chunk import embedded_text
from index.copies import Copies
from index.errors import SourceError, StoreError
from index.generation import HALF, LEXICAL, newest, write_whole
from index.lexical import Lexical, make_lexical
from index.manifest import load_manifest, unmoved
from index.reading import read_file
from index.sentence import Sentence, split_sentences
from index.store import Store
from index.vectors import DIGEST, digest
from index.vocabulary import learn_vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from index.settings import Server

_Parts = tuple[dict[str, Article], tuple[str, ...], tuple["Place", ...], Lexical, dict[str, int]]

CACHED = 512
"""Articles whose text and sentences are kept in memory."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chunk lies."""

    article_id: str
    start: int
    """First character in the article's text."""
    end: int
    """One past the last character."""


class Corpus:
    """All articles of a store, as they were when it was opened."""

    def __init__(self, store: Store) -> None:
        """Read the catalogue and the lexical index of the store; make them anew where they are missing."""
        self.store = store
        self.root = store.root
        self.generation = store.generation
        saved = _load(store.folder / LEXICAL)
        self.is_saved = saved is not None
        self.articles, self.ids, self.places, self.lexical, self._groups = saved or _collect(store)[0]
        manifest = load_manifest(store.folder)
        self._files = manifest.files if manifest else {}
        self._now: dict[str, tuple[tuple[int, int], frozenset[str]]] = {}
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
        """Tell whether the file of an article still holds it: by size and time, else by reading the file, once."""
        article = self.articles[article_id]
        if self.root is None:
            return False
        path = self.root / article.file
        state = self._files.get(article.file, article)
        if unmoved(path, state.size, state.mtime_ns) or unmoved(path, article.size, article.mtime_ns):
            return True
        try:
            status = path.stat()
        except OSError:
            return False
        stamp = (status.st_size, status.st_mtime_ns)
        if self._now.get(article.file, (None, None))[0] != stamp:
            found: set[str] = set()
            with suppress(SourceError):
                found.update(item.id for item in read_file(path, self.root) if isinstance(item, Article))
            self._now[article.file] = stamp, frozenset(found)
        return article_id in self._now[article.file][1]

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


def saved_chunks(generation: Path) -> int:
    """Return of how many chunks `save_corpus` wrote in the folder of a generation; 0 where that is not whole."""
    folder = generation / LEXICAL
    try:
        sizes = json.loads((folder / "whole.json").read_text("utf-8"))
        whole = all((folder / name).stat().st_size == size for name, size in sizes.items())
        return int(sizes["embedded.bin"]) // DIGEST if whole else 0
    except (OSError, ValueError, AttributeError, LookupError, TypeError):
        return 0


def save_corpus(store: Store, keep: Collection[str] | None = None) -> None:
    """Write the catalogue and the lexical index of the store beside it, whole or not at all.

    Args:
        store: the store.
        keep: ids of the articles that count; None means all.

    Raises:
        OSError: the disk is full.
    """
    (articles, ids, places, lexical, groups), digests = _collect(store, keep)
    folder = store.folder / LEXICAL
    half = folder.with_name(folder.name + HALF)
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    lexical.save(half)
    (half / "embedded.bin").write_bytes(b"".join(digests))
    rows = [[id_, place.article_id, place.start, place.end] for id_, place in zip(ids, places, strict=True)]
    catalogue = {"articles": [asdict(article) for article in articles.values()], "chunks": rows}
    (half / "catalogue.json").write_text(json.dumps(catalogue), "utf-8")
    (half / "copies.json").write_text(json.dumps(groups), "utf-8")
    sizes = {path.name: path.stat().st_size for path in half.iterdir()}
    write_whole(half / "whole.json", json.dumps(sizes))
    shutil.rmtree(folder, ignore_errors=True)
    half.rename(folder)


def saved_copies(generation: Path) -> dict[str, int]:
    """Return the group of each article that has a copy, as `save_corpus` wrote it; empty where it is not saved."""
    try:
        return _load_copies(generation / LEXICAL)
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def embedded_chunks(generation: Path, store: Store) -> dict[bytes, str]:
    """Return the id of a chunk by the digest of what was embedded for it, from a generation's files or a store.

    Where one text was embedded for several chunks, any of them is named.
    """
    try:
        data = (generation / LEXICAL / "embedded.bin").read_bytes()
        rows = json.loads((generation / LEXICAL / "catalogue.json").read_text("utf-8"))["chunks"]
        digests = (data[i : i + DIGEST] for i in range(0, len(data), DIGEST))
        return dict(zip(digests, (str(row[0]) for row in rows), strict=True))
    except (OSError, ValueError, LookupError, TypeError):
        articles = store.articles()
        rows = _rows(store, articles)
        return {digest(embedded_text(articles[place.article_id].title, text)): id_ for id_, place, text in rows}


def _load(folder: Path) -> _Parts | None:
    """Read what `save_corpus` wrote; None where it is missing or damaged."""
    try:
        data = json.loads((folder / "catalogue.json").read_text("utf-8"))
        articles = {row["id"]: Article(**row | {"pages": tuple(row["pages"])}) for row in data["articles"]}
        places = tuple(Place(*row[1:]) for row in data["chunks"])
        lexical = Lexical.load(folder, len(places))
        return articles, tuple(row[0] for row in data["chunks"]), places, lexical, _load_copies(folder)
    except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError):
        return None


def _load_copies(folder: Path) -> dict[str, int]:
    groups = json.loads((folder / "copies.json").read_text("utf-8"))
    return {id_: int(group) for id_, group in groups.items()}


def _collect(store: Store, keep: Collection[str] | None = None) -> tuple[_Parts, list[bytes]]:
    """Make the parts from the store, and the digest of what was embedded for each chunk, holding one page of texts."""
    articles = {id_: article for id_, article in store.articles().items() if keep is None or id_ in keep}
    rows: list[tuple[str, Place, bytes]] = []
    copies = Copies()

    def texts() -> Iterator[str]:
        for id_, place, text in _rows(store, articles):
            article = articles[place.article_id]
            rows.append((id_, place, digest(embedded_text(article.title, text))))
            copies.add(article.id, text)
            yield _with_title(article, text)

    vocabulary, documents = learn_vocabulary(texts())
    order = sorted(range(len(rows)), key=lambda at: rows[at][0])
    lexical = make_lexical(vocabulary, [documents[at] for at in order])
    ids, places = tuple(rows[at][0] for at in order), tuple(rows[at][1] for at in order)
    return (articles, ids, places, lexical, copies.groups()), [rows[at][2] for at in order]


def _rows(store: Store, articles: Mapping[str, Article]) -> Iterator[tuple[str, Place, str]]:
    """Yield (id, place, text) of every chunk of the articles."""
    for id_, article_id, start, end, text in store.chunks(articles.keys()):
        yield id_, Place(articles[article_id].id, start, end), text  # one string for each article, not for each chunk


def _with_title(article: Article, text: str) -> str:
    """Search a chunk by its article's title and outlet too: questions name them."""
    return "\n".join(part for part in (article.title, article.outlet, text) if part)
