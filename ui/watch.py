"""Watching: runs the indexing again whenever the articles change, until it is interrupted."""

from __future__ import annotations

import logging
import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import BylineError
from index.generation import is_generation, is_own_file
from index.reading import suffix_of
from index.source import describe_closed, is_storable, walk
from ui.report import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from watchfiles import Change

    from index.report import Report

log = logging.getLogger("byline")

DEBOUNCE_MS = 1500
"""Milliseconds that changes are gathered at most before a run; a pause of a tenth of a second begins one at once."""
LOOK_MS = 1000
"""Milliseconds between two looks at what the system does not tell of, and before a failed run is retried."""
BLIND_MS = 5000
"""Milliseconds between two runs where the system tells of nothing."""


def watch(paths: Sequence[Path], store: Path, run: Callable[[], Report], tell: Callable[[Report], None]) -> None:
    """Run once, and again after every change below the paths; end with KeyboardInterrupt only.

    What a run cannot do (a folder is gone, another process is indexing) is logged once and tried again, and so is
    what cannot be watched.

    Args:
        paths: folders and files, as they are indexed.
        store: the folder of the index, whose changes are no change of articles.
        run: brings the index in step.
        tell: called with the report of the first run, and of each that changed something.
    """
    first, complaint = True, ""
    for due in _moments(paths, store.resolve()):
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


@dataclass(frozen=True, slots=True)
class _View:
    """What there is to watch at one moment."""

    folders: frozenset[Path]
    """The folders with articles, resolved, in each of which the system tells of changes."""
    closed: Mapping[Path, str]
    """The folders that cannot be listed, and what is said of each."""
    states: Mapping[Path, tuple[int, ...]]
    """What the system does not tell of: the paths given, closed folders and linked files, and what each is like."""

    def is_past(self) -> bool:
        """Tell whether something that the system does not tell of has changed since."""
        return any(_state(path) != state for path, state in self.states.items())


def _look(paths: Sequence[Path], store: Path) -> _View:
    folders: set[Path] = set()
    links: set[Path] = set()
    closed: list[OSError] = []
    for path in (path.resolve() for path in paths if os.path.isdir(path)):  # noqa: PTH112 # raises nothing
        for folder, files in walk(path, store, closed):
            folders.add(folder)
            links |= {file for file in files if suffix_of(file.name) and os.path.islink(file)}  # noqa: PTH114 # too
    why = {Path(os.fsdecode(e.filename)): e for e in closed if not isinstance(e, FileNotFoundError)}
    told = {folder: f"{folder} {describe_closed(error)}" for folder, error in why.items()}
    # A folder whose name is not UTF-8 has no file that is read.
    listed = frozenset(folder for folder in folders - set(told) if is_storable(folder))
    return _View(listed, told, {path: _state(path) for path in (*paths, *told, *links)})


def _state(path: Path) -> tuple[int, ...]:
    """Return what tells a file from another or from itself when it was otherwise, following links; () for none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    same = (found.st_dev, found.st_ino, found.st_mode)
    return same if stat.S_ISDIR(found.st_mode) else (*same, found.st_size, found.st_mtime_ns)


def _moments(paths: Sequence[Path], store: Path) -> Iterator[bool]:
    """Yield True when the articles may have changed, and False now and then in between."""
    told: Collection[str] = ()
    complaint = ""
    while True:
        view = _look(paths, store)
        for sentence in sorted({*view.closed.values()}.difference(told)):
            log.warning("%s", one_line(sentence))
        told = view.closed.values()
        try:
            for due in _while_as(view, paths, store):
                complaint = ""
                yield due
        except FileNotFoundError:  # a folder went between the look and the watching
            time.sleep(LOOK_MS / 1000)
        except (OSError, RuntimeError) as error:  # the system's limits; watchfiles' own errors are RuntimeErrors
            if str(error) != complaint:
                log.warning("Changes are not seen at once (%s); all is looked through again and again.", error)
            complaint = str(error)
            yield True
            time.sleep(BLIND_MS / 1000)


def _while_as(view: _View, paths: Sequence[Path], store: Path) -> Iterator[bool]:
    """Yield as `_moments` does, as long as the folders stay those of the view.

    Raises:
        OSError: a folder is gone, or there are more than the system watches.
        RuntimeError: the system watches none, or tells of a name that is not UTF-8.
    """
    from watchfiles import watch as changes

    fresh = True  # what changed before anybody watched
    # Each folder by itself: watchfiles would follow linked folders, and stop at the first that is closed.
    for found in changes(
        *sorted(map(str, view.folders)),
        watch_filter=_filter(view.folders, store),
        debounce=DEBOUNCE_MS,
        step=100,
        rust_timeout=LOOK_MS,
        yield_on_timeout=True,
        recursive=False,
        ignore_permission_denied=False,  # True would pass over the system's limits, too
    ):
        due = fresh or bool(found) or view.is_past()
        now = _look(paths, store) if due else view  # before the run: what changes while it runs is seen after it
        yield due
        replaced = any(Path(changed) in view.folders for _, changed in found)  # nobody watches the new one yet
        if replaced or (now.folders, now.closed) != (view.folders, view.closed):
            return
        view, fresh = now, False


def _filter(folders: Collection[Path], store: Path) -> Callable[[Change, str], bool]:
    """Pass over what is not read: hidden files, and the files of an index that lies among the articles."""
    from watchfiles import Change

    def matters(change: Change, changed: str) -> bool:
        path = Path(changed)
        if path in folders:
            return change != Change.modified  # which its files are, each by its name
        if path == store or path.name.startswith(".") or is_generation(path, store):
            return False
        return not is_own_file(path, store) or path.is_dir()

    return matters
