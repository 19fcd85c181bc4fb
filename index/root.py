"""Roots: the folder whose articles an index has, which of the paths that are given it knows, and where it has moved."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.article import Article
from index.errors import SourceError, StoreError
from index.holding import is_gone
from index.manifest import find_unchanged, hash_text, load_manifest
from index.reading import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from index.manifest import FileState, Known
    from index.source import Source


@dataclass(frozen=True, slots=True)
class Root:
    """The folder of the articles of an index, as the last run left it."""

    path: Path
    """The folder, resolved; it may not be there any more."""
    files: Mapping[str, FileState]
    """What was indexed, by names relative to the folder."""

    def knows(self, path: Path) -> bool:
        """Tell whether a path lies in the folder, which is there, and was indexed, or files below it were."""
        try:
            name = path.resolve().relative_to(self.path).as_posix()
        except (OSError, RuntimeError, ValueError):  # elsewhere, in a circle, or no path at all
            return False
        return self.path.is_dir() and any(file == name or file.startswith(f"{name}/") for file in self.files)

    def moved_to(self, source: Source) -> bool:
        """Tell whether the folder is gone, and at least half of its articles are in the files of another.

        A folder in what has moved is not where it has moved: what lies beside it would be taken for gone.
        """
        if not is_gone(self.path):
            return False
        named = {mark: file for file, state in self.files.items() for known in state.articles for mark in _of(known)}
        wanted = {known.content or known.id for state in self.files.values() for known in state.articles}
        same = find_unchanged(source.files, source.root, self.files)
        found = {known.content or known.id for state in same.values() for known in state.articles}
        within = 0
        for path in source.files:
            if 2 * len(found) >= len(wanted):
                break
            name = path.relative_to(source.root).as_posix()
            marks = set() if name in same else named.keys() & set(_marks(path, source.root))
            found |= wanted & marks
            within += any(f"/{named[mark]}".endswith(f"/{source.root.name}/{name}") for mark in marks)
        return 2 * len(found) >= len(wanted) and not within


def _of(known: Known) -> tuple[str, ...]:
    return (known.id, known.content) if known.content else (known.id,)


def _marks(path: Path, root: Path) -> Iterator[str]:
    """Yield by what each article of a file can be told: its id, and the hash of its text."""
    with suppress(SourceError):
        for item in read_file(path, root):
            if isinstance(item, Article):
                yield from (item.id, hash_text(item.text))


def root_of(store: Path, relative: str) -> Path:
    """Return the folder that the manifest of an index names.

    Args:
        store: the folder of the index.
        relative: the folder of the articles, relative to that.
    """
    return Path(os.path.normpath(store / relative)).resolve()


def load_root(store: Path, generation: Path | None) -> Root | None:
    """Return the root of an index, or None where there is no index, or its manifest is lost or damaged.

    Args:
        store: the folder of the index.
        generation: that of its newest generation, or None.
    """
    manifest = load_manifest(generation) if generation else None
    return Root(root_of(store, manifest.root), manifest.files) if manifest else None


def of_other(store: Path, root: Path) -> StoreError:
    """Return the error that an index is of another folder than the one that is given."""
    of = os.path.normpath(root)
    if Path(of).exists():
        return StoreError(f"{store} is the index of {of}; give another folder with --store.")
    way_out = "bring that back, give the folder that has most of its articles now, or another folder with --store"
    return StoreError(f"{store} is the index of {of}, which is not there; {way_out}.")
