import asyncio
import pickle

import numpy as np
import pytest
from llama_index.core import VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.schema import TextNode

from index.embedder import MiniLMEmbedding
from index.minilm import MiniLM

EMBEDDING = MiniLMEmbedding()
TEXTS = [
    "Rain.",
    "The finance minister resigned on Tuesday after weeks of pressure from her own party.",
    "Grain prices rose as the drought entered its third month, traders said.",
    "",
]
SAME = 1e-6
"""Company changes a vector by rounding only (4.5e-8 seen)."""


def test_llama_index_gets_the_vectors_that_byline_uses(embedder: MiniLM) -> None:
    assert isinstance(EMBEDDING, BaseEmbedding)
    vectors = embedder.embed(TEXTS)
    assert EMBEDDING.get_text_embedding(TEXTS[1]) == pytest.approx(vectors[1].tolist(), abs=SAME)
    assert EMBEDDING.get_query_embedding(TEXTS[1]) == pytest.approx(vectors[1].tolist(), abs=SAME)
    np.testing.assert_allclose(EMBEDDING.get_text_embedding_batch(TEXTS), vectors, atol=SAME)


def test_the_asynchronous_methods_give_the_same(embedder: MiniLM) -> None:
    async def ask() -> list[list[float]]:
        batch = await EMBEDDING.aget_text_embedding_batch(TEXTS[:2])
        return [*batch, await EMBEDDING.aget_text_embedding(TEXTS[2]), await EMBEDDING.aget_query_embedding(TEXTS[3])]

    np.testing.assert_allclose(asyncio.run(ask()), embedder.embed(TEXTS), atol=SAME)


def test_a_llama_index_retriever_finds_by_meaning() -> None:
    nodes = [TextNode(id_=str(number), text=text) for number, text in enumerate(TEXTS)]
    retriever = VectorStoreIndex(nodes, embed_model=EMBEDDING).as_retriever(similarity_top_k=1)
    assert [found.node.node_id for found in retriever.retrieve("Which politician stepped down?")] == ["1"]


def test_it_stands_where_byline_takes_an_embedder(embedder: MiniLM) -> None:
    assert EMBEDDING.fingerprint == embedder.fingerprint
    assert EMBEDDING.embed(TEXTS).tobytes() == embedder.embed(TEXTS).tobytes()


def test_what_llama_index_stores_makes_the_same_embedding_again() -> None:
    assert MiniLMEmbedding.from_json(EMBEDDING.to_json()).fingerprint == EMBEDDING.fingerprint


def test_a_pickled_embedding_embeds_the_same() -> None:
    again = pickle.loads(pickle.dumps(EMBEDDING))  # noqa: S301 # made on this line
    assert again.embed(["text"]).tobytes() == EMBEDDING.embed(["text"]).tobytes()
