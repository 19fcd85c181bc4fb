"""Batches: many questions as JSON lines, their answers as JSON lines, a bad line costing only itself."""

from __future__ import annotations

import json
import logging
import sys
from codecs import BOM_UTF8
from typing import TYPE_CHECKING, Any

from index.errors import BylineError, QuestionError
from qa.gold import lines_of, read_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from qa.library import Library

log = logging.getLogger("byline")


def read_batch(path: Path) -> list[tuple[int, str]]:
    """Read the lines of a batch that hold anything, each with its number from 1.

    Args:
        path: a text file, gzipped or not; `-` is standard input, which is not unpacked.

    A line that is not UTF-8 is kept, for it costs only itself; a file of which no line is UTF-8 is refused.

    Raises:
        QuestionError: it cannot be read, or nothing in it is UTF-8.
    """
    if str(path) == "-":
        lines, name, remedy = _decoded(_sent()), "Standard input", "send"
    else:
        lines, name, remedy = _decoded(read_data(path)), str(path), "save"
    if lines and not any(_is_text(line) for _, line in lines):
        raise QuestionError(f"{name} is not UTF-8 text; {remedy} it as UTF-8.")
    return lines


def _sent() -> bytes:
    """Return standard input: its bytes, for as text it would be decoded by the terminal's locale, and wrongly."""
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise QuestionError(f"Standard input cannot be read ({why}); send lines of JSON.") from error


def _decoded(data: bytes) -> list[tuple[int, str]]:
    return lines_of(data.removeprefix(BOM_UTF8).decode("utf-8", "surrogateescape"))


def _is_text(line: str) -> bool:
    return not any("\udc80" <= c <= "\udcff" for c in line)


def answer_lines(library: Library, lines: Sequence[tuple[int, str]], *, k: int) -> Iterator[dict[str, Any]]:
    """Answer each numbered line `{"id", "question", "history"}` in order, as the answer's dict plus `id`.

    A line that cannot be used yields `{"id", "error"}`; the id is None where the line has none.
    """
    for number, line in lines:
        id_: Any = None
        try:
            row = _parse(line, number)
            id_ = row.get("id")
            _check(row, number)
            answer = library.ask(row["question"], history=row.get("history") or (), k=k)
            yield {"id": id_, **answer.to_dict()}
        except BylineError as error:
            yield {"id": id_, "error": str(error)}
        except Exception as error:  # the other lines go on
            log.warning("line %d failed", number, exc_info=True)
            yield {"id": id_, "error": f"Line {number} could not be answered ({type(error).__name__})."}


def _parse(line: str, number: int) -> dict[str, Any]:
    if not _is_text(line):
        raise QuestionError(f"Line {number} is not UTF-8 text; save it as UTF-8.")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise QuestionError(f'Line {number} is not JSON; write {{"id": …, "question": "…"}}.') from error
    if not isinstance(row, dict):
        raise QuestionError(f'Line {number} is no JSON object; write {{"id": …, "question": "…"}}.')
    return row


def _check(row: dict[str, Any], number: int) -> None:
    if not isinstance(row.get("question"), str):
        raise QuestionError(f'Line {number} has no "question"; write {{"id": …, "question": "…"}}.')
    history = row.get("history") or []
    if not isinstance(history, list) or not all(isinstance(turn, dict) for turn in history):
        raise QuestionError(
            f'Line {number} has a "history" that is no list of turns; write {{"role": …, "text": "…"}}.'
        )
