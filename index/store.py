"""The store: articles and their chunks in Chroma, in a folder or on a server. All else is rebuilt from it."""

from __future__ import annotations

import itertools
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.article import Article
from index.chroma import open_collections
from index.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from index.chunk import Chunk
    from index.settings import Server

FORMAT = 1
"""Changes whenever an index made by an older Byline would be read wrongly."""
BATCH = 2000
"""Rows of one write; Chroma takes at most 5461."""
PAGE = 5000
"""Rows of one read; SQLite refuses more than about 30,000 ids."""


class Store:
    """An open store. One process may write at a time (see `index.lock`); any number may read."""

    def __init__(self, path: Path, embedder: str, *, create: bool = False, server: Server | None = None) -> None:
        """Open the store of a folder.

        Args:
            path: the folder.
            embedder: fingerprint of the embedder whose vectors it holds.
            create: make the store where there is none, and be the one who writes to it.
            server: the Chroma server that holds the rows; None means that the folder does.

        Raises:
            StoreError: there is no store, it is damaged, out of reach, or another embedder or version made it.
        """
        self.path = path
        if not create and server is None and not (path / "chroma").is_dir():
            raise StoreError(f"There is no index in {path}; make one with `byline index FOLDER --store {path}`.")
        try:
            opened = open_collections(path, embedder, FORMAT, server, create=create)
        except OSError as error:
            raise StoreError(
                f"{path} cannot hold an index ({error.strerror}); give another folder with --store."
            ) from error
        self._chunks, self._articles, self.place = opened.chunks, opened.articles, opened.place
        self._batch, self._page = min(BATCH, opened.rows), min(PAGE, opened.rows)
        if not create and not self.generation:
            raise StoreError(f"The index {self.place} was never finished; run `byline index` on its folder again.")

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

    def add(self, article: Article, chunks: Sequence[Chunk], vectors: NDArray[np.float32]) -> None:
        """Add an article: its chunks through LlamaIndex's vector store first, then its own row, which makes it count.

        Args:
            article: the article.
            chunks: its chunks, at least one.
            vectors: shape [chunks, dimensions], unit length.
        """
        from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode
        from llama_index.vector_stores.chroma import ChromaVectorStore

        shown = {"file": article.file, "title": article.title, "outlet": article.outlet, "published": article.published}
        nodes: list[Any] = [
            TextNode(
                id_=chunk.id,
                text=chunk.text,
                start_char_idx=chunk.start,
                end_char_idx=chunk.end,
                metadata={**{k: v for k, v in shown.items() if v}, "start": chunk.start, "end": chunk.end},
                embedding=vector.tolist(),
                relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=article.id)},
            )
            for chunk, vector in zip(chunks, vectors, strict=True)
        ]
        vector_store = ChromaVectorStore(chroma_collection=self._chunks)
        for i in range(0, len(nodes), self._batch):
            vector_store.add(nodes[i : i + self._batch])
        row = {k: v for k, v in asdict(article).items() if v is not None and k not in ("id", "text", "pages")}
        if article.pages:
            row["pages"] = ",".join(map(str, article.pages))  # Chroma refuses an empty list
        mean = vectors.mean(axis=0)
        self._articles.upsert(
            ids=[article.id],
            embeddings=[(mean / max(float(np.linalg.norm(mean)), 1e-9)).tolist()],
            documents=[article.text],
            metadatas=[row],
        )

    def remove(self, article_ids: Sequence[str]) -> None:
        """Remove articles and their chunks; unknown ids are no error."""
        for i in range(0, len(article_ids), self._batch):
            ids = list(article_ids[i : i + self._batch])
            self._articles.delete(ids=ids)
            self._chunks.delete(where={"document_id": {"$in": ids}})

    def articles(self) -> dict[str, Article]:
        """Return all articles by id, without their texts."""
        return {id_: _article(id_, row, "") for id_, row, _ in self._pages(self._articles, texts=False)}

    def read(self, article_id: str) -> Article:
        """Return one article with its text.

        Raises:
            StoreError: it is not in the store.
        """
        got = self._articles.get(ids=[article_id], include=["metadatas", "documents"])
        if not got["ids"]:
            raise StoreError(f"Article {article_id} is no longer in the index {self.place}; ask again.")
        return _article(article_id, (got["metadatas"] or [{}])[0], (got["documents"] or [""])[0])

    def chunks(self) -> Iterator[tuple[str, str, int, int, str]]:
        """Yield (id, article id, start, end, text) of every chunk."""
        for id_, row, text in self._pages(self._chunks, texts=True):
            yield id_, str(row["document_id"]), int(row["start"]), int(row["end"]), text

    def remove_orphans(self) -> int:
        """Remove chunks whose article never got its row, left by a run that was cut off; return their number."""
        known = set(self.articles())
        lost = [id_ for id_, row, _ in self._pages(self._chunks, texts=False) if row.get("document_id") not in known]
        for i in range(0, len(lost), self._batch):
            self._chunks.delete(ids=lost[i : i + self._batch])
        return len(lost)

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        """Return the ids of the `k` chunks nearest to a unit vector with their cosine similarity, best first."""
        k = min(k, self._chunks.count())
        if k == 0:
            return []
        got = self._chunks.query(query_embeddings=[vector.tolist()], n_results=k, include=["distances"])
        distances = (got["distances"] or [[]])[0]
        return [(id_, 1.0 - float(d)) for id_, d in zip(got["ids"][0], distances, strict=True)]

    def count(self) -> int:
        """Return the number of chunks."""
        return int(self._chunks.count())

    def rows(self, article_ids: Sequence[str]) -> Iterator[tuple[str, dict[str, Any], str, NDArray[np.float32]]]:
        """Yield (id, metadata, text, vector) of every chunk of some articles."""
        where = {"document_id": {"$in": list(article_ids)}}
        for offset in itertools.count(0, self._page):
            got = self._chunks.get(
                where=where, limit=self._page, offset=offset, include=["metadatas", "documents", "embeddings"]
            )
            yield from zip(got["ids"], got["metadatas"], got["documents"], got["embeddings"], strict=True)
            if len(got["ids"]) < self._page:
                return

    def whole(self, article_ids: Sequence[str]) -> Iterator[tuple[Article, NDArray[np.float32]]]:
        """Yield some articles with their texts and the unit mean of the vectors that they were added with."""
        got = self._articles.get(ids=list(article_ids), include=["metadatas", "documents", "embeddings"])
        for id_, row, text, mean in zip(got["ids"], got["metadatas"], got["documents"], got["embeddings"], strict=True):
            yield _article(id_, row, text), np.asarray(mean, dtype=np.float32)

    def find(self, vectors: Sequence[NDArray[np.float32]], k: int) -> list[list[tuple[str, float]]]:
        """Return what `nearest` does for each of several vectors, at least one."""
        k = max(1, min(k, self._chunks.count()))
        asked = [vector.tolist() for vector in vectors]
        got = self._chunks.query(query_embeddings=asked, n_results=k, include=["distances"])
        near = zip(got["ids"], got["distances"], strict=True)
        return [[(id_, 1.0 - float(d)) for id_, d in zip(ids, far, strict=True)] for ids, far in near]

    def _pages(self, collection: Any, *, texts: bool) -> Iterator[tuple[str, dict[str, Any], str]]:
        offset = 0
        while True:
            include = ["metadatas", "documents"] if texts else ["metadatas"]
            got = collection.get(limit=self._page, offset=offset, include=include)
            yield from zip(
                got["ids"], got["metadatas"], got["documents"] if texts else [""] * len(got["ids"]), strict=True
            )
            if len(got["ids"]) < self._page:
                return
            offset += self._page


def _article(article_id: str, row: dict[str, Any], text: str) -> Article:
    return Article(
        article_id,
        str(row["file"]),
        row.get("record"),
        row.get("title"),
        row.get("outlet"),
        row.get("published"),
        text,
        int(row.get("size", 0)),
        int(row.get("mtime_ns", 0)),
        row.get("author"),
        row.get("language"),
        row.get("url"),
        tuple(map(int, filter(None, str(row.get("pages", "")).split(",")))),
    )
