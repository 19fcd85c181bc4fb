"""The store: articles and their chunks in Chroma, in a folder or on a server. All else is rebuilt from it."""

from __future__ import annotations

import contextlib
import itertools
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.chroma import open_collections
from index.damage import no_store, probe
from index.errors import StoreError
from index.generation import SERVER, newest, number_of
from index.hnsw import other_settings
from index.row import FORMAT, OLDER, make_chunk_row, make_row, mark_of, offset_of, read_row

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from index.article import Article
    from index.chunk import Chunk
    from index.settings import Server

BATCH = 512
"""Rows of one write: 2048 take 60 MB more and are no faster."""
FEW = 64
"""Articles of whose chunks a folder is asked by their names, more are picked out of all."""
PAGE = 1000
"""Rows of one read. Chroma reads the texts even where nobody asks for them: of 5000 articles they take 140 MB."""


class Store:
    """An open generation of a store. Its rows are written once, by one process; any number may read them.

    In a folder each generation has rows of its own. On a server they share them: an article's row says with which
    generation it came (`since`) and with which it went (`until`), and the newest is the one that the server names.
    """

    takes_older = False
    """Whether one is opened whose rows are of an older format."""

    def __init__(
        self, path: Path, embedder: str, *, half: Path | None = None, server: Server | None = None, create: bool = False
    ) -> None:
        """Open the newest generation of the store in a folder, or the one that is being written.

        Args:
            path: the folder.
            embedder: fingerprint of the embedder whose vectors it holds.
            half: folder of the generation to write (see `index.generation.begin`); None means to read the newest.
            server: the Chroma server that holds the rows; None means that the folder does.
            create: make the collections on the server where there are none, and be the one who writes to them.

        Raises:
            StoreError: there is no store, it is damaged, out of reach, or another embedder or version made it.
        """
        self.path = path
        self.home = path / SERVER if server else path
        found = half or (path if server else newest(path))
        if found is None:
            raise no_store(path)
        create = create or half is not None
        made_with = {"embedder": embedder, "format": FORMAT}
        try:
            opened = open_collections(path, found, made_with, server, create=create)
        except OSError as error:
            raise StoreError(
                f"{path} cannot hold an index ({error.strerror}); give another folder with --store."
            ) from error
        self._chunks, self._articles, self.place, self._look = opened.chunks, opened.articles, opened.place, opened.look
        self._batch, self._page = min(BATCH, opened.rows), min(PAGE, opened.rows)
        self.other_settings = list(dict.fromkeys(other_settings(self._chunks) + other_settings(self._articles)))
        self._shared = server is not None
        if server and not half:
            found = self.home / (self.generation or "none")
        self.folder = found
        self.is_older = (self._articles.metadata or {}).get("format") in OLDER
        """Whether its rows are of an older format."""
        older = self.is_older and not self.takes_older
        if older or not (create or self.generation):
            what = "is of another version of Byline" if older else "was never finished"
            raise StoreError(f"The index {self.place} {what}; run `byline index` on its folder again.")

    @property
    def is_newest(self) -> bool:
        """Tell whether no generation has been published since this one."""
        if self._shared:
            return bool(self._look().get("generation", "") == self.generation)
        return newest(self.path) == self.folder

    @property
    def root(self) -> Path | None:
        """The folder of the articles, or None before the first run."""
        relative = (self._articles.metadata or {}).get("root")
        return Path(os.path.normpath(self.path / str(relative))) if relative else None

    @property
    def generation(self) -> str:
        """Changes with every change of the articles; empty before the first run."""
        return str((self._articles.metadata or {}).get("generation", ""))

    @property
    def _number(self) -> int:
        return number_of(self.folder.name) if self.folder.name != "none" else 0

    def begin(self) -> None:
        """Write down on a server that rows of the next generation come; where a run died at that, undo it first."""
        if self._shared:
            self.recover()
            self._say(draft=True)

    def recover(self) -> None:
        """Remove from a server the rows of a run that died before it was published, or that one had still to remove."""
        if not self._shared or not (self._articles.metadata or {}).get("draft"):
            return
        now = number_of(self.generation)
        marks = {id_: (row.get("since", 0), row.get("until")) for id_, row, _ in self._pages(self._articles)}
        self.remove([id_ for id_, (since, until) in marks.items() if since > now or (until and until <= now)])
        self._mark([id_ for id_, (since, until) in marks.items() if since <= now and until and until > now], None)
        self.remove_orphans()
        self._say(draft=None)

    def commit(self, root: Path, generation: str, gone: Sequence[str] = ()) -> None:
        """Write down which folder the articles are from, and that the generation is complete.

        On a server this publishes it, in one step; those who read the generation before may miss what is gone.

        Args:
            root: the folder of the articles.
            generation: its name.
            gone: ids of the articles that the generation has no more.
        """
        relative = Path(os.path.relpath(root.resolve(), self.path.resolve())).as_posix()
        if self._shared:
            self._mark(gone, number_of(generation))
        self._say(root=relative, generation=generation)
        self.remove(gone)
        if self._shared:
            self._say(draft=None)

    def add(self, entries: Sequence[tuple[Article, Sequence[Chunk]]], vectors: NDArray[np.float32]) -> None:
        """Add articles: first their chunks, as LlamaIndex's vector store does, then their rows, which make them count.

        Args:
            entries: articles, each with its chunks, at least one.
            vectors: those of all the chunks in order, shape [chunks, dimensions], unit length.
        """
        rows = [(article, chunk) for article, chunks in entries for chunk in chunks]
        for i in range(0, len(rows), self._batch):
            part = rows[i : i + self._batch]
            self._chunks.add(
                ids=[chunk.id for _, chunk in part],
                embeddings=vectors[i : i + self._batch],
                documents=[chunk.text for _, chunk in part],
                metadatas=[make_chunk_row(*row) for row in part],
            )
        ends = np.cumsum([len(chunks) for _, chunks in entries])[:-1]
        marks = [mark_of(own) for own in np.split(vectors, ends)]
        since = {"since": self._number} if self._shared else {}
        for i in range(0, len(entries), self._batch):
            own = {article.id: make_row(article) | since for article, _ in entries[i : i + self._batch]}
            self._articles.upsert(ids=list(own), embeddings=marks[i : i + self._batch], metadatas=list(own.values()))

    def remove(self, article_ids: Sequence[str]) -> None:
        """Remove articles and their chunks; unknown ids are no error."""
        for i in range(0, len(article_ids), self._batch):
            ids = list(article_ids[i : i + self._batch])
            self._articles.delete(ids=ids)
            self._chunks.delete(where={"document_id": {"$in": ids}})

    def articles(self) -> dict[str, Article]:
        """Return all articles by id, without their texts."""
        rows = list(self._pages(self._articles))
        while self._shared and len(rows) != self._articles.count():  # a writer came between two pages
            rows = list(self._pages(self._articles))
        return {id_: read_row(id_, row) for id_, row, _ in rows if self._counts(row)}

    def read(self, article_id: str) -> Article:
        """Return one article with its text.

        Raises:
            StoreError: it is not in the store.
        """
        with self._still_there():
            got = self._articles.get(ids=[article_id], include=["metadatas"])
        if not got["ids"]:
            raise StoreError(f"Article {article_id} is no longer in the index {self.place}; ask again.")
        return read_row(article_id, (got["metadatas"] or [{}])[0], text=True)

    def whole(self, article_ids: Sequence[str]) -> Iterator[tuple[Article, NDArray[np.float32]]]:
        """Yield some articles with their texts and the mark (`index.row.mark_of`) that they were added with."""
        got = self._articles.get(ids=list(article_ids), include=["metadatas", "embeddings"])
        for id_, row, mark in zip(got["ids"], got["metadatas"], got["embeddings"], strict=True):
            yield read_row(id_, row, text=True), np.asarray(mark, dtype=np.float32)

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors of chunks by id; ids that it has not are left out."""
        found: dict[str, NDArray[np.float32]] = {}
        for i in range(0, len(ids), self._page):
            got = self._chunks.get(ids=list(ids[i : i + self._page]), include=["embeddings"])
            found |= {id_: np.asarray(row, np.float32) for id_, row in zip(got["ids"], got["embeddings"], strict=True)}
        return found

    def count(self) -> int:
        """Return the number of chunks."""
        return int(self._chunks.count())

    def probe(self) -> tuple[int, int]:
        """Return the numbers of articles and of chunks of a store in a folder, found sound by `index.damage.probe`."""
        return probe(self._articles, self.path), probe(self._chunks, self.path)

    def chunks(self, article_ids: Collection[str] | None = None) -> Iterator[tuple[str, str, int, int, str]]:
        """Yield (id, article id, start, end, text) of every chunk of some articles.

        Args:
            article_ids: which articles; None means all, also those that do not count.
        """
        wheres: list[dict[str, Any] | None] = [None]
        # Few need not read all; and on a server pages of all rows would shift where a writer removes some.
        if article_ids is not None and (self._shared or len(article_ids) <= FEW):
            ids = list(article_ids)
            wheres = [{"document_id": {"$in": ids[i : i + self._batch]}} for i in range(0, len(ids), self._batch)]
        for where in wheres:
            for id_, row, text in self._pages(self._chunks, texts=True, where=where):
                own = str(row.get("document_id", ""))
                if article_ids is None or own in article_ids:
                    yield id_, own, offset_of(row, "start"), offset_of(row, "end"), text

    def rows(self, article_ids: Sequence[str]) -> Iterator[tuple[str, dict[str, Any], str, NDArray[np.float32]]]:
        """Yield (id, metadata, text, vector) of every chunk of some articles."""
        where = {"document_id": {"$in": list(article_ids)}}
        for got in self._gets(self._chunks, ["metadatas", "documents", "embeddings"], where):
            yield from zip(got["ids"], got["metadatas"], got["documents"], got["embeddings"], strict=True)

    def remove_orphans(self) -> int:
        """Remove chunks whose article never got its row, left by a run that was cut off; return their number."""
        known = {id_ for id_, _, _ in self._pages(self._articles)}
        lost = [id_ for id_, row, _ in self._pages(self._chunks) if row.get("document_id") not in known]
        for i in range(0, len(lost), self._batch):
            self._chunks.delete(ids=lost[i : i + self._batch])
        return len(lost)

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        """Return the ids of the `k` chunks nearest to a unit vector with their cosine similarity, best first.

        Raises:
            StoreError: a newer generation was published, and this one removed.
        """
        with self._still_there():
            return self.find([vector], k)[0]

    def find(self, vectors: Sequence[NDArray[np.float32]], k: int) -> list[list[tuple[str, float]]]:
        """Return what `nearest` does for each of several vectors, at least one."""
        # Chroma returns fewer where it has fewer; to count them first takes four times as long as the query.
        asked = [vector.tolist() for vector in vectors]
        got = self._chunks.query(query_embeddings=asked, n_results=k, include=["distances"])
        near = zip(got["ids"], got["distances"] or [], strict=True)
        return [[(id_, 1.0 - float(d)) for id_, d in zip(ids, far, strict=True)] for ids, far in near]

    @contextlib.contextmanager
    def _still_there(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            if self.is_newest:
                raise
            raise StoreError(f"The index {self.place} has changed meanwhile; ask again.") from error

    def _counts(self, row: Mapping[str, Any]) -> bool:
        return not self._shared or row.get("since", 0) <= self._number < (row.get("until") or self._number + 1)

    def _mark(self, article_ids: Sequence[str], until: int | None) -> None:
        for i in range(0, len(article_ids), self._batch):
            ids = list(article_ids[i : i + self._batch])
            self._articles.update(ids=ids, metadatas=[{"until": until}] * len(ids))

    def _say(self, **said: object) -> None:
        kept = {k: v for k, v in (self._articles.metadata or {}).items() if not k.startswith("hnsw")}
        self._articles.modify(metadata={k: v for k, v in {**kept, **said}.items() if v is not None})

    def _pages(
        self, collection: Any, *, texts: bool = False, where: dict[str, Any] | None = None
    ) -> Iterator[tuple[str, dict[str, Any], str]]:
        for got in self._gets(collection, ["metadatas", "documents"] if texts else ["metadatas"], where):
            documents = got["documents"] if texts else [""] * len(got["ids"])
            for id_, row, text in zip(got["ids"], got["metadatas"], documents, strict=True):
                yield id_, row or {}, text or ""  # a damaged row may have neither

    def _gets(self, collection: Any, include: list[str], where: dict[str, Any] | None) -> Iterator[Any]:
        for offset in itertools.count(0, self._page):
            yield (got := collection.get(where=where, limit=self._page, offset=offset, include=include))
            if len(got["ids"]) < self._page:
                return
