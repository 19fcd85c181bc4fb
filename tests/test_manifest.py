import json
import os
import sys
from pathlib import Path

import pytest
from counted import TALKS, Hashed, settle
from made import pdf

from index.indexing import index_paths
from index.manifest import find_unchanged, load_manifest, look_at


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
