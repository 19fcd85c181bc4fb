"""Growing: a catalogue while articles come and go; what was read of those that stay is not read again."""

from __future__ import annotations

import json
import shutil
from array import array
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import numpy as np

from index.catalogue import Catalogue, Place, damaged_files, load_rows, save_whole
from index.chunk import embedded_text
from index.copies import Copies
from index.generation import HALF, LEXICAL
from index.lexical import make_lexical
from index.vectors import DIGEST, digest
from index.words import Words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from index.article import Article
    from index.store import Store

_DIGESTS, _WORDS, _ENDS = "embedded.bin", "chunk_words.bin", "chunk_ends.bin"


class Growing:
    """A catalogue to which articles are added, chunk by chunk, and from which they are removed; it holds no text."""

    def __init__(self) -> None:
        """Begin with no article."""
        self.articles: dict[str, Article] = {}
        """Those that it has, by id."""
        self._rows: dict[str, tuple[Place, bytes, array[int]]] = {}
        self._words = Words()
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
        words = self._words.read(_with_title(article, text))
        self._rows[id_] = place, digest(embedded_text(article.title, text)), words
        self._copies.add(place.article_id, text)

    @property
    def chunks(self) -> int:
        """How many chunks it has."""
        return len(self._rows)

    def remove(self, article_ids: Collection[str], chunks: Iterable[tuple[str, str, int, int, str]]) -> bool:
        """Remove articles; where the store has not what was added of them, nothing that is left can be relied on.

        Args:
            article_ids: their ids.
            chunks: (id, article id, start, end, text) of all their chunks, as the store has them.

        Returns:
            Whether these are the chunks that were added, with the same texts.
        """
        left = {id_ for id_, (place, *_) in self._rows.items() if place.article_id in article_ids}
        for id_, article_id, _, _, text in chunks:
            article = self.articles[article_id]
            if id_ not in left or self._rows[id_][1] != digest(embedded_text(article.title, text)):
                return False
            left.discard(id_)
            self._words.forget(_with_title(article, text))
            del self._rows[id_]
        for article_id in article_ids:
            self._copies.forget(article_id)
            self.articles.pop(article_id, None)
        return not left

    def save(self, folder: Path) -> None:
        """Write the catalogue into a folder, with what `load` needs to go on from it.

        Raises:
            OSError: the disk is full.
        """
        made = self.grown()
        rows = [self._rows[id_] for id_ in made.ids]
        made.lexical.save(folder)
        places = [[id_, p.article_id, p.start, p.end] for id_, p in zip(made.ids, made.places, strict=True)]
        catalogue = {"articles": [asdict(article) for article in made.articles.values()], "chunks": places}
        (folder / "catalogue.json").write_text(json.dumps(catalogue), "utf-8")
        (folder / "copies.json").write_text(json.dumps(made.groups), "utf-8")
        (folder / _DIGESTS).write_bytes(b"".join(digest for _, digest, _ in rows))
        (folder / _WORDS).write_bytes(b"".join(np.array(words, "<i4").tobytes() for *_, words in rows))
        (folder / _ENDS).write_bytes(np.cumsum([len(words) for *_, words in rows], dtype="<i8").tobytes())
        self._words.save(folder)
        self._copies.save(folder)

    @classmethod
    def load(cls, generation: Path) -> Growing | None:
        """Read what `save_catalogue` wrote in the folder of a generation; None where it is missing or damaged."""
        if damaged_files(generation):
            return None
        folder, growing = generation / LEXICAL, cls()
        try:
            growing.articles, ids, places = load_rows(folder)
            digests, words = (folder / _DIGESTS).read_bytes(), np.fromfile(folder / _WORDS, "<i4")
            ends = np.fromfile(folder / _ENDS, "<i8").tolist()
            for at, (id_, place, start, end) in enumerate(zip(ids, places, [0, *ends[:-1]], ends, strict=True)):
                own = array("i", words[start:end].tolist())
                growing._rows[id_] = place, digests[at * DIGEST : (at + 1) * DIGEST], own
            growing._words, growing._copies = Words.load(folder), Copies.load(folder)
        except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError):
            return None
        return growing

    def grown(self) -> Catalogue:
        """Return the catalogue as it is now."""
        ids = sorted(self._rows)
        vocabulary, chunks = self._words.vocabulary([self._rows[id_][2] for id_ in ids])
        self._rows = {id_: (*self._rows[id_][:2], words) for id_, words in zip(ids, chunks, strict=True)}
        places = tuple(self._rows[id_][0] for id_ in ids)
        lexical = make_lexical(vocabulary, chunks)
        return Catalogue(self.articles, tuple(ids), places, lexical, self._copies.groups())


def make_catalogue(store: Store) -> Catalogue:
    """Make the catalogue of a store from the store itself, holding one page of texts at a time."""
    return _read(store).grown()


def save_catalogue(store: Store, keep: Collection[str] | None = None, grown: Growing | None = None) -> None:
    """Write the catalogue and the lexical index of the store beside it, whole or not at all.

    Args:
        store: the store.
        keep: ids of the articles that count; None means all.
        grown: what was gathered while the store was written; where it holds other articles, the store is read.

    Raises:
        OSError: the disk is full.
    """
    fits = grown is not None and keep is not None and grown.articles.keys() == set(keep)
    growing = grown if grown is not None and fits else _read(store, keep)
    folder = store.folder / LEXICAL
    half = folder.with_name(folder.name + HALF)
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    growing.save(half)
    save_whole(half)
    shutil.rmtree(folder, ignore_errors=True)
    half.rename(folder)


def _read(store: Store, keep: Collection[str] | None = None) -> Growing:
    articles = {id_: article for id_, article in store.articles().items() if keep is None or id_ in keep}
    growing = Growing()
    for id_, article_id, start, end, text in store.chunks(articles.keys()):
        growing.add(articles[article_id], id_, start, end, text)
    return growing


def _with_title(article: Article, text: str) -> str:
    """Search a chunk by its article's title and outlet too: questions name them."""
    return "\n".join(part for part in (article.title, article.outlet, text) if part)
