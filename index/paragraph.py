"""Paragraphs: the lines of a text, and which of them belong together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.punctuation import BLANKS, closed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MIN_WIDTH, MAX_WIDTH = 40, 120
"""Prose that an editor wrapped has lines of about this many characters."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_HEADING = re.compile(rf"[\s{BLANKS}]{{0,3}}#{{1,6}}\s+")
_BULLET = re.compile(rf"[\s{BLANKS}]*(?:[-*+•▪‣>]|\d{{1,3}}[.)])\s+")


def lines(text: str) -> list[tuple[int, int]]:
    """Return the span of each line without its line end, which may be LF, CRLF or CR."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _LINE_END.finditer(text):
        spans.append((start, match.start()))
        start = match.end()
    return [*spans, (start, len(text))]


def paragraphs(rows: Sequence[str], alone: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield (first line, last line) of each paragraph: a line, or a block of lines that were wrapped to a width.

    Args:
        rows: the lines of the text.
        alone: for each, whether it is known to stand alone.
    """
    block: list[int] = []
    for i, row in enumerate(rows):
        single = alone[i] or bool(_HEADING.match(row))
        listed = bool(_BULLET.match(row)) and (not block or closed(rows[i - 1]))
        if single or listed or not row.strip():
            yield from _unwrap(rows, block)
            block = []
        if single:
            yield i, i
        elif row.strip():
            block.append(i)
    yield from _unwrap(rows, block)


def wrapped(rows: Sequence[str]) -> bool:
    """Tell hard-wrapped prose from lines that stand alone: all but the last about as long, some begin in lower case."""
    widths = [len(row.rstrip()) for row in rows[:-1]]
    if not widths or max(widths) > MAX_WIDTH or min(widths) < max(MIN_WIDTH, 0.6 * max(widths)):
        return False
    return any(row.lstrip()[:1].islower() for row in rows[1:])


def markup_end(line: str) -> int:
    """Return how many characters a heading's or a list item's mark takes at the start of a line, or 0."""
    match = _HEADING.match(line) or _BULLET.match(line)
    return match.end() if match else 0


def _unwrap(rows: Sequence[str], block: Sequence[int]) -> Iterator[tuple[int, int]]:
    if wrapped([rows[i] for i in block]):
        yield block[0], block[-1]
    else:
        yield from ((i, i) for i in block)
