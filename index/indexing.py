"""Indexing: keeps a store in step with folders of articles, embedding only what is new."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from index.article import Article
from index.chunk import embedded_text, make_chunks
from index.corpus import is_saved, save_corpus, saved_copies
from index.errors import SourceError, StoreError
from index.lock import writing
from index.reading import read_file
from index.sentence import split_sentences
from index.source import find_files
from index.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from index.chunk import Chunk
    from index.settings import Server

    Progress = Callable[[int, int], None]


class Embeds(Protocol):
    """What indexing needs of an embedder."""

    @property
    def fingerprint(self) -> str:
        """Names the model and its weights."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape [texts, dimensions]."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one run of indexing did."""

    root: str
    """The folder that file names are relative to."""
    store: str
    """The folder of the index."""
    added: tuple[str, ...]
    """Files indexed for the first time."""
    changed: tuple[str, ...]
    """Files whose text was another in the index."""
    removed: tuple[str, ...]
    """Files that the index had and the folder has no more."""
    unchanged: int
    """Files that the index had already."""
    skipped: tuple[tuple[str, str], ...]
    """(file, reason) of files that were not indexed."""
    chunks: int
    """Chunks embedded in this run."""
    articles: int
    """Articles in the index now."""
    duplicates: tuple[tuple[str, ...], ...] = ()
    """Files, as `file` or `file#record`, that print the same text, in groups of two or more."""

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of `byline index --json`."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return {**fields, "skipped": [{"file": file, "reason": reason} for file, reason in self.skipped]}


def index_paths(
    paths: Sequence[Path], store_path: Path, embedder: Embeds, progress: Progress | None = None,
    server: Server | None = None,
) -> Report:  # fmt: skip
    """Bring the index in a folder in step with the articles below the given paths.

    Args:
        paths: folders and files.
        store_path: the folder of the index; made where it is missing.
        embedder: turns the chunks into vectors.
        progress: called with (articles done, articles to embed) after each article.
        server: the Chroma server that holds the rows; None means that the folder of the index does.

    Raises:
        SourceError: a path does not exist or holds no article.
        StoreError: the store is busy, damaged, or of another corpus or embedder.
    """
    source = find_files(paths)
    articles, unreadable = _read(source.files, source.root)
    with writing(store_path):
        store = Store(store_path, embedder.fingerprint, create=True, server=server)
        if store.root is not None and store.root.resolve() != source.root:
            raise StoreError(f"{store_path} is the index of {store.root}; give another folder with --store.")
        store.remove_orphans()
        known = store.articles()
        chunked = [(a, make_chunks(a, split_sentences(a))) for a in articles if a.id not in known]
        new = [(a, c) for a, c in chunked if c]
        empty = [(a.file, "nothing in it but headings and page furniture") for a, c in chunked if not c]
        _embed(store, new, embedder, progress)
        keep = {a.id for a in articles}
        store.remove(gone := [id_ for id_ in known if id_ not in keep])
        now = keep - {a.id for a, c in chunked if not c}
        generation = generation_of(now)
        if new or gone or store.generation != generation or not is_saved(store):
            store.commit(source.root, generation)
            save_corpus(store)
    before, added = {known[id_].file for id_ in gone}, {a.file for a, _ in new}
    present = {a.file for a in articles if a.id in now}
    return Report(
        root=str(source.root),
        store=str(store_path),
        added=tuple(sorted(added - before)),
        changed=tuple(sorted(added & before)),
        removed=tuple(sorted(before - present)),
        unchanged=len(now) - len(new),
        skipped=tuple(sorted([*source.skipped, *unreadable, *empty])),
        chunks=sum(len(c) for _, c in new),
        articles=len(now),
        duplicates=group_names(saved_copies(store), articles),
    )


def generation_of(article_ids: Iterable[str]) -> str:
    """Return the name of the state of an index that holds these articles."""
    return hashlib.blake2b("".join(sorted(article_ids)).encode(), digest_size=8).hexdigest()


def group_names(groups: Mapping[str, int], articles: Iterable[Article]) -> tuple[tuple[str, ...], ...]:
    """Return the names of the articles of each group of copies, `file` or `file#record`, sorted."""
    named: dict[int, list[str]] = {}
    for article in articles:
        if article.id in groups:
            name = article.file if article.record is None else f"{article.file}#{article.record}"
            named.setdefault(groups[article.id], []).append(name)
    return tuple(sorted(tuple(sorted(names)) for names in named.values()))


def _read(files: Sequence[Path], root: Path) -> tuple[list[Article], list[tuple[str, str]]]:
    articles: list[Article] = []
    skipped: list[tuple[str, str]] = []
    for file in files:
        try:
            for item in read_file(file, root):
                if isinstance(item, Article):
                    articles.append(item)
                else:
                    skipped.append((item.name, item.reason))
        except SourceError as error:
            name = file.relative_to(root).as_posix()
            skipped.append((name, str(error).removeprefix(f"{name} ")))
    if not articles:
        raise SourceError(f"No article in {root} can be read: {'; '.join(f'{f} {why}' for f, why in skipped[:3])}")
    return articles, skipped


def _embed(
    store: Store,
    new: Sequence[tuple[Article, Sequence[Chunk]]],
    embedder: Embeds,
    progress: Progress | None,
) -> None:
    for done, (article, chunks) in enumerate(new, start=1):
        vectors = embedder.embed([embedded_text(article.title, chunk.text) for chunk in chunks])
        store.add(article, chunks, vectors)
        if progress is not None:
            progress(done, len(new))
