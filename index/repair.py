"""Repair: writes anew what the doctor found damaged, from the files, or from the store's own text of them."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from index.article import READING, identify
from index.chroma import full_disk
from index.chunk import embedded_text, make_chunks
from index.doctor import examine
from index.draft import Draft
from index.errors import DamageError
from index.generation import newest, sweep
from index.holding import Unread, read_now
from index.indexing import index_anew
from index.lock import writing
from index.manifest import FileState, Known, Manifest, group_by_file, hash_text, load_manifest
from index.row import FORMAT
from index.sentence import split_sentences
from index.store import Store

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from index.article import Article
    from index.diagnosis import Diagnosis
    from index.settings import Server
    from index.vectors import Embeds


def repair(path: Path, embedder: Embeds, server: Server | None, before: Diagnosis) -> Diagnosis:
    """Fix what can be fixed, in a new generation of the index, and examine that.

    A repair that dies changes nothing; on a server, where damaged rows are replaced, the next `byline index` ends it.

    Args:
        path: the folder of the index.
        embedder: what its vectors are made by.
        server: the Chroma server that holds the rows; None means that the folder does.
        before: what an examination found.

    Raises:
        SourceError: the store must be made anew, and no article can be read.
        StoreError: another process writes, or the disk is full.
    """
    try:
        if not before.broken and any(finding.fixable for finding in before.findings):
            with writing(path), full_disk(path):
                if before.outdated:
                    _rewrite(path, embedder, server, before.damaged)
                elif server is None:
                    sweep(path, newest(path))
        broken = before.broken or before.misbuilt
    except DamageError:  # which no examination had shown
        if server or before.unread:
            raise
        broken = True
    if broken:
        index_anew(path, embedder)
    return examine(path, embedder, server)


def _rewrite(path: Path, embedder: Embeds, server: Server | None, damaged: Collection[str]) -> None:
    """Publish a generation in which damaged articles are what their files hold now, and orphans are gone."""
    old = Store(path, embedder.fingerprint, server=server, create=server is not None)
    manifest = load_manifest(old.folder)
    if server:  # which does not keep the rows that are replaced: a run that finds no manifest adds what it misses
        (old.folder / "manifest.json").unlink(missing_ok=True)
        old.recover()
    draft = Draft(path, old.folder, embedder, server)
    try:
        draft.store.remove_orphans()  # before what they belong to comes back: a chunk has the same id again
        lost = _lost(draft.store, manifest, damaged)
        known: dict[str, Known] = {}
        kept: set[str] = set()
        for file, records in lost.items():
            kept |= _mend(draft.store, file, records, embedder, known)
        draft.store.remove([id_ for records in lost.values() for id_ in records if id_ not in known.keys() | kept])
        if root := draft.store.root:
            relative = Path(os.path.relpath(root.resolve(), path.resolve())).as_posix()
            told = manifest or Manifest(embedder.fingerprint, relative, FORMAT, READING)
            draft.finish(root, None, (), _corrected(told, draft.store.articles().values(), known, kept))
    finally:
        draft.close()


def _lost(store: Store, manifest: Manifest | None, damaged: Collection[str]) -> dict[str, dict[str, int | None]]:
    """Return of each file the damaged articles, also those whose row is gone, with their records."""
    places = {article.id: (article.file, article.record) for article in store.articles().values()}
    places |= manifest.places() if manifest else {}  # a row may be what is damaged
    lost: dict[str, dict[str, int | None]] = {}
    for id_, (file, record) in places.items():
        if id_ in damaged:
            lost.setdefault(file, {})[id_] = record
    return lost


def _mend(
    store: Store, file: str, records: Mapping[str, int | None], embedder: Embeds, known: dict[str, Known]
) -> set[str]:
    """Write anew what stands in the place of articles of one file, and add that to `known`.

    Returns:
        The ids of those that cannot be read now: they are written from the store's own text, or stay as they are.
    """
    unread: Unread | None = None
    found: set[int | None] = set()

    def write(article: Article) -> None:
        if _write(store, article, embedder):
            known[article.id] = Known(article.id, article.record, hash_text(article.text))

    for now in _now(store, file):
        if isinstance(now, Unread):
            unread = now
        elif now.record in records.values():
            found.add(now.record)
            write(now)
    kept = {id_ for id_, record in records.items() if unread and record not in found and unread.may_hold(record)}
    for id_ in kept & store.articles().keys():
        stored = store.read(id_)
        if identify(stored) == id_:
            write(stored)
    return kept


def _now(store: Store, file: str) -> Iterator[Article | Unread]:
    if file and store.root is not None and store.root.is_dir():
        yield from read_now(store.root, file)
    else:
        yield Unread("is away, or not known")


def _write(store: Store, article: Article, embedder: Embeds) -> bool:
    chunks = make_chunks(article, split_sentences(article))
    if chunks:
        store.remove([article.id])
        store.add([(article, chunks)], embedder.embed([embedded_text(article.title, chunk.text) for chunk in chunks]))
    return bool(chunks)


def _corrected(
    manifest: Manifest, articles: Iterable[Article], known: Mapping[str, Known], away: Collection[str]
) -> Manifest:
    """Return the manifest of what is in the index now; files of which that is other than before are read again.

    It keeps articles whose files cannot be read now: when these can be, they are still missed.
    """
    before = [(file, told) for file, state in manifest.files.items() for told in state.articles]
    told = {told.id: told for _, told in before} | dict(known)
    ordered = {a.id: (a.file, told.get(a.id, Known(a.id, a.record, ""))) for a in articles}
    ordered |= {told.id: (file, told) for file, told in before if told.id in away}
    now = group_by_file(sorted(ordered.values(), key=lambda one: (one[0], one[1].record or 0)))
    files = {}
    for file in sorted({*manifest.files, *now}):
        state, has = manifest.files.get(file, FileState(0, 0, "")), now.get(file, ())
        if {told.id for told in state.articles} == {told.id for told in has}:
            files[file] = state
        elif has:
            files[file] = replace(state, mtime_ns=0, digest="", articles=has)
    return replace(manifest, files=files)
