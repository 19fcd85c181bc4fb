"""Score answers against golden questions: `python -m bench.golden tests/golden_seeds.jsonl [--store DIR]`.

A line of the file: `{"id", "kind", "question", "history", "any", "files", "refuse"}`. An answer is right when it is no
refusal, every group of `any` has one of its strings in the text (case and diacritics folded), and one of `files` is
cited. A question with `refuse` is right when it is refused.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.fold import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qa.answer import Answer
    from qa.library import Library


@dataclass(frozen=True, slots=True)
class Score:
    """How many questions came out right."""

    right: Counter[str]
    """By kind of question."""
    asked: Counter[str]
    """By kind of question."""
    wrong: tuple[str, ...]
    """One line for each question that came out wrong."""
    claims: int
    """Claims in all answers that are no refusals."""
    short: int
    """Answers whose `short` or first claim alone holds the right words."""

    def refusals(self) -> tuple[int, int]:
        """Return (right, asked) of the questions that the articles do not answer."""
        return self.right["absent"], self.asked["absent"]

    def answers(self) -> tuple[int, int]:
        """Return (right, asked) of the questions that the articles answer."""
        return self.right.total() - self.right["absent"], self.asked.total() - self.asked["absent"]


def score(library: Library, rows: Iterable[dict[str, Any]]) -> Score:
    """Ask all questions and score the answers."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    wrong: list[str] = []
    claims = short = 0
    for row in rows:
        answer = library.ask(row["question"], history=row.get("history") or ())
        good = is_right(answer, row)
        asked[row["kind"]] += 1
        right[row["kind"]] += good
        if not answer.refused:
            claims += len(answer.claims)
        if good and not row["refuse"]:
            short += _holds([answer.short or "", answer.claims[0].text], row["any"])
        if not good:
            said = answer.reason if answer.refused else answer.claims[0].text
            wrong.append(f"{row['id']} {row['kind']}: {row['question']} -> {said}")
    return Score(right, asked, tuple(wrong), claims, short)


def is_right(answer: Answer, row: dict[str, Any]) -> bool:
    """Tell whether an answer is right by a golden line."""
    if row["refuse"] or answer.refused:
        return bool(row["refuse"]) == answer.refused
    return _holds([answer.text], row["any"]) and any(c.file in row["files"] for c in answer.citations)


def read_golden(path: Path) -> list[dict[str, Any]]:
    """Read a file of golden questions."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _holds(texts: Sequence[str], groups: Sequence[Sequence[str]]) -> bool:
    body = plain("\n".join(texts))
    return all(any(plain(word) in body for word in group) for group in groups)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the score as a table, and the questions that came out wrong."""
    from qa.library import Library

    parser = argparse.ArgumentParser(description="Score answers against golden questions.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--quiet", action="store_true", help="print no questions, only counts")
    args = parser.parse_args(argv)
    result = score(Library.open(args.store), read_golden(args.file))
    for kind, asked in sorted(result.asked.items()):
        print(f"{kind:10} {result.right[kind]:3} of {asked}")
    right, asked = result.answers()
    print(f"answered   {right:3} of {asked}, {result.short} by the short answer or first claim alone, ", end="")
    print(f"{result.claims / max(1, right):.1f} claims an answer")
    print("refused    {:3} of {}".format(*result.refusals()))
    if not args.quiet:
        print(*result.wrong, sep="\n", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
