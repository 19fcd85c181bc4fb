"""The default embedder as LlamaIndex takes it. Importing this imports llama_index, which takes seconds."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import Field, PrivateAttr

from index.minilm import NAME, MiniLM

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


class MiniLMEmbedding(BaseEmbedding):
    """all-MiniLM-L6-v2 as a LlamaIndex embedding; its vectors are those of `index.minilm.MiniLM`, as lists of floats.

    It can also stand wherever Byline takes an embedder. Every method that embeds raises ModelError if a file of the
    model is missing or is not the right one.
    """

    model_name: str = NAME
    embed_batch_size: int = Field(default=64, gt=0, le=2048)
    """Texts that LlamaIndex hands over at once, which are then sorted by length; at most 2048."""
    _embedder: MiniLM = PrivateAttr(default_factory=MiniLM)

    @classmethod
    def class_name(cls) -> str:
        """Return the name that LlamaIndex stores this embedding under."""
        return "MiniLMEmbedding"

    @property
    def fingerprint(self) -> str:
        """The model and its weights, as `MiniLM.fingerprint`."""
        return self._embedder.fingerprint

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the unit vectors of texts, [texts, 384], in their order."""
        return self._embedder.embed(texts)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self.embed(texts).tolist()
        return vectors

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return await asyncio.to_thread(self._get_text_embedding, text)

    async def _aget_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return await asyncio.to_thread(self._get_text_embeddings, texts)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)
