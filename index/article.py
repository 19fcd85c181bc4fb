"""Articles: one file read from disk into text, with every character where the file has it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from charset_normalizer import from_bytes

from index.errors import SourceError
from index.masthead import read_masthead

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 64 * 1024 * 1024
SUFFIXES = (".txt", ".md")
_CONTROL = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}


@dataclass(frozen=True, slots=True)
class Article:
    """One article and what its own text says about it."""

    id: str
    """Hash of file, record and text: the same article read again has the same id."""
    file: str
    """Path relative to the indexed folder, with forward slashes."""
    record: int | None
    """Which record of the file, from 0; None for a file that holds one article."""
    title: str | None
    outlet: str | None
    published: str | None
    """ISO 8601 date, or None where the text does not say."""
    text: str
    """All characters of the file, boilerplate included, line ends untouched; offsets count these."""
    size: int = 0
    """Size of the file in bytes, to notice that it changed."""
    mtime_ns: int = 0
    """Modification time of the file in nanoseconds, to notice that it changed."""


def read_article(path: Path, root: Path) -> Article:
    """Read one `.txt` or `.md` file below `root`.

    Raises:
        SourceError: the file is unreadable, too large, binary, empty or in no known encoding.
    """
    file = path.relative_to(root).as_posix()
    try:
        stat = path.stat()
        if stat.st_size > MAX_BYTES:
            raise SourceError(f"{file} is larger than {MAX_BYTES // 1024 // 1024} MiB; split it into its articles.")
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{file} cannot be read ({error.strerror}); make it readable or remove it.") from error
    article = make_article(file, decode(data, file))
    return replace(article, size=stat.st_size, mtime_ns=stat.st_mtime_ns)


def make_article(file: str, text: str, record: int | None = None) -> Article:
    """Make the article that `text` holds, with the title, outlet and date that the text shows.

    Raises:
        SourceError: there is no letter or digit in the text.
    """
    if not any(c.isalnum() for c in text):
        raise SourceError(f"{file} holds no text; remove it or put an article into it.")
    head = read_masthead(text)
    key = f"{file}\0{'' if record is None else record}\0{text}".encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(key, digest_size=12).hexdigest()
    return Article(digest, file, record, head.title, head.outlet, head.published, text)


def decode(data: bytes, file: str) -> str:
    """Decode the bytes of a text file, UTF-8 first, else as its byte-order mark or its letters tell.

    Raises:
        SourceError: the bytes are no text, or no encoding fits them.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            pass
    sample = data[:65536]
    if sum(byte in _CONTROL for byte in sample) > len(sample) / 1000:
        raise SourceError(f"{file} is not text (it holds control bytes); convert it to UTF-8 text or remove it.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    best = from_bytes(data[:262144]).best()
    if best is None:
        raise SourceError(f"{file} is in no encoding that fits its bytes; save it as UTF-8.")
    try:
        return data.decode(best.encoding)
    except UnicodeDecodeError as error:
        raise SourceError(f"{file} is not all in one encoding ({best.encoding}); save it as UTF-8.") from error
