"""Reading: a file of any format that Byline knows, as the articles in it and the records that are none."""

from __future__ import annotations

import io
import logging
import re
import threading
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.article import Article, make_article
from index.encoding import decode, marked_encoding
from index.errors import FormatError, SourceError
from index.fields import has_paragraphs, read_fields, read_text
from index.mail import read_mail
from index.masthead import read_sender
from index.opened import Opened, opened
from index.records import read_json, read_json_lines
from index.table import read_csv
from index.webpage import MAX_BYTES, is_markup, read_fragment, read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from index.records import Record
    from index.source import Source

SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".json", ".jsonl", ".csv")
"""What the names of article files end in; each may be followed by `.gz`."""
HOPELESS = 100
"""After so many broken records and not one article, no more are told one by one: the file may be of something else."""
LONGEST_KEY = 200
"""Characters of a record's own id; a longer value is something else."""

_RECORDS: dict[str, Callable[[Opened], Iterator[Record]]] = {
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".csv": read_csv,
}
_NOISY = ("pypdf", "trafilatura", "htmldate", "courlan", "justext")
"""Libraries that report each oddity of a file on standard error."""
_DATA = re.compile(r"(?:\[\s*)?\{\s*\"[^\"\n]{1,80}\"\s*:\s*[\[{\"\d]")
"""How JSON begins that was saved as text."""
_REMOVED = "[Removed]"
"""The text of an article in a dump of NewsAPI whose source has taken it back."""
_LIBRARIES = threading.Lock()
"""Held while these are kept quiet, which is a matter of the whole process."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that is no article."""

    file: str
    """Path relative to the indexed folder, with forward slashes."""
    record: int | None
    """Which record of the file, from 0; None for a file that is one record."""
    reason: str
    """Why, and what to do, as the end of a sentence that begins with the record's name."""

    @property
    def name(self) -> str:
        """The record's name, `file#record`."""
        return self.file if self.record is None else f"{self.file}#{self.record}"


def read_file(path: Path, root: Path) -> Iterator[Article | Skipped]:
    """Read the articles of one file, one after the other; a file of JSON lines or CSV is never whole in memory.

    The format is told by the end of the name, and by the first bytes where these say otherwise: a page, a PDF or a
    Word document is read as that under any name, and gzip is unpacked under any name.

    Args:
        path: the file, below `root`.
        root: the folder that names are relative to.

    Raises:
        SourceError: the file as a whole cannot be read: it is unreadable, too large, damaged, empty, locked, of no
            known format or encoding, or a library that reads it is not installed. Where only some records need that
            library, the others have been read before.
    """
    file = path.relative_to(root).as_posix()
    with opened(path, file) as source:
        suffix = suffix_of(path.name)
        kind = _kind(source.head(), suffix, file)
        if kind == ".json" and suffix == ".txt":
            yield from _data_or_text(source)
        else:
            yield from _records(source, _RECORDS[kind]) if kind in _RECORDS else [_whole(source, kind)]


def suffix_of(name: str) -> str | None:
    """Return which of SUFFIXES a file's name ends in, or None."""
    plain = name.lower().removesuffix(".gz")
    return next((suffix for suffix in SUFFIXES if plain.endswith(suffix)), None)


def _kind(head: bytes, suffix: str | None, file: str) -> str:
    """Return the suffix that the content would have by right."""
    start = head[:1024]
    wide = marked_encoding(start)
    opening = (start.decode(wide, "ignore") if wide else start.decode("latin-1")).lstrip("ï»¿\ufeff \t\r\n\f").lower()
    if b"%PDF-" in start and (suffix == ".pdf" or opening.startswith("%pdf-")):
        return ".pdf"
    if start.startswith(b"PK\x03\x04"):
        return ".docx"
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise SourceError(f"{file} is an old or locked Office file; save it as .docx without a password.")
    if opening.startswith("{\\rtf"):
        raise SourceError(f"{file} is rich text (RTF); save it as .docx or as plain text.")
    if opening.startswith(("<!doctype html", "<html")):
        return ".html"
    if suffix in (".pdf", ".docx"):
        name = "PDF" if suffix == ".pdf" else "Word document"
        raise SourceError(f"{file} is no {name}; name it as what it is, or remove it.")
    return ".json" if suffix == ".txt" and _DATA.match(opening) else suffix or ".txt"


def require_article(source: Source) -> None:
    """Refuse files of which none can be read.

    Raises:
        SourceError: none holds an article.
    """
    reasons: list[str] = []
    for path in source.files:
        try:
            for item in read_file(path, source.root):
                if isinstance(item, Article):
                    return
                reasons.append(f"{item.name} {item.reason}")
        except SourceError as error:
            reasons.append(str(error))
    raise SourceError(f"No article in {source.root} can be read: {'; '.join(reasons[:3])}")


