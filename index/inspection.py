"""Inspection: whether each article in an index is whole, findable and true to its file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from index.article import Article, identify
from index.chunk import embedded_text, make_chunks
from index.diagnosis import Diagnosis, Finding
from index.errors import StoreError
from index.holding import Unread, name_of, read_now
from index.manifest import hash_text
from index.row import mark_of
from index.sentence import split_sentences

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from index.manifest import Manifest
    from index.store import Store
    from index.vectors import Embeds

    _Rows = dict[str, dict[str, tuple[dict[str, Any], str, NDArray[np.float32]]]]
    # article id -> chunk id -> (metadata, text, vector)

AT_ONCE = 32
"""Articles whose chunks are held in memory at once."""
NEAR = 10
"""Neighbours among which a chunk must find itself; more where copies of it fill them."""
SAME = 1e-3
"""Distance of vectors that are the same but for rounding."""
ALIKE = 0.98
"""Least cosine similarity of a stored vector to that of its text made anew; other processors round otherwise."""
SAMPLE = 64
"""Chunks that are embedded anew, spread evenly over the corpus."""


def examine_articles(store: Store, manifest: Manifest | None, embedder: Embeds, found: Diagnosis) -> None:
    """Compare all articles with their files, their chunks with their texts, and a sample of the vectors with these.

    Args:
        store: the store.
        manifest: which says of what file an article is, where its row is damaged; None where that is lost.
        embedder: what makes the vectors.
        found: takes up the findings.
    """
    articles = store.articles()
    found.articles = len(articles)
    root = store.root
    here = root is not None and root.is_dir()
    if not here:
        remedy = "bring it back, or run `byline index` on where it is now"
        found.findings.append(Finding(f"the folder of the articles, {root}, is not there", remedy, fixable=False))
    files = _Files(root if here else None)
    places = {id_: (article.file, article.record) for id_, article in articles.items()}
    places |= {id_: place for id_, place in (manifest.places() if manifest else {}).items() if id_ in articles}
    ids = sorted(articles, key=lambda id_: (places[id_][0], places[id_][1] or 0))
    every = max(1, store.count() // SAMPLE)
    for i in range(0, len(ids), AT_ONCE):
        part = ids[i : i + AT_ONCE]
        rows: _Rows = {id_: {} for id_ in part}
        for id_, row, text, vector in store.rows(part):
            rows[str(row["document_id"])][id_] = (row, text or "", np.asarray(vector, dtype=np.float32))
        vectors = {id_: vector for own in rows.values() for id_, (_, _, vector) in own.items()}
        lost = _unfindable(store, vectors)
        other = _of_other_texts(embedder, articles, rows, range(-found.chunks % every, len(vectors), every))
        found.chunks += len(vectors)
        for article, mark in sorted(store.whole(part), key=lambda whole: part.index(whole[0].id)):
            file, record = places[article.id]
            files.examine(article, file, record, found)
            own = rows[article.id]
            wrong = _wrong(replace(article, file=file), own, mark)
            if missed := len(lost & own.keys()):
                wrong.append(f"{missed} of its chunks cannot be found")
            if not wrong and other & own.keys():
                wrong.append("its vectors are not those that the embedder makes")
            for what in wrong:
                found.add(f"{name_of(file, record) or article.id} in the index: {what}", article.id)


def examine_files(root: Path, manifest: Manifest, found: Diagnosis) -> None:
    """Look which files of an index that must be made anew cannot be read now, so that this would cost articles."""
    for file, state in manifest.files.items():
        if not state.articles:
            continue
        read: set[int | None] = set()
        for item in read_now(root, file):
            if not isinstance(item, Unread):
                read.add(item.record)
            elif any(item.may_hold(known.record) for known in state.articles if known.record not in read):
                found.add_unread(file, item.reason)


def require_readable(path: Path, root: Path, manifest: Manifest, why: str) -> None:
    """Refuse to make an index anew while files of it cannot be read, which would cost their articles.

    Args:
        path: the folder of the index.
        root: that of its articles.
        manifest: what is known of its files.
        why: what the index is, that it must be made anew.

    Raises:
        StoreError: a file of an article is there and cannot be read now.
    """
    found = Diagnosis()
    examine_files(root, manifest, found)
    if found.unread:
        first, *others = sorted(found.unread)
        more = f" and {len(others)} more" if others else ""
        raise StoreError(
            f"The index in {path} is {why} and must be made anew, but {first}{more} cannot be read now; "
            f"make readable or remove what cannot be read, then index again."
        )


class _Files:
    """The files of the articles, of which it remembers the last: articles come file by file."""

    def __init__(self, root: Path | None) -> None:
        """Read files below a folder; None where that is not there."""
        self._root = root
        self._file = ""
        self._now: dict[int | None, tuple[str, str]] = {}
        self._unread: Unread | None = None

    def examine(self, article: Article, file: str, record: int | None, found: Diagnosis) -> None:
        """Compare an article as it is stored with what its file holds now, and with its own id."""
        self._read(file)
        now, text = self._now.get(record, ("", ""))
        may_be_there = not (self._root and file) or bool(self._unread and self._unread.may_hold(record))
        name = name_of(file, record) or article.id
        if identify(article) != article.id:
            said = now == article.id and text == hash_text(article.text)
            made = "text is not the one that its id was made from"
            wrong = "title, outlet or date is not that of the file" if said else made
            wrong = wrong if article.file else "row names no file"
            if now or not may_be_there:
                found.add(f"{name} in the index: its {wrong}", article.id)
            else:
                first = "have its file readable" if file else "run `byline index` on its folder"
                remedy = f"{first}, then `byline doctor --fix`"
                found.findings.append(Finding(f"{name} in the index: its {wrong}", remedy, fixable=False))
        if not (self._root and file) or now == article.id:
            return
        if not now and may_be_there:
            assert self._unread is not None
            found.add_unread(file, self._unread.reason)
            return
        remedy = "run `byline index` again, or `byline doctor --fix`"
        found.add(f"{name} {'has changed since it was indexed' if now else 'is gone'}", article.id, remedy)

    def _read(self, file: str) -> None:
        if self._root is None or file == self._file:
            return
        self._file, self._now, self._unread = file, {}, None
        for item in read_now(self._root, file):
            if isinstance(item, Unread):
                self._unread = item
            else:
                self._now[item.record] = (item.id, hash_text(item.text))


def _wrong(article: Article, rows: Mapping[str, Any], mark: NDArray[np.float32]) -> list[str]:
    """Compare the chunks of an article as they are stored with those that its text makes."""
    expected = {chunk.id: chunk for chunk in make_chunks(article, split_sentences(article))}
    wrong = []
    if missing := len(expected.keys() - rows.keys()):
        wrong.append(f"{missing} of its {len(expected)} chunks are missing")
    if stray := len(rows.keys() - expected.keys()):
        wrong.append(f"{stray} chunks that its text does not make")
    shown = {"file": article.file, "title": article.title, "outlet": article.outlet, "published": article.published}
    told = {name: value for name, value in shown.items() if value}
    other = sum(
        text != expected[id_].text
        or {**told, "start": expected[id_].start, "end": expected[id_].end}
        != {name: row[name] for name in (*shown, "start", "end") if name in row}
        for id_, (row, text, _) in rows.items()
        if id_ in expected
    )
    if other:
        wrong.append(f"{other} of its chunks do not say what its text says")
    if rows and not (missing or stray):
        now = mark_of(np.stack([vector for _, _, vector in rows.values()]))
        if now.shape != mark.shape or np.linalg.norm(now - mark) > SAME:
            wrong.append("its vectors are not those that it was added with")
    return wrong


def _unfindable(store: Store, vectors: dict[str, NDArray[np.float32]]) -> set[str]:
    """Return the ids of the chunks that a search by their own vector does not find."""
    left, k = dict(vectors), NEAR
    lost: set[str] = set()
    while left:
        near = store.find(list(left.values()), k)
        again: dict[str, NDArray[np.float32]] = {}
        for (id_, vector), ranked in zip(left.items(), near, strict=True):
            if id_ not in {other for other, _ in ranked}:
                # Where copies with the very same vector fill the list, a longer one decides.
                if len(ranked) == k and ranked[-1][1] > 1 - SAME:
                    again[id_] = vector
                else:
                    lost.add(id_)
        left, k = again, k * 10
    return lost


def _of_other_texts(embedder: Embeds, articles: Mapping[str, Article], rows: _Rows, sample: range) -> set[str]:
    """Embed some chunks anew and return the ids of those whose stored vector is another."""
    flat = [(id_, articles[own].title, row) for own, chunks in rows.items() for id_, row in chunks.items()]
    chosen = [flat[i] for i in sample]
    if not chosen:
        return set()
    made = embedder.embed([embedded_text(title, text) for _, title, (_, text, _) in chosen])
    stored = np.stack([vector for _, _, (_, _, vector) in chosen])
    alike = np.sum(made * stored, axis=1) / np.maximum(np.linalg.norm(stored, axis=1), 1e-9)
    return {id_ for (id_, _, _), likeness in zip(chosen, alike, strict=True) if likeness < ALIKE}
