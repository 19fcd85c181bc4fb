import json
import os
import sys
from pathlib import Path

import pytest
from counted import STORM, TALKS, Hashed, settle
from made import pdf

from index.article import READING
from index.corpus import Corpus
from index.doctor import examine
from index.indexing import index_paths
from index.manifest import find_unchanged, load_manifest, look_at
from index.repair import repair
from index.store import Store


def _edit_and_keep_the_time(path: Path) -> None:
    status = path.stat()
    path.write_text(TALKS.replace("Istanbul", "Helsinki"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)


def test_an_edit_that_keeps_size_and_time_is_found(folder: Path, store: Path) -> None:
    settle(folder)
    index_paths([folder], store, Hashed())
    _edit_and_keep_the_time(folder / "talks.txt")
    assert index_paths([folder], store, Hashed()).changed == ("talks.txt",)


def test_a_file_whose_rights_alone_changed_is_what_it_was(folder: Path, store: Path) -> None:
    settle(folder)
    index_paths([folder], store, Hashed())
    (folder / "talks.txt").chmod(0o600)
    assert index_paths([folder], store, Hashed()).unchanged == 2


def test_a_manifest_from_before_is_read_and_learns_when_files_were_changed(folder: Path, store: Path) -> None:
    settle(folder)
    index_paths([folder], store, Hashed())
    (saved,) = store.glob("0*/manifest.json")
    data = json.loads(saved.read_text())
    saved.write_text(json.dumps({**data, "files": [row[:6] for row in data["files"]]}))
    old = load_manifest(saved.parent)
    assert old is not None
    assert [state.ctime_ns for state in old.files.values()] == [0, 0]
    embedder = Hashed()
    assert index_paths([folder], store, embedder).unchanged == 2
    assert (embedder.texts, json.loads(saved.read_text())) == ([], data)
    _edit_and_keep_the_time(folder / "talks.txt")
    assert index_paths([folder], store, Hashed()).changed == ("talks.txt",)


def test_a_file_of_the_year_1970_is_told_by_its_bytes(folder: Path) -> None:
    for name in ("talks.txt", "banks.md"):
        os.utime(folder / name, ns=(0, 0))
    files = [folder / "banks.md", folder / "talks.txt"]
    known = {path.name: look_at(path) for path in files}
    _edit_and_keep_the_time(folder / "talks.txt")
    assert set(find_unchanged(files, folder, known)) == {"banks.md"}


def test_a_file_of_the_year_1970_is_read_as_soon_as_its_library_is_installed(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "report.pdf"
    path.write_bytes(pdf([["The storm destroyed two hundred houses near Houston."]]))
    os.utime(path, ns=(0, 0))
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "pypdf", None)
        assert "byline[pdf]" in index_paths([folder], store, Hashed()).skipped[0].reason
    report = index_paths([folder], store, Hashed())
    assert (report.added, report.skipped) == (("report.pdf",), ())


def _read_otherwise(patch: pytest.MonkeyPatch) -> None:
    for module in ("article", "indexing", "doctor"):
        patch.setattr(f"index.{module}.READING", READING + 1)


def test_where_files_are_read_otherwise_all_are_read_again_and_only_new_texts_are_embedded(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(folder)
    index_paths([folder], store, Hashed())
    before = set(Store(store, Hashed.fingerprint).articles())
    _read_otherwise(monkeypatch)
    (folder / "storm.txt").write_text(STORM)
    embedder = Hashed()
    report = index_paths([folder / "storm.txt", folder / "talks.txt"], store, embedder)  # the other is read again too
    assert (report.added, report.changed, report.unchanged) == (("storm.txt",), ("banks.md", "talks.txt"), 0)
    assert len(embedder.texts) == 1
    assert "Houston" in embedder.texts[0]
    assert not before & set(Store(store, Hashed.fingerprint).articles())
    assert examine(store, Hashed()).findings == []
    assert index_paths([folder], store, Hashed()).unchanged == 3


def test_the_doctor_finds_an_index_that_was_read_otherwise_and_has_it_read_again(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_paths([folder], store, Hashed())
    _read_otherwise(monkeypatch)
    found = examine(store, Hashed())
    (finding,) = found.findings
    remedy = f"run `byline index` on {folder}, or `byline doctor --fix`"
    assert str(finding) == f"another version of Byline read the articles of the index in {store}; {remedy}."
    embedder = Hashed()
    assert repair(store, embedder, None, found).findings == []
    assert len(embedder.texts) <= 2  # the doctor's own sample
    corpus = Corpus(Store(store, Hashed.fingerprint))
    assert all(corpus.is_current(article_id) for article_id in corpus.articles)


def test_articles_stay_current_while_the_bytes_of_their_file_do(folder: Path, store: Path) -> None:
    settle(folder)
    index_paths([folder], store, Hashed())
    corpus = Corpus(Store(store, Hashed.fingerprint))
    (talks,) = (id_ for id_, article in corpus.articles.items() if article.file == "talks.txt")
    (folder / "talks.txt").chmod(0o600)
    assert corpus.is_current(talks)
    _edit_and_keep_the_time(folder / "talks.txt")
    assert not corpus.is_current(talks)
