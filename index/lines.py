"""Lines: a stream of bytes as lines of text, decoded one by one, and none longer than a record may be."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from index.encoding import SNIFFED, check_text, decode, marked_encoding, older_encoding, unmarked_encoding
from index.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.opened import Opened

MAX_LINE = 16 * 1024 * 1024
"""Characters of a line; a record of more is no article."""
CONTROL_SHARE = 0.1
"""Share of control bytes from which on a file of records is no text; fewer spoil only the records that have them."""


class LongLineError(Exception):
    """A line is longer than MAX_LINE; it has been passed over."""


class Lines:
    """The lines of a file with their line ends, a byte-order mark taken away."""

    def __init__(self, source: Opened) -> None:
        """Tell the encoding from the first bytes; a line that is not in it is decoded by itself.

        Raises:
            SourceError: the file is no text.
        """
        self._file = source.file
        head = source.head()
        wide = marked_encoding(head) or unmarked_encoding(head)
        if wide is None:
            check_text(head[:SNIFFED], source.file, CONTROL_SHARE)
        self._text = source.text(wide or "utf-8-sig", "replace" if wide else "surrogateescape")
        self._older = "utf-8" if wide else _older(head, source.file)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the lines."""
        return self

    def __next__(self) -> str:
        """Return the next line.

        Raises:
            LongLineError: it is too long; the iteration may go on.
            SourceError: the stream is damaged here.
        """
        line = self._text.readline(MAX_LINE)
        if not line:
            raise StopIteration
        if len(line) == MAX_LINE and not line.endswith(("\n", "\r")):
            while rest := self._text.readline(MAX_LINE):
                if rest.endswith(("\n", "\r")):
                    break
            raise LongLineError
        try:
            line.encode()
        except UnicodeEncodeError:
            return self._decoded(line.encode("utf-8", "surrogateescape"))
        return line

    def _decoded(self, data: bytes) -> str:
        """Decode a line that is no UTF-8, in the encoding of the file's first lines if it fits, else by itself."""
        if self._older != "utf-8":
            with suppress(UnicodeDecodeError):
                return data.decode(self._older)
        with suppress(SourceError):
            return decode(data, self._file)
        return data.decode("utf-8", "replace")


def _older(head: bytes, file: str) -> str:
    """Return the encoding of those of the first lines that are no UTF-8; the last may be cut off."""
    lines = head.splitlines(keepends=True)
    odd = b"".join(line for line in (lines[:-1] or lines) if not _is_utf_8(line))
    with suppress(SourceError):
        return older_encoding(odd, file) if odd else "utf-8"
    return "utf-8"


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
