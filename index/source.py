"""Sources: which files below the given paths are articles, and the folder that their names are relative to."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import SourceError
from index.reading import SUFFIXES, suffix_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_FORMATS = f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"


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
    """Find the files in folders and among files whose names end as those of articles do (`index.reading.SUFFIXES`).

    Hidden files and folders, whose names begin with a dot, and linked folders are passed over. A linked file is read
    under the name of the link, unless what it leads to is found too: then the article is read once, under its own
    name. Names are kept letter for letter as the disk has them, so that a file opens by its name; whether an é is
    one code or two makes two files where the disk has two.

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
    for file in [file for file in files if file.is_symlink()]:
        if (real := _real(file)) != file and real in files:
            files.discard(file)
            skipped.append((file.relative_to(root).as_posix(), f"leads to {real.relative_to(root)}, which is read"))
    if not files:
        raise SourceError(f"{', '.join(map(str, paths))} holds no {_FORMATS} file; put articles there.")
    return Source(root, tuple(sorted(files)), tuple(sorted(skipped)))


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))


def _real(file: Path) -> Path:
    """Return what a link leads to, or the link itself where it leads nowhere or in a circle."""
    try:
        return file.resolve()
    except (OSError, RuntimeError):
        return file


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name too long for the file system
        return False


def _unfit(file: Path) -> str | None:
    """Return why a file is not read, or None where it is."""
    if suffix_of(file.name) is None:
        return f"not an article format ({_FORMATS})"
    return None if _shown(str(file)) == str(file) else "its name is not UTF-8; rename it"


def _shown(name: str) -> str:
    """Return a name fit to be printed and stored: bytes that are not UTF-8 as question marks."""
    return name.encode("utf-8", "replace").decode()
