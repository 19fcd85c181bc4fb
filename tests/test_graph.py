"""Graphs of real vectors, as Chroma wrote them, and ways in which one is torn that Chroma itself may not survive."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from index.chroma import open_collections
from index.graph import is_whole

ROWS = 250


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Chroma's folder and the id of a collection of it, with all of its vectors in the graph."""
    home = tmp_path_factory.mktemp("graph")
    made_with = {"embedder": "test@1", "format": 2}
    chunks = open_collections(home, home, made_with, None, create=True).chunks
    vectors = np.random.default_rng(0).normal(size=(ROWS, 8))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    chunks.add(ids=[f"row{i}" for i in range(ROWS)], embeddings=vectors.tolist())
    assert chunks.count() == ROWS
    return home / "chroma", str(chunks.id)


@pytest.fixture
def graph(tmp_path: Path, written: tuple[Path, str]) -> Path:
    """The folder of a copy of the graph, below Chroma's."""
    shutil.copytree(written[0], tmp_path, dirs_exist_ok=True)
    (ids,) = tmp_path.glob("*/index_metadata.pickle")
    return ids.parent


def test_a_graph_as_it_was_written_is_whole(graph: Path, written: tuple[Path, str]) -> None:
    assert is_whole(graph.parent, written[1])


@pytest.mark.parametrize("name", ["data_level0.bin", "link_lists.bin", "length.bin", "header.bin"])
@pytest.mark.parametrize("how", ["cut", "emptied", "removed", "zeroed", "filled"])
def test_a_torn_graph_is_told_and_only_to_its_collection(
    graph: Path, written: tuple[Path, str], name: str, how: str
) -> None:
    file = graph / name
    data = file.read_bytes()
    if how == "removed":
        file.unlink()
    else:
        fill = {"cut": b"", "emptied": b"", "zeroed": bytes(len(data)), "filled": b"\xee" * len(data)}[how]
        file.write_bytes(data[: len(data) // 2] + fill[len(data) // 2 :] if how != "emptied" else b"")
    assert not is_whole(graph.parent, written[1])
    assert is_whole(graph.parent, "another")


def test_where_the_database_does_not_tell_whose_a_graph_is_all_must_be_whole(graph: Path) -> None:
    (graph.parent / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    assert is_whole(graph.parent, "another")
    (graph / "length.bin").unlink()
    assert not is_whole(graph.parent, "another")


def test_a_graph_that_was_only_begun_is_whole(graph: Path, written: tuple[Path, str]) -> None:
    (graph / "index_metadata.pickle").unlink()
    (graph / "data_level0.bin").unlink()
    assert is_whole(graph.parent, written[1])
