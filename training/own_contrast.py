# /// script
# requires-python = ">=3.11"
# ///
"""Our own contrasts: pieces of invented news, each with questions in other words that it answers, and with questions in
its own words that it does not.

Each line of `training/contrast/*.jsonl` is a `window`; `yes`, questions `q` with the words `a` that answer; `no`,
questions. A language model wrote them for Byline; they are under Byline's licence.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from training.reader_data import Example, seeded, typed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HELD_OUT = 6
"""One window in so many is held out."""


def contrasts(folder: Path, part: str, seed: int) -> Iterator[Example]:
    """Draw the questions of a part, `train` or `test`, each with its window."""
    rng = seeded(f"contrast {seed}")
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    for number, line in enumerate(lines):
        if (number % HELD_OUT == HELD_OUT - 1) is not (part == "test"):
            continue
        row = json.loads(line)
        window = row["window"]
        for asked in row["yes"]:
            start = window.index(asked["a"])
            yield Example(typed(asked["q"], rng), window, (start, start + len(asked["a"])), "positive")
        for question in row["no"]:
            yield Example(typed(question, rng), window, None, "adversarial")
