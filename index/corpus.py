"""The corpus: the read side of an index, with everything that a question needs close at hand."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from index.article import Article
from index.copies import group_copies
from index.lexical import Lexical, build_lexical
from index.sentence import Sentence, split_sentences

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from index.store import Store

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
        self.articles, self.ids, self.places, self.lexical, self._groups = _load(_folder(store)) or _collect(store)
        self.numbers = {id_: number for number, id_ in enumerate(self.ids)}
        self._cached = lru_cache(maxsize=CACHED)(self._read)
        self._now = lru_cache(maxsize=CACHED)(self._ids_in)

    def sentences(self, article_id: str) -> tuple[Article, tuple[Sentence, ...]]:
        """Return an article with its text, and its sentences."""
        return self._cached(article_id)

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        """Return the numbers of the `k` chunks nearest to a unit vector with their cosine similarity, best first."""
        found = ((self.numbers.get(id_), score) for id_, score in self.store.nearest(vector, k))
        return [(number, score) for number, score in found if number is not None]

    def copies(self, article_id: str) -> frozenset[str]:
        """Return the ids of the articles that print the same text (see `index.copies`), its own among them."""
        group = self._groups.get(article_id)
        return frozenset(id_ for id_, other in self._groups.items() if other == group) | {article_id}

    def is_current(self, article_id: str) -> bool:
        """Tell whether the file of an article still has it: by size and modification time, else by reading it again."""
        article = self.articles[article_id]
        if self.root is None:
            return False
        try:
            stat = (self.root / article.file).stat()
        except OSError:
            return False
        if (stat.st_size, stat.st_mtime_ns) == (article.size, article.mtime_ns):
            return True
        return article_id in self._now(article.file, stat.st_size, stat.st_mtime_ns)

    def _ids_in(self, file: str, _size: int, _mtime_ns: int) -> frozenset[str]:
        """Read the ids of the articles in a file: a copied folder has the same with other times, a log has grown."""
        from index.errors import SourceError
        from index.reading import read_file

        assert self.root is not None
        found: set[str] = set()
        with suppress(SourceError):
            found.update(item.id for item in read_file(self.root / file, self.root) if isinstance(item, Article))
        return frozenset(found)

    def _read(self, article_id: str) -> tuple[Article, tuple[Sentence, ...]]:
        article = self.store.read(article_id)
        return article, split_sentences(article)


def is_saved(store: Store) -> bool:
    """Tell whether what `save_corpus` writes is there, whole, for the articles that the store has now."""
    return _load(_folder(store)) is not None


def save_corpus(store: Store) -> None:
    """Write the catalogue and the lexical index of the store beside it, whole or not at all; drop those of before."""
    articles, ids, places, lexical, groups = _collect(store)
    folder = _folder(store)
    half = folder.with_suffix(".half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    lexical.save(half)
    rows = [[id_, place.article_id, place.start, place.end] for id_, place in zip(ids, places, strict=True)]
    catalogue = {"articles": [asdict(article) for article in articles.values()], "chunks": rows}
    (half / "copies.json").write_text(json.dumps(groups), "utf-8")
    (half / "catalogue.json").write_text(json.dumps(catalogue), "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    half.rename(folder)
    for old in folder.parent.iterdir():
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)


def saved_copies(store: Store) -> dict[str, int]:
    """Return the group of each article that has a copy, as `save_corpus` wrote it; empty where it is not saved."""
    try:
        return _load_copies(_folder(store))
    except (OSError, ValueError, AttributeError):
        return {}


def _folder(store: Store) -> Path:
    return store.path / "lexical" / (store.generation or "none")


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


def _collect(store: Store) -> _Parts:
    articles = store.articles()
    rows: list[Any] = sorted(row for row in store.chunks() if row[1] in articles)
    places = tuple(Place(*row[1:4]) for row in rows)
    lexical = build_lexical(_with_title(articles[row[1]], row[4]) for row in rows)
    groups = group_copies((row[1], row[4]) for row in rows)
    return articles, tuple(row[0] for row in rows), places, lexical, groups


def _with_title(article: Article, text: str) -> str:
    """Search a chunk by its article's title and outlet too: questions name them."""
    return "\n".join(part for part in (article.title, article.outlet, text) if part)
