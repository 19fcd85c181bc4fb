"""The doctor: whether an index holds every chunk of every article, findable and true to its file, and what is wrong."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.article import READING, Article, identify
from index.catalogue import Place, saved_chunks
from index.chunk import embedded_text, make_chunks
from index.corpus import Corpus
from index.diagnosis import Diagnosis, Finding
from index.errors import DamageError, SourceError, StoreError
from index.fold import tokenise
from index.generation import LOCK, newest
from index.lock import writer
from index.manifest import hash_text, load_manifest
from index.reading import read_file
from index.sentence import split_sentences
from index.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from index.settings import Server
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
"""Chunks that are embedded anew, and chunks whose words are looked up, spread evenly over the corpus."""
FREE_BYTES = 200 * 1024 * 1024
"""Room on the disk that a run of indexing may need in any case."""


def examine(path: Path, embedder: Embeds, server: Server | None = None) -> Diagnosis:
    """Examine the index in a folder, again where a new one is published meanwhile; nothing is changed.

    Args:
        path: the folder of the index.
        embedder: what its vectors should be made by; a sample of the chunks is embedded anew.
        server: the Chroma server that holds the rows; None means that the folder does.
    """
    found = Diagnosis()
    if path.is_dir():
        pid, alive = writer(path)
        who = "another process" if pid is None else f"process {pid}"
        if alive:
            found.findings.append(
                Finding(f"{path} is being written to by {who}", "wait for it, then ask the doctor again", fixable=False)
            )
            return found
        if pid is not None:
            remedy = "run `byline index` again, or `byline doctor --fix`"
            found.findings.append(Finding(f"the last run on {path}, {who}, died before its end", remedy))
        found.findings.extend(_room(path))
    folder = None if server else newest(path)
    try:
        _examine_store(path, embedder, server, found)
    except Exception:
        if server or newest(path) == folder:
            raise
    return found if server or newest(path) == folder else examine(path, embedder)


def read_records(root: Path, file: str) -> Iterator[Article]:
    """Yield the articles that a file holds now, as far as it can be read."""
    with suppress(SourceError):
        yield from (item for item in read_file(root / file, root) if isinstance(item, Article))


def _examine_store(path: Path, embedder: Embeds, server: Server | None, found: Diagnosis) -> None:
    try:
        store = Store(path, embedder.fingerprint, server=server)
        manifest = load_manifest(store.folder)
        if manifest and manifest.reading != READING:
            what = f"another version of Byline read the articles of the index {store.place}"
            _note_unusable(path, what, found, fixable=server is None)
            return
        _examine_articles(store, embedder, found)
        _examine_orphans(store, found)
        _examine_catalogue(store, found)
    except DamageError as error:
        _note_unusable(path, str(error).partition("; ")[0], found)
    except StoreError as error:
        what, _, remedy = str(error).rstrip(".").partition("; ")
        found.findings.append(Finding(what, remedy or "try again", fixable=False))


def _note_unusable(path: Path, what: str, found: Diagnosis, *, fixable: bool = True) -> None:
    """Note a store that must be made anew, and whether it is known from which files."""
    folder = newest(path)
    manifest = load_manifest(folder) if folder else None
    root = manifest and Path(os.path.normpath(path / manifest.root))
    found.broken = fixable and bool(root and root.is_dir())
    where = root or "the folder of its articles"
    remedy = f"run `byline index` on {where}{', or `byline doctor --fix`' if found.broken else ''}"
    found.findings.append(Finding(what, remedy, fixable=found.broken))


def _room(path: Path) -> Iterator[Finding]:
    for place, needed in ((path, os.W_OK | os.X_OK), (path / LOCK, os.W_OK)):
        if place.exists() and not os.access(place, needed):
            yield Finding(f"{place} cannot be written to", "make it writable for this user", fixable=False)
            break
    free = shutil.disk_usage(path).free
    if free < FREE_BYTES:
        remedy = f"make room, at least {FREE_BYTES // 2**20} MiB"
        yield Finding(f"{path} has {free // 2**20} MiB of free disk", remedy, fixable=False)


def _examine_articles(store: Store, embedder: Embeds, found: Diagnosis) -> None:
    articles = store.articles()
    found.articles = len(articles)
    root = store.root
    here = root is not None and root.is_dir()
    if not here:
        remedy = "bring it back, or run `byline index` on where it is now"
        found.findings.append(Finding(f"the folder of the articles, {root}, is not there", remedy, fixable=False))
    files = _Files(root if here else None)
    ids = sorted(articles, key=lambda id_: (articles[id_].file, articles[id_].record or 0))
    every = max(1, store.count() // SAMPLE)
    for i in range(0, len(ids), AT_ONCE):
        part = ids[i : i + AT_ONCE]
        rows: _Rows = {id_: {} for id_ in part}
        for id_, row, text, vector in store.rows(part):
            rows[str(row["document_id"])][id_] = (row, text, np.asarray(vector, dtype=np.float32))
        vectors = {id_: vector for own in rows.values() for id_, (_, _, vector) in own.items()}
        lost = _unfindable(store, vectors)
        other = _of_other_texts(embedder, articles, rows, range(-found.chunks % every, len(vectors), every))
        found.chunks += len(vectors)
        for article, mean in sorted(store.whole(part), key=lambda whole: part.index(whole[0].id)):
            files.examine(article, found)
            own = rows[article.id]
            wrong = _wrong(article, own, mean)
            if missed := len(lost & own.keys()):
                wrong.append(f"{missed} of its chunks cannot be found")
            if not wrong and other & own.keys():
                wrong.append("its vectors are not those that the embedder makes")
            for what in wrong:
                found.add(f"{_name(article.file, article.record)} in the index: {what}", article.id)


class _Files:
    """The files of the articles, of which it remembers the last: articles come file by file."""

    def __init__(self, root: Path | None) -> None:
        """Read files below a folder; None where that is not there."""
        self._root = root
        self._file = ""
        self._now: dict[int | None, tuple[str, str]] = {}

    def examine(self, article: Article, found: Diagnosis) -> None:
        """Compare an article as it is stored with what its file holds now, and with its own id."""
        if self._root and article.file != self._file:
            self._file = article.file
            self._now = {now.record: (now.id, hash_text(now.text)) for now in read_records(self._root, article.file)}
        now, text = self._now.get(article.record, ("", ""))
        if identify(article) != article.id:
            said = now == article.id and text == hash_text(article.text)
            made = "text is not the one that its id was made from"
            wrong = "title, outlet or date is not that of the file" if said else made
            found.add(f"{_name(article.file, article.record)} in the index: its {wrong}", article.id)
        if self._root is None or now == article.id:
            return
        remedy = "run `byline index` again, or `byline doctor --fix`"
        wrong = "has changed since it was indexed" if now else "is gone or cannot be read any more"
        found.add(f"{_name(article.file, article.record)} {wrong}", article.id, remedy)


def _wrong(article: Article, rows: Mapping[str, Any], mean: NDArray[np.float32]) -> list[str]:
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
        middle = np.mean([vector for _, _, vector in rows.values()], axis=0)
        if np.linalg.norm(middle / max(float(np.linalg.norm(middle)), 1e-9) - mean) > SAME:
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


def _examine_orphans(store: Store, found: Diagnosis) -> None:
    known = store.articles()
    orphans = sum(article_id not in known for _, article_id, *_ in store.chunks())
    if orphans:
        found.add(f"{orphans} chunks in the index belong to no article")


def _examine_catalogue(store: Store, found: Diagnosis) -> None:
    """Compare the list of files, the catalogue and the lexical index with the store."""
    articles = store.articles()
    manifest = load_manifest(store.folder)
    known = [(file, told) for file, state in manifest.files.items() for told in state.articles] if manifest else []
    for file, told in known:
        if told.id not in articles:
            found.add(f"{_name(file, told.record)} is missing in the index", told.id)
    if manifest and articles.keys() - {told.id for _, told in known}:
        found.add("the list of indexed files does not agree with the index")
    corpus = Corpus(store)
    if not (saved_chunks(store.folder) and corpus.is_saved):
        found.add("the catalogue is missing or damaged")
        return
    sample, every = {}, max(1, len(corpus.ids) // SAMPLE)
    agree, left = corpus.articles == articles, len(corpus.ids)
    for id_, own, start, end, text in store.chunks(articles.keys()):
        number = corpus.numbers.get(id_, -1)
        agree = agree and number >= 0 and corpus.places[number] == Place(own, start, end)
        left -= 1
        if agree and number % every == 0:
            sample[number] = text
    if not agree or left:
        found.add("the catalogue does not agree with the index")
        return
    for number, text in sample.items():
        keys = [t.key for t in tokenise(text) if not t.stop]
        if keys and not any(corpus.lexical.scores({key: 1.0})[number] > 0 for key in keys):
            found.add("the lexical index does not agree with the index")
            return


def _name(file: str, record: int | None) -> str:
    return file if record is None else f"{file}#{record}"
