"""The default embedder: all-MiniLM-L6-v2 as int8, shipped with Byline; `index.embedder` has it for LlamaIndex."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.onnx import OnnxModel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

FOLDER = Path(__file__).parent / "models" / "minilm"
SHA256 = "80ebd50f7db67e45cbb088687d6732d5f17f7969fc0b73f5d0346d70c78c4894"
"""Of model.onnx; its README says how the file was made."""
NAME = "all-MiniLM-L6-v2-int8"
DIMENSIONS = 384
TOKENS = 256
"""Word pieces that the model was trained to see; what is beyond is not embedded."""
BATCH_CHARACTERS = 65_536
"""Characters, padding included, of texts that are cut into word pieces together: the sentences that a question is
compared with, or some sixty chunks. More of them are no faster and take more memory."""
RUN = 256
"""Word pieces of one run, padding included. Larger runs are no faster, and pad more."""


class MiniLM:
    """Embeds English texts as unit vectors of 384 numbers; the dot product of two is their cosine similarity.

    The vector of a text does not depend on the texts beside it. Loaded when first used; threads may share one; a pickle
    holds the file names only. It stands apart from LlamaIndex because that takes seconds to import and a question to an
    index that exists needs none of it.
    """

    def __init__(self) -> None:
        """Name the model's files; nothing is read yet."""
        self._model = OnnxModel(FOLDER / "model.onnx", SHA256, max_tokens=TOKENS)

    @property
    def fingerprint(self) -> str:
        """The model and its weights: an index made under another fingerprint holds vectors that mean something else."""
        return f"{NAME}@{SHA256[:16]}"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the unit vectors of texts, [texts, 384], in their order.

        Raises:
            ModelError: a file of the model is missing or is not the right one.
        """
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        for rows in _batches(texts):
            for places, _, outputs in self._model.run_all([texts[row] for row in rows], RUN):
                vectors[[rows[place] for place in places]] = outputs["embedding"]
        return vectors

    def count_tokens(self, text: str) -> int:
        """Return the number of word pieces of a text; two less than TOKENS is the most that is embedded."""
        return self._model.count_tokens(text)


def _batches(texts: Sequence[str]) -> Iterator[list[int]]:
    """Yield the places of texts of like length, so that little is padding, each batch within BATCH_CHARACTERS."""
    batch: list[int] = []
    # 8 characters stand for the two special tokens, so that a batch of empty texts is finite too.
    for place in sorted(range(len(texts)), key=lambda at: len(texts[at])):
        if batch and (len(batch) + 1) * (len(texts[place]) + 8) > BATCH_CHARACTERS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch
