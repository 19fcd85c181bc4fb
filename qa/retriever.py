"""Byline's retrieval as a LlamaIndex retriever, to be used in an application of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

if TYPE_CHECKING:
    from qa.library import Library


class BylineRetriever(BaseRetriever):
    """Retrieves the passages of a library: dense and lexical search fused, names in all their spellings."""

    def __init__(self, library: Library, k: int = 10) -> None:
        """Retrieve from an open library.

        Args:
            library: the articles.
            k: how many passages, at least 1.
        """
        super().__init__()
        self._library = library
        self._k = k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        """Return nodes whose ids, texts and offsets are those of the store's chunks, scores in [0, 1], best first."""
        return self._library.on_newest(lambda library: self._nodes(library, query_bundle.query_str))

    def _nodes(self, library: Library, query: str) -> list[NodeWithScore]:
        corpus = library.corpus
        found = []
        for passage in library.search(query, self._k):
            article, _ = corpus.sentences(passage.article_id)
            shown = {
                "file": article.file,
                "title": article.title,
                "outlet": article.outlet,
                "published": article.published,
            }
            node = TextNode(
                id_=corpus.ids[passage.chunk],
                text=article.text[passage.start : passage.end],
                start_char_idx=passage.start,
                end_char_idx=passage.end,
                metadata={name: value for name, value in shown.items() if value},
                relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=article.id)},
            )
            found.append(NodeWithScore(node=node, score=passage.score))
        return found
