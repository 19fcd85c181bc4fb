"""Word documents: the paragraphs that a `.docx` shows, and what its properties say; read as the zipped XML it is."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from xml.etree.ElementTree import XMLParser

from index.errors import SourceError
from index.fields import Fields, read_author, read_language, read_name

MAX_XML = 64 * 1024 * 1024
"""Bytes of the document within the archive; its text is some tenth of that."""

_WORD = frozenset(
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
)
_COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_LEFT_OUT = frozenset(("del", "moveFrom"))
"""Text that a tracked change took away."""
_NOTES = frozenset(("footnote", "endnote"))
_CELL = " | "
"""What stands between the cells of a row."""
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PROGRAMS = frozenset(("python-docx", "microsoft office user", "user", "author", "admin", "unknown"))
"""Authors that a program or a template puts there."""
_CHUNK = 65_536


def read_docx(data: bytes, file: str) -> tuple[str, Fields]:
    """Return the paragraphs of a document, text boxes included, and what its properties say.

    A row of a table is one line. After the text stand its footnotes and endnotes. Left out are deleted and hidden text,
    comments, page headers and footers, and notes that are damaged. The day on which the file was made is not taken for
    the day of publication.

    Raises:
        SourceError: it is no Word document, or a damaged or locked one.
    """
    try:
        body, core = _gather(data, file)
    except SourceError:
        raise
    except Exception as error:  # each way to pack has errors of its own
        if type(error) is RuntimeError and "password" in str(error):
            raise SourceError(f"{file} is locked by a password; save it without one.") from error
        raise SourceError(f"{file} is a damaged Word document; save it anew.") from error
    author = read_author(core.of("creator"))
    said = Fields(
        title=read_name(body.title) or read_name(core.of("title")),
        author=None if (author or "").lower() in _PROGRAMS else author,
        language=read_language(core.of("language")),
    )
    return "\n\n".join(body.paragraphs), said


def _gather(data: bytes, file: str) -> tuple[_Body, _Core]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    if "word/document.xml" not in archive.namelist():
        raise SourceError(f"{file} is a zip archive but no Word document; unpack it or save it as .docx.")
    body, core = _Body(), _Core()
    _parse(archive, "word/document.xml", body, file)
    for part in ("word/footnotes.xml", "word/endnotes.xml"):
        notes = _Body()
        if _is_read(archive, part, notes, file):
            body.paragraphs += notes.paragraphs
    return body, core if _is_read(archive, "docProps/core.xml", core, file) else _Core()


def _is_read(archive: zipfile.ZipFile, name: str, target: _Body | _Core, file: str) -> bool:
    """Parse a part that the document can do without; tell whether it is there and undamaged."""
    try:
        _parse(archive, name, target, file)
    except SourceError:
        raise
    except Exception:  # noqa: BLE001 # each way to pack has errors of its own
        return False
    return True


def _parse(archive: zipfile.ZipFile, name: str, target: _Body | _Core, file: str) -> None:
    """Parse a part of the archive piece by piece, so that a bomb is noticed before it fills the memory."""
    parser = XMLParser(target=target)  # noqa: S314 # its targets refuse document types
    size = 0
    with archive.open(name) as part:
        while piece := part.read(_CHUNK):
            size += len(piece)
            if size > MAX_XML:
                raise SourceError(f"{file} unpacks to over {MAX_XML // 1024 // 1024} MiB; split it into its articles.")
            parser.feed(piece)
    parser.close()


class _NoDoctype:
    """Word writes no document type; whoever does may define entities that grow without end."""

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        raise ValueError("a document type")

    def close(self) -> None:
        """End; what was gathered stays."""


@dataclass(slots=True)
class _Body(_NoDoctype):
    """Gathers the paragraphs while the XML is read, and keeps no tree of it."""

    paragraphs: list[str] = field(default_factory=list)
    title: str | None = None
    """The paragraph in Word's style for titles."""
    _open: list[list[str]] = field(default_factory=list)
    """The pieces of each open paragraph: a text box stands within the paragraph that it hangs on."""
    _rows: list[list[list[str]]] = field(default_factory=list)
    """The cells of each open row, each with its paragraphs: a table may stand within a cell."""
    _style: str = ""
    _path: list[str] = field(default_factory=list)
    _left_out: int = 0
    """How many open elements are left out with all that is in them."""
    _hidden: bool = False
    """Whether the open run is hidden."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag[1:].rpartition("}")
        known = name if space in _WORD else ""
        fallback = space == _COMPATIBLE and name == "Fallback"
        self._path.append(known)
        # Those of a type of their own are the lines that part notes from the text.
        parting = known in _NOTES and any(key.endswith("}type") and v != "normal" for key, v in attributes.items())
        if self._left_out or known in _LEFT_OUT or fallback or parting:
            self._left_out += 1
        elif known in ("tr", "tc"):
            self._enter(known)
        elif known == "p":
            self._open.append([])
            self._style = ""
        elif known == "r":
            self._hidden = False
        elif known == "pStyle":
            self._style = next(iter(attributes.values()), "")
        elif known == "vanish" and self._path[-3:-1] == ["r", "rPr"]:
            self._hidden = next(iter(attributes.values()), "true") not in ("0", "false", "off")
        elif known in _SIGNS and self._path[-2:-1] == ["r"]:
            self._add(_SIGNS[known])

    def data(self, text: str) -> None:
        if self._path and self._path[-1] == "t":
            self._add(text)

    def end(self, _tag: str) -> None:
        known = self._path.pop()
        if self._left_out:
            self._left_out -= 1
        elif known == "p" and self._open:
            text = re.sub(r"[^\S\n]*\n\s*", "\n", "".join(self._open.pop())).strip()
            if text:
                self._place(text)
            if text and self.title is None and self._style == "Title":
                self.title = text
        elif known == "tr" and self._rows:
            for text in _lines(self._rows.pop()):
                self._place(text)

    def _enter(self, known: str) -> None:
        if known == "tr":
            self._rows.append([])
        elif self._rows:
            self._rows[-1].append([])

    def _place(self, text: str) -> None:
        """Put a paragraph into the open cell, or into the text."""
        cells = self._rows[-1] if self._rows else []
        (cells[-1] if cells else self.paragraphs).append(text)

    def _add(self, text: str) -> None:
        if self._open and not self._left_out and not self._hidden:
            self._open[-1].append(text)


def _lines(cells: list[list[str]]) -> list[str]:
    """Return a row as one line; its paragraphs where a cell has several, as where a table sets columns of prose."""
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 or any(len(cell) > 1 for cell in filled):
        return [text for cell in filled for text in cell]
    return [_CELL.join(" ".join(cell[0].split()) for cell in filled)]


class _Core(_NoDoctype):
    """Gathers the properties."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}
        self._name = ""

    def of(self, name: str) -> str | None:
        return self._values.get(name)

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._name = tag.rpartition("}")[2]

    def data(self, text: str) -> None:
        self._values[self._name] = (self._values.get(self._name, "") + text)[:10_000]

    def end(self, _tag: str) -> None:
        self._name = ""
