"""The lock: one process writes to a store at a time; the operating system frees the lock of a dead process."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

log = logging.getLogger("byline")


@contextmanager
def writing(store: Path, wait: float = 30.0) -> Iterator[None]:
    """Hold the write lock of a store, waiting up to `wait` seconds for it, and saying so when it has to.

    Raises:
        StoreError: another process still writes, or the folder cannot be made.
    """
    try:
        store.mkdir(parents=True, exist_ok=True)
        lock = FileLock(store / "lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if wait > 0:
                log.warning("another process is indexing into %s; waiting for it.", store)
            lock.acquire(timeout=wait)
    except Timeout as error:
        raise StoreError(f"Another process is indexing into {store}; try again when it is done.") from error
    except OSError as error:
        raise StoreError(
            f"{store} cannot hold an index ({error.strerror}); give another folder with --store."
        ) from error
    try:
        yield
    finally:
        lock.release()
