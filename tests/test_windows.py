import errno
import gzip
import itertools
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from counted import BANKS, STORM, TALKS, Hashed, settle

from index.article import Article, make_article
from index.doctor import examine
from index.errors import SourceError
from index.indexing import index_paths
from index.manifest import FileState, look_at
from index.reading import Skipped, read_file
from index.windows import ahead, count_expected, read_windows


def test_a_folder_is_read_into_windows_of_a_bounded_size(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "storm.txt").write_text(STORM)
    monkeypatch.setattr("index.windows.CHUNKS", 2)
    windows = list(read_windows(sorted(folder.iterdir()), folder, ()))
    assert [[article.file for article, _ in window.new] for window in windows] == [
        ["banks.md", "storm.txt"],
        ["talks.txt"],
    ]
    assert all(chunks for window in windows for _, chunks in window.new)
    assert [name for window in windows for name in window.files] == ["banks.md", "storm.txt", "talks.txt"]
    monkeypatch.setattr("index.windows.CHARACTERS", 1)
    assert [window.read for window in read_windows(sorted(folder.iterdir()), folder, ())] == [1, 1, 1, 0]


def test_articles_that_the_index_has_are_counted_and_not_split(folder: Path) -> None:
    (first,) = read_windows([folder / "talks.txt"], folder, ())
    known = {first.new[0][0].id}
    (window,) = read_windows(sorted(folder.iterdir()), folder, known)
    assert (window.read, [article.file for article, _ in window.new]) == (2, ["banks.md"])
    assert window.files["talks.txt"] == first.files["talks.txt"]


def test_a_file_of_records_may_end_in_a_later_window_and_a_record_told_twice_counts_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def records(path: Path, root: Path) -> Iterator[Article | Skipped]:
        file = path.relative_to(root).as_posix()
        for record, text in enumerate([TALKS, BANKS, STORM]):
            yield make_article(file, text, record)
        yield make_article(file, STORM, 2)
        yield Skipped(file, 3, "is no JSON")

    monkeypatch.setattr("index.windows.CHUNKS", 2)
    monkeypatch.setattr("index.windows.read_file", records)
    first, last = read_windows([folder / "talks.txt"], folder, ())
    assert (len(first.new), first.files, len(last.new)) == (2, {}, 1)
    state = last.files["talks.txt"]
    assert [known.record for known in state.articles] == [0, 1, 2]
    assert state.skipped == (Skipped("talks.txt", 3, "is no JSON"),)


