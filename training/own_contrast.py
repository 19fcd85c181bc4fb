# /// script
# requires-python = ">=3.11"
# ///
"""Our own contrasts: pieces of invented news with questions in other words, and in their own words, that they answer,
and with questions in their own words that they do not.

Each line of `training/contrast/*.jsonl` is a `window`; `yes`, questions `q` in other words with the words `a` that
answer; `easy`, the same in words of the window; `no`, questions in words of the window without an answer. A language
model wrote them for Byline; they are under Byline's licence. Neither other words nor the same words may tell by
themselves, so questions are also asked of windows that they do not belong to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.reader_data import Example, read_folder, seeded, typed
from training.text import overlap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HELD_OUT = 6
"""One window in so many is held out."""
UNANSWERED, ASKED_ELSEWHERE = 3, 3
"""Questions without an answer that are drawn for a window, and questions in other words put to other windows."""


def contrasts(folder: Path, part: str, seed: int) -> Iterator[Example]:
    """Draw the questions of a part, `train` or `test`, each with its window or with another."""
    rng = seeded(f"contrast {seed}")
    rows = [row for n, row in enumerate(read_folder(folder)) if (n % HELD_OUT == HELD_OUT - 1) is (part == "test")]
    windows = [row["window"] for row in rows]
    for at, row in enumerate(rows):
        window = row["window"]
        easy = row.get("easy", [])
        for asked in [*row["yes"], *easy]:
            start = window.index(asked["a"])
            yield Example(typed(asked["q"], rng), window, (start, start + len(asked["a"])), "positive")
        for question in rng.sample(row["no"], UNANSWERED):
            yield Example(typed(question, rng), window, None, "adversarial")
        others = [w for w in rng.sample(windows, 60) + windows[max(0, at - 20) : at + 20] if w != window]
        for asked in rng.sample(row["yes"], ASKED_ELSEWHERE - 1):
            yield Example(typed(asked["q"], rng), rng.choice(others), None, "random")
        for asked in [rng.choice(row["yes"]), *rng.sample(easy, min(1, len(easy)))]:
            nearest = max(others, key=lambda w: overlap(asked["q"], w))
            yield Example(typed(asked["q"], rng), nearest, None, "article")
