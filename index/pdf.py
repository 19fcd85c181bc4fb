"""PDF: the text of its pages as pypdf finds it, with lines joined into paragraphs, and where each page begins."""

from __future__ import annotations

import io
import re
import time
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from index.article import MAX_CHARS
from index.columns import read_columns
from index.dates import read_date
from index.errors import FormatError, SourceError
from index.fields import Fields, read_author, read_language, read_name
from index.pen import Pen

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORT = 0.75
"""A line of at most this share of the usual length of the page's lines may end a paragraph."""
EDGE = 2
"""Lines at the top and bottom of a page among which running heads and page numbers are looked for."""
REPEATED = 3
"""Pages on which a line must stand at the edge, and half of all pages, to be a running head."""
MAX_PAGE = 4 * 1024 * 1024
"""Bytes of instructions of a page, unpacked, and those of a form as often as it is drawn: some ten seconds' reading. A
page of close print has some 200 KB."""
MAX_RATIO, HARMLESS = 50, 16 * 1024 * 1024
"""All pages may have so many times the bytes of the file, or so many bytes; more is a bomb."""
MAX_SECONDS = 600
"""Processor time after which no further page is read, whatever it is that takes so long."""

_DRAWN = re.compile(rb"(?:/([^\s/<>\[\](){}%]+)\s+)?\bDo\b")
_TEXT = re.compile(rb"Tj|TJ|Do|['\"]")
_SLOW = "takes too long to read; save it as text"
_JUNK = re.compile(r"(?i)^(?:microsoft \w+ ?-.*|untitled.*|.*\.(?:docx?|pdf|indd|qxp|odt|rtf|pages|tex))$")
_STOP = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*$")
_HYPHEN = re.compile(r"(?<!\w)(\w*[a-zß-öø-ÿ])[-\u2010]$")


def read_pdf(data: bytes, file: str) -> tuple[str, Fields, tuple[int, ...]]:
    """Return the text, what the document's own properties say, and the offset in the text where each page begins.

    Lines of a paragraph are joined by a space, so that a sentence may run over lines and pages; running heads and
    page numbers are left out. The day on which the PDF was made is not taken for the day of publication.

    Raises:
        FormatError: pypdf is not installed.
        SourceError: the PDF is damaged, locked, without text, or made so that reading it takes too long.
    """
    try:
        import pypdf
    except ImportError as error:
        raise FormatError(f"{file} is a PDF, and they are read by byline[pdf]; install that.") from error
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
        if not locked:
            _check_work(reader, file, len(data))
        pages = [] if locked else _texts(reader, file)
        said = Fields() if locked else _said(reader)
    except SourceError:
        raise
    except Exception as error:
        raise SourceError(f"{file} is a damaged PDF; save it anew.") from error
    if locked:
        raise SourceError(f"{file} is locked by a password; save it without one.")
    if not any(char.isalnum() for page in pages for char in page):
        raise SourceError(f"{file} holds no text; where its pages are pictures, run text recognition over it first.")
    text, starts = _joined(_without_edges(pages))
    return text, said, starts


def _texts(reader: Any, file: str) -> list[str]:
    pages: list[str] = []
    size = 0
    start = time.thread_time()
    for number, page in enumerate(reader.pages, start=1):
        if time.thread_time() - start > MAX_SECONDS:
            raise SourceError(f"{file} has a page ({number}) that {_SLOW}.")
        pages.append(_text(page))
        size += len(pages[-1])
        if size > MAX_CHARS:
            raise SourceError(f"{file} holds more than {MAX_CHARS:,} characters in one article; split it.")
    return pages


def _text(page: Any) -> str:
    """Return the lines of a page as they are drawn, or column after column where they are drawn across columns."""
    pen = _pen(page)
    if pen is None:
        return str(page.extract_text())
    text = str(page.extract_text(visitor_operand_before=pen))
    lines = None if pen.lost else read_columns(pen.pieces)
    return text if lines is None else "\n".join(lines)


def _pen(page: Any) -> Pen | None:
    """Return what follows the drawing of a page; None for one without text or with forms.

    To follow them, pypdf would carry out drawings without text, which it passes over otherwise and which may be long.
    """
    try:
        resources = page["/Resources"].get_object()
        things = resources["/XObject"].get_object().values() if "/XObject" in resources else ()
        contents = page.get_contents()
        if contents is None or any(thing.get_object().get("/Subtype") == "/Form" for thing in things):
            return None
        return Pen(page._layout_mode_fonts()) if _TEXT.search(contents.get_data()) else None
    except Exception:  # noqa: BLE001 # what is damaged is told where the page is read
        return None


def _check_work(reader: Any, file: str, size: int) -> None:
    """Refuse a PDF that takes too long, before a page of it is read.

    Raises:
        SourceError: a page, or all pages, carry out more instructions than an article of such a size has.
    """
    known: dict[int, int] = {}
    total = 0
    for number, page in enumerate(reader.pages, start=1):
        try:
            contents = page.get_contents()
            work = _work(page, contents.get_data(), known) if contents is not None else 0
        except RecursionError:
            work = MAX_PAGE + 1
        except Exception:  # noqa: BLE001 # damage is told where the page is read
            work = 0
        total += work
        if work > MAX_PAGE or total > max(HARMLESS, MAX_RATIO * size):
            raise SourceError(f"{file} has a page ({number}) that {_SLOW}.")


def _work(drawing: Any, instructions: bytes, known: dict[int, int]) -> int:
    """Return how many bytes of instructions a page or form carries out, those of a form as often as it is drawn."""
    if not _TEXT.search(instructions):
        return 0  # pypdf passes over a drawing without text, and they may be long
    resources = drawing.get("/Resources")
    things = resources.get_object().get("/XObject") if resources is not None else None
    work: dict[str, int] = {}
    for name, value in (things.get_object() if things is not None else {}).items():
        thing = value.get_object()
        if id(thing) not in known:
            known[id(thing)] = 0  # one that draws itself is read once
            if (data := _form(thing)) is not None:
                known[id(thing)] = _work(thing, data, known)
        work[name.lstrip("/")] = known[id(thing)]
    most = max(work.values(), default=0)
    drawn = Counter(_DRAWN.findall(instructions)) if most else Counter()
    return len(instructions) + sum(count * work.get(name.decode("latin-1"), most) for name, count in drawn.items())


def _form(thing: Any) -> bytes | None:
    """Return the instructions of a form; None for a picture and what cannot be read, which pypdf passes over too."""
    try:
        return bytes(thing.get_data()) if thing["/Subtype"] == "/Form" else None
    except Exception:  # noqa: BLE001 # a damaged form costs only itself
        return None


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
    words = Counter(word.lower() for page in pages for line in page for word in re.findall(r"(?<!\w)\w+[-‐]\w+", line))
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
