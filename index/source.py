"""Sources: which files below the given paths are articles, and the folder that their names are relative to."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.article import SUFFIXES
from index.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Source:
    """The files to index."""

    root: Path
    """The folder that `file` names are relative to."""
    files: tuple[Path, ...]
    """Files that may be articles, sorted by name."""
    skipped: tuple[tuple[str, str], ...]
    """(file, reason) of files that are not read."""


def find_files(paths: Sequence[Path]) -> Source:
    """Find the `.txt` and `.md` files in folders and among files. Hidden files and linked folders are passed over.

    Raises:
        SourceError: a path does not exist, or no file among them is an article.
    """
    for path in paths:
        if not _exists(path):
            raise SourceError(f"{path} does not exist; give a folder of articles, or an article.")
    folders = [path.resolve() if path.is_dir() else path.resolve().parent for path in paths]
    root = Path(os.path.commonpath(folders))
    files: set[Path] = set()
    skipped: list[tuple[str, str]] = []
    for path in paths:
        for file in _walk(path.resolve()) if path.is_dir() else [path.resolve()]:
            if reason := _unfit(file):
                skipped.append((_shown(file.relative_to(root).as_posix()), reason))
            else:
                files.add(file)
    if not files:
        raise SourceError(f"{', '.join(map(str, paths))} holds no {' or '.join(SUFFIXES)} file; put articles there.")
    return Source(root, tuple(sorted(files)), tuple(sorted(skipped)))


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name too long for the file system
        return False


def _unfit(file: Path) -> str | None:
    """Return why a file is not read, or None where it is."""
    if file.suffix.lower() not in SUFFIXES:
        return f"not an article format ({' and '.join(SUFFIXES)} are read)"
    return None if _shown(str(file)) == str(file) else "its name is not UTF-8; rename it"


def _shown(name: str) -> str:
    """Return a name fit to be printed and stored: bytes that are not UTF-8 as question marks."""
    return name.encode("utf-8", "replace").decode()
