"""Rows: chunks and articles as Chroma keeps them."""

from __future__ import annotations

from dataclasses import MISSING, asdict, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from index.article import Article

if TYPE_CHECKING:
    from llama_index.core.schema import TextNode
    from numpy.typing import NDArray

    from index.chunk import Chunk


def make_node(article: Article, chunk: Chunk, vector: NDArray[np.float32]) -> TextNode:
    """Return a chunk as LlamaIndex's `ChromaVectorStore` takes it."""
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode

    shown = {"file": article.file, "title": article.title, "outlet": article.outlet, "published": article.published}
    return TextNode(
        id_=chunk.id,
        text=chunk.text,
        start_char_idx=chunk.start,
        end_char_idx=chunk.end,
        metadata={**{k: v for k, v in shown.items() if v}, "start": chunk.start, "end": chunk.end},
        embedding=vector.tolist(),
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=article.id)},
    )


def mean_vector(vectors: NDArray[np.float32]) -> list[float]:
    """Return the unit vector of an article: the mean of its chunks' vectors."""
    mean = vectors.mean(axis=0)
    unit: list[float] = (mean / max(float(np.linalg.norm(mean)), 1e-9)).tolist()
    return unit


def make_row(article: Article) -> dict[str, Any]:
    """Return the metadata of an article's row: all that is known of it, less its id and text."""
    row = {k: v for k, v in asdict(article).items() if v is not None and k not in ("id", "text", "pages")}
    # Chroma refuses an empty list.
    return row | ({"pages": ",".join(map(str, article.pages))} if article.pages else {})


def read_row(article_id: str, row: dict[str, Any] | None, text: str | None) -> Article:
    """Return the article of a row that `make_row` made; of a damaged row, what that still says."""
    row = row or {}
    empty = {field.name: None if field.default is MISSING else field.default for field in fields(Article)}
    known = {name: row[name] for name in empty if isinstance(row.get(name), int if name == "record" else str)}
    pages = tuple(int(page) for page in str(row.get("pages", "")).split(",") if page.isdecimal())
    return Article(**{**empty, "file": "", **known, "pages": pages, "id": article_id, "text": text or ""})


def offset_of(row: dict[str, Any], name: str) -> int:
    """Return an offset in the row of a chunk; -1 where the row is damaged."""
    offset = row.get(name)
    return offset if isinstance(offset, int) else -1
