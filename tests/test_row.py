from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from test_store import TALKS, _add, _open


def test_chunks_are_what_llamaindex_would_have_written(tmp_path: Path) -> None:
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode
    from llama_index.core.vector_stores.types import VectorStoreQuery
    from llama_index.core.vector_stores.utils import node_to_metadata_dict
    from llama_index.vector_stores.chroma import ChromaVectorStore

    store = _open(tmp_path)
    article = _add(store, "a.txt", f"OUTLET: Le “Café”\n{TALKS}")
    vectors = ChromaVectorStore(chroma_collection=store._chunks)
    rows = {id_: (row, text, vector) for id_, row, text, vector in store.rows([article.id])}
    assert len(rows) > 1
    for id_, (row, text, vector) in rows.items():
        shown = {name: row[name] for name in ("file", "title", "outlet", "start", "end") if name in row}
        source = {NodeRelationship.SOURCE: RelatedNodeInfo(node_id=article.id)}
        places = {"start_char_idx": row["start"], "end_char_idx": row["end"]}
        node = TextNode(id_=id_, text=text, metadata=shown, relationships=source, **places)
        theirs = node_to_metadata_dict(node, remove_text=True, flat_metadata=True)
        assert {**row, "_node_content": ""} == {**theirs, "_node_content": ""}
        found = vectors.query(VectorStoreQuery(query_embedding=vector.tolist(), similarity_top_k=1)).nodes
        assert found == [node]
    vectors.delete(article.id)
    assert store.count() == 0


def test_a_long_article_is_packed_into_values_that_the_cloud_takes_and_read_back_whole(tmp_path: Path) -> None:
    store, numbers = _open(tmp_path), np.random.default_rng(0).integers(0x100, 0x2000, 40_000)
    noise = "".join(map(chr, numbers)).encode("utf-8", "ignore").decode()
    article = _add(store, "a.md", f"{TALKS}\r\n{noise}\0\r\n")
    (row,) = store._articles.get()["metadatas"]
    assert len(row) > 20
    assert max(len(str(value)) for value in row.values()) <= 4096
    assert store._articles.get()["documents"] == [None]
    assert store.read(article.id) == article


@pytest.mark.parametrize("broken", ["", "x", "eJwzMDAwBAAD", "äöü", 5])
def test_of_a_row_whose_text_is_damaged_the_rest_is_read(tmp_path: Path, broken: object) -> None:
    store = _open(tmp_path)
    article = _add(store, "a.md", TALKS)
    store._articles.update(ids=[article.id], metadatas=[{"text0": broken}])
    assert store.read(article.id) == replace(article, text="")
