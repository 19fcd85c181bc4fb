"""Gold: questions of which it is known what answers them, in a file whose format is docs/scoring.md."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from index.errors import QuestionError
from qa.followup import Turn, read_history

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

T = TypeVar("T")
SHAPE = '{"id": …, "question": "…", "answers": ["…"], "relevant": ["…"]}'


@dataclass(frozen=True, slots=True)
class Gold:
    """One question and what is right for it."""

    id: str
    """As the file has it, else the number of the line."""
    question: str
    history: tuple[Turn, ...]
    """The turns before it, oldest first."""
    kind: str
    """A name to group questions by; empty where the file gives none."""
    answerable: bool | None
    """Whether the articles answer it; None where neither an answer nor a refusal is right or wrong."""
    answers: tuple[str, ...]
    """Any one of them is right."""
    words: tuple[tuple[str, ...], ...]
    """Groups of strings of which an answer must hold one each (`any` in the file)."""
    evidence: tuple[str, ...]
    """Sentences of the articles in which the answer stands."""
    relevant: tuple[str, ...]
    """File names, or ids of records, of the articles that answer."""
    answer_in_gold: bool | None
    """Whether an answer stands word for word in a relevant article; None where the file does not say."""
    rewrite: str | None
    """The question as a person would put it without the dialogue."""


def read_gold(path: Path) -> tuple[Gold, ...]:
    """Read a gold file, `.jsonl` or gzipped.

    Raises:
        QuestionError: the file cannot be read, or a line of it is wrong; the text names the line.
    """
    golds: list[Gold] = []
    lines: dict[str, int] = {}
    for number, row in read_rows(path):
        try:
            gold = _gold(row, number)
        except QuestionError as error:
            raise QuestionError(f"{path} line {number} {error}") from error
        if gold.id in lines:
            raise QuestionError(
                f'{path} line {number} has the id "{gold.id}" of line {lines[gold.id]}; give each question its own.'
            )
        lines[gold.id] = number
        golds.append(gold)
    if not golds:
        raise QuestionError(f"{path} holds no question; write a line {SHAPE} for each.")
    return tuple(golds)


def read_rows(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """Read JSON lines, gzipped or not, as (number of the line from 1, object); empty lines are passed over.

    Raises:
        QuestionError: the file cannot be read, or a line of it is no JSON object.
    """
    rows = []
    for number, line in read_lines(path):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise QuestionError(f"{path} line {number} is not JSON; write one object on each line.") from error
        if not isinstance(row, dict):
            raise QuestionError(f"{path} line {number} is no JSON object; write one object on each line.")
        rows.append((number, row))
    return rows


def read_lines(path: Path) -> list[tuple[int, str]]:
    """Read the lines of a text file, gzipped or not, that hold anything, each with its number from 1.

    Raises:
        QuestionError: the file cannot be read, or is not UTF-8.
    """
    try:
        return lines_of(read_data(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise QuestionError(f"{path} is not UTF-8 text; save it as UTF-8.") from error


def lines_of(text: str) -> list[tuple[int, str]]:
    """Return the lines of a text that hold anything, each with its number from 1."""
    return [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]


def read_data(path: Path) -> bytes:
    """Read the bytes of a file, unpacked where they are gzipped.

    Raises:
        QuestionError: the file cannot be read.
    """
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or "its gzip data are broken"
        raise QuestionError(f"{path} cannot be read ({why}); give a file of JSON lines.") from error


def spread(items: Sequence[T], count: int) -> list[T]:
    """Return `count` of the items, evenly spread over them and in order; all where there are no more."""
    if count >= len(items):
        return list(items)
    return [items[i * len(items) // count] for i in range(count)]


def _gold(row: dict[str, Any], number: int) -> Gold:
    """Make the question of a row; `refuse` and `files` are the golden file's words for `answerable` and `relevant`."""
    question = row.get("question")
    if not isinstance(question, str) or not question.strip():
        raise QuestionError(f'has no "question"; write {SHAPE}.')
    answers, relevant = _strings(row, "answers"), _strings(row, "relevant", "files")
    words, evidence = _words(row), _strings(row, "evidence", "gold_sentences", "facts")
    answerable = _flag(row, "answerable")
    if "answerable" not in row:
        answerable = not _flag(row, "refuse")
        if answerable and not (answers or words or evidence or relevant):
            raise QuestionError('has no "answers" and no "relevant"; if no article answers, write "answerable": false.')
    kind = row.get("kind", row.get("type")) or ""
    rewrite = row.get("rewrite")
    return Gold(
        id=str(number if row.get("id") is None else row["id"]),
        question=question,
        history=_history(row),
        kind=str(kind),
        answerable=answerable,
        answers=answers,
        words=words,
        evidence=evidence,
        relevant=relevant,
        answer_in_gold=_flag(row, "answer_in_gold"),
        rewrite=rewrite if isinstance(rewrite, str) and rewrite.strip() else None,
    )


def _strings(row: dict[str, Any], *names: str) -> tuple[str, ...]:
    """Return the list of strings under the first of the names that the row has; a lone string is a list of one."""
    name = next((name for name in names if row.get(name) is not None), names[0])
    value = row.get(name)
    value = [value] if isinstance(value, str) else value or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise QuestionError(f'has "{name}" that are no list of strings; write "{name}": ["…"].')
    return tuple(dict.fromkeys(item for item in value if item.strip()))


def _words(row: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    groups = row.get("any") or []
    if not isinstance(groups, list) or not all(
        isinstance(group, list) and group and all(isinstance(word, str) and word for word in group) for group in groups
    ):
        raise QuestionError('has "any" that is no list of lists of strings; write "any": [["this", "or"], ["and"]].')
    return tuple(tuple(group) for group in groups)


def _flag(row: dict[str, Any], name: str) -> bool | None:
    value = row.get(name)
    if value is not None and not isinstance(value, bool):
        raise QuestionError(f'has "{name}": {json.dumps(value)[:40]}; write true or false.')
    return value


def _history(row: dict[str, Any]) -> tuple[Turn, ...]:
    history = row.get("history") or []
    if not isinstance(history, list) or not all(isinstance(turn, dict) for turn in history):
        raise QuestionError('has a "history" that is no list of turns; write {"role": …, "text": …}.')
    try:
        return read_history(history)
    except QuestionError as error:
        raise QuestionError(f"has a history that cannot be used: {error}") from error
