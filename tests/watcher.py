"""`byline index --watch` for tests: in a thread of this process, or as a process of its own."""

import json
import logging
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from logging.handlers import QueueHandler
from pathlib import Path
from typing import Any

from index.indexing import index_paths
from index.minilm import MiniLM
from index.report import Report
from ui.watch import LOOK_MS, watch

BYLINE = Path(sys.executable).with_name("byline")
PATIENCE = 120.0
"""Seconds until a test gives up; nothing is asserted of the time it takes."""


class Watcher:
    """`ui.watch` in a thread: the reports that it tells and the complaints that it logs."""

    def __init__(self, path: Path, store: Path, embedder: MiniLM) -> None:
        self.path, self.store, self.embedder = path, store, embedder
        self._stopping = False
        self._running = False
        self._runs = 0
        self._reports: queue.Queue[Report] = queue.Queue()
        self._log = QueueHandler(queue.Queue())
        self._thread = threading.Thread(target=self._watch)
        logging.getLogger("byline").addHandler(self._log)
        self._thread.start()

    def _watch(self) -> None:
        with suppress(KeyboardInterrupt):
            watch([self.path], self.store, self._run, self._reports.put)

    def _run(self) -> Report:
        if self._stopping:
            raise KeyboardInterrupt
        self._running = True
        try:
            return index_paths([self.path], self.store, self.embedder)
        finally:
            self._runs += 1
            self._running = False

    def report(self) -> dict[str, list[str]]:
        return changes(self._reports.get(timeout=PATIENCE).to_dict())

    def complaint(self) -> str:
        return str(self._log.queue.get(timeout=PATIENCE).message)

    def has_more(self) -> bool:
        """Tell whether there are reports or complaints that nobody asked for yet."""
        return not (self._reports.empty() and self._log.queue.empty())

    def comes_to_rest(self) -> bool:
        """Tell whether there is a while, of four looks, in which no run begins or ends."""
        for _ in range(12):
            before = self._runs
            time.sleep(4 * LOOK_MS / 1000)
            if not self._running and self._runs == before:
                return True
        return False

    def stop(self) -> None:
        """End as Ctrl-C does, which only the main thread gets."""
        self._stopping = True
        if not self.path.is_file():
            self.path.mkdir(exist_ok=True)
        (self.path if self.path.is_file() else self.path / "last.txt").touch()
        self._thread.join(PATIENCE)
        logging.getLogger("byline").removeHandler(self._log)
        assert not self._thread.is_alive()


@contextmanager
def watching(path: Path, store: Path, embedder: MiniLM) -> Iterator[Watcher]:
    """Watch in a thread, and stop in the end."""
    watcher = Watcher(path, store, embedder)
    try:
        yield watcher
    finally:
        watcher.stop()


class Watching:
    """`byline index --watch --json` as a process, and what it prints."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def report(self) -> dict[str, list[str]]:
        assert self.process.stdout is not None
        return changes(json.loads(self.process.stdout.readline()))

    def complaint(self) -> str:
        assert self.process.stderr is not None
        return self.process.stderr.readline()

    def ended(self, by: int) -> tuple[int, str, str]:
        """Send a signal; return the exit code and what was printed and not read yet, on standard output and error."""
        self.process.send_signal(by)
        out, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, out, err


@contextmanager
def started(folder: Path, store: Path, *before: str) -> Iterator[Watching]:
    """Start the command, with what is to stand `before` it; it is killed where it goes on for too long."""
    command = [*before, BYLINE, "index", folder, "--store", store, "--watch", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        giving_up = threading.Timer(5 * PATIENCE, process.kill)
        giving_up.start()
        try:
            yield Watching(process)
        finally:
            process.kill()
            giving_up.cancel()


def changes(row: dict[str, Any]) -> dict[str, list[str]]:
    return {name: list(row[name]) for name in ("added", "changed", "removed") if row[name]}
