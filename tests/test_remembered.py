"""An embedder that remembers gives the vectors of the one it stands for, and asks it for each text once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qa.remembered import Remembered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.minilm import MiniLM


class Counting:
    """Embeds a text by its length and first letter, and counts what it is asked for."""

    fingerprint = "counting"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        rows = [(float(len(text)), float(ord(text[0])) if text else 0.0) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), 2)


@given(st.lists(st.lists(st.text(max_size=3), max_size=6), max_size=8), st.integers(1, 5))
def test_every_answer_is_the_embedders_own(batches: list[list[str]], kept: int) -> None:
    remembered, plain = Remembered(Counting(), kept), Counting()
    for texts in batches:
        assert np.array_equal(remembered.embed(texts), plain.embed(texts))


@given(st.lists(st.lists(st.text(max_size=3), min_size=1, max_size=6), max_size=8))
def test_no_text_is_embedded_twice_while_there_is_room(batches: list[list[str]]) -> None:
    counting = Counting()
    remembered = Remembered(counting)
    for texts in batches:
        remembered.embed(texts)
    assert sorted(counting.asked) == sorted({text for texts in batches for text in texts})


def test_what_was_used_longest_ago_is_forgotten_first() -> None:
    counting = Counting()
    remembered = Remembered(counting, kept=2)
    for text in ("a", "b", "a", "c", "a", "b"):
        remembered.embed([text])
    assert counting.asked == ["a", "b", "c", "b"]


def test_the_shipped_embedder_is_remembered_exactly(embedder: MiniLM) -> None:
    texts = ["The talks are in Istanbul.", "Who leads the delegation?", "The talks are in Istanbul."]
    remembered = Remembered(embedder)
    assert remembered.fingerprint == embedder.fingerprint
    first = remembered.embed(texts[:2])
    assert np.array_equal(remembered.embed(texts), np.stack([first[0], first[1], first[0]]))
    assert np.allclose(first, embedder.embed(texts[:2]), atol=1e-6)


def test_a_remembered_vector_does_not_hold_the_batch_that_it_came_with() -> None:
    remembered = Remembered(Counting(), kept=1)
    remembered.embed([str(n) for n in range(100)])
    (kept,) = remembered._vectors.values()
    assert kept.base is None
