"""Windows: the new articles of many files with their chunks, in portions of bounded size, read ahead in a thread."""

from __future__ import annotations

import errno
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from index.chunk import make_chunks
from index.errors import FormatError, SourceError
from index.manifest import FileState, Known, hash_text, look_at, unmoved
from index.opened import opened
from index.reading import Skipped, read_file, suffix_of
from index.sentence import split_sentences

if TYPE_CHECKING:
    from collections.abc import Container, Generator, Iterator, Mapping, Sequence
    from pathlib import Path

    from index.article import Article
    from index.chunk import Chunk

CHUNKS = 2048
"""Chunks of a window: enough for batches of equal length and for one large write."""
CHARACTERS = 4_000_000
"""Characters of a window, where its texts are mostly no evidence."""
_GONE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)
"""What the system says of a file that is not there, or that is a link to itself."""
_COUNTED = 256 * 1024 * 1024

T = TypeVar("T")


@dataclass(slots=True)
class Window:
    """A portion of what was read."""

    new: list[tuple[Article, tuple[Chunk, ...]]] = field(default_factory=list)
    """Articles that the index has not, each with at least one chunk."""
    files: dict[str, FileState] = field(default_factory=dict)
    """Files that were read to their end."""
    read: int = 0
    """Articles read, those that the index has included."""
    characters: int = 0


def read_windows(
    files: Sequence[Path], root: Path, known: Container[str], before: Mapping[str, Sequence[Known]] | None = None
) -> Iterator[Window]:
    """Read files in order; yield their new articles, window by window.

    Args:
        files: files below `root`.
        root: what their names are relative to.
        known: ids of the articles that the index has.
        before: those of each file, by its name: what the system cannot read of it now stays.
    """
    window = Window()
    chunks = 0
    for path in files:
        file = path.relative_to(root).as_posix()
        articles: list[Known] = []
        skipped: list[Skipped] = []
        state = _look_at(path)
        try:
            for article, parts in _read(path, root, known, skipped):
                articles.append(Known(article.id, article.record, hash_text(article.text)))
                window.read += 1
                if parts:
                    window.new.append((article, parts))
                    window.characters += len(article.text)
                    chunks += len(parts)
                if chunks >= CHUNKS or window.characters >= CHARACTERS:
                    yield window
                    window, chunks = Window(), 0
        except SourceError as error:
            read = {known.record for known in articles} | {item.record for item in skipped}
            left = _left(error, (before or {}).get(file, ()), read)
            articles += left
            skipped.append(Skipped(file, None, _reason(error, file, len(left))))
            if isinstance(error, FormatError) or isinstance(error.__cause__, OSError):
                # Its library may be there next time, or the disk answer.
                state = replace(state, mtime_ns=0, digest="")
        if state.digest and not unmoved(path, state.size, state.mtime_ns, state.ctime_ns):
            # It is too young, or changed while it was read: only its bytes can tell next time, or nothing.
            again = _look_at(path)
            state = replace(state, mtime_ns=0, digest=state.digest if again.digest == state.digest else "")
        window.files[file] = replace(state, articles=tuple(articles), skipped=tuple(skipped))
    yield window


def _left(error: SourceError, before: Sequence[Known], read: Container[int | None]) -> list[Known]:
    """Return the articles of a file that stay: of a file that is there, those that the system does not read now."""
    cause = error.__cause__
    number = cause.errno if isinstance(cause, OSError) else None  # damage to gzip is an OSError without a number
    return [] if number is None or number in _GONE else [known for known in before if known.record not in read]


def _reason(error: SourceError, file: str, left: int) -> str:
    if not left:
        return str(error).removeprefix(f"{file} ")
    stay = "its article stays as it was" if left == 1 else f"its {left:,} articles stay as they were"
    why = getattr(error.__cause__, "strerror", None) or type(error.__cause__).__name__
    return f"cannot be read now; {stay} ({why})."


def _look_at(path: Path) -> FileState:
    try:
        return look_at(path)
    except OSError:
        return FileState(0, 0, "")


def _read(
    path: Path, root: Path, known: Container[str], skipped: list[Skipped]
) -> Iterator[tuple[Article, tuple[Chunk, ...]]]:
    """Yield the articles of a file; known ones without chunks, for they are not indexed again."""
    seen: set[str] = set()
    for item in read_file(path, root):
        if isinstance(item, Skipped):
            skipped.append(item)
            continue
        if item.id in seen:
            continue
        seen.add(item.id)
        if item.id in known:
            yield item, ()
        elif chunks := make_chunks(item, split_sentences(item)):
            yield item, chunks
        else:
            skipped.append(Skipped(item.file, item.record, "nothing in it but headings and page furniture"))


def count_expected(files: Sequence[Path]) -> int:
    """Estimate how many articles files hold, for the progress bar: one each, in files of records one a line."""
    return sum(_lines(path) if suffix_of(path.name) == ".jsonl" else 1 for path in files)


def _lines(path: Path) -> int:
    lines = size = 0
    try:
        with opened(path, path.name) as source:
            while size < _COUNTED and (block := source.stream.read(1 << 20)):
                lines += block.count(b"\n")
                size += len(block)
    except SourceError:
        return 1
    return max(1, lines)


def ahead(items: Iterator[T]) -> Generator[T]:
    """Yield the items of an iterator that runs in a thread, one item ahead; its errors are raised here."""
    with ThreadPoolExecutor(1, "byline-reading") as pool:
        coming = pool.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = pool.submit(next, items, None)
            yield item
