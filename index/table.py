"""Tables: the rows of a CSV file, one after the other, read on after a quotation mark that nobody closes."""

from __future__ import annotations

import csv
import re
from collections import deque
from typing import TYPE_CHECKING

from index.errors import SourceError
from index.fields import is_field_name, is_text_name, text_length
from index.lines import MAX_LINE, Lines, LongLineError
from index.records import TOO_LONG, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.opened import Opened

SURE = 5
"""Lines that a quotation mark swallowed are rows where there are so many, or the file is not cut off within one."""
ROWS = 0.9
"""Share of them that must have as many cells as there are columns: lines of a text have as many by chance only."""
LOOKED_AT = 1000
"""How many of them are looked at."""
MOST_RETURNS = 10
"""Rows whose lines are read again; each may be most of a file."""

_SEPARATORS = ",;\t|"
_SAID = re.compile(r"(?i)\"?sep=([^\w\s\"]|\t)\"?\s*$")
"""The line by which Excel is told what separates the cells."""


def read_csv(source: Opened) -> Iterator[Record]:
    """Yield the rows of a CSV file by the names in its first row; comma, semicolon, tab or bar may separate them.

    Before it may stand Excel's `sep=;`. Of columns with one name the first counts, of those of text the longest cell.

    Raises:
        SourceError: the file is no text, or no column is named as the text of articles is.
    """
    lines = Lines(source)
    first = _first(lines)
    if said := _SAID.match(first):
        first = _first(lines)
    separator = said[1] if said else max(_SEPARATORS, key=lambda s: sum(map(is_field_name, _cells(first, s))))
    names = _cells(first, separator)
    if not any(map(is_text_name, names)):
        raise SourceError(f"{source.file} names no column text, body or content in its first row; name it there.")
    csv.field_size_limit(max(csv.field_size_limit(), MAX_LINE))  # Python has one limit for the whole process
    taken = _Taken(lines, len(names), separator)
    rows = csv.reader(taken, delimiter=separator, strict=True)
    number = 0
    while True:
        taken.forget()
        try:
            row = next(rows)
        except StopIteration:
            return
        except (LongLineError, csv.Error) as error:
            yield Record(number, {}, _broken(error, taken))
        else:
            if not any(cell.strip() for cell in row):
                continue
            yield _record(number, names, row)
        number += 1


def _first(lines: Lines) -> str:
    """Return the next line that is not empty; an empty one where it is too long, or there is none."""
    try:
        return next((line for line in lines if line.strip()), "")
    except LongLineError:
        return ""


class _Taken:
    """The lines of a table, with those of the row that is being read, so that they can be read again."""

    def __init__(self, lines: Lines, columns: int, separator: str) -> None:
        self._lines, self._columns, self._separator = lines, columns, separator
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._size = self._returns = 0
        self._ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._size > MAX_LINE:
            raise LongLineError
        try:
            line = self._again.popleft() if self._again else next(self._lines)
        except StopIteration:
            self._ended = True
            raise
        self._row.append(line)
        self._size += len(line)
        return line

    def __len__(self) -> int:
        return len(self._row)

    def forget(self) -> None:
        """Begin a row."""
        self._row.clear()
        self._size, self._ended = 0, False

    def give_back(self, *, last: bool) -> int:
        """Give back the lines after the first, with the last or without it, if they are rows; return how many stay."""
        within = self._row[1:] if last else self._row[1:-1]
        complete = last and self._ended and bool(within) and within[-1].endswith(("\n", "\r"))
        seen = within[:LOOKED_AT]
        rows = sum(len(_cells(line, self._separator)) == self._columns for line in seen)
        if (
            self._columns > 1
            and (len(within) >= SURE or complete)
            and rows >= ROWS * len(seen)
            and self._returns < MOST_RETURNS
        ):
            self._returns += 1
            self._again.extendleft(reversed(within))
            return len(self._row) - 1 - len(within)
        return len(self._row) - 1


def _broken(error: Exception, taken: _Taken) -> str:
    """Return the fault of a row, and see to it that no more than it is lost where that can be helped."""
    if not len(taken):
        return TOO_LONG
    long = isinstance(error, LongLineError) or "field limit" in str(error)
    why = "it is too long" if long else str(error)
    # Where a mark is out of place, the line that has it may be a row or the end of a cell.
    lost = taken.give_back(last="expected after" not in why)
    after = "line" if lost == 1 else f"{lost:,} lines"
    left_out = f", so that it and the {after} after it are left out" if lost else ""
    return f"is a broken row ({why}){left_out}; mend its quotation marks or remove it"


def _record(number: int, names: Sequence[str], row: Sequence[str]) -> Record:
    if any(cell.strip() for cell in row[len(names) :]):
        fault = f"has {len(row)} cells where {len(names)} columns are named; mend it or remove it"
        return Record(number, {}, fault)
    fields: dict[str, object] = {}
    for name, cell in zip(names, row, strict=False):
        kept = str(fields.setdefault(name, cell))
        if is_text_name(name) and text_length(cell) > text_length(kept):
            fields[name] = cell
    return Record(number, fields)


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []
