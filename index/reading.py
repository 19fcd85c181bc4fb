"""Reading: the articles that a file holds, and what of it is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.article import read_article
from index.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.article import Article


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a record of one, that was not indexed."""

    file: str
    record: int | None
    """Which record of the file, from 0; None where it is the whole file."""
    reason: str


def read_file(path: Path, root: Path) -> Iterator[Article | Skipped]:
    """Yield the articles of a file below `root`, and what of it cannot be read."""
    file = path.relative_to(root).as_posix()
    try:
        yield read_article(path, root)
    except SourceError as error:
        yield Skipped(file, None, str(error).removeprefix(f"{file} "))
