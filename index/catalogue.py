"""The catalogue: all articles, where their chunks lie and which words they hold, made of the store, kept beside it."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from index.article import Article
from index.chunk import embedded_text
from index.copies import Copies
from index.generation import HALF, LEXICAL, write_whole
from index.lexical import Lexical, make_lexical
from index.vectors import DIGEST, digest
from index.vocabulary import Words

if TYPE_CHECKING:
    from array import array
    from collections.abc import Collection, Mapping
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


class Growing:
    """A catalogue to which articles are added, chunk by chunk; it holds no text."""

    def __init__(self) -> None:
        """Begin with no article."""
        self.articles: dict[str, Article] = {}
        """Those that were added, by id."""
        self._rows: list[tuple[str, Place, bytes]] = []
        self._words: list[array[int]] = []
        self._read = Words()
        self._copies = Copies()

    def add(self, article: Article, id_: str, start: int, end: int, text: str) -> None:
        """Add a chunk of an article.

        Args:
            article: the article.
            id_: the chunk's id.
            start: its first character in the article's text.
            end: one past its last character.
            text: its text.
        """
        if article.id not in self.articles:
            self.articles[article.id] = replace(article, text="")
        place = Place(self.articles[article.id].id, start, end)  # one string for each article, not for each chunk
        self._rows.append((id_, place, digest(embedded_text(article.title, text))))
        self._copies.add(place.article_id, text)
        # A chunk is searched by its article's title and outlet too: questions name them.
        self._words.append(self._read.read("\n".join(part for part in (article.title, article.outlet, text) if part)))

    def grown(self) -> tuple[Catalogue, list[bytes]]:
        """Return the catalogue, and the digest of what was embedded for each of its chunks."""
        order = sorted(range(len(self._rows)), key=lambda at: self._rows[at][0])
        lexical = make_lexical(self._read.vocabulary(), [self._words[at] for at in order])
        ids, places = tuple(self._rows[at][0] for at in order), tuple(self._rows[at][1] for at in order)
        digests = [self._rows[at][2] for at in order]
        return Catalogue(self.articles, ids, places, lexical, self._copies.groups()), digests


def make_catalogue(store: Store) -> Catalogue:
    """Make it from the store itself, holding one page of texts at a time."""
    return _read(store).grown()[0]


def saved_chunks(generation: Path) -> int:
    """Return of how many chunks `save_catalogue` wrote in the folder of a generation; 0 where that is not whole."""
    folder = generation / LEXICAL
    try:
        sizes = json.loads((folder / "whole.json").read_text("utf-8"))
        whole = all((folder / name).stat().st_size == size for name, size in sizes.items())
        return int(sizes["embedded.bin"]) // DIGEST if whole else 0
    except (OSError, ValueError, AttributeError, LookupError, TypeError):
        return 0


def save_catalogue(store: Store, keep: Collection[str] | None = None, grown: Growing | None = None) -> None:
    """Write the catalogue and the lexical index of the store beside it, whole or not at all.

    Args:
        store: the store.
        keep: ids of the articles that count; None means all.
        grown: what was gathered while the store was written; where it holds other articles, the store is read.

    Raises:
        OSError: the disk is full.
    """
    fits = grown is not None and (keep is None or grown.articles.keys() == set(keep))
    made, digests = (grown if grown is not None and fits else _read(store, keep)).grown()
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
        return dict(zip(saved_digests(generation), (str(row[0]) for row in rows), strict=True))
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


def _read(store: Store, keep: Collection[str] | None = None) -> Growing:
    articles = {id_: article for id_, article in store.articles().items() if keep is None or id_ in keep}
    growing = Growing()
    for id_, article_id, start, end, text in store.chunks(articles.keys()):
        growing.add(articles[article_id], id_, start, end, text)
    return growing
