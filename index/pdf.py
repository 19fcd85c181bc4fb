"""PDF: the text of its pages as pypdf finds it, with lines joined into paragraphs, and where each page begins."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from index.article import MAX_CHARS
from index.dates import read_date
from index.errors import FormatError, SourceError
from index.fields import Fields, read_author, read_language, read_name

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORT = 0.75
"""A line of at most this share of the usual length of the page's lines may end a paragraph."""
EDGE = 2
"""Lines at the top and bottom of a page among which running heads and page numbers are looked for."""
REPEATED = 3
"""Pages on which a line must stand at the edge, and half of all pages, to be a running head."""

_JUNK = re.compile(r"(?i)^(?:microsoft \w+ ?-.*|untitled.*|.*\.(?:docx?|pdf|indd|qxp|odt|rtf|pages|tex))$")
_STOP = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*$")
_HYPHEN = re.compile(r"(\w*[a-zß-öø-ÿ])[-\u2010]$")


def read_pdf(data: bytes, file: str) -> tuple[str, Fields, tuple[int, ...]]:
    """Return the text, what the document's own properties say, and the offset in the text where each page begins.

    Lines of a paragraph are joined by a space, so that a sentence may run over lines and pages; running heads and
    page numbers are left out. The day on which the PDF was made is not taken for the day of publication.

    Raises:
        FormatError: pypdf is not installed.
        SourceError: the PDF is damaged, locked, or without text.
    """
    try:
        import pypdf
    except ImportError as error:
        raise FormatError(f"{file} is a PDF, and they are read by byline[pdf]; install that.") from error
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = [] if locked else _texts(reader, file)
        said = Fields() if locked else _said(reader)
    except SourceError:
        raise
    except Exception as error:
        raise SourceError(f"{file} is a damaged PDF ({type(error).__name__}); save it anew.") from error
    if locked:
        raise SourceError(f"{file} is locked by a password; save it without one.")
    if not any(char.isalnum() for page in pages for char in page):
        raise SourceError(f"{file} holds no text; where its pages are pictures, run text recognition over it first.")
    text, starts = _joined(_without_edges(pages))
    return text, said, starts


def _texts(reader: Any, file: str) -> list[str]:
    pages: list[str] = []
    size = 0
    for page in reader.pages:
        pages.append(page.extract_text())
        size += len(pages[-1])
        if size > MAX_CHARS:
            raise SourceError(f"{file} holds more than {MAX_CHARS:,} characters in one article; split it.")
    return pages


def _said(reader: Any) -> Fields:
    """Return what the properties and the XMP metadata say; a title that is the name of a file says nothing."""
    info: dict[str, Any] = {}
    xmp = None
    language = None
    try:
        info = {str(k): str(v) for k, v in (reader.metadata or {}).items()}
        language = str(reader.root_object.get("/Lang", ""))
        xmp = reader.xmp_metadata
    except Exception:  # noqa: BLE001, S110 # damaged properties cost only themselves
        pass
    said = _read_xmp(xmp) if xmp is not None else Fields()
    said = said.or_else(
        Fields(
            title=read_name(info.get("/Title")),
            author=read_author(info.get("/Author")),
            language=read_language(language),
        )
    )
    return replace(said, title=None) if said.title and _JUNK.match(said.title) else said


def _read_xmp(xmp: Any) -> Fields:
    def of(name: str) -> Any:
        try:
            value = getattr(xmp, name)
        except Exception:  # noqa: BLE001 # damaged XMP costs only itself
            return None
        return list(value.values()) if isinstance(value, dict) else value

    day = of("dc_date")
    return Fields(
        title=read_name(of("dc_title")),
        outlet=read_name(of("dc_publisher")),
        published=read_date(str(day[0])) if isinstance(day, list) and day else None,
        author=read_author(of("dc_creator")),
        language=read_language(of("dc_language")),
    )


def _without_edges(pages: Sequence[str]) -> list[list[str]]:
    """Return the lines of each page without page numbers and the lines that stand at the edge of many pages."""
    rows = [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]
    edges = Counter(key for page in rows for key in {_mask(line) for line in (*page[:EDGE], *page[-EDGE:])})
    repeated = {key for key, count in edges.items() if count >= max(REPEATED, len(pages) / 2)}
    kept = []
    for page in rows:
        last = len(page) - EDGE
        kept.append(
            [
                line
                for i, line in enumerate(page)
                if EDGE <= i < last or not (_mask(line) in repeated or _mask(line) in {"#", "page #", "# / #"})
            ]
        )
    return kept


def _mask(line: str) -> str:
    return re.sub(r"\d+", "#", line.lower()).strip("-–— |")


def _joined(pages: Sequence[Sequence[str]]) -> tuple[str, tuple[int, ...]]:
    """Join lines into paragraphs across pages; return the text and where each page begins."""
    words = Counter(word.lower() for page in pages for line in page for word in re.findall(r"\w+[-‐]\w+", line))
    text: list[str] = []
    starts: list[int] = []
    size, usual, before = 0, 0.0, ""
    for page in pages:
        starts.append(size)
        usual = _usual(page) or usual
        for number, line in enumerate(page):
            gap, cut = _gap(before, line, usual, words) if before else ("", 0)
            if cut:
                text[-1] = text[-1][:-cut]
            text += [gap, line]
            size += len(gap) + len(line) - cut
            if number == 0:
                starts[-1] = size - len(line)
            before = line
    return "".join(text), tuple(starts)


def _usual(page: Sequence[str]) -> float:
    """Return the length of the page's long lines: nine of ten are no longer."""
    lengths = sorted(map(len, page))
    return float(lengths[len(lengths) * 9 // 10]) if lengths else 0.0


def _gap(before: str, line: str, usual: float, words: Counter[str]) -> tuple[str, int]:
    """Return what stands between two lines, and how many characters of the first fall away: a hyphen that broke it."""
    if (match := _HYPHEN.search(before)) and line[:1].islower():
        rest = re.match(r"\w+", line)
        compound = f"{match[1]}-{rest[0] if rest else ''}".lower()
        return "", 0 if words[compound] else 1
    short = len(before) <= SHORT * usual
    if short and (_STOP.search(before) or not line[:1].islower()):
        return "\n", 0
    return " ", 0
