"""Holdings: what a file of the index holds now, told apart from what cannot be read of it just now."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.article import Article
from index.errors import SourceError
from index.reading import Skipped, read_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_EXTRA = re.compile(r"byline\[\w+\]")


@dataclass(frozen=True, slots=True)
class Unread:
    """What of a file cannot be read now, though the file is there."""

    reason: str
    """Why, and what to do, as the end of a sentence that begins with the file's name."""
    since: int = 0
    """The first record that may be there and not be read."""

    def may_hold(self, record: int | None) -> bool:
        """Tell whether a record that was not read may be there."""
        return (record or 0) >= self.since


def read_now(root: Path, file: str) -> Iterator[Article | Unread]:
    """Yield the articles that a file below a folder holds, and at last, where it was not read to its end, why.

    A file that is gone yields nothing. One whose last record is broken may have been cut off there.
    """
    if not file or is_gone(root / file):
        return
    last: Article | Skipped | None = None
    try:
        for last in read_file(root / file, root):
            if isinstance(last, Article):
                yield last
    except SourceError as error:
        reason = str(error).removeprefix(f"{file} ")
        extra = _EXTRA.search(reason)
        yield Unread(reason.replace("install that", f"install {extra[0]}") if extra else reason)
    else:
        if isinstance(last, Skipped):
            yield Unread(f"has a record {last.record or 0} that {last.reason}", last.record or 0)


def is_gone(path: Path) -> bool:
    """Tell whether there is nothing at a path; what may not be looked at is there."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:  # its folder is closed
        return False
    return False


def name_of(file: str, record: int | None) -> str:
    """Return how an article is named to people: by its file, and by its record in that."""
    return file if record is None else f"{file}#{record}"