def test_a_file_that_changes_while_it_is_read_is_not_taken_for_known(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(folder)
    path = folder / "talks.txt"

    def read(_: Path, root: Path) -> Iterator[Article]:
        yield make_article(path.relative_to(root).as_posix(), path.read_text())
        path.write_text(STORM)

    monkeypatch.setattr("index.windows.read_file", read)
    (window,) = read_windows([path], folder, ())
    assert (window.files["talks.txt"].mtime_ns, window.files["talks.txt"].digest) == (0, "")


def test_a_file_that_vanishes_is_skipped_with_the_reason(folder: Path) -> None:
    (folder / "talks.txt").unlink()
    (window,) = read_windows([folder / "talks.txt", folder / "banks.md"], folder, ())
    assert [article.file for article, _ in window.new] == ["banks.md"]
    assert "cannot be read" in window.files["talks.txt"].skipped[0].reason


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert look_at(tmp_path / "pipe.txt").digest == ""


def test_lines_are_counted_for_the_progress_bar(folder: Path) -> None:
    (folder / "dump.jsonl").write_text("{}\n" * 7)
    (folder / "dump.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 9))
    (folder / "broken.jsonl.gz").write_bytes(b"no gzip")
    assert count_expected([folder / "talks.txt", folder / "dump.jsonl", folder / "dump.jsonl.gz"]) == 17
    assert count_expected([folder / "broken.jsonl.gz", folder / "none.jsonl"]) == 2
    os.mkfifo(folder / "pipe.jsonl")
    assert count_expected([folder / "pipe.jsonl"]) == 1


def test_a_file_that_the_system_cannot_read_now_is_read_again_the_next_time(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(folder)
    with monkeypatch.context() as patch:

        def refuse(_: Path, file: str) -> None:
            error = OSError(errno.EMFILE, "Too many open files")
            raise SourceError(f"{file} cannot be read (Too many open files); make it readable.") from error

        patch.setattr("index.reading.opened", refuse)
        with pytest.raises(SourceError, match="No article"):
            index_paths([folder], store, Hashed())
        patch.undo()
        index_paths([folder / "banks.md"], store, Hashed())
        patch.setattr("index.reading.opened", refuse)
        assert [item.file for item in index_paths([folder], store, Hashed()).skipped] == ["talks.txt"]
    assert index_paths([folder], store, Hashed()).added == ("talks.txt",)


def test_a_file_whose_packed_bytes_are_damaged_counts_as_one_and_is_skipped_with_the_reason(folder: Path) -> None:
    packed = bytearray(gzip.compress(b'{"text": "Talks"}\n' * 9))
    packed[10:16] = b"\xff" * 6  # where the deflate stream begins: the header is whole
    (folder / "damaged.jsonl.gz").write_bytes(packed)
    assert count_expected([folder / "damaged.jsonl.gz"]) == 1
    (window,) = read_windows([folder / "damaged.jsonl.gz", folder / "talks.txt"], folder, ())
    assert [article.file for article, _ in window.new] == ["talks.txt"]
    assert window.files["damaged.jsonl.gz"].skipped[0].reason == "is a damaged gzip file; pack it again."


def test_items_are_made_one_ahead_in_another_thread_and_in_order() -> None:
    made: list[int] = []
    threads: set[str] = set()
    third = threading.Event()

    def make() -> Iterator[int]:
        for i in range(1, 5):
            threads.add(threading.current_thread().name)
            made.append(i)
            if i == 2:
                third.set()
            yield i

    got = ahead(make())
    assert next(got) == 1
    assert third.wait(10)
    assert made == [1, 2]
    assert list(got) == [2, 3, 4]
    assert threading.current_thread().name not in threads


def test_an_error_in_the_thread_is_raised_where_its_item_would_be() -> None:
    def make() -> Iterator[int]:
        yield 1
        raise ValueError("no second")

    got = ahead(make())
    assert next(got) == 1
    with pytest.raises(ValueError, match="no second"):
        next(got)


class Refusing:
    """Files that the system does not read: from the first, or from a later record on."""

    def __init__(self, *names: str, number: int = errno.EACCES, after: int = 0) -> None:
        self.names, self.number, self.after = names, number, after

    def __call__(self, path: Path, root: Path) -> Iterator[Article | Skipped]:
        if path.name not in self.names:
            yield from read_file(path, root)
            return
        yield from itertools.islice(read_file(path, root), self.after)
        why = os.strerror(self.number)
        raise SourceError(f"{path.name} cannot be read ({why}); make it readable.") from OSError(self.number, why)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.EMFILE])
def test_a_file_that_is_there_and_cannot_be_read_now_stays_in_the_index_as_it_was(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    index_paths([folder], store, Hashed())
    (folder / "talks.txt").write_text(STORM)
    with monkeypatch.context() as patch:
        patch.setattr("index.windows.read_file", Refusing("talks.txt", number=number))
        for _ in range(2):
            report = index_paths([folder], store, Hashed())
            assert (report.unchanged, report.removed, report.articles) == (2, (), 2)
            reason = f"cannot be read now; its article stays as it was ({os.strerror(number)})."
            assert report.skipped == (Skipped("talks.txt", None, reason),)
    report = index_paths([folder], store, Hashed())
    assert (report.changed, report.skipped, report.chunks) == (("talks.txt",), (), 1)


def test_a_file_that_could_not_be_read_and_did_not_change_is_not_embedded_again(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_paths([folder], store, Hashed())
    os.utime(folder / "talks.txt", (1, 1))
    with monkeypatch.context() as patch:
        patch.setattr("index.windows.look_at", lambda _: FileState(0, 0, ""))
        patch.setattr("index.manifest.look_at", lambda _: FileState(0, 0, ""))
        patch.setattr("index.windows.read_file", Refusing("talks.txt"))
        assert index_paths([folder], store, Hashed()).unchanged == 2
    embedder = Hashed()
    report = index_paths([folder], store, embedder)
    assert (report.unchanged, report.skipped, embedder.texts) == (2, (), [])


def test_of_a_file_that_cannot_be_read_to_its_end_the_rest_stays_as_it_was(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "dump.jsonl"
    texts = [f"The {word} came on Sunday." for word in ("vote", "storm", "rain", "snow")]
    path.write_text("\n".join(json.dumps({"text": text}) for text in texts))
    index_paths([folder], store, Hashed())
    path.write_text("\n".join(json.dumps({"text": text.replace("Sunday", "Monday")}) for text in texts))
    with monkeypatch.context() as patch:
        patch.setattr("index.windows.read_file", Refusing("dump.jsonl", number=errno.EIO, after=2))
        report = index_paths([folder], store, Hashed())
    assert (report.changed, report.articles, report.chunks) == (("dump.jsonl",), 6, 2)
    reason = "cannot be read now; its 2 articles stay as they were (Input/output error)."
    assert report.skipped == (Skipped("dump.jsonl", None, reason),)
    assert index_paths([folder], store, Hashed()).chunks == 2
    assert examine(store, Hashed()).findings == []


def test_a_damaged_file_is_not_one_that_cannot_be_read_now(folder: Path, store: Path) -> None:
    packed = gzip.compress(b'{"text": "The talks began in Istanbul."}\n' * 9)
    (folder / "dump.jsonl.gz").write_bytes(packed)
    index_paths([folder], store, Hashed())
    (folder / "dump.jsonl.gz").write_bytes(packed[:10] + b"\xff" * 6 + packed[16:])
    report = index_paths([folder], store, Hashed())
    assert (report.removed, report.skipped[0].reason) == (("dump.jsonl.gz",), "is a damaged gzip file; pack it again.")
