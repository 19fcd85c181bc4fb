"""`byline index --watch`, over a folder that really changes: once as a real process, else in a thread."""

import json
import logging
import queue
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from logging.handlers import QueueHandler
from pathlib import Path
from typing import Any

import pytest
from counted import BANKS, STORM, TALKS, found_by_word

from index.indexing import index_paths
from index.lock import writing
from index.minilm import MiniLM
from index.report import Report
from ui.watch import watch

BYLINE = Path(sys.executable).with_name("byline")
PATIENCE = 120.0
"""Seconds until a test gives up; nothing is asserted of the time it takes."""


class Watcher:
    """`ui.watch` in a thread: the reports that it tells and the complaints that it logs."""

    def __init__(self, folder: Path, store: Path, embedder: MiniLM) -> None:
        self.folder, self.store, self.embedder = folder, store, embedder
        self._stopping = False
        self._reports: queue.Queue[Report] = queue.Queue()
        self._log = QueueHandler(queue.Queue())
        self._thread = threading.Thread(target=self._watch)
        logging.getLogger("byline").addHandler(self._log)
        self._thread.start()

    def _watch(self) -> None:
        with suppress(KeyboardInterrupt):
            watch([self.folder], self.store, self._run, self._reports.put)

    def _run(self) -> Report:
        if self._stopping:
            raise KeyboardInterrupt
        return index_paths([self.folder], self.store, self.embedder)

    def report(self) -> dict[str, list[str]]:
        return _changes(self._reports.get(timeout=PATIENCE).to_dict())

    def complaint(self) -> str:
        return str(self._log.queue.get(timeout=PATIENCE).message)

    def stop(self) -> None:
        """End as Ctrl-C does, which only the main thread gets."""
        self._stopping = True
        self.folder.mkdir(exist_ok=True)
        (self.folder / "last.txt").touch()
        self._thread.join(PATIENCE)
        logging.getLogger("byline").removeHandler(self._log)
        assert not self._thread.is_alive()


def _changes(row: dict[str, Any]) -> dict[str, list[str]]:
    return {name: list(row[name]) for name in ("added", "changed", "removed") if row[name]}


@pytest.fixture
def watcher(folder: Path, store: Path, embedder: MiniLM) -> Iterator[Watcher]:
    watching = Watcher(folder, store, embedder)
    try:
        assert watching.report() == {"added": ["banks.md", "talks.txt"]}
        yield watching
    finally:
        watching.stop()


def test_what_is_added_changed_and_removed_is_indexed_at_once_and_ctrl_c_ends_it_well(
    folder: Path, store: Path, embedder: MiniLM
) -> None:
    command = [BYLINE, "index", folder, "--store", store, "--watch", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        giving_up = threading.Timer(5 * PATIENCE, process.kill)
        giving_up.start()

        def report() -> dict[str, list[str]]:
            return _changes(json.loads(process.stdout.readline()))

        assert report() == {"added": ["banks.md", "talks.txt"]}
        (folder / "storm.txt").write_text(STORM)
        assert report() == {"added": ["storm.txt"]}
        (folder / "talks.txt").write_text(BANKS)
        assert report() == {"changed": ["talks.txt"]}
        (folder / ".hidden.txt").write_text(STORM)
        (folder / "banks.md").touch()
        (folder / "banks.md").unlink()
        assert report() == {"removed": ["banks.md"]}
        assert found_by_word(store, embedder, "storm") == ["storm.txt"]
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=PATIENCE) == ("", "")
        assert process.returncode == 0
        giving_up.cancel()


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
    watching = Watcher(folder, folder / "index", embedder)
    try:
        assert watching.report() == {"added": ["banks.md", "talks.txt"]}
        (folder / "storm.txt").write_text(STORM)
        assert watching.report() == {"added": ["storm.txt"]}
    finally:
        watching.stop()
