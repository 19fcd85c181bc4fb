"""`byline index --watch`, over a folder that really changes: partly as a real process, else in a thread."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from counted import BANKS, STORM, TALKS, found_by_word
from watcher import Watcher, started, watching

from index.lock import writer, writing
from index.minilm import MiniLM


@pytest.fixture
def watcher(folder: Path, store: Path, embedder: MiniLM) -> Iterator[Watcher]:
    with watching(folder, store, embedder) as watcher:
        assert watcher.report() == {"added": ["banks.md", "talks.txt"]}
        yield watcher


def test_what_is_added_changed_and_removed_is_indexed_at_once_and_ctrl_c_ends_it_well(
    folder: Path, store: Path, embedder: MiniLM
) -> None:
    with started(folder, store) as byline:
        assert byline.report() == {"added": ["banks.md", "talks.txt"]}
        (folder / "storm.txt").write_text(STORM)
        assert byline.report() == {"added": ["storm.txt"]}
        (folder / "talks.txt").write_text(BANKS)
        assert byline.report() == {"changed": ["talks.txt"]}
        (folder / ".hidden.txt").write_text(STORM)
        (folder / "banks.md").touch()
        (folder / "banks.md").unlink()
        assert byline.report() == {"removed": ["banks.md"]}
        assert found_by_word(store, embedder, "storm") == ["storm.txt"]
        assert byline.ended(signal.SIGINT) == (0, "", "")


def test_sigterm_ends_it_as_ctrl_c_does(folder: Path, store: Path) -> None:
    with started(folder, store) as byline:
        assert byline.report() == {"added": ["banks.md", "talks.txt"]}
        assert byline.ended(signal.SIGTERM) == (0, "", "")
    assert writer(store) == (None, False)


def test_sigterm_in_the_middle_of_a_run_leaves_nothing_half_done(folder: Path, store: Path) -> None:
    with started(folder, store) as byline:
        assert byline.report() == {"added": ["banks.md", "talks.txt"]}
        for number in range(200):
            (folder / f"{number}.txt").write_text(TALKS.replace("short", f"short, as number {number} was") * 20)
        while not list(store.glob("vectors-*")):
            assert byline.process.poll() is None
        assert byline.ended(signal.SIGTERM) == (0, "", "")
    assert writer(store) == (None, False)
    assert len(list(store.glob("0*"))) == 1


def test_a_folder_that_is_taken_away_and_put_back_is_watched_again(watcher: Watcher, folder: Path) -> None:
    folder.rename(folder.with_name("away"))
    assert "does not exist" in watcher.complaint()
    shutil.copytree(folder.with_name("away"), folder)
    (folder / "storm.txt").write_text(STORM)
    assert watcher.report() == {"added": ["storm.txt"]}
    (folder / "storm.txt").unlink()
    assert watcher.report() == {"removed": ["storm.txt"]}


def test_a_file_that_is_written_in_parts_is_indexed_whole_in_the_end(
    watcher: Watcher, folder: Path, store: Path, embedder: MiniLM
) -> None:
    with (folder / "storm.txt").open("w") as file:
        file.write(TALKS[:40])
        file.flush()
        assert watcher.report() == {"added": ["storm.txt"]}
        file.write("\n\n" + STORM)
    assert watcher.report() == {"changed": ["storm.txt"]}
    assert found_by_word(store, embedder, "houston") == ["storm.txt"]


def test_a_busy_store_is_tried_again(watcher: Watcher, folder: Path, store: Path) -> None:
    with writing(store):
        (folder / "storm.txt").write_text(STORM)
        assert "Another process is indexing" in watcher.complaint()
    assert watcher.report() == {"added": ["storm.txt"]}


def test_an_index_among_the_articles_is_no_change_of_articles(folder: Path, embedder: MiniLM) -> None:
    with watching(folder, folder / "index", embedder) as watcher:
        assert watcher.report() == {"added": ["banks.md", "talks.txt"]}
        (folder / "storm.txt").write_text(STORM)
        assert watcher.report() == {"added": ["storm.txt"]}
