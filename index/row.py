"""Rows: chunks and articles as Chroma keeps them."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import MISSING, asdict, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from index.article import Article

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.chunk import Chunk

FORMAT = 3
"""Changes whenever an index made by an older Byline would be read wrongly."""
OLDER = frozenset((2,))
"""Formats whose chunks and vectors can still be read, so that of such an index all is read anew, but not embedded."""
PIECE = 4096
"""Characters of a piece of an article's text, packed: the bytes that Chroma Cloud allows a value of a row."""
MARK = 16
"""Numbers of the vector of an article's row, by which the vectors of its chunks are told from others."""
_TEXT = "text"


def make_chunk_row(article: Article, chunk: Chunk) -> dict[str, Any]:
    """Return the metadata of a chunk's row as LlamaIndex's `ChromaVectorStore` writes it, for it to read.

    Less what a `TextNode` has by default: Chroma keeps each value twice. To have LlamaIndex make it takes four times as
    long, and its import seconds.
    """
    told = {"file": article.file, "title": article.title, "outlet": article.outlet, "published": article.published}
    shown = {**{k: v for k, v in told.items() if v}, "start": chunk.start, "end": chunk.end}
    node = {
        "id_": chunk.id,
        "metadata": shown,
        "relationships": {"1": {"node_id": article.id, "class_name": "RelatedNodeInfo"}},  # 1 is the source
        "start_char_idx": chunk.start,
        "end_char_idx": chunk.end,
        "class_name": "TextNode",
    }
    ids = {"document_id": article.id, "doc_id": article.id, "ref_doc_id": article.id}
    return {**shown, "_node_content": json.dumps(node, ensure_ascii=False), "_node_type": "TextNode", **ids}


def mark_of(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the unit vector of an article's row: the mean of its chunks' vectors, folded into few numbers.

    No article is sought by it, so that a longer one would cost time and room for nothing.
    """
    mean = vectors.mean(axis=0)
    folded = np.pad(mean, (0, -len(mean) % MARK)).reshape(-1, MARK).sum(axis=0)
    return np.asarray(folded / max(float(np.linalg.norm(folded)), 1e-9), np.float32)


def make_row(article: Article) -> dict[str, Any]:
    """Return the metadata of an article's row: all that is known of it, less its id.

    The text is packed into values of their own: as Chroma's document it would be in the index of all words, which is
    never asked, takes four times the text's room and most of the time of writing it.
    """
    packed = base64.b64encode(zlib.compress(article.text.encode())).decode()
    pieces = {f"{_TEXT}{i // PIECE}": packed[i : i + PIECE] for i in range(0, len(packed), PIECE)}
    row = {k: v for k, v in asdict(article).items() if v is not None and k not in ("id", "text", "pages")}
    # Chroma refuses an empty list.
    return row | pieces | ({"pages": ",".join(map(str, article.pages))} if article.pages else {})


def read_row(article_id: str, row: dict[str, Any] | None, *, text: bool = False) -> Article:
    """Return the article of a row that `make_row` made, with its `text` if asked; of a damaged one, what that says."""
    row = row or {}
    empty = {field.name: None if field.default is MISSING else field.default for field in fields(Article)}
    known = {name: row[name] for name in empty if isinstance(row.get(name), int if name == "record" else str)}
    pages = tuple(int(page) for page in str(row.get("pages", "")).split(",") if page.isdecimal())
    own = {"pages": pages, "id": article_id, "text": _text_of(row) if text else ""}
    return Article(**{**empty, "file": "", **known, **own})


def _text_of(row: dict[str, Any]) -> str:
    pieces: list[str] = []
    while isinstance(piece := row.get(f"{_TEXT}{len(pieces)}"), str):
        pieces.append(piece)
    try:
        return zlib.decompress(base64.b64decode("".join(pieces), validate=True)).decode()
    except (ValueError, zlib.error):
        return ""


def offset_of(row: dict[str, Any], name: str) -> int:
    """Return an offset in the row of a chunk; -1 where the row is damaged."""
    offset = row.get(name)
    return offset if isinstance(offset, int) else -1
