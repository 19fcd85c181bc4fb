"""Columns: the lines of a page whose text is drawn across its columns, in the order in which they are read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.pen import Piece

GUTTER = 1.0
"""White space between columns is at least so many times as wide as the letters are high."""
ROWS = 4
"""Lines in a row, with text in both columns, that a gutter runs through."""
ALIGNED, OFF = 0.6, 0.2
"""Share of the lines of the right column that begin at one place, but for this share of the letters' height."""
LOWER, LEAST = 1 / 3, 1 / 5
"""Share of the lines of both columns, and of each, that begin in lower case, as they go on with a sentence; cells of a
table seldom do."""
FILLED, WORDS = 0.6, 3
"""Share of the width of a column that its lines fill, and words in a line of it, on average."""
LEADING = 2
"""Where the next line is further away than so many lines, the columns have ended."""
MOST, GAPS = 20_000, 4
"""Pieces of a page among which columns are looked for, and gaps in a line; more are of a table or between words."""
LINES = 500
"""Lines of such a page, three times those of a newspaper: a gutter may be followed from each of them to the last."""


@dataclass(frozen=True, slots=True)
class _Band:
    """Lines of a page that stand in two columns."""

    first: int
    end: int
    """One past the last line."""
    middle: float
    """Where the gutter is, in points from the left."""


def read_columns(pieces: Sequence[Piece]) -> list[str] | None:
    """Return the lines of a page column after column, where they are drawn across columns; None for other pages.

    A line that crosses the gutter stands by itself, between what is above and what is below it.
    """
    if len(pieces) > MOST:
        return None
    rows = _rows(pieces)
    order = {id(piece): number for number, piece in enumerate(pieces)}
    if len(rows) > LINES or _band(rows, order) is None:
        return None
    return [_text(row) for row in _read(rows, order)]


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the lines from the top down, each from left to right; what is raised stands in its line."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (-p.base, p.start)):
        if rows and rows[-1][0].base - piece.base <= 0.5 * max(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.start) for row in rows]


def _read(rows: list[list[Piece]], order: dict[int, int]) -> Iterator[list[Piece]]:
    while band := _band(rows, order):
        yield from rows[: band.first]
        left, right = _sides(rows[band.first : band.end], band.middle)
        yield from _read(left, order)
        yield from _read(right, order)
        rows = rows[band.end :]
    yield from rows


def _sides(rows: Sequence[list[Piece]], middle: float) -> tuple[list[list[Piece]], list[list[Piece]]]:
    left = [[piece for piece in row if piece.start < middle] for row in rows]
    right = [[piece for piece in row if piece.start >= middle] for row in rows]
    return [row for row in left if row], [row for row in right if row]


def _band(rows: Sequence[list[Piece]], order: dict[int, int]) -> _Band | None:
    """Return the first lines that stand in two columns and are drawn across them."""
    first = 0
    while first < len(rows):
        bands = [_extended(rows, first, low, high) for low, high in _gaps(rows[first])]
        for band in bands:
            if _in_columns(rows[band.first : band.end], band.middle, order):
                return band
        # What a long gutter runs through that parts no columns is a table.
        first = max([first + 1, *(b.end for b in bands if len(_both(rows[b.first : b.end], b.middle)) >= ROWS)])
    return None


def _gaps(row: Sequence[Piece]) -> list[tuple[float, float]]:
    gaps: list[tuple[float, float]] = []
    end = row[0].end
    for before, piece in pairwise(row):
        end = max(end, before.end)
        if piece.start - end >= GUTTER * piece.size:
            gaps.append((end, piece.start))
    return gaps if len(gaps) <= GAPS else []


def _extended(rows: Sequence[list[Piece]], first: int, low: float, high: float) -> _Band:
    """Follow the white space between two places of a line down the page, and up over lines of the right column."""
    end = first + 1
    step = 0.0
    while end < len(rows):
        away = rows[end - 1][0].base - rows[end][0].base
        narrowed = _narrowed(rows[end], low, high)
        if narrowed is None or (step and away > LEADING * step):
            break
        step = step or away
        low, high = narrowed
        end += 1
    while first and step and rows[first - 1][0].base - rows[first][0].base <= LEADING * step:
        narrowed = _narrowed(rows[first - 1], low, high)
        if narrowed is None or rows[first - 1][0].start < low:
            break
        low, high = narrowed
        first -= 1
    return _Band(first, end, (low + high) / 2)


def _narrowed(row: Sequence[Piece], low: float, high: float) -> tuple[float, float] | None:
    """Return what a line leaves of white space; None where it crosses it."""
    middle = (low + high) / 2
    low = max([low, *(piece.end for piece in row if piece.start < middle)])
    high = min([high, *(piece.start for piece in row if piece.start >= middle)])
    return (low, high) if high - low >= GUTTER * row[0].size else None


def _both(rows: Sequence[list[Piece]], middle: float) -> list[list[Piece]]:
    return [row for row in rows if _parted(row, middle)]


def _parted(row: Sequence[Piece], middle: float) -> bool:
    return row[0].start < middle <= row[-1].start


def _in_columns(rows: Sequence[list[Piece]], middle: float, order: dict[int, int]) -> bool:
    """Tell columns of prose, drawn line by line across, from tables and from columns drawn one after the other."""
    both = _both(rows, middle)
    last = max((number for number, row in enumerate(rows, start=1) if _parted(row, middle)), default=0)
    if len(both) < ROWS or 2 * len(both) < last:
        return False
    drawn = sorted((order[id(piece)], piece.start < middle) for row in both for piece in row)
    turns = sum(one[1] != other[1] for one, other in pairwise(drawn))
    left, right = _sides(both, middle)
    starts = [row[0].start for row in right]
    usual = median(starts)
    aligned = sum(abs(start - usual) <= OFF * row[0].size for start, row in zip(starts, right, strict=True))
    prose = _is_prose(left) and _is_prose(right) and _lower([*left, *right]) >= LOWER
    return turns >= len(both) and aligned >= ALIGNED * len(both) and prose


def _is_prose(rows: Sequence[list[Piece]]) -> bool:
    """Tell whether the lines of a column go on from one to the next."""
    start, end = min(row[0].start for row in rows), max(row[-1].end for row in rows)
    filled = sum(row[-1].end - row[0].start for row in rows)
    words = sum(len(_text(row).split()) for row in rows)
    return _lower(rows) >= LEAST and words >= WORDS * len(rows) and filled >= FILLED * (end - start) * len(rows)


def _lower(rows: Sequence[list[Piece]]) -> float:
    return sum(_text(row)[0].islower() for row in rows) / len(rows)


def _text(row: Sequence[Piece]) -> str:
    """Join the pieces of a line, with a blank between words."""
    text = row[0].text
    for before, piece in pairwise(row):
        gap = piece.start - before.end >= 0.12 * piece.size
        text += f" {piece.text}" if gap and not text.endswith(" ") and piece.text[:1] != " " else piece.text
    return " ".join(text.split())
