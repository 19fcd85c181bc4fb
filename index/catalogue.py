"""The catalogue: all articles, where their chunks lie and which words they hold, made of the store, kept beside it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from index.article import Article
from index.chunk import embedded_text
from index.generation import LEXICAL, write_whole
from index.lexical import Lexical
from index.vectors import DIGEST, digest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from index.store import Store


WHOLE = "whole.json"
"""The file that says what the others are like."""
LATER = frozenset(("embedded.bin", "words.json", "chunk_words.bin", "chunk_ends.bin", "sketches.npz"))
"""Files that no question needs, only the next run of indexing."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chunk lies."""

    article_id: str
    start: int
    """First character in the article's text."""
    end: int
    """One past the last character."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a question needs of all articles, in memory."""

    articles: dict[str, Article]
    """Those that count, by id, without their texts."""
    ids: tuple[str, ...]
    """Ids of their chunks, sorted; a chunk's number is its place here."""
    places: tuple[Place, ...]
    """Where each chunk lies."""
    lexical: Lexical
    """The words of each chunk."""
    groups: dict[str, int]
    """The number of the group of each article that has a copy, by its id."""


def load_catalogue(generation: Path) -> Catalogue | None:
    """Read what `save_catalogue` wrote in the folder of a generation; None where it is missing or damaged."""
    folder = generation / LEXICAL
    if damaged_files(generation, LATER):
        return None
    try:
        articles, ids, places = load_rows(folder)
        return Catalogue(articles, ids, places, Lexical.load(folder, len(places)), _load_copies(folder))
    except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError):
        return None


def load_rows(folder: Path) -> tuple[dict[str, Article], tuple[str, ...], tuple[Place, ...]]:
    """Read the articles of a saved catalogue, and the ids and places of their chunks.

    Raises:
        OSError, ValueError, LookupError, TypeError, AttributeError: they are missing or damaged.
    """
    data = json.loads((folder / "catalogue.json").read_text("utf-8"))
    articles = {row["id"]: _article(row) for row in data["articles"]}
    return articles, tuple(row[0] for row in data["chunks"]), tuple(Place(*row[1:]) for row in data["chunks"])


def saved_chunks(generation: Path) -> int:
    """Return of how many chunks `save_catalogue` wrote in the folder of a generation; 0 where that is not whole."""
    folder = generation / LEXICAL
    try:
        written = _written(folder)
        whole = all((folder / name).stat().st_size == size for name, (size, _) in written.items())
        return written["embedded.bin"][0] // DIGEST if whole else 0
    except (OSError, ValueError, AttributeError, LookupError, TypeError):
        return 0


def damaged_files(generation: Path, apart: Collection[str] = ()) -> list[str]:
    """Return the names of the files of a saved catalogue whose bytes are not those that were written.

    Args:
        generation: the folder of the generation.
        apart: names of files that are not looked at.
    """
    folder = generation / LEXICAL
    try:
        written = _written(folder)
        return [name for name, (_, told) in written.items() if name not in apart and told != _digest(folder / name)]
    except (OSError, ValueError, AttributeError, LookupError, TypeError):
        return [WHOLE]


def save_whole(folder: Path) -> None:
    """Write down what the files of a saved catalogue are like, in a file of its own.

    Raises:
        OSError: the disk is full.
    """
    files = {path.name: (path.stat().st_size, _digest(path)) for path in sorted(folder.iterdir())}
    write_whole(folder / WHOLE, json.dumps(files))


def _written(folder: Path) -> dict[str, tuple[int, str]]:
    files = json.loads((folder / WHOLE).read_text("utf-8"))
    return {name: (int(size), str(told)) for name, (size, told) in files.items()}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:32]


def saved_copies(generation: Path) -> dict[str, int]:
    """Return the group of each article that has a copy, as `save_catalogue` wrote it; empty where it is not saved."""
    try:
        return _load_copies(generation / LEXICAL)
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def saved_digests(generation: Path) -> list[bytes]:
    """Return the digest of what was embedded for each chunk, as `save_catalogue` wrote it; empty where it is lost."""
    try:
        data = (generation / LEXICAL / "embedded.bin").read_bytes()
    except OSError:
        return []
    return [data[i : i + DIGEST] for i in range(0, len(data), DIGEST)]


def embedded_chunks(generation: Path, store: Store) -> dict[bytes, str]:
    """Return the id of a chunk by the digest of what was embedded for it, from a generation's files or a store.

    Where one text was embedded for several chunks, any of them is named.
    """
    try:
        rows = json.loads((generation / LEXICAL / "catalogue.json").read_text("utf-8"))["chunks"]
        digests = [] if damaged_files(generation, LATER - {"embedded.bin"}) else saved_digests(generation)
        return dict(zip(digests, (str(row[0]) for row in rows), strict=True))
    except (OSError, ValueError, LookupError, TypeError):
        articles = store.articles()
        rows = store.chunks(articles.keys())
        return {digest(embedded_text(articles[own].title, text)): id_ for id_, own, _, _, text in rows}


def _article(row: Mapping[str, Any]) -> Article:
    known = {field.name: row[field.name] for field in fields(Article) if field.name in row}  # older ones have others
    return Article(**known | {"pages": tuple(row["pages"])})


def _load_copies(folder: Path) -> dict[str, int]:
    groups = json.loads((folder / "copies.json").read_text("utf-8"))
    return {id_: int(group) for id_, group in groups.items()}
