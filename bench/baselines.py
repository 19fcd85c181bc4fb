"""Baselines: other ways to find the articles for a question, on Byline's own chunks and with its embedder.

`BM25` and `dense` are each side of Byline's retrieval alone. `QueryFusionRetriever` is LlamaIndex's fusion of the two
by reciprocal rank. `CitationQueryEngine` is LlamaIndex as its documentation sets it up, only with Byline's embedder:
`VectorStoreIndex.from_documents` with the default splitter, and the engine's own splitting of what was found into
citations of 512 tokens. Its nodes of 1,024 tokens are longer than the embedder sees; `dense` is the same without that.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from llama_index.core import Document, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.node_parser.text.utils import split_by_sentence_tokenizer_internal
from llama_index.core.query_engine import CitationQueryEngine
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from nltk.tokenize import PunktSentenceTokenizer

from index.embedder import MiniLMEmbedding
from index.fold import keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from index.corpus import Corpus

Ranked = list[tuple[int, float]]
"""Numbers of chunks with their scores, best first."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """One way to find articles."""

    name: str
    find: Callable[[str], list[str]]
    """Returns the file of each passage found for a question, best first."""


def baselines(corpus: Corpus, store: Path, k: int) -> Iterator[Baseline]:
    """Yield each baseline, made when it is its turn.

    Args:
        corpus: the index that Byline answers from.
        store: its folder; the index of CitationQueryEngine is kept in it.
        k: passages retrieved for each question.
    """
    embedder = MiniLMEmbedding()

    def lexical(question: str) -> Ranked:
        scores = corpus.lexical.scores(dict.fromkeys(keys(question), 1.0))
        best = scores.argsort(kind="stable")[::-1][:k].tolist()
        return [(number, float(scores[number])) for number in best if scores[number] > 0]

    def dense(question: str) -> Ranked:
        return corpus.nearest(embedder.embed([question])[0], k)

    sides = [ChunkRetriever(corpus, lexical), ChunkRetriever(corpus, dense)]
    # Without a model of its own it asks OpenAI for one; with one query it never calls it.
    fused = QueryFusionRetriever(
        [*sides],
        llm=MockLLM(),
        mode=FUSION_MODES.RECIPROCAL_RANK,
        similarity_top_k=k,
        num_queries=1,
        use_async=False,
    )
    yield Baseline("BM25", lambda question: _files(sides[0].retrieve(question)))
    yield Baseline("dense", lambda question: _files(sides[1].retrieve(question)))
    yield Baseline("QueryFusionRetriever", lambda question: _files(fused.retrieve(question)))
    index, sources = _plain_index(corpus, store, embedder), _splitter(512, 20)
    engine = CitationQueryEngine.from_args(index, llm=MockLLM(), text_splitter=sources, similarity_top_k=k)

    def cite(question: str) -> list[str]:
        return _files(engine._create_citation_nodes(engine.retrieve(QueryBundle(question))))

    yield Baseline("CitationQueryEngine", cite)


class ChunkRetriever(BaseRetriever):
    """A ranking of Byline's chunks as a LlamaIndex retriever.

    LlamaIndex's own BM25Retriever does not go with the PyStemmer that Byline needs; both stand on bm25s.
    """

    def __init__(self, corpus: Corpus, rank: Callable[[str], Ranked]) -> None:
        """Retrieve what `rank` says."""
        super().__init__()
        self._corpus = corpus
        self._rank = rank

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [NodeWithScore(node=self._node(n), score=score) for n, score in self._rank(query_bundle.query_str)]

    def _node(self, number: int) -> TextNode:
        place = self._corpus.places[number]
        article, _ = self._corpus.sentences(place.article_id)
        text = article.text[place.start : place.end]
        return TextNode(id_=self._corpus.ids[number], text=text, metadata={"file": article.file})


def _plain_index(corpus: Corpus, store: Path, embedder: MiniLMEmbedding) -> VectorStoreIndex:
    """Index the articles as LlamaIndex does, or read the index made before."""
    folder = store / "llamaindex" / corpus.generation
    if folder.is_dir():
        storage = StorageContext.from_defaults(persist_dir=str(folder))
        return load_index_from_storage(storage, embed_model=embedder)  # type: ignore[return-value] # one is in it
    documents = [
        Document(text=corpus.sentences(id_)[0].text, metadata={"file": article.file})
        for id_, article in corpus.articles.items()
    ]
    for document in documents:
        document.excluded_embed_metadata_keys = ["file"]
    index = VectorStoreIndex.from_documents(documents, embed_model=embedder, transformations=[_splitter(1024, 200)])
    index.storage_context.persist(str(folder))
    return index


def _splitter(tokens: int, overlap: int) -> SentenceSplitter:
    """Return LlamaIndex's default splitter; its own way to make it reads a file that NLTK refuses where uv links it."""
    sentences = partial(split_by_sentence_tokenizer_internal, tokenizer=PunktSentenceTokenizer())
    return SentenceSplitter(chunk_size=tokens, chunk_overlap=overlap, chunking_tokenizer_fn=sentences)


def _files(nodes: list[NodeWithScore]) -> list[str]:
    return [str(node.node.metadata["file"]) for node in nodes]