def _whole(source: Opened, kind: str) -> Article:
    """Read a file that is one article."""
    file = source.file
    if kind == ".pdf":
        from index.pdf import read_pdf

        with _quiet():
            text, said, pages = read_pdf(source.whole(), file)
        return make_article(file, text, said=said, pages=pages)
    if kind == ".docx":
        from index.docx import read_docx

        text, said = read_docx(source.whole(), file)
        return make_article(file, text, said=said)
    if kind in (".html", ".htm"):
        data = source.whole(MAX_BYTES)
        with _quiet():
            text, said = read_page(data, file)
        return make_article(file, text, said=said)
    data = source.whole()
    text = decode(data, file)
    mail = read_mail(data, text, file)
    return make_article(file, text) if mail is None else make_article(file, mail, said=read_sender(text))


def _data_or_text(source: Opened) -> list[Article | Skipped]:
    """Read a text that begins as JSON does: as records where one is an article, else as the text that it is."""
    data = source.whole()
    try:
        items = list(_records(_anew(source, data), read_json))
    except FormatError:
        raise
    except SourceError:
        items = []
    return items if any(isinstance(item, Article) for item in items) else [_whole(_anew(source, data), ".txt")]


def _anew(source: Opened, data: bytes) -> Opened:
    return Opened(source.file, io.BufferedReader(io.BytesIO(data)), len(data))


def _records(source: Opened, read: Callable[[Opened], Iterator[Record]]) -> Iterator[Article | Skipped]:
    """Make articles of records. Damage to the file after its first article costs the records from there on.

    Of many broken records before it, those after the first HOPELESS are counted and told as one.
    """
    articles = faults = number = more = 0
    errors: dict[type, SourceError] = {}  # each kind is said once, not of each record
    for record, item in _items(source.file, read(source)):
        number = (record.number or 0) + 1 if record is not None else number
        if isinstance(item, SourceError):
            errors.setdefault(type(item), item)
        elif isinstance(item, Article):
            if more:
                others = f", nor are the {more - 1:,} after it" if more > 1 else ""
                reason = f"is no article{others}; mend or remove what is none."
                yield Skipped(source.file, number - 1 - more, reason)
                more = 0
            articles += 1
            yield item
        elif item.record is None:
            raise SourceError(f"{source.file} {item.reason}")
        elif not articles and faults == HOPELESS:
            more += 1
        else:
            faults += 1
            yield item
    if FormatError in errors or (errors and not articles):
        raise errors.get(FormatError) or errors[SourceError]
    if not articles and (not faults or faults == HOPELESS):
        raise _no_article(source.file, faults, more)
    if errors:
        yield Skipped(source.file, number, _reason(errors[SourceError], source.file))


def _no_article(file: str, faults: int, more: int) -> SourceError:
    if not faults:
        return SourceError(f"{file} holds no record; remove it or put articles into it.")
    after = f", nor in the {more:,} after them" if more else ""
    return SourceError(f"{file} holds no article in its first {HOPELESS} records{after}; mend or remove it.")


def _items(file: str, records: Iterator[Record]) -> Iterator[tuple[Record | None, Article | Skipped | SourceError]]:
    """Yield each record with what it holds, and, without one, the error that ends them."""
    try:
        for record in records:
            yield record, _made(file, record)
    except SourceError as error:
        yield None, error


def _made(file: str, record: Record) -> Article | Skipped | FormatError:
    if record.fault:
        return Skipped(file, record.number, f"{record.fault}.")
    text = read_text(record.fields)
    if text is None:
        return Skipped(file, record.number, "has no text in a field text, body or content; name it so or remove it.")
    if text.strip() == _REMOVED:
        return Skipped(file, record.number, "is an article that its source has removed; remove it here too.")
    try:
        titled = not has_paragraphs(record.fields)
        text = read_fragment(text, file) if is_markup(text) else text
        said, own = read_fields(record.fields), _key(record)
        return make_article(file, text, record.number, said, titled=titled, key=own)
    except FormatError as error:
        return error
    except SourceError as error:
        return Skipped(file, record.number, _reason(error, file))


def _key(record: Record) -> str | None:
    """Return the own id of a record, a word or a number; None where it has none, or one that is too long to be told."""
    value = next((value for name, value in record.fields.items() if str(name).strip().lower() == "id"), None)
    key = " ".join(str(value).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return key if 0 < len(key) <= LONGEST_KEY else None


def _reason(error: SourceError, file: str) -> str:
    return str(error).removeprefix(f"{file} ")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what libraries report of a file from the terminal: Byline says itself what cannot be read."""
    loggers = [logging.getLogger(name) for name in _NOISY]
    with _LIBRARIES, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        levels = [logger.level for logger in loggers]
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        try:
            yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)
