"""The comparer: whether two sentences answer a question alike, otherwise, or not both.

The model is ours, trained by training/train_comparer.py; qa/models/comparer/MODEL_CARD.md says on what, and how good
it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.onnx import OnnxModel
from qa.reader import RUN, TOKENIZER, TOKENS

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = Path(__file__).parent / "models" / "comparer"
SHA256 = "f89f0679111a7a824a902e6c171628be4c691716db48cc78438a749ba3c710b9"
"""Of qa/models/comparer/model.onnx; the card repeats it."""
CHARACTERS = 300
"""Of a longer sentence the beginning is read."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What two sentences make of a question; the three add up to 1."""

    same: float
    """Probability that both answer it, and alike, in [0, 1]."""
    open: float
    """Probability that they do not both answer it, in [0, 1]."""
    conflict: float
    """Probability that they answer it otherwise than each other, as two that cannot both be true, in [0, 1]."""


class Comparer:
    """Reads a question with two sentences, in either order, and takes the mean."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Name the folder that holds model.onnx; it is loaded at the first comparison."""
        self._model = OnnxModel(folder / "model.onnx", SHA256, max_tokens=TOKENS, tokenizer=TOKENIZER)

    def compare(self, question: str, pairs: Sequence[tuple[str, str]]) -> list[Compared]:
        """Compare the two sentences of each pair; one result for each, in their order.

        Args:
            question: what both are to answer; empty where it is asked whether they contradict each other at all.
            pairs: two sentences each.

        Raises:
            ModelError: the model file is missing, or is not the one that belongs to this version of Byline.
        """
        cut = [(one[:CHARACTERS], other[:CHARACTERS]) for one, other in pairs]
        texts = [(f"{question} {a}".strip(), b) for one, other in cut for a, b in ((one, other), (other, one))]
        shares = np.zeros((len(texts), 3))
        for places, _, outputs in self._model.run_all(texts, RUN):
            for row, at in enumerate(places):
                odds = np.exp(outputs["support"][row] - outputs["support"][row].max())
                shares[at] = odds / odds.sum()
        return [Compared(*mean) for mean in shares.reshape(-1, 2, 3).mean(axis=1).tolist()]
