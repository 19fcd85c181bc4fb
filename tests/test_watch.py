"""`byline index --watch`, as a real process over a folder that really changes."""

import json
import queue
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from counted import BANKS, STORM, TALKS, found_by_word

from index.lock import writing
from index.minilm import MiniLM

BYLINE = Path(sys.executable).with_name("byline")
PATIENCE = 120.0
"""Seconds until a test gives up; nothing is asserted of the time it takes."""


class Watcher:
    """The process, the reports that it prints and the complaints that it makes."""

    def __init__(self, folder: Path, store: Path) -> None:
        command = [BYLINE, "index", folder, "--store", store, "--watch", "--json"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self._queues = {name: self._read(name) for name in ("stdout", "stderr")}

    def _read(self, name: str) -> "queue.Queue[str]":
        lines: queue.Queue[str] = queue.Queue()
        stream = getattr(self.process, name)
        threading.Thread(target=lambda: [lines.put(line) for line in stream], daemon=True).start()
        return lines

    def report(self) -> dict[str, list[str]]:
        row: dict[str, list[str]] = json.loads(self._queues["stdout"].get(timeout=PATIENCE))
        return {name: row[name] for name in ("added", "changed", "removed") if row[name]}

    def complaint(self) -> str:
        return self._queues["stderr"].get(timeout=PATIENCE)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(PATIENCE)
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()
        return code

    def is_quiet(self) -> bool:
        return all(lines.empty() for lines in self._queues.values())


@pytest.fixture
def watcher(folder: Path, store: Path) -> Iterator[Watcher]:
    watching = Watcher(folder, store)
    try:
        assert watching.report() == {"added": ["banks.md", "talks.txt"]}
        yield watching
    finally:
        if watching.process.poll() is None:
            watching.process.kill()
            watching.stop()


def test_what_is_added_changed_and_removed_is_indexed_at_once_and_ctrl_c_ends_it_well(
    watcher: Watcher, folder: Path, store: Path, embedder: MiniLM
) -> None:
    (folder / "storm.txt").write_text(STORM)
    assert watcher.report() == {"added": ["storm.txt"]}
    (folder / "talks.txt").write_text(BANKS)
    assert watcher.report() == {"changed": ["talks.txt"]}
    (folder / ".hidden.txt").write_text(STORM)
    (folder / "banks.md").touch()
    (folder / "banks.md").unlink()
    assert watcher.report() == {"removed": ["banks.md"]}
    assert found_by_word(store, embedder, "storm") == ["storm.txt"]
    assert watcher.is_quiet()
    assert watcher.stop() == 0


def test_a_folder_that_is_taken_away_and_put_back_is_watched_again(watcher: Watcher, folder: Path) -> None:
    folder.rename(folder.with_name("away"))
    assert "does not exist" in watcher.complaint()
    shutil.copytree(folder.with_name("away"), folder)
    (folder / "storm.txt").write_text(STORM)
    assert watcher.report() == {"added": ["storm.txt"]}
    (folder / "storm.txt").unlink()
    assert watcher.report() == {"removed": ["storm.txt"]}
    assert watcher.stop() == 0


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
    assert watcher.stop() == 0


def test_a_busy_store_is_tried_again(watcher: Watcher, folder: Path, store: Path) -> None:
    with writing(store):
        (folder / "storm.txt").write_text(STORM)
        assert "Another process is indexing" in watcher.complaint()
    assert watcher.report() == {"added": ["storm.txt"]}
    assert watcher.stop() == 0


def test_an_index_among_the_articles_is_no_change_of_articles(folder: Path) -> None:
    watching = Watcher(folder, folder / "index")
    assert watching.report() == {"added": ["banks.md", "talks.txt"]}
    (folder / "storm.txt").write_text(STORM)
    assert watching.report() == {"added": ["storm.txt"]}
    assert watching.stop() == 0
