"""The doctor: whether an index holds every chunk of every article, findable and true to its file, and what is wrong."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from index.agreement import examine_catalogue, examine_list, examine_orphans
from index.article import READING
from index.diagnosis import Diagnosis, Finding
from index.errors import DamageError, StoreError
from index.generation import LOCK, newest
from index.inspection import examine_articles, examine_files
from index.lock import writer
from index.manifest import load_manifest
from index.older import AnyStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.manifest import Manifest
    from index.settings import Server
    from index.store import Store
    from index.vectors import Embeds

SPARE_BYTES = 16 * 1024 * 1024
"""Room on the disk that a run of indexing needs beside that for a copy of the index."""


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


def _examine_store(path: Path, embedder: Embeds, server: Server | None, found: Diagnosis) -> None:
    try:
        store = AnyStore(path, embedder.fingerprint, server=server)
        manifest = load_manifest(store.folder)
        if store.is_older or (manifest and manifest.reading != READING):
            did = "wrote" if store.is_older else "read the articles of"
            what = f"another version of Byline {did} the index {store.place}"
            _note_unusable(path, what, manifest, found, fixable=server is None)
            return
        examine_articles(store, manifest, embedder, found)
        examine_orphans(store, found)
        examine_list(store, manifest, found)
        examine_catalogue(store, found)
        _examine_settings(store, server, found)
    except DamageError as error:
        folder = newest(path)
        manifest = load_manifest(folder) if folder else None
        _note_unusable(path, str(error).partition("; ")[0], manifest, found, fixable=server is None)
    except StoreError as error:
        what, _, remedy = str(error).rstrip(".").partition("; ")
        found.findings.append(Finding(what, remedy or "try again", fixable=False))


def _note_unusable(path: Path, what: str, manifest: Manifest | None, found: Diagnosis, *, fixable: bool) -> None:
    """Note a store that must be made anew, and whether it is known from which files, and all of these can be read."""
    root = Path(os.path.normpath(path / manifest.root)) if manifest else None
    if fixable and manifest and root and root.is_dir():
        examine_files(root, manifest, found)
        found.broken = not found.unread
    where = root or "the folder of its articles"
    remedy = f"run `byline index` on {where}{', or `byline doctor --fix`' if found.broken else ''}"
    found.findings.append(Finding(what, remedy, fixable=found.broken))


def _examine_settings(store: Store, server: Server | None, found: Diagnosis) -> None:
    """Compare how Chroma was told to link and to search the vectors with how it is told now."""
    if not (other := store.other_settings):
        return
    what = f"the index {store.place} is made with other settings of Chroma: {', '.join(other)}"
    remedy = "run `byline doctor --fix`"
    if server:
        remedy = f"remove its collections {server.name}.chunks and {server.name}.articles and index again"
    elif not (store.root and store.root.is_dir()):
        remedy = "bring the folder of its articles back, then run `byline doctor --fix`"
    elif found.unread:
        remedy = "have all files readable, then run `byline doctor --fix`"
    else:
        found.misbuilt = True
    found.findings.append(Finding(what, remedy, fixable=found.misbuilt))


def _room(path: Path) -> Iterator[Finding]:
    for place, needed in ((path, os.W_OK | os.X_OK), (path / LOCK, os.W_OK)):
        if place.exists() and not os.access(place, needed):
            yield Finding(f"{place} cannot be written to", "make it writable for this user", fixable=False)
            break
    wanted = SPARE_BYTES + _size(newest(path))
    free = shutil.disk_usage(path).free
    if free < wanted:
        remedy = f"make room, at least {-(-wanted // 2**20)} MiB"
        yield Finding(f"{path} has {free // 2**20} MiB of free disk", remedy, fixable=False)


def _size(generation: Path | None) -> int:
    """Return how many bytes the files of a generation have, which may be removed meanwhile."""
    total = 0
    for file in generation.rglob("*") if generation else ():
        with suppress(OSError):
            total += file.stat().st_size
    return total
