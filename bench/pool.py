"""The pool of a bench folder: its questions, and the articles that they are asked of, as files that can be indexed.

A bench folder holds `corpus.jsonl.gz` with records `{"id", "title", "text", …}`, perhaps more files of such records,
and `queries.jsonl.gz`, a gold file (docs/scoring.md) whose `relevant` are ids of records.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from qa.gold import Gold, read_gold, read_rows, spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Pool:
    """Questions and articles."""

    golds: tuple[Gold, ...]
    folder: Path
    """The articles as they are indexed."""
    articles: int


def make_pool(bench: Path, folder: Path, *, articles: int | None, limit: int | None) -> Pool:
    """Read a bench folder and write its articles, whole or a sample of them.

    Args:
        bench: the bench folder; all `.jsonl.gz` in it but `queries.jsonl.gz` hold records.
        folder: where the articles are written; what else is there goes.
        articles: keep the relevant articles of the questions, and those that unanswerable questions were written on,
            and fill up to this number with others, evenly spread; None keeps all.
        limit: keep so many questions, evenly spread; None keeps all.
    """
    golds = read_gold(bench / "queries.jsonl.gz")
    if limit is not None:
        golds = tuple(spread(golds, limit))
    files = sorted(path for path in bench.glob("*.jsonl.gz") if path.name != "queries.jsonl.gz")
    records = [row for path in files for _, row in read_rows(path)]
    if articles is not None:
        records = _sample(records, _wanted(bench, golds), articles)
    _write(records, folder)
    return Pool(golds, folder, len(records))


def _wanted(bench: Path, golds: Sequence[Gold]) -> set[str]:
    """Return the ids of the articles that the questions are about."""
    kept = {gold.id for gold in golds}
    rows = (row for _, row in read_rows(bench / "queries.jsonl.gz") if str(row["id"]) in kept)
    return {name for gold in golds for name in gold.relevant} | {str(row.get("related_passage")) for row in rows}


def _sample(records: Sequence[dict[str, Any]], wanted: set[str], count: int) -> list[dict[str, Any]]:
    others = [i for i, row in enumerate(records) if str(row["id"]) not in wanted]
    chosen = set(spread(others, max(0, count - (len(records) - len(others)))))
    return [row for i, row in enumerate(records) if i in chosen or str(row["id"]) in wanted]


def _write(records: Iterable[dict[str, Any]], folder: Path) -> None:
    """Write each record as a file `ID.txt`, which the gold file then names without its ending.

    Only what has changed is written, so that an index of before is used again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts = {f"{quote(str(row['id']), safe='')}.txt": _text(row) for row in records}
    for old in set(folder.iterdir()) - {folder / name for name in texts}:
        old.unlink()
    for name, text in texts.items():
        file = folder / name
        if not file.exists() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")


def _text(row: dict[str, Any]) -> str:
    title = " ".join(str(row.get("title") or "").split())
    return f"{title}\n\n{row['text']}" if title else str(row["text"])


def dump(path: Path, value: object) -> None:
    """Write JSON."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")
