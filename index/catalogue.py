"""The catalogue: all articles, where their chunks lie and which words they hold, made of the store, kept beside it."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from index.article import Article
from index.chunk import embedded_text
from index.copies import Copies
from index.generation import HALF, LEXICAL, write_whole
from index.lexical import Lexical, make_lexical
from index.vectors import DIGEST, digest
from index.vocabulary import learn_vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from index.store import Store


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
    try:
        data = json.loads((folder / "catalogue.json").read_text("utf-8"))
        articles = {row["id"]: _article(row) for row in data["articles"]}
        places = tuple(Place(*row[1:]) for row in data["chunks"])
        ids = tuple(row[0] for row in data["chunks"])
        return Catalogue(articles, ids, places, Lexical.load(folder, len(places)), _load_copies(folder))
    except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError):
        return None


def make_catalogue(store: Store) -> Catalogue:
    """Make it from the store itself, holding one page of texts at a time."""
    return _collect(store)[0]


def saved_chunks(generation: Path) -> int:
    """Return of how many chunks `save_catalogue` wrote in the folder of a generation; 0 where that is not whole."""
    folder = generation / LEXICAL
    try:
        sizes = json.loads((folder / "whole.json").read_text("utf-8"))
        whole = all((folder / name).stat().st_size == size for name, size in sizes.items())
        return int(sizes["embedded.bin"]) // DIGEST if whole else 0
    except (OSError, ValueError, AttributeError, LookupError, TypeError):
        return 0


def save_catalogue(store: Store, keep: Collection[str] | None = None) -> None:
    """Write the catalogue and the lexical index of the store beside it, whole or not at all.

    Args:
        store: the store.
        keep: ids of the articles that count; None means all.

    Raises:
        OSError: the disk is full.
    """
    made, digests = _collect(store, keep)
    folder = store.folder / LEXICAL
    half = folder.with_name(folder.name + HALF)
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    made.lexical.save(half)
    (half / "embedded.bin").write_bytes(b"".join(digests))
    rows = [[id_, place.article_id, place.start, place.end] for id_, place in zip(made.ids, made.places, strict=True)]
    catalogue = {"articles": [asdict(article) for article in made.articles.values()], "chunks": rows}
    (half / "catalogue.json").write_text(json.dumps(catalogue), "utf-8")
    (half / "copies.json").write_text(json.dumps(made.groups), "utf-8")
    sizes = {path.name: path.stat().st_size for path in half.iterdir()}
    write_whole(half / "whole.json", json.dumps(sizes))
    shutil.rmtree(folder, ignore_errors=True)
    half.rename(folder)


def saved_copies(generation: Path) -> dict[str, int]:
    """Return the group of each article that has a copy, as `save_catalogue` wrote it; empty where it is not saved."""
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


def _article(row: Mapping[str, Any]) -> Article:
    known = {field.name: row[field.name] for field in fields(Article) if field.name in row}  # older ones have others
    return Article(**known | {"pages": tuple(row["pages"])})


def _load_copies(folder: Path) -> dict[str, int]:
    groups = json.loads((folder / "copies.json").read_text("utf-8"))
    return {id_: int(group) for id_, group in groups.items()}


def _collect(store: Store, keep: Collection[str] | None = None) -> tuple[Catalogue, list[bytes]]:
    """Return also the digest of what was embedded for each chunk."""
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
    return Catalogue(articles, ids, places, lexical, copies.groups()), [rows[at][2] for at in order]


def _rows(store: Store, articles: Mapping[str, Article]) -> Iterator[tuple[str, Place, str]]:
    """Yield (id, place, text) of every chunk of the articles."""
    for id_, article_id, start, end, text in store.chunks(articles.keys()):
        yield id_, Place(articles[article_id].id, start, end), text  # one string for each article, not for each chunk


def _with_title(article: Article, text: str) -> str:
    """Search a chunk by its article's title and outlet too: questions name them."""
    return "\n".join(part for part in (article.title, article.outlet, text) if part)
