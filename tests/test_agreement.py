"""The doctor's look at the list of files, the catalogue and the lexical index, and at how Chroma was told to search."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import harm
import pytest
from agency import WIRE
from counted import STORM, TALKS, Hashed
from server import chroma_server
from test_holding import close_by_a_loop

from index.diagnosis import Finding
from index.doctor import examine
from index.indexing import index_paths
from index.repair import repair
from index.settings import Server
from index.store import Store


@pytest.fixture
def indexed(folder: Path, store: Path) -> Path:
    (folder / "wire.txt").write_text(WIRE)
    index_paths([folder], store, Hashed())
    return store


def _fixed(store: Path, server: Server | None = None) -> list[Finding]:
    return repair(store, Hashed(), server, examine(store, Hashed(), server)).findings


def _vector(store: Path, file: str) -> list[float]:
    opened = Store(store, Hashed.fingerprint)
    (article_id,) = (a.id for a in opened.articles().values() if a.file == file)
    return next(row[3].tolist() for row in opened.rows([article_id]))


def test_digests_of_other_texts_are_found_before_a_run_takes_wrong_vectors_by_them(indexed: Path, folder: Path) -> None:
    right = _vector(indexed, "talks.txt")
    harm.rotate_the_digests(Store(indexed, Hashed.fingerprint))
    (finding,) = examine(indexed, Hashed()).findings
    assert finding == Finding("the list of embedded texts does not agree with the index", "run `byline doctor --fix`")
    assert _fixed(indexed) == []
    (folder / "talks.txt").rename(folder / "renamed.txt")
    assert index_paths([folder], indexed, Hashed()).chunks == 0
    assert _vector(indexed, "renamed.txt") == pytest.approx(right, abs=1e-6)
    assert examine(indexed, Hashed()).findings == []


def test_digests_that_are_too_few_or_gone_are_found(indexed: Path) -> None:
    path = Store(indexed, Hashed.fingerprint).folder / "lexical" / "embedded.bin"
    path.unlink()
    assert [finding.what for finding in examine(indexed, Hashed()).findings] == ["the catalogue is missing or damaged"]
    assert _fixed(indexed) == []


@pytest.mark.parametrize("lose", [harm.lose_the_list, lambda s: (s.folder / "manifest.json").write_text("{")])
def test_a_lost_list_of_files_is_found_and_made_from_the_store(
    indexed: Path, folder: Path, lose: Callable[[Store], Any]
) -> None:
    lose(Store(indexed, Hashed.fingerprint))
    (finding,) = examine(indexed, Hashed()).findings
    remedy = f"run `byline index` on {folder} again, or `byline doctor --fix`"
    assert finding == Finding("the list of indexed files is missing or damaged", remedy)
    assert _fixed(indexed) == []
    report = index_paths([folder], indexed, Hashed())
    assert (report.unchanged, report.changed, report.chunks) == (3, (), 0)
    assert examine(indexed, Hashed()).findings == []


def test_files_that_could_be_indexed_are_one_finding_until_a_run_has_looked_at_them(
    indexed: Path, folder: Path
) -> None:
    (folder / "deep").mkdir()
    for name in ("deep/a.txt", "b.md", "c.txt", "d.txt"):
        (folder / name).write_text(STORM.replace("twelve", name))
    (folder / "empty.txt").write_text("")
    (folder / "picture.png").write_bytes(b"no article")
    (folder / ".hidden.txt").write_text(TALKS)
    close_by_a_loop(folder / "loop.txt")
    (finding,) = examine(indexed, Hashed()).findings
    what = "4 files are not in the index: b.md, c.txt, d.txt and 1 more"
    assert finding == Finding(what, f"run `byline index` on {folder}", fixable=False)
    assert len(index_paths([folder], indexed, Hashed()).skipped) == 3
    assert examine(indexed, Hashed()).findings == []


def test_where_no_run_was_told_to_look_nothing_is_left_out(folder: Path, store: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "storm.txt").write_text(STORM)
    index_paths([folder / "talks.txt"], store, Hashed())
    assert examine(store, Hashed()).findings == []
    index_paths([folder / "talks.txt", folder / "deep"], store, Hashed())
    (folder / "deep" / "wire.txt").write_text(WIRE)
    (finding,) = examine(store, Hashed()).findings
    assert finding.what == "1 file is not in the index: deep/wire.txt"
    index_paths([folder], store, Hashed())
    assert examine(store, Hashed()).findings == []


def _hnsw(store: Path) -> list[dict[str, Any]]:
    opened = Store(store, Hashed.fingerprint)
    return [collection.configuration_json["hnsw"] for collection in (opened._chunks, opened._articles)]


@pytest.mark.parametrize("kind", ["_chunks", "_articles"])
def test_another_breadth_of_search_is_found_and_the_index_made_anew_with_its_vectors(indexed: Path, kind: str) -> None:
    before, vector = _hnsw(indexed), _vector(indexed, "wire.txt")
    harm.search_narrowly(getattr(Store(indexed, Hashed.fingerprint), kind))
    (finding,) = examine(indexed, Hashed()).findings
    what = f"the index in {indexed} is made with other settings of Chroma: ef_search 10"
    assert finding == Finding(what, "run `byline doctor --fix`")
    embedder = Hashed()
    assert repair(indexed, embedder, None, examine(indexed, Hashed())).findings == []
    assert len(embedder.texts) <= 6  # the doctor's own sample of the four chunks
    assert _hnsw(indexed) == before
    assert _vector(indexed, "wire.txt") == pytest.approx(vector, abs=1e-6)


@pytest.mark.parametrize(("name", "value"), [("NEIGHBOURS", 8), ("EF_CONSTRUCTION", 50)])
def test_an_index_that_an_older_byline_linked_otherwise_is_made_anew_once_all_files_can_be_read(
    folder: Path, store: Path, name: str, value: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(f"index.hnsw.{name}", value)
        index_paths([folder], store, Hashed())
        assert examine(store, Hashed()).findings == []
    close_by_a_loop(folder / "talks.txt")
    unread, settings = _fixed(store)
    assert (unread.fixable, settings.fixable) == (False, False)
    assert settings.remedy == "have all files readable, then run `byline doctor --fix`"
    (folder / "talks.txt").unlink()
    (folder / "talks.txt").write_text(TALKS)
    harm.rotate_the_digests(Store(store, Hashed.fingerprint))  # by which its vectors are taken: mended first
    assert _fixed(store) == []


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("chunks", "The index in {} does not compare vectors by cosine"),
        ("articles", "the index in {} is made with other settings of Chroma: space l2"),
    ],
)
def test_vectors_that_are_compared_otherwise_than_by_cosine_are_made_anew(indexed: Path, kind: str, says: str) -> None:
    before = _vector(indexed, "wire.txt")
    harm.compare_otherwise(indexed, kind)
    (finding,) = examine(indexed, Hashed()).findings
    assert (finding.what, finding.fixable) == (says.format(indexed), True)
    assert _fixed(indexed) == []
    assert {hnsw["space"] for hnsw in _hnsw(indexed)} == {"cosine"}
    assert _vector(indexed, "wire.txt") == pytest.approx(before, abs=1e-6)


def test_on_a_server_a_sound_index_has_no_finding_and_what_is_lost_there_is_found(
    folder: Path, store: Path, tmp_path: Path
) -> None:
    (folder / "wire.txt").write_text(WIRE)
    with chroma_server(tmp_path / "chroma") as running:
        server = replace(running, name="news")
        index_paths([folder], store, Hashed(), server=server)
        assert examine(store, Hashed(), server).findings == []
        opened = Store(store, Hashed.fingerprint, server=server)
        harm.rotate_the_digests(opened)
        harm.lose_the_start(opened)
        harm.lose_the_file(opened)
        assert len(examine(store, Hashed(), server).findings) >= 3
        assert _fixed(store, server) == []
        harm.lose_the_list(Store(store, Hashed.fingerprint, server=server))
        assert len(examine(store, Hashed(), server).findings) == 1
        assert _fixed(store, server) == []
        harm.search_narrowly(opened._articles)
        (finding,) = _fixed(store, server)
        remedy = "remove its collections news.chunks and news.articles and index again"
        assert (finding.remedy, finding.fixable) == (remedy, False)
        del opened
