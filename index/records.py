"""Records: the articles of a JSON or JSON-lines file, one after the other, a broken one costing only itself."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.encoding import decode
from index.errors import SourceError
from index.fields import read_text
from index.lines import MAX_LINE, Lines, LongLineError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from index.opened import Opened

MOST_BREAKS = 100
"""Places where a file of JSON may be broken and is read on; Python counts all lines before each."""
TOO_LONG = f"is longer than {MAX_LINE // 1024 // 1024} million characters; split it or remove it"
"""The fault of a record that is."""
_NO_OBJECT = 'is no JSON object; write it as {"title": …, "text": …} or remove it'
_SPACE = re.compile(r"[ \t\r\n]*")
_BETWEEN = re.compile(r"[ \t\r\n,]*")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_OPENING = re.compile(r"\n([ \t]*+)(?:[,\[][ \t,\[]*+)?\{")


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
            yield Record(number, {}, TOO_LONG)
        else:
            if not line:
                continue
            yield _parsed(number, line)
        number += 1


def read_json(source: Opened) -> Iterator[Record]:
    """Yield the records of a JSON file: a list, an object that holds one list of objects, or one object.

    Several of these, one after the other, are read as one list: JSON lines, whatever the name of the file says, too.

    Raises:
        SourceError: the file is too large, no text, or no JSON.
    """
    way_out = "save it as JSON lines (.jsonl), which may be of any size"
    text = decode(source.whole(way_out=way_out), source.file).lstrip("\ufeff")
    start = _after(_SPACE, text, 0)
    if text[start : start + 1] == "[":
        yield from _in_order(text, start)
        return
    broken: ValueError | RecursionError | None = None
    try:
        value, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        broken = error
    if not broken and _after(_SPACE, text, end) == len(text):
        yield from _alone(value)
    elif _is_lines(text):
        lines = (line for line in text.split("\n") if line.strip())
        yield from (_parsed(number, line) for number, line in enumerate(lines))
    elif broken and _next_record(text, start, broken) is None:
        raise SourceError(f"{source.file} is broken JSON ({_why(broken)}); mend it or remove it.") from broken
    else:
        yield from _in_order(text, start)


def _alone(value: object) -> Iterator[Record]:
    lists = [v for v in value.values() if _holds_objects(v)] if isinstance(value, dict) else []
    if isinstance(value, dict) and read_text(value) is None and len(lists) == 1:
        yield from (_record(number, one) for number, one in enumerate(lists[0]))
    else:
        yield _record(None, value)


def _is_lines(text: str) -> bool:
    """Tell whether one of the first two lines is an object by itself."""
    first = itertools.islice(_LINE.finditer(text), 2)
    return any(_parsed(0, match[0]).fault is None for match in first)


def _in_order(text: str, position: int) -> Iterator[Record]:
    """Yield objects that stand one after the other, in lists or not, each as soon as it is parsed."""
    decoder = json.JSONDecoder()
    number = breaks = 0
    listed = False
    while (position := _after(_BETWEEN, text, position)) < len(text):
        if text[position] == ("]" if listed else "["):
            listed = not listed
            position += 1
            continue
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            breaks += 1
            after = _next_record(text, position, error) if breaks < MOST_BREAKS else None
            why = f"is broken JSON ({_why(error)})"
            if after is None:
                rest = f"{len(text) - position:,} characters"
                yield Record(number, {}, f"{why}, so that it and those after it are left out ({rest}); mend it")
                return
            yield Record(number, {}, f"{why}; mend it or remove it")
            position = after
        else:
            yield _record(number, value)
        number += 1
    if listed:
        yield Record(number, {}, "is missing, as the list is cut off before its end; mend the list or remove it")


def _next_record(text: str, position: int, error: ValueError | RecursionError) -> int | None:
    """Return where the record after a broken one begins: a line with a `{` that stands no further in, or nowhere."""
    if not isinstance(error, json.JSONDecodeError):
        return None
    line = text.rfind("\n", 0, position) + 1
    before = text[line:position]
    inset = len(before) if not before.strip(" \t\r,[]") else len(before) - len(before.lstrip())
    # What was parsed before the fault is not looked through again.
    for match in _OPENING.finditer(text, max(position + 1, text.rfind("\n", 0, error.pos + 1))):
        if len(match[1]) <= inset:
            return match.end() - 1
    return None


def _parsed(number: int, line: str) -> Record:
    try:
        return _record(number, json.loads(line))
    except (ValueError, RecursionError) as error:
        return Record(number, {}, f"is broken JSON ({_why(error)}); mend it or remove it")


def _record(number: int | None, value: object) -> Record:
    return Record(number, value) if isinstance(value, dict) else Record(number, {}, _NO_OBJECT)


def _why(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.removesuffix(' at')} at character {error.pos + 1}"
    return "it is nested too deep" if isinstance(error, RecursionError) else "a number has too many digits"


def _holds_objects(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _after(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position
