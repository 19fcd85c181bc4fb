"""The lock: one process writes to a store at a time; the operating system frees the lock of a dead process."""

from __future__ import annotations

import logging
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index.errors import StoreError
from index.generation import LOCK, WRITER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

log = logging.getLogger("byline")

MOMENT = 0.5
"""Seconds for which a lock that is held may be one that is only being tested: `writer` holds it for microseconds."""


@contextmanager
def writing(store: Path, wait: float = 30.0) -> Iterator[None]:
    """Hold the write lock of a store, waiting up to `wait` seconds for it, and saying so when it has to.

    Raises:
        StoreError: another process still writes, or the folder cannot be made.
    """
    try:
        store.mkdir(parents=True, exist_ok=True)
        lock = FileLock(store / LOCK)
        try:
            lock.acquire(timeout=min(wait, MOMENT))
        except Timeout:
            if wait > 0:
                log.warning("Another process is indexing into %s; waiting for it.", store)
            lock.acquire(timeout=wait)
        with suppress(OSError):  # on a full disk all else still says so
            (store / WRITER).write_text(str(os.getpid()))
    except Timeout as error:
        raise StoreError(f"Another process is indexing into {store}; try again when it is done.") from error
    except OSError as error:
        raise StoreError(
            f"{store} cannot hold an index ({error.strerror}); give another folder with --store."
        ) from error
    try:
        yield
    finally:
        with suppress(OSError):
            (store / WRITER).unlink()
        lock.release()


def writer(store: Path) -> tuple[int | None, bool]:
    """Return the number of the process that has begun to write to a store and not ended, and whether it still lives.

    (None, False) where there is none, or where this process may not ask; (None, True) where a living one has not yet
    said its number.
    """
    lock = FileLock(store / LOCK)
    try:
        lock.acquire(timeout=MOMENT)
    except Timeout:
        return _number(store), True
    except OSError:
        return None, False
    try:
        return _number(store), False
    finally:
        lock.release()


def _number(store: Path) -> int | None:
    try:
        return int((store / WRITER).read_text())
    except (OSError, ValueError):
        return None
