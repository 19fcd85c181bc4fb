# /// script
# requires-python = ">=3.11"
# ///
"""Sentences that people chose as answering a question, and others: for the reader's `answerable` head."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from training.reader_data import Example, read_rows, seeded, typed
from training.text import overlap, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LABELLED, POSITIVE = ("selqa", "qed_sel"), "squad_qsent"
"""Sets that label every sentence of a section, and one of answering sentences only."""
ALONE = 4_000
"""Rows of the latter in an epoch."""


def examples(folder: Path, seed: int) -> Iterator[Example]:
    """Draw one answering sentence of each question, and one or two that do not answer it, mostly near it in words."""
    rng = seeded(f"selected {seed}")
    for name in LABELLED:
        by_question: dict[str, dict[int, list[str]]] = defaultdict(lambda: {0: [], 1: []})
        for row in read_rows(folder / f"{name}.jsonl.gz"):
            by_question[row["question"]][row["label"]].append(row["sentence"])
        for question, sentences in by_question.items():
            for window in rng.sample(sentences[1], min(1, len(sentences[1]))):
                yield Example(typed(question, rng), window, None, "positive")
            near = sorted(sentences[0], key=lambda s: -overlap(question, s))[:5]
            for window in rng.sample(near, min(2, len(near))):
                yield Example(typed(question, rng), window, None, "paragraph")
    yield from _alone(folder, seed)


def _alone(folder: Path, seed: int) -> Iterator[Example]:
    """Draw answering sentences; beside each, of other questions' ones, the one with most of its words."""
    rng = seeded(f"selected alone {seed}")
    rows = read_rows(folder / f"{POSITIVE}.jsonl.gz")
    holding: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        for word in set(words(row["sentence"])):
            holding[word].append(at)
    for row in rng.sample(rows, ALONE):
        yield Example(typed(row["question"], rng), row["sentence"], None, "positive")
        rare = sorted((word for word in set(words(row["question"])) if word in holding), key=lambda w: len(holding[w]))
        likely = {at for word in rare[:3] for at in holding[word][:40]}
        others = [rows[at]["sentence"] for at in sorted(likely) if rows[at]["sentence"] != row["sentence"]]
        if others:
            nearest = max(others, key=lambda sentence: overlap(row["question"], sentence))
            yield Example(typed(row["question"], rng), nearest, None, "article")
