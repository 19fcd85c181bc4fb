"""An index that an older version of Byline wrote, with the texts of its articles as Chroma's documents."""

import json
from pathlib import Path
from typing import Any

import pytest
from counted import STORM, Hashed
from test_holding import close_by_a_loop

from index.doctor import examine
from index.errors import StoreError
from index.generation import newest
from index.indexing import index_paths
from index.older import AnyStore
from index.repair import repair
from index.store import Store


class _Older:
    """Writes rows as format 2 had them."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        for module in ("index.store", "index.indexing", "index.older"):
            patch.setattr(f"{module}.FORMAT", 2)
        patch.setattr("index.store.OLDER", ())
        patch.setattr("index.store.mark_of", lambda vectors: vectors.mean(axis=0))
        patch.setattr("index.store.make_row", self._row)

    @staticmethod
    def _row(article: Any) -> dict[str, Any]:
        return {"file": article.file, **({"title": article.title} if article.title else {})}


@pytest.fixture
def older(folder: Path, store: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        _Older(patch)
        index_paths([folder], store, Hashed())
    return store


def _is_right(store: Path) -> bool:
    opened = Store(store, Hashed.fingerprint)
    assert all(opened.read(id_).text for id_ in opened.articles())
    return examine(store, Hashed()).findings == []


def test_the_next_run_reads_all_of_it_anew_and_embeds_only_what_is_new(folder: Path, older: Path) -> None:
    assert AnyStore(older, Hashed.fingerprint).is_older
    with pytest.raises(StoreError, match="is of another version of Byline; run `byline index` on its folder again"):
        Store(older, Hashed.fingerprint)
    (folder / "storm.txt").write_text(STORM)
    embedder = Hashed()
    report = index_paths([folder / "storm.txt"], older, embedder)
    assert (report.added, report.articles, len(embedder.texts)) == (("storm.txt",), 3, 1)
    assert _is_right(older)
    assert index_paths([folder], older, Hashed()).unchanged == 3


def test_so_does_the_doctor(folder: Path, older: Path) -> None:
    found = examine(older, Hashed())
    (finding,) = found.findings
    remedy = f"run `byline index` on {folder}, or `byline doctor --fix`"
    assert str(finding) == f"another version of Byline wrote the index in {older}; {remedy}."
    assert repair(older, Hashed(), None, found).findings == []
    assert _is_right(older)


def test_it_stays_while_a_file_of_it_cannot_be_read(folder: Path, older: Path) -> None:
    close_by_a_loop(folder / "talks.txt")
    with pytest.raises(StoreError, match=r"another version of Byline and must be made anew, but talks\.txt cannot be"):
        index_paths([folder], older, Hashed())
    assert AnyStore(older, Hashed.fingerprint).is_older


def test_with_its_manifest_lost_it_is_read_anew_all_the_same(folder: Path, older: Path) -> None:
    generation = newest(older)
    assert generation is not None
    (generation / "manifest.json").unlink()
    embedder = Hashed()
    assert index_paths([folder], older, embedder).articles == 2
    assert embedder.texts == []
    assert _is_right(older)


def test_of_a_damaged_one_what_can_be_read_is_taken(folder: Path, older: Path) -> None:
    for graph in older.glob("0*/chroma/*/data_level0.bin"):
        graph.write_bytes(graph.read_bytes()[:100])
    assert index_paths([folder], older, Hashed()).articles == 2
    assert _is_right(older)


def test_one_of_another_embedder_is_refused(folder: Path, older: Path) -> None:
    other = Hashed()
    other.fingerprint = "other@1"
    with pytest.raises(StoreError, match="was made by the embedder"):
        index_paths([folder], older, other)
    generation = newest(older)
    assert generation is not None
    assert json.loads((generation / "manifest.json").read_text())["version"] == 2
