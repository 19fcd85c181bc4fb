"""The manifest: what each file was when it was indexed, so that a file that did not change is not read again."""

from __future__ import annotations

import hashlib
import json
import stat
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.generation import write_whole
from index.reading import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_FILE = "manifest.json"
GRAIN_NS = 2_000_000_000
"""Coarsest clock of a file system in nanoseconds (FAT). A file that is younger than this when it is read may change
again and keep its time, so its time proves nothing (git's rule of racily clean entries)."""


@dataclass(frozen=True, slots=True)
class Known:
    """One article of a file."""

    id: str
    record: int | None
    content: str
    """Hash of its text; empty where it is not known."""


@dataclass(frozen=True, slots=True)
class FileState:
    """One file as it was read."""

    size: int
    """Bytes."""
    mtime_ns: int
    """Modification time; 0 where it proves nothing about the bytes."""
    digest: str
    """Hash of its bytes; empty where it changed while it was read."""
    articles: tuple[Known, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    ctime_ns: int = 0
    """When its name, rights or bytes last changed, which no program can set; 0 where it is not known."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """All files of one generation."""

    embedder: str
    """Fingerprint of the embedder."""
    root: str
    """The folder of the articles, relative to that of the index."""
    version: int
    """Format of the store."""
    reading: int
    """How the files were read (`index.article.READING`); 0 where it is not known."""
    files: dict[str, FileState] = field(default_factory=dict)
    given: tuple[str, ...] = ()
    """Names of the paths below the root that runs have looked through, sorted, `.` for the root; none if not known."""

    def places(self) -> dict[str, tuple[str, int | None]]:
        """Return the file and the record of each article, by its id."""
        return {known.id: (file, known.record) for file, state in self.files.items() for known in state.articles}

    def save(self, folder: Path) -> None:
        """Write the manifest into the folder of a generation.

        Raises:
            OSError: the disk is full.
        """
        rows = [
            [
                *(name, state.size, state.mtime_ns, state.digest),
                [[known.id, known.record, known.content] for known in state.articles],
                [[skipped.record, skipped.reason] for skipped in state.skipped],
                state.ctime_ns,
            ]
            for name, state in self.files.items()
        ]
        head = {"embedder": self.embedder, "root": self.root, "version": self.version, "reading": self.reading}
        write_whole(folder / _FILE, json.dumps({**head, "given": self.given, "files": rows}))


def load_manifest(folder: Path) -> Manifest | None:
    """Read what `save` wrote; None where it is lost or damaged, which costs reading all files, and embedding none."""
    try:
        data = json.loads((folder / _FILE).read_text("utf-8"))
        files = {
            name: FileState(
                int(size),
                int(mtime_ns),
                str(digest),
                tuple(Known(*known) for known in articles),
                tuple(Skipped(name, record, reason) for record, reason in skipped),
                int(next(iter(ctime_ns), 0)),  # older manifests have none
            )
            for name, size, mtime_ns, digest, articles, skipped, *ctime_ns in data["files"]
        }
        given = tuple(map(str, data.get("given", ())))
        return Manifest(data["embedder"], data["root"], data["version"], data.get("reading", 0), files, given)
    except (OSError, ValueError, LookupError, TypeError):
        return None


def look_at(path: Path) -> FileState:
    """Return a file as it is now, without its articles.

    Raises:
        OSError: it cannot be read.
    """
    now = time.time_ns()
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return FileState(status.st_size, 0, "")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "blake2b").hexdigest()[:32]
    settled = status.st_mtime_ns + GRAIN_NS < now and unmoved(path, status.st_size, status.st_mtime_ns)
    return FileState(status.st_size, status.st_mtime_ns if settled else 0, digest, ctime_ns=status.st_ctime_ns)


def unmoved(path: Path, size: int, mtime_ns: int, ctime_ns: int = 0) -> bool:
    """Tell whether a file has this size and these times; `mtime_ns` 0 proves nothing, `ctime_ns` 0 is not compared."""
    try:
        status = path.stat()
    except OSError:
        return False
    same = (status.st_size, status.st_mtime_ns) == (size, mtime_ns) and mtime_ns != 0
    return same and ctime_ns in (0, status.st_ctime_ns)


def find_unchanged(files: Iterable[Path], root: Path, known: Mapping[str, FileState]) -> dict[str, FileState]:
    """Return the files that are what they were, by size and time, or where those prove nothing, by their bytes."""
    same: dict[str, FileState] = {}
    for path in files:
        name = path.relative_to(root).as_posix()
        state = known.get(name)
        if state is None:
            continue
        if unmoved(path, state.size, state.mtime_ns, state.ctime_ns):
            same[name] = state if state.ctime_ns else replace(state, ctime_ns=_ctime_ns(path))
        elif state.digest and (now := _same_bytes(path, state)):
            same[name] = replace(now, articles=state.articles, skipped=state.skipped)
    return same


def _ctime_ns(path: Path) -> int:
    try:
        return path.stat().st_ctime_ns
    except OSError:
        return 0


def _same_bytes(path: Path, state: FileState) -> FileState | None:
    try:
        now = look_at(path) if path.stat().st_size == state.size else None
    except OSError:
        return None
    return now if now and now.digest == state.digest else None


def hash_text(text: str) -> str:
    """Return the hash by which the same text is told in two files."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def group_by_file(articles: Sequence[tuple[str, Known]]) -> dict[str, tuple[Known, ...]]:
    """Return the articles of each file, from (file, article)."""
    files: dict[str, list[Known]] = {}
    for file, known in articles:
        files.setdefault(file, []).append(known)
    return {file: tuple(found) for file, found in files.items()}
