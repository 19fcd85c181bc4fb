"""Records: the articles of a JSON, JSON-lines or CSV file, one after the other, a broken one costing only itself."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.encoding import decode
from index.errors import SourceError
from index.fields import is_field_name, is_text_name, read_text
from index.lines import MAX_LINE, Lines, LongLineError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from index.opened import Opened

_TOO_LONG = f"is longer than {MAX_LINE // 1024 // 1024} million characters; split it or remove it"
_NO_OBJECT = 'is no JSON object; write it as {"title": …, "text": …} or remove it'
_SPACE = re.compile(r"[ \t\r\n]*")
_SEPARATORS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file."""

    number: int | None
    """From 0, empty lines and the names of columns not counted; None where the file is one record."""
    fields: Mapping[str, object]
    """What it holds, by name; empty where it cannot be read."""
    fault: str | None = None
    """Why it cannot be read, as the end of a sentence that begins with its name; None where it can."""


def read_json_lines(source: Opened) -> Iterator[Record]:
    """Yield the records of a file of JSON lines without ever holding the file.

    Raises:
        SourceError: the file is no text.
    """
    number = 0
    lines = Lines(source)
    while True:
        try:
            line = next(lines).strip().lstrip("\ufeff")
        except StopIteration:
            return
        except LongLineError:
            yield Record(number, {}, _TOO_LONG)
        else:
            if not line:
                continue
            yield _parsed(number, line)
        number += 1


def read_json(source: Opened) -> Iterator[Record]:
    """Yield the records of a JSON file: a list, an object that holds one list of objects, or one object.

    A file of JSON lines is read as that, whatever its name says.

    Raises:
        SourceError: the file is too large, no text, or no JSON.
    """
    way_out = "save it as JSON lines (.jsonl), which may be of any size"
    text = decode(source.whole(way_out=way_out), source.file).lstrip("\ufeff")
    start = _after_space(text, 0)
    if text[start : start + 1] == "[":
        yield from _listed(text, start)
        return
    try:
        value, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{source.file} is broken JSON ({_why(error)}); mend it or remove it.") from error
    if _after_space(text, end) < len(text):
        lines = (line for line in text.split("\n") if line.strip())
        yield from (_parsed(number, line) for number, line in enumerate(lines))
        return
    lists = [v for v in value.values() if _holds_objects(v)] if isinstance(value, dict) else []
    if isinstance(value, dict) and read_text(value) is None and len(lists) == 1:
        yield from (_record(number, one) for number, one in enumerate(lists[0]))
    else:
        yield _record(None, value)


def read_csv(source: Opened) -> Iterator[Record]:
    """Yield the rows of a CSV file by the names in its first row; comma, semicolon, tab or bar may separate them.

    Raises:
        SourceError: the file is no text, or no column is named as the text of articles is.
    """
    lines = Lines(source)
    try:
        first = next((line for line in lines if line.strip()), "")
    except LongLineError:
        first = ""
    separator = max(_SEPARATORS, key=lambda s: sum(map(is_field_name, _cells(first, s))))
    names = _cells(first, separator)
    if not any(map(is_text_name, names)):
        raise SourceError(f"{source.file} names no column text, body or content in its first row; name it there.")
    csv.field_size_limit(max(csv.field_size_limit(), MAX_LINE))  # Python has one limit for the whole process
    rows = csv.reader(lines, delimiter=separator, strict=True)
    number = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except LongLineError:
            yield Record(number, {}, _TOO_LONG)
        except csv.Error as error:
            yield Record(number, {}, f"is a broken row ({error}); mend its quotation marks or remove it")
        else:
            if not any(cell.strip() for cell in row):
                continue
            if any(cell.strip() for cell in row[len(names) :]):
                fault = f"has {len(row)} cells where {len(names)} columns are named; mend it or remove it"
                yield Record(number, {}, fault)
            else:
                pairs = zip(names, row, strict=False)
                yield Record(number, dict(reversed(list(pairs))))
        number += 1


def _listed(text: str, start: int) -> Iterator[Record]:
    """Yield the elements of the list that opens at `start`, each as soon as it is parsed."""
    decoder = json.JSONDecoder()
    position = _after_space(text, start + 1)
    number = 0
    while text[position : position + 1] != "]":
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            fault = f"is broken JSON ({_why(error)}), so that it and those after it are left out; mend it"
            yield Record(number, {}, fault)
            return
        yield _record(number, value)
        number += 1
        position = _after_space(text, position)
        if text[position : position + 1] == ",":
            position = _after_space(text, position + 1)


def _parsed(number: int, line: str) -> Record:
    try:
        return _record(number, json.loads(line))
    except (ValueError, RecursionError) as error:
        return Record(number, {}, f"is broken JSON ({_why(error)}); mend it or remove it")


def _record(number: int | None, value: object) -> Record:
    return Record(number, value) if isinstance(value, dict) else Record(number, {}, _NO_OBJECT)


def _why(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos + 1}"
    return "it is nested too deep" if isinstance(error, RecursionError) else "a number has too many digits"


def _holds_objects(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _after_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position
