"""Watching: runs the indexing again whenever the articles change, until it is interrupted."""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from index.errors import BylineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from index.report import Report

log = logging.getLogger("byline")

DEBOUNCE_MS = 1500
"""Milliseconds that changes are gathered at most before a run; a pause of a tenth of a second begins one at once."""
LOOK_MS = 1000
"""Milliseconds between two looks at whether a folder was taken away or put back, and before a failed run is retried."""


def watch(paths: Sequence[Path], store: Path, run: Callable[[], Report], tell: Callable[[Report], None]) -> None:
    """Run once, and again after every change below the paths; end with KeyboardInterrupt only.

    What a run cannot do (a folder is gone, another process is indexing) is logged once and tried again.

    Args:
        paths: folders and files, as they are indexed.
        store: the folder of the index, whose changes are no change of articles.
        run: brings the index in step.
        tell: called with the report of the first run, and of each that changed something.
    """
    first, complaint = True, ""
    for due in _moments(paths, store):
        if not due and not complaint:
            continue
        try:
            report = run()
        except (BylineError, OSError) as error:
            if str(error) != complaint:
                log.warning("%s", error)
            complaint = str(error) or type(error).__name__
            continue
        if first or report.added or report.changed or report.renamed or report.removed or report.chunks:
            tell(report)
        first, complaint = False, ""


def _moments(paths: Sequence[Path], store: Path) -> Iterator[bool]:
    """Yield True when the articles may have changed, and False now and then in between."""
    from watchfiles import watch as changes

    matters = _filter(paths, store)
    while True:
        seen = [_identity(path) for path in paths]
        fresh = True  # what changed before anybody watched
        with suppress(FileNotFoundError):
            for found in changes(
                *paths,
                watch_filter=matters,
                debounce=DEBOUNCE_MS,
                step=100,
                rust_timeout=LOOK_MS,
                yield_on_timeout=True,
            ):
                yield fresh or bool(found)
                fresh = False
                if [_identity(path) for path in paths] != seen:
                    break  # a folder put back is another folder, which nobody watches yet
        if fresh:
            yield True
            time.sleep(LOOK_MS / 1000)


def _filter(paths: Sequence[Path], store: Path) -> Callable[[object, str], bool]:
    """Pass over what is not read: hidden files, and the index itself where it lies among the articles."""
    roots = sorted((str(path.resolve()) for path in paths), key=len, reverse=True)
    own = f"{store.resolve()}/"

    def matters(_: object, changed: str) -> bool:
        root = next((root for root in roots if changed.startswith(root)), "")
        inside = changed[len(root) :].replace("\\", "/")
        return not f"{changed}/".startswith(own) and "/." not in inside

    return matters


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
