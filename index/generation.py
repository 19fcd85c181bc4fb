"""Generations: each state of an index is a folder of its own, written once and published by its name."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CHROMA = "chroma"
"""The folder of a generation that holds Chroma's files."""
LEXICAL = "lexical"
"""The folder of a generation that holds the catalogue and the lexical index."""
SERVER = "server"
"""The folder of an index that holds its generations where their articles and vectors are on a server."""
HALF = ".half"
"""How the name of a folder ends that is being written, or being removed."""
DATABASE = "chroma.sqlite3"
"""The file in that of Chroma that holds all rows; beside it lies a journal while somebody writes."""
LOCKED_SECONDS = 60.0
"""How long a database may be locked by those who open it."""
LOCK = "lock"
"""The file whose lock the process holds that writes to an index."""
WRITER = "writer"
"""Holds the number of the process that writes; what is left of it after the lock is free is from one that died."""
JOURNAL = "vectors-"
"""How the name of a file begins that holds the vectors of a run that has not ended."""
_NAME = re.compile(r"(\d{8})-[0-9a-f]{8}")
_FILE = re.compile(rf"{LOCK}|{WRITER}|{JOURNAL}[0-9a-f]+")


def newest(store: Path) -> Path | None:
    """Return the folder of the generation that a store has published last, or None where there is none."""
    try:
        names = [path.name for path in store.iterdir() if _NAME.fullmatch(path.name)]
    except OSError:
        return None
    return store / max(names) if names else None


def is_generation(folder: Path, store: Path | None = None) -> bool:
    """Tell whether a folder is a generation: of any index by its name and by what lies in it, of `store` by its name.

    Args:
        folder: of `store`, it may be gone or still empty.
        store: the folder of an index, resolved.
    """
    if not _NAME.fullmatch(folder.name.removesuffix(HALF)):
        return False
    ours = store is not None and folder.parent in (store, store / SERVER)
    return ours or any(os.path.isdir(folder / part) for part in (CHROMA, LEXICAL))  # noqa: PTH112 # raises nothing


def is_own_file(path: Path, store: Path | None = None) -> bool:
    """Tell whether a file that may be gone is one that an index keeps beside its generations.

    Args:
        path: its name and place tell.
        store: the folder of an index, resolved; that of any other is known by its generations.
    """
    if not _FILE.fullmatch(path.name):
        return False
    return path.parent == store or is_index(path.parent)


def is_index(folder: Path) -> bool:
    """Tell whether a folder is that of an index: whether it holds a generation, itself or for a server."""
    try:
        return any(
            is_generation(path) for place in (folder, folder / SERVER) if place.is_dir() for path in place.iterdir()
        )
    except OSError:
        return False


def begin(store: Path, old: Path | None, *, anew: bool = False) -> Path:
    """Make the folder of the next generation, with a copy of the Chroma files of the one before, where it has them.

    With `anew` it has none of them.

    A copy, because Chroma writes its vectors in place: a process that is killed at it leaves a torn file that Chroma
    cannot open again, and another process that reads it meanwhile crashes (both seen with chromadb 1.5.9).

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    number = number_of(old.name) + 1 if old else 1
    half = store / f"{number:08}-{secrets.token_hex(4)}{HALF}"
    half.mkdir(parents=True)
    if old is not None and not anew and (old / CHROMA).is_dir():
        try:
            _copy_chroma(old / CHROMA, half / CHROMA)
        except BaseException:
            discard(half)
            raise
    return half


def _copy_chroma(old: Path, new: Path) -> None:
    """Copy Chroma's files, its database as SQLite copies one: who opens it to read it writes to it all the same."""
    shutil.copytree(old, new, ignore=shutil.ignore_patterns(f"{DATABASE}*"))
    if not (old / DATABASE).is_file():
        return
    address = f"{(old / DATABASE).resolve().as_uri()}?mode=ro"
    try:
        with (
            contextlib.closing(sqlite3.connect(address, uri=True, timeout=LOCKED_SECONDS)) as source,
            contextlib.closing(sqlite3.connect(new / DATABASE)) as copy,
        ):
            source.isolation_level = None
            copy.execute("PRAGMA synchronous = OFF")  # all of it is settled when it is published
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master")  # waits for a writer, `backup` without end
            source.backup(copy)
    except sqlite3.Error:  # a damaged one is told by who opens the copy, a full disk by the system
        for file in old.glob(f"{DATABASE}*"):  # a journal, too, by which it is mended when it is opened
            shutil.copyfile(file, new / file.name)


def publish(half: Path) -> Path:
    """Make a finished folder the newest generation, in one step, after all of it has reached the disk.

    Raises:
        OSError: the disk is full.
    """
    for path in sorted(half.rglob("*")):
        _settle(path)
    whole = half.with_name(half.name.removesuffix(HALF))
    half.rename(whole)
    _settle(whole.parent)
    return whole


def number_of(name: str) -> int:
    """Return the number of a generation, from 1, or 0 for no name: later ones have greater ones."""
    return int(name.partition("-")[0] or 0)


def sweep(store: Path, keep: Path | None = None) -> None:
    """Remove what is neither a generation to keep nor a file of the store's own: what dead runs and old ones left.

    Only the process that holds the lock of the store may do it.

    Args:
        store: the folder that holds the generations.
        keep: the folder of the generation that stays; None means the newest.
    """
    keep = keep or newest(store)
    for path in list(store.iterdir()) if store.is_dir() else []:
        if path != keep and _NAME.fullmatch(path.name.removesuffix(HALF)):
            discard(path)


def discard(folder: Path) -> None:
    """Remove a generation. It loses its name first, so that what is left if this is cut off is not taken for whole."""
    half = folder if folder.name.endswith(HALF) else folder.with_name(folder.name + HALF)
    with contextlib.suppress(OSError):
        if folder != half:
            folder.rename(half)
    shutil.rmtree(half, ignore_errors=True)


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all.

    Raises:
        OSError: the disk is full.
    """
    half = path.with_name(path.name + HALF)
    half.write_text(text, "utf-8")
    _settle(half)
    half.replace(path)


def _settle(path: Path) -> None:
    """Wait until a file or folder has reached the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
