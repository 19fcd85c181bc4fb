"""Damage: whether the store of a folder can be read, and what to say of one that cannot."""

from __future__ import annotations

import json
import re
import shutil
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from index.errors import DamageError, StoreError
from index.generation import CHROMA, DATABASE, HALF, write_whole
from index.graph import is_whole
from index.vectors import is_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_SOUND = "sound.json"
_FULL = re.compile(r"disk (is full|I/O error)", re.IGNORECASE)
_CLOSED = re.compile(r"permission denied", re.IGNORECASE)
_READ_ONLY = re.compile(r"read-?only", re.IGNORECASE)
_FOR_NOW = re.compile(r"is locked|too many open files|out of memory", re.IGNORECASE)
SCANT_BYTES = 64 * 1024 * 1024
"""Room with which a disk counts as full once Chroma has failed: so much a failed write may have given back. It writes
512 rows at once, with their texts, the words of these and a journal of both, some ten MB where the texts are long."""
MEND = "run `byline index` on its folder again, which makes it anew from the articles"
"""What to do about damage."""
_READS = frozenset(("get", "query", "count"))
"""What is asked of a collection to read it."""


@contextmanager
def reading(path: Path, doing: str = "read") -> Iterator[None]:
    """Turn whatever Chroma raises where it opens or reads the store of a folder into one sentence.

    Args:
        path: the folder of the index.
        doing: what is done with it.

    Raises:
        DamageError: the store is damaged.
        StoreError: it cannot be read for now: the disk is full, or the folder cannot be written to.
    """
    try:
        yield
    except StoreError:
        raise
    except BaseException as error:
        # What panics in Chroma's Rust is no Exception.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise _explain(path, doing, error) from error


class Guarded:
    """A collection in a folder. A failure to read it is one sentence, and so is damage that stops a write."""

    def __init__(self, collection: Any, path: Path, generation: Path | None, *, copied: bool = False) -> None:
        """Guard a collection of the index in a folder.

        Args:
            collection: as Chroma gives it.
            path: the folder of the index.
            generation: that of the generation, whose graphs are looked at first; None means that it is being written.
            copied: whether what is written to is a copy, which may be of something damaged.
        """
        self._collection = collection
        self._path = path
        self._copied = copied
        self._generation = generation

    def __getattr__(self, name: str) -> Any:
        """Return what the collection has under a name."""
        value = getattr(self._collection, name)
        return partial(self._read if name in _READS else self._write, value) if callable(value) else value

    def _read(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self._generation:
            noted = is_noted(self._generation, graphs=True)
            if not (noted or is_whole(self._generation / CHROMA, str(self._collection.id))):
                raise _explain(self._path, "read", ValueError("torn"))
            self._generation = None
        with reading(self._path):
            return call(*args, **kwargs)

    def _write(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            return call(*args, **kwargs)
        except Exception as error:
            if self._copied and _is_chromas(error) and not _FULL.search(str(error)):
                raise _explain(self._path, "written", error) from error
            raise


def probe(collection: Guarded, path: Path) -> int:
    """Return the number of rows of a collection, after it has given a vector and answered it.

    Raises:
        DamageError: it cannot be counted, read or searched, or its vectors are none.
    """
    rows = int(collection.count())
    for vector in collection.get(limit=1, include=["embeddings"])["embeddings"]:
        near = collection.query(query_embeddings=[vector], n_results=1, include=[])["ids"][0]
        if not (near and is_unit(np.asarray(vector, np.float32))):
            raise _explain(path, "searched", ValueError("no vector"))
    return rows


def note_sound(generation: Path) -> None:
    """Write down what Chroma's files of a generation are like that `probe` found sound.

    Raises:
        OSError: the disk is full.
    """
    write_whole(generation / CHROMA / _SOUND, json.dumps(_stamps(generation)))


def is_noted(generation: Path, *, graphs: bool = False) -> bool:
    """Tell whether Chroma's files, or its graphs, are what they were when they were noted, by their sizes and times."""
    try:
        noted, now = json.loads((generation / CHROMA / _SOUND).read_text("utf-8")), _stamps(generation)
        # The database is written to by each who opens it.
        return all(noted.get(name) == now.get(name) for name in noted | now if not graphs or DATABASE not in name)
    except (OSError, ValueError, AttributeError, TypeError):
        return False


def is_there(generation: Path) -> bool:
    """Tell whether a generation has a database."""
    return (generation / CHROMA / DATABASE).is_file()


def require_there(path: Path, generation: Path) -> None:
    """Refuse to read a generation without its database, which Chroma would make anew, and empty.

    Raises:
        DamageError: it is not there.
        StoreError: it may not be read.
    """
    with reading(path, "opened"), (generation / CHROMA / DATABASE).open("rb"):
        pass


def no_store(path: Path) -> StoreError:
    """Return what is wrong with a folder that has no generation."""
    try:
        names = [found.name for found in path.iterdir()]
    except PermissionError as error:
        return _explain(path, "opened", error)
    except OSError:
        names = []
    if CHROMA in names:
        return StoreError(f"The index in {path} is of another version of Byline; remove that folder and index again.")
    if any(name.endswith(HALF) for name in names):
        return StoreError(f"The index in {path} was never finished; run `byline index` on its folder again.")
    return StoreError(f"There is no index in {path}; make one with `byline index FOLDER --store {path}`.")


def _stamps(generation: Path) -> dict[str, list[int]]:
    found = sorted(path for path in (generation / CHROMA).rglob("*") if not path.name.startswith(_SOUND))
    files = {path: path.stat() for path in found if path.is_file()}
    return {
        path.relative_to(generation).as_posix(): [status.st_size, status.st_mtime_ns, status.st_ctime_ns]
        for path, status in files.items()
    }


def _is_chromas(error: BaseException) -> bool:
    return type(error).__module__.startswith("chromadb")


def _is_scant(path: Path) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(path).free < SCANT_BYTES
    return False


def _explain(path: Path, doing: str, error: BaseException) -> StoreError:
    said = str(error)
    if _FULL.search(said):
        return StoreError(f"The index in {path} cannot be {doing}; make room on its disk and try again.")
    if _CLOSED.search(said):
        return StoreError(f"The index in {path} cannot be read by this user; make its folder readable and writable.")
    if _READ_ONLY.search(said):
        return StoreError(
            f"The index in {path} cannot be written to, which Chroma does even where it reads; "
            f"make its folder writable for this user, or copy it and give the copy with --store."
        )
    if found := _FOR_NOW.search(said):
        return StoreError(f"The index in {path} cannot be {doing} for now ({found[0].lower()}); try again.")
    # Of a disk that is full Chroma seldom says more than that something failed.
    if _is_chromas(error) and _is_scant(path):
        return StoreError(f"The index in {path} cannot be {doing}: its disk is full; make room on it and try again.")
    if doing == "opened":
        remedy = "remove that folder and index again, or keep it and run `byline index`, which mends it"
    else:
        remedy = MEND
    return DamageError(f"The index in {path} cannot be {doing}; {remedy}.")
