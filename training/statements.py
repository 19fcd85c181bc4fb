# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy"]
# ///
"""Statements and the text that entails, contradicts or leaves them open: what the reader's `support` head is taught."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from training.reader_data import read_rows, seeded

if TYPE_CHECKING:
    from pathlib import Path

SETS = {
    "fever": 99_999,
    "nli_mnli": 9_000,
    "nli_snli": 3_000,
    "cad_nli": 4_000,
    "fool_me_twice": 99_999,
    "wice": 99_999,
    "conjnli_dev": 99_999,
}
"""Rows at most per set."""
LABELS = ("entailment", "neutral", "contradiction")
HELD_OUT = 10
"""One premise in so many is held out, with all its statements."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement and a text."""

    premise: str
    hypothesis: str
    label: int
    """Index into LABELS: what the premise makes of the hypothesis."""
    source: str


def load_statements(folder: Path, part: str) -> list[Statement]:
    """Read `train` or `test`: the same premise is never in both."""
    found = []
    for name, limit in SETS.items():
        rows = [row for row in read_rows(folder / f"{name}.jsonl.gz") if row["label"] in LABELS]
        premises = sorted({row["premise"] for row in rows})
        seeded(f"statements {name}").shuffle(premises)
        held = set(premises[: len(premises) // HELD_OUT])
        mine = [row for row in rows if (row["premise"] in held) is (part == "test")]
        seeded(f"statements rows {name}").shuffle(mine)
        found += [
            Statement(_clean(row["premise"]), _clean(row["hypothesis"]), LABELS.index(row["label"]), name)
            for row in mine[:limit]
        ]
    return found


def _clean(text: str) -> str:
    """Undo the marks of tokenised Wikipedia text."""
    text = text.removeprefix("(meta data)").replace("-LRB-", "(").replace("-RRB-", ")")
    return text.replace(" ,", ",").replace(" .", ".").replace(" 's", "'s").replace("( ", "(").replace(" )", ")").strip()
