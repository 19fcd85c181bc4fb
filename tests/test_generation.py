import contextlib
import itertools
import os
import sqlite3
import threading
from pathlib import Path

import pytest

from index.generation import begin, discard, newest, publish, sweep, write_whole


def _filled(store: Path, old: Path | None, text: str) -> Path:
    half = begin(store, old)
    (half / "chroma").mkdir(exist_ok=True)
    (half / "chroma" / "rows").write_text(text)
    return half


def test_a_generation_is_seen_when_it_is_published_and_not_before(tmp_path: Path) -> None:
    assert newest(tmp_path / "none") is None
    half = _filled(tmp_path, None, "one")
    assert newest(tmp_path) is None
    whole = publish(half)
    assert newest(tmp_path) == whole
    assert not half.exists()


def test_the_next_generation_is_a_copy_that_leaves_the_one_before_alone(tmp_path: Path) -> None:
    first = publish(_filled(tmp_path, None, "one"))
    (first / "lexical").mkdir()
    half = begin(tmp_path, first)
    assert [path.name for path in half.iterdir()] == ["chroma"]
    (half / "chroma" / "rows").write_text("two")
    assert (first / "chroma" / "rows").read_text() == "one"
    second = publish(half)
    assert newest(tmp_path) == second
    assert (second / "chroma" / "rows").read_text() == "two"


def test_the_copy_of_a_database_is_whole_whoever_writes_to_it_meanwhile(tmp_path: Path) -> None:
    first = publish(_filled(tmp_path, None, "one"))
    database = first / "chroma" / "chroma.sqlite3"
    with contextlib.closing(sqlite3.connect(database)) as rows:
        rows.execute("CREATE TABLE rows (number INTEGER, other INTEGER)")
        rows.executemany("INSERT INTO rows VALUES (?, 0)", [(n,) for n in range(50_000)])
        rows.commit()
    stop = threading.Event()

    def write() -> None:
        with contextlib.closing(sqlite3.connect(database, timeout=60)) as rows:
            for n in itertools.takewhile(lambda _: not stop.is_set(), itertools.count(1)):
                rows.execute("UPDATE rows SET other = ?", (n,))
                rows.commit()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(5):
            half = begin(tmp_path, first)
            assert sorted(path.name for path in (half / "chroma").iterdir()) == ["chroma.sqlite3", "rows"]
            with contextlib.closing(sqlite3.connect(half / "chroma" / "chroma.sqlite3")) as rows:
                assert rows.execute("PRAGMA quick_check").fetchall() == [("ok",)]
                assert rows.execute("SELECT count(*), count(DISTINCT other) FROM rows").fetchall() == [(50_000, 1)]
    finally:
        stop.set()
        writer.join()


def test_a_database_that_stays_locked_is_copied_with_its_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.generation.LOCKED_SECONDS", 0.1)
    first = publish(_filled(tmp_path, None, "one"))
    database = first / "chroma" / "chroma.sqlite3"
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as rows:
        rows.execute("CREATE TABLE rows (number INTEGER)")
        rows.execute("BEGIN EXCLUSIVE")
        rows.execute("INSERT INTO rows VALUES (1)")
        half = begin(tmp_path, first)
        rows.execute("ROLLBACK")
    with contextlib.closing(sqlite3.connect(half / "chroma" / "chroma.sqlite3")) as copy:
        assert copy.execute("SELECT count(*) FROM rows").fetchall() == [(0,)]


def test_a_damaged_database_is_copied_as_it_is(tmp_path: Path) -> None:
    first = publish(_filled(tmp_path, None, "one"))
    (first / "chroma" / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    half = begin(tmp_path, first)
    assert (half / "chroma" / "chroma.sqlite3").read_bytes() == b"no database" * 1000


def test_generations_are_ordered_by_number_beyond_nine_and_names_never_come_twice(tmp_path: Path) -> None:
    folder = None
    names = set()
    for _ in range(12):
        folder = publish(_filled(tmp_path, folder, "x"))
        names.add(folder.name)
        assert newest(tmp_path) == folder
    assert len(names) == 12
    assert begin(tmp_path / "a", None).name != begin(tmp_path / "b", None).name


def test_sweeping_keeps_the_newest_and_the_files_that_are_no_generation(tmp_path: Path) -> None:
    first = publish(_filled(tmp_path, None, "one"))
    second = publish(_filled(tmp_path, first, "two"))
    _filled(tmp_path, second, "half")
    (tmp_path / "lock").write_text("")
    (tmp_path / "chroma").mkdir()
    sweep(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {second.name, "lock", "chroma"}


def test_what_is_left_of_a_generation_whose_removal_was_cut_off_is_not_taken_for_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(_filled(tmp_path, None, "one"))
    with monkeypatch.context() as patch:
        patch.setattr("index.generation.shutil.rmtree", lambda *_, **__: None)
        discard(first)
    assert newest(tmp_path) is None
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_whole(tmp_path / "file", "one")

    def full(_: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("index.generation.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(tmp_path / "file", "two")
    assert (tmp_path / "file").read_text() == "one"
