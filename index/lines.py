"""Lines: a stream of bytes as lines of text, decoded one by one, and none longer than a record may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.encoding import SNIFFED, check_text, decode, marked_encoding
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
        wide = marked_encoding(head)
        if wide is None:
            check_text(head[:SNIFFED], source.file, CONTROL_SHARE)
        self._text = source.text(wide or "utf-8-sig", "replace" if wide else "surrogateescape")
        self._guess = "utf-8"

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
        """Decode a line that is no UTF-8, in the encoding of the line before that was none, if that fits."""
        if self._guess != "utf-8":
            try:
                return data.decode(self._guess)
            except UnicodeDecodeError:
                pass
        try:
            return decode(data, self._file)
        except SourceError:
            return data.decode("utf-8", "replace")
