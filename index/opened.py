"""Opened files: the bytes of one file, unpacked where it is gzip, and bounded so that no file fills the memory."""

from __future__ import annotations

import gzip
import io
import os
import stat
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from index.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_BYTES = 64 * 1024 * 1024
"""A file that is read whole has at most so many bytes, unpacked."""
MAX_RATIO = 200
"""Text packs to a tenth, seldom to a fiftieth; what unpacks to more than so many times its size is a bomb,"""
HARMLESS = 16 * 1024 * 1024
"""unless it is no longer than this."""
_BUFFER = 262_144


@dataclass(frozen=True, slots=True)
class Opened:
    """A file open for reading."""

    file: str
    """Path relative to the indexed folder, with forward slashes."""
    stream: io.BufferedReader[Any]
    """Its bytes, unpacked."""
    size: int
    """Size of the file on disk in bytes."""

    _texts: list[io.TextIOWrapper] = field(default_factory=list)
    """What `text` returned: it would close the stream when it is forgotten."""

    def text(self, encoding: str, errors: str) -> io.TextIOWrapper:
        """Return the bytes as text from here on, line ends untouched."""
        wrapper = io.TextIOWrapper(self.stream, encoding, errors, newline="")
        self._texts.append(wrapper)
        return wrapper

    def head(self) -> bytes:
        """Return the first bytes, up to 256 KiB, without moving on."""
        return self.stream.peek(_BUFFER)[:_BUFFER]

    def whole(self, limit: int = MAX_BYTES, way_out: str = "split it into its articles") -> bytes:
        """Return all bytes.

        Raises:
            SourceError: there are more than `limit`.
        """
        data = self.stream.read(limit + 1) if self.size <= limit else b""
        if max(len(data), self.size) > limit:
            raise SourceError(f"{self.file} is larger than {limit // 1024 // 1024} MiB; {way_out}.")
        return data


@contextmanager
def opened(path: Path, file: str) -> Iterator[Opened]:
    """Open a regular file, and unpack it where its first bytes say that it is gzip, whatever its name says.

    Raises:
        SourceError: the file cannot be opened or read, is no regular file, or its gzip is damaged or a bomb.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise SourceError(f"{file} is no regular file; remove it or put an article there.")
        with open(path, "rb", 0, opener=_unblocked) as raw:
            status = os.fstat(raw.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise SourceError(f"{file} is no regular file; remove it or put an article there.")
            buffered: io.BufferedReader[Any] = io.BufferedReader(raw, _BUFFER)
            if buffered.peek(2)[:2] == b"\x1f\x8b":
                buffered = io.BufferedReader(_Unpacked(buffered, file), _BUFFER)
            source = Opened(file, buffered, status.st_size)
            try:
                yield source
            finally:
                for text in source._texts:
                    text.detach()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise SourceError(f"{file} cannot be read ({why}); make it readable or remove it.") from error


def _unblocked(path: str, flags: int) -> int:
    """Open without waiting: a pipe that took the file's place since has nobody at its other end."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


class _Unpacked(io.RawIOBase):
    """The bytes within a gzip file."""

    def __init__(self, packed: io.BufferedReader[Any], file: str) -> None:
        self._packed, self._file = packed, file
        self._gzip = gzip.GzipFile(fileobj=packed, mode="rb")
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # typeshed's name is private
        try:
            data = self._gzip.read(len(buffer))
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise SourceError(f"{self._file} is a damaged gzip file; pack it again.") from error
        self._count += len(data)
        if self._count > max(HARMLESS, MAX_RATIO * self._packed.tell()):
            raise SourceError(f"{self._file} unpacks to over {MAX_RATIO} times its size; unpack it or remove it.")
        buffer[: len(data)] = data
        return len(data)
