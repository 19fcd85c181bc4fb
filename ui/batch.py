"""Batches: many questions as JSON lines, their answers as JSON lines, a bad line costing only itself."""

from __future__ import annotations

import json
import logging
import sys
from typing import TYPE_CHECKING, Any

from index.errors import BylineError, QuestionError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from qa.library import Library

log = logging.getLogger("byline")


def read_lines(path: Path) -> list[str]:
    """Read the lines of a batch file that hold anything; `-` is standard input.

    Raises:
        QuestionError: the file cannot be read or is not UTF-8.
    """
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8-sig")
    except OSError as error:
        raise QuestionError(f"{path} cannot be read ({error.strerror}); give a file of JSON lines.") from error
    except UnicodeDecodeError as error:
        raise QuestionError(f"{path} is not UTF-8 text; save it as UTF-8.") from error
    return [line for line in text.split("\n") if line.strip()]


def answer_lines(library: Library, lines: Sequence[str], *, k: int) -> Iterator[dict[str, Any]]:
    """Answer each line `{"id", "question", "history"}` in order, as the answer's dict plus `id`.

    A line that cannot be used yields `{"id", "error"}`; the id is None where the line has none.
    """
    for number, line in enumerate(lines, start=1):
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
