"""Repair: writes anew what the doctor found damaged, from the files, or from the store's own text of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from index.article import identify
from index.chroma import full_disk
from index.chunk import embedded_text, make_chunks
from index.doctor import examine, read_records
from index.draft import Draft
from index.generation import newest, sweep
from index.lock import writing
from index.manifest import FileState, Known, Manifest, group_by_file, hash_text, load_manifest
from index.sentence import split_sentences
from index.store import Store

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from index.article import Article
    from index.doctor import Diagnosis
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
        StoreError: another process writes, or the disk is full.
    """
    if any(finding.fixable for finding in before.findings):
        with writing(path), full_disk(path):
            if before.outdated:
                _rewrite(path, embedder, server, before.damaged)
            elif server is None:
                sweep(path, newest(path))
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
        lost: dict[str, list[Article]] = {}
        for article in draft.store.articles().values():
            if article.id in damaged:
                lost.setdefault(article.file, []).append(article)
        known: dict[str, Known] = {}
        for articles in lost.values():
            for article in _now(draft.store, articles):
                if _write(draft.store, article, embedder):
                    known[article.id] = Known(article.id, article.record, hash_text(article.text))
        draft.store.remove([a.id for articles in lost.values() for a in articles if a.id not in known])
        draft.store.remove_orphans()
        if draft.store.root:
            corrected = manifest and _corrected(manifest, draft.store.articles().values(), known)
            draft.finish(draft.store.root, None, (), corrected)
    finally:
        draft.close()


def _now(store: Store, articles: Sequence[Article]) -> Iterator[Article]:
    """Yield what stands in the place of articles of one file: there, or where the folder is away, in the store."""
    if store.root and store.root.is_dir():
        records = {article.record for article in articles}
        yield from (now for now in read_records(store.root, articles[0].file) if now.record in records)
        return
    stored = (store.read(article.id) for article in articles)
    yield from (article for article in stored if identify(article) == article.id)


def _write(store: Store, article: Article, embedder: Embeds) -> bool:
    chunks = make_chunks(article, split_sentences(article))
    if chunks:
        store.remove([article.id])
        store.add([(article, chunks)], embedder.embed([embedded_text(article.title, chunk.text) for chunk in chunks]))
    return bool(chunks)


def _corrected(manifest: Manifest, articles: Iterable[Article], known: Mapping[str, Known]) -> Manifest:
    """Return the manifest of what is in the index now; files of which that is other than before are read again."""
    told = {told.id: told for state in manifest.files.values() for told in state.articles} | dict(known)
    ordered = sorted(articles, key=lambda a: (a.file, a.record or 0))
    now = group_by_file([(a.file, told.get(a.id, Known(a.id, a.record, ""))) for a in ordered])
    files = {}
    for file in sorted({*manifest.files, *now}):
        state, has = manifest.files.get(file, FileState(0, 0, "")), now.get(file, ())
        if {told.id for told in state.articles} == {told.id for told in has}:
            files[file] = state
        elif has:
            files[file] = replace(state, mtime_ns=0, digest="", articles=has)
    return replace(manifest, files=files)
