"""What `byline index --watch` sees and what it passes over, wherever the articles, links and the index lie."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from closed import UNPRIVILEGED, needs_closed
from counted import BANKS, STORM
from watcher import started, watching

from index.minilm import MiniLM

FIRST = {"added": ["banks.md", "talks.txt"]}


@pytest.mark.parametrize("given", ["../corpus", "link", ".hidden/link", "../here/link/../corpus"])
def test_articles_are_watched_by_whatever_path_they_are_given(
    folder: Path, store: Path, embedder: MiniLM, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    here = folder.with_name("here")
    (here / ".hidden").mkdir(parents=True)
    (here / "link").symlink_to(folder)
    (here / ".hidden" / "link").symlink_to(folder)
    monkeypatch.chdir(here)
    with watching(Path(given), store, embedder) as watcher:
        assert watcher.report() == FIRST
        (folder / "storm.txt").write_text(STORM)
        assert watcher.report() == {"added": ["storm.txt"]}


def test_a_folder_below_a_hidden_one_is_watched(folder: Path, store: Path, embedder: MiniLM) -> None:
    hidden = folder.with_name(".hidden")
    folder.rename(hidden)
    with watching(hidden, store, embedder) as watcher:
        assert watcher.report() == FIRST
        (hidden / ".git").mkdir()
        (hidden / ".git" / "storm.txt").write_text(STORM)
        (hidden / "storm.txt").write_text(STORM)
        assert watcher.report() == {"added": ["storm.txt"]}


def test_a_file_given_alone_is_watched_and_no_other(folder: Path, store: Path, embedder: MiniLM) -> None:
    with watching(folder / "talks.txt", store, embedder) as watcher:
        assert watcher.report() == {"added": ["talks.txt"]}
        (folder / "storm.txt").write_text(STORM)
        assert watcher.comes_to_rest()
        (folder / "new").write_text(BANKS)
        (folder / "new").replace(folder / "talks.txt")
        assert watcher.report() == {"changed": ["talks.txt"]}


@pytest.mark.parametrize("place", ["index", "."])
def test_what_is_written_to_an_index_among_the_articles_begins_no_run(
    folder: Path, embedder: MiniLM, place: str
) -> None:
    link = folder.with_name("link")
    link.symlink_to(folder)
    with watching(link, link / place, embedder) as watcher:
        assert watcher.report() == FIRST
        (folder / "storm.txt").write_text(STORM)
        assert watcher.report() == {"added": ["storm.txt"]}
        assert watcher.comes_to_rest()
        assert not watcher.has_more()


def test_articles_below_their_index_are_watched(folder: Path, embedder: MiniLM) -> None:
    with watching(folder, folder.parent, embedder) as watcher:
        assert watcher.report() == FIRST
        (folder / "storm.txt").write_text(STORM)
        assert watcher.report() == {"added": ["storm.txt"]}
        assert watcher.comes_to_rest()


def test_two_indexes_among_the_articles_do_not_begin_runs_of_each_other(folder: Path, embedder: MiniLM) -> None:
    with watching(folder, folder / "one", embedder) as one, watching(folder, folder / "two", embedder) as two:
        assert (one.report(), two.report()) == (FIRST, FIRST)
        assert (one.comes_to_rest(), two.comes_to_rest()) == (True, True)


def test_folders_that_come_go_and_are_replaced_are_watched(folder: Path, store: Path, embedder: MiniLM) -> None:
    with watching(folder, store, embedder) as watcher:
        assert watcher.report() == FIRST
        for _ in range(2):
            (folder / "deep" / "er").mkdir(parents=True)
            (folder / "deep" / "er" / "a.txt").write_text(STORM)
            assert watcher.report() == {"added": ["deep/er/a.txt"]}
            (folder / "deep" / "er" / "b.txt").write_text(BANKS)
            assert watcher.report() == {"added": ["deep/er/b.txt"]}
            shutil.rmtree(folder / "deep")
            assert watcher.report() == {"removed": ["deep/er/a.txt", "deep/er/b.txt"]}


def test_what_a_linked_file_leads_to_is_watched(folder: Path, store: Path, embedder: MiniLM) -> None:
    real = folder.with_name("real.txt")
    with watching(folder, store, embedder) as watcher:
        assert watcher.report() == FIRST
        (folder / "r.txt").symlink_to("../latest.txt")
        real.with_name("latest.txt").symlink_to(real)
        assert watcher.comes_to_rest()
        real.write_text(STORM)
        assert watcher.report() == {"added": ["r.txt"]}
        real.write_text(STORM + BANKS)
        assert watcher.report() == {"changed": ["r.txt"]}
        real.with_name("latest.txt").unlink()
        real.with_name("latest.txt").symlink_to(folder / "banks.md")
        assert watcher.report() == {"removed": ["r.txt"]}


def test_a_linked_folder_is_passed_over(folder: Path, embedder: MiniLM) -> None:
    outside = folder.with_name("outside")
    outside.mkdir()
    (folder / "linked").symlink_to(outside)
    with watching(folder, outside / "store", embedder) as watcher:
        assert watcher.report() == FIRST
        assert watcher.comes_to_rest()


def test_a_name_that_is_not_utf_8_ends_nothing(folder: Path, store: Path, embedder: MiniLM) -> None:
    with watching(folder, store, embedder) as watcher:
        assert watcher.report() == FIRST
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9")).mkdir()
        (folder / "storm.txt").write_text(STORM)
        assert watcher.report() == {"added": ["storm.txt"]}


@needs_closed
def test_a_closed_folder_is_named_once_and_watched_when_it_is_opened(folder: Path, store: Path) -> None:
    (folder / "closed").mkdir(mode=0)
    with started(folder, store, *UNPRIVILEGED) as byline:
        assert byline.report() == FIRST
        reason = "is a folder that cannot be listed (Permission denied); make it readable."
        assert byline.complaint() == f"byline: {folder}/closed {reason}\n"
        (folder / "storm.txt").write_text(STORM)
        assert byline.report() == {"added": ["storm.txt"]}
        (folder / "closed").chmod(0o700)
        (folder / "closed" / "one.txt").write_text(BANKS)
        assert byline.report() == {"added": ["closed/one.txt"]}
        (folder / "closed" / "two.txt").write_text(STORM)
        assert byline.report() == {"added": ["closed/two.txt"]}
        assert byline.ended(signal.SIGINT) == (0, "", "")


def _may_limit() -> bool:
    command = ["unshare", "-Ur", "sh", "-c", "echo 9 > /proc/sys/user/max_inotify_watches"]
    return (
        shutil.which("unshare") is not None
        and subprocess.run(command, check=False, capture_output=True).returncode == 0
    )


@pytest.mark.skipif(not _may_limit(), reason="no user namespaces, whose limits can be set")
@pytest.mark.parametrize("limit", ["watches", "instances"])
def test_where_the_system_watches_no_more_folders_all_is_looked_through_again(
    folder: Path, store: Path, limit: str
) -> None:
    for name in "abc":
        (folder / name).mkdir()
    limited = f'echo {int(limit == "watches")} > /proc/sys/user/max_inotify_{limit} && exec "$@"'
    with started(folder, store, "unshare", "-Ur", "sh", "-c", limited, "sh") as byline:
        assert byline.report() == FIRST
        assert byline.complaint().startswith("byline: Changes are not seen at once (")
        (folder / "storm.txt").write_text(STORM)
        assert byline.report() == {"added": ["storm.txt"]}
        (folder / "c" / "storm.txt").write_text(BANKS)
        assert byline.report() == {"added": ["c/storm.txt"]}
        assert byline.ended(signal.SIGINT) == (0, "", "")
