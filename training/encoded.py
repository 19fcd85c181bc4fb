# /// script
# requires-python = ">=3.11"
# dependencies = ["torch>=2.4", "tokenizers>=0.20"]
# ///
"""Examples and statements in word pieces, and batches of them: what the reader's network takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import torch
from tokenizers import Tokenizer

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from torch import Tensor

    from training.reader_data import Example
    from training.statements import Statement

LENGTH = 128
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Encoded:
    """An example in word pieces."""

    ids: list[int]
    types: list[int]
    start: int
    """Token of the answer's first character; 0 ([CLS]) for a negative, -1 where the span is not to be learnt."""
    end: int
    answerable: bool


def pair_tokenizer(folder: Path) -> Tokenizer:
    """Load upstream's tokenizer for question and window."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LENGTH, strategy="only_second")
    return tokenizer


def encode(tokenizer: Tokenizer, examples: Sequence[Example]) -> list[Encoded]:
    """Tokenise pairs; an answer that truncation cuts off takes its example with it."""
    found = []
    pairs = [(" ".join(e.question.split()[:32])[:160], e.window) for e in examples]
    for example, coded in zip(examples, tokenizer.encode_batch(pairs), strict=True):
        start = end = -1 if example.answerable else 0
        if example.span is not None:
            left, right = example.span
            inside = [
                at
                for at, ((a, b), part) in enumerate(zip(coded.offsets, coded.sequence_ids, strict=True))
                if part == 1 and a < right and b > left
            ]
            if not inside or coded.offsets[inside[-1]][1] < right:
                continue
            start, end = inside[0], inside[-1]
        found.append(Encoded(coded.ids, coded.type_ids, start, end, example.answerable))
    return found


def encode_statements(tokenizer: Tokenizer, statements: Sequence[Statement]) -> list[tuple[Encoded, int]]:
    """Tokenise statements, each in the question's place, with their labels."""
    coded = tokenizer.encode_batch([(s.hypothesis[:300], s.premise) for s in statements])
    return [
        (Encoded(c.ids, c.type_ids, -1, -1, answerable=False), s.label) for c, s in zip(coded, statements, strict=True)
    ]


def batches(rows: Sequence[Row], size: int, rng: random.Random, length: Callable[[Row], int]) -> Iterator[list[Row]]:
    """Rows of like length together: sort within random pools of fifty batches, then shuffle the batches."""
    order = list(rows)
    rng.shuffle(order)
    for at in range(0, len(order), size * 50):
        pool = sorted(order[at : at + size * 50], key=length)
        cut = [pool[n : n + size] for n in range(0, len(pool), size)]
        rng.shuffle(cut)
        yield from cut


def tensors(rows: Sequence[Encoded]) -> tuple[Tensor, Tensor, Tensor]:
    """Pad to the longest row: ids, token types and mask, each rows x tokens."""
    longest = max(len(row.ids) for row in rows)
    ids = torch.tensor([row.ids + [0] * (longest - len(row.ids)) for row in rows])
    types = torch.tensor([row.types + [0] * (longest - len(row.ids)) for row in rows])
    mask = torch.tensor([[1] * len(row.ids) + [0] * (longest - len(row.ids)) for row in rows])
    return ids, types, mask


def size_of(row: Encoded) -> int:
    """Length of an example in word pieces."""
    return len(row.ids)
