"""Articles: one file read from disk into text, with every character where the file has it."""

from __future__ import annotations

import hashlib
import re
import stat
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from charset_normalizer import from_bytes

from index.errors import SourceError
from index.masthead import read_masthead

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 64 * 1024 * 1024
SUFFIXES = (".txt", ".md")
_CONTROL = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}
_MARKS = ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WESTERN = frozenset("‘’“”„…–—•€£§°©®™«»¡¿ªº·½\xa0àáâãäåæçèéêëìíîïñòóôõöøœùúûüÿßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜŸ")
_SAMPLE = 262_144
_SURROGATE = re.compile("[\ud800-\udfff]")


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
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise SourceError(f"{file} is no regular file; remove it or put an article there.")
        if status.st_size > MAX_BYTES:
            raise SourceError(f"{file} is larger than {MAX_BYTES // 1024 // 1024} MiB; split it into its articles.")
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{file} cannot be read ({error.strerror}); make it readable or remove it.") from error
    article = make_article(file, decode(data, file))
    return replace(article, size=status.st_size, mtime_ns=status.st_mtime_ns)


def make_article(file: str, text: str, record: int | None = None) -> Article:
    """Make the article that `text` holds, with the title, outlet and date that the text shows.

    Half of a surrogate pair, which is no character and cannot be stored, becomes U+FFFD; no offset moves.

    Raises:
        SourceError: there is no letter or digit in the text.
    """
    text = _SURROGATE.sub("\ufffd", text)
    if not any(c.isalnum() for c in text):
        raise SourceError(f"{file} holds no text; remove it or put an article into it.")
    head = read_masthead(text)
    key = f"{file}\0{'' if record is None else record}\0{text}".encode()
    digest = hashlib.blake2b(key, digest_size=12).hexdigest()
    return Article(digest, file, record, head.title, head.outlet, head.published, text)


def identify(article: Article) -> Article:
    """Return an article with an id of its file, its record and all that was read of it: any change makes a new one.

    The size and time of the file are no part of it.
    """
    read = {name: value for name, value in asdict(article).items() if name not in ("id", "size", "mtime_ns")}
    digest = hashlib.blake2b(repr(sorted(read.items())).encode("utf-8", "backslashreplace"), digest_size=12)
    return replace(article, id=digest.hexdigest())


def decode(data: bytes, file: str) -> str:
    """Decode the bytes of a text file, UTF-8 first, else as its byte-order mark or its letters tell.

    A broken byte here and there in UTF-8 becomes U+FFFD.

    Raises:
        SourceError: the bytes are no text, or no encoding fits them.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                break
    sample = data[:65536]
    if sum(byte in _CONTROL for byte in sample) > 2 + len(sample) / 1000:
        raise SourceError(f"{file} is not text (it holds control bytes); convert it to UTF-8 text or remove it.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    if 10 * text.count("\ufffd") <= sum(char > "\x7f" for char in text):
        return text
    return _western(data) or _guessed(data, file)


def _western(data: bytes) -> str | None:
    """Decode as Windows-1252 where that yields the letters and marks of West European languages, and few of those."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    foreign = [char for char in text if char > "\x7f"]
    few = sum(char.isalpha() for char in foreign) < 0.3 * sum(char.isalpha() for char in text)
    return text if few and _WESTERN.issuperset(foreign) else None


def _guessed(data: bytes, file: str) -> str:
    # A sample that ends within a character fits no encoding; no encoding takes more than four bytes for one.
    samples = (data[: _SAMPLE - cut] for cut in range(4 if len(data) > _SAMPLE else 1))
    best = next(filter(None, (from_bytes(sample).best() for sample in samples)), None)
    if best is None:
        raise SourceError(f"{file} is in no encoding that fits its bytes; save it as UTF-8.")
    try:
        return data.decode(best.encoding)
    except UnicodeDecodeError as error:
        raise SourceError(f"{file} is not all in one encoding ({best.encoding}); save it as UTF-8.") from error
