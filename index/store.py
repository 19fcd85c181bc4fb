"""The store: articles and their chunks in Chroma, the one file that imports chromadb. All else is rebuilt from it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.errors import StoreError
from index.generation import CHROMA, HALF, newest
from index.row import make_node, make_row, mean_vector, read_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from index.article import Article
    from index.chunk import Chunk

FORMAT = 2
"""Changes whenever an index made by an older Byline would be read wrongly."""
BATCH = 5000
"""Rows of one write; Chroma takes at most 5461."""
PAGE = 5000
"""Rows of one read; SQLite refuses more than about 30,000 ids."""
EF_SEARCH = 200
"""HNSW search breadth: recall against brute force stays above .99 on passages."""
SYNC = 100
"""Rows that Chroma may leave out of its vector file; a reader adds them anew, in memory, each time that it opens it."""


class Store:
    """An open generation of a store. Its rows are written once, by one process; any number may read them."""

    def __init__(self, path: Path, embedder: str, *, half: Path | None = None) -> None:
        """Open the newest generation of the store in a folder, or the one that is being written.

        Args:
            path: the folder.
            embedder: fingerprint of the embedder whose vectors it holds.
            half: folder of the generation to write (see `index.generation.begin`); None means to read the newest.

        Raises:
            StoreError: there is no store, it is damaged, or another embedder or version made it.
        """
        self.path = path
        self.folder = half or newest(path) or _missing(path)
        try:
            with full_disk(path) if half else contextlib.nullcontext():
                self._chunks, self._articles = _collections(self.folder, embedder, create=half is not None)
        except (ValueError, RuntimeError) as error:  # also every error of Chroma's
            # Chroma writes a little even where it is opened to be read.
            full = any(said in str(error) for said in ("disk I/O error", "disk is full"))
            remedy = "make room on its disk and try again" if full else "remove that folder and index again"
            raise StoreError(f"The index in {path} cannot be opened; {remedy}.") from error
        except OSError as error:
            raise StoreError(
                f"{path} cannot hold an index ({error.strerror}); give another folder with --store."
            ) from error
        _check(path, self._articles.metadata or {}, embedder)

    @property
    def is_newest(self) -> bool:
        """Tell whether no generation has been published since this one."""
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

    def commit(self, root: Path, generation: str) -> None:
        """Write down which folder the articles are from, and that the store is complete."""
        kept = {k: v for k, v in (self._articles.metadata or {}).items() if not k.startswith("hnsw")}
        relative = Path(os.path.relpath(root.resolve(), self.path.resolve())).as_posix()
        self._articles.modify(metadata={**kept, "root": relative, "generation": generation})

    def add(self, entries: Sequence[tuple[Article, Sequence[Chunk]]], vectors: NDArray[np.float32]) -> None:
        """Add articles: first their chunks, through LlamaIndex's vector store, then their rows, which make them count.

        Args:
            entries: articles, each with its chunks, at least one.
            vectors: those of all the chunks in order, shape [chunks, dimensions], unit length.
        """
        from llama_index.vector_stores.chroma import ChromaVectorStore

        vector_store = ChromaVectorStore(chroma_collection=self._chunks)
        rows = [(article, chunk) for article, chunks in entries for chunk in chunks]
        for i in range(0, len(rows), BATCH):
            part = zip(rows[i : i + BATCH], vectors[i : i + BATCH], strict=True)
            vector_store.add([make_node(*row, vector) for row, vector in part])
        ends = np.cumsum([len(chunks) for _, chunks in entries])
        means = [mean_vector(vectors[end - len(chunks) : end]) for end, (_, chunks) in zip(ends, entries, strict=True)]
        for i in range(0, len(entries), BATCH):
            articles = [article for article, _ in entries[i : i + BATCH]]
            self._articles.upsert(
                ids=[article.id for article in articles],
                embeddings=means[i : i + BATCH],
                documents=[article.text for article in articles],
                metadatas=[make_row(article) for article in articles],
            )

    def remove(self, article_ids: Sequence[str]) -> None:
        """Remove articles and their chunks; unknown ids are no error."""
        for i in range(0, len(article_ids), BATCH):
            ids = list(article_ids[i : i + BATCH])
            self._articles.delete(ids=ids)
            self._chunks.delete(where={"document_id": {"$in": ids}})

    def articles(self) -> dict[str, Article]:
        """Return all articles by id, without their texts."""
        return {id_: read_row(id_, row, "") for id_, row, _ in self._pages(self._articles, texts=False)}

    def read(self, article_id: str) -> Article:
        """Return one article with its text.

        Raises:
            StoreError: it is not in the store.
        """
        with self._still_there():
            got = self._articles.get(ids=[article_id], include=["metadatas", "documents"])
        if not got["ids"]:
            raise StoreError(f"Article {article_id} is no longer in the index in {self.path}; ask again.")
        return read_row(article_id, (got["metadatas"] or [{}])[0], (got["documents"] or [""])[0])

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors of chunks by id; ids that it has not are left out."""
        found: dict[str, NDArray[np.float32]] = {}
        for i in range(0, len(ids), PAGE):
            got = self._chunks.get(ids=list(ids[i : i + PAGE]), include=["embeddings"])
            rows = zip(got["ids"], got["embeddings"], strict=True)
            found.update((id_, np.asarray(row, np.float32)) for id_, row in rows)
        return found

    def chunks(self) -> Iterator[tuple[str, str, int, int, str]]:
        """Yield (id, article id, start, end, text) of every chunk."""
        for id_, row, text in self._pages(self._chunks, texts=True):
            yield id_, str(row["document_id"]), int(row["start"]), int(row["end"]), text

    def remove_orphans(self) -> int:
        """Remove chunks whose article never got its row, left by a run that was cut off; return their number."""
        known = set(self.articles())
        lost = [id_ for id_, row, _ in self._pages(self._chunks, texts=False) if row.get("document_id") not in known]
        for i in range(0, len(lost), BATCH):
            self._chunks.delete(ids=lost[i : i + BATCH])
        return len(lost)

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        """Return the ids of the `k` chunks nearest to a unit vector with their cosine similarity, best first.

        Raises:
            StoreError: a newer generation was published, and this one removed.
        """
        with self._still_there():
            k = min(k, self._chunks.count())
            if k == 0:
                return []
            got = self._chunks.query(query_embeddings=[vector.tolist()], n_results=k, include=["distances"])
        distances = (got["distances"] or [[]])[0]
        return [(id_, 1.0 - float(d)) for id_, d in zip(got["ids"][0], distances, strict=True)]

    @contextlib.contextmanager
    def _still_there(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            if self.is_newest:
                raise
            raise StoreError(f"The index in {self.path} has changed meanwhile; ask again.") from error

    @staticmethod
    def _pages(collection: Any, *, texts: bool) -> Iterator[tuple[str, dict[str, Any], str]]:
        offset = 0
        while True:
            include = ["metadatas", "documents"] if texts else ["metadatas"]
            got = collection.get(limit=PAGE, offset=offset, include=include)
            yield from zip(
                got["ids"], got["metadatas"], got["documents"] if texts else [""] * len(got["ids"]), strict=True
            )
            if len(got["ids"]) < PAGE:
                return
            offset += PAGE


def _collections(path: Path, embedder: str, *, create: bool) -> tuple[Any, Any]:
    """Open the collections of chunks and of articles; without `create`, those that are there."""
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings
    from chromadb.errors import ChromaError

    # Clients of one process share a cache of vectors that is blind to what another process wrote since.
    SharedSystemClient.clear_system_cache()
    (path / CHROMA).mkdir(parents=True, exist_ok=True)
    try:
        client = chromadb.PersistentClient(str(path / CHROMA), Settings(anonymized_telemetry=False))
        if not create and "articles" not in {collection.name for collection in client.list_collections()}:
            raise ValueError("no articles")
        return _collection(client, "chunks", embedder), _collection(client, "articles", embedder)
    except ChromaError as error:
        raise ValueError(str(error)) from error


def _collection(client: Any, name: str, embedder: str) -> Any:
    return client.get_or_create_collection(
        name,
        embedding_function=None,
        configuration={"hnsw": {"space": "cosine", "ef_search": EF_SEARCH, "sync_threshold": SYNC}},
        metadata={"embedder": embedder, "format": FORMAT},
    )


def _check(path: Path, metadata: dict[str, Any], embedder: str) -> None:
    if metadata.get("format") != FORMAT:
        raise StoreError(f"The index in {path} is of another version of Byline; remove that folder and index again.")
    if metadata.get("embedder") != embedder:
        raise StoreError(
            f"The index in {path} was made by the embedder {metadata.get('embedder')}, not {embedder}; "
            f"give another --store, or remove that folder and index again."
        )


@contextlib.contextmanager
def full_disk(path: Path) -> Iterator[None]:
    """Turn what Chroma and the operating system raise where nothing more can be written into one sentence.

    Raises:
        StoreError: the disk is full, or the folder cannot be written any more.
    """
    try:
        yield
    except shutil.Error as error:
        reason = re.sub(r"^.*?\] |: .*$", "", str(error.args[0][0][2]))
    except OSError as error:
        reason = error.strerror or str(error)
    except Exception as error:
        from chromadb.errors import ChromaError

        if not isinstance(error, ChromaError):
            raise
        reason = str(error)
    else:
        return
    raise StoreError(
        f"The index in {path} cannot be written ({reason}); make room for it and run `byline index` again: "
        f"until then it is what it was."
    )


def _missing(path: Path) -> Path:
    if (path / CHROMA).is_dir():
        raise StoreError(f"The index in {path} is of another version of Byline; remove that folder and index again.")
    if path.is_dir() and any(name.name.endswith(HALF) for name in path.iterdir()):
        raise StoreError(f"The index in {path} was never finished; run `byline index` on its folder again.")
    raise StoreError(f"There is no index in {path}; make one with `byline index FOLDER --store {path}`.")


def read_store(path: Path, embedder: str) -> Store:
    """Open the newest generation for reading, also where a newer one is published, and this one removed, meanwhile.

    Raises:
        StoreError: as `Store`.
    """
    while True:
        folder = newest(path)
        try:
            return Store(path, embedder)
        except StoreError:
            if newest(path) == folder:
                raise
