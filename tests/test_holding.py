"""What a file holds now is told apart from what of it cannot be read."""

import errno
import os
import sys
from pathlib import Path

import pytest
from counted import TALKS

from index.article import Article
from index.holding import Unread, name_of, read_now


def _read(root: Path, file: str) -> tuple[list[int | None], list[Unread]]:
    items = list(read_now(root, file))
    return [i.record for i in items if isinstance(i, Article)], [i for i in items if isinstance(i, Unread)]


def close_by_a_loop(path: Path) -> str:
    """Make a file one that not even root can open, and return what the system says of it."""
    path.unlink(missing_ok=True)
    path.symlink_to(path)
    return os.strerror(errno.ELOOP)


def test_a_file_that_can_be_read_is_read_whole_and_one_that_is_gone_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "talks.txt").write_text(TALKS)
    assert _read(tmp_path, "talks.txt") == ([None], [])
    for gone in ("gone.txt", "talks.txt/below.txt", ""):
        assert _read(tmp_path, gone) == ([], [])


def test_a_file_that_is_there_and_cannot_be_opened_may_hold_all_that_it_held(tmp_path: Path) -> None:
    said = close_by_a_loop(tmp_path / "talks.txt")
    unread = Unread(f"cannot be read ({said}); make it readable or remove it.")
    assert _read(tmp_path, "talks.txt") == ([], [unread])
    assert unread.may_hold(None)
    (tmp_path / "away.txt").symlink_to(tmp_path / "unmounted" / "away.txt")
    assert [bool(unread) for unread in _read(tmp_path, "away.txt")] == [False, True]


def test_the_extra_that_is_not_installed_is_named_in_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.html").write_text(f"<html><body><p>{TALKS}</p></body></html>")
    (tmp_path / "news.jsonl").write_text('{"text": "The talks began."}\n{"text": "<p>They were short.</p>"}\n')
    monkeypatch.setitem(sys.modules, "lxml.html", None)
    for file, read in (("page.html", []), ("news.jsonl", [0])):
        records, (unread,) = _read(tmp_path, file)
        assert records == read
        assert unread.reason.endswith("; install byline[html].")


def test_after_a_last_record_that_is_broken_there_may_be_more(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text('{"text": "The talks began."}\nbroken\n{"text": "They ended."}\n{"text": "Th')
    records, (unread,) = _read(tmp_path, "news.jsonl")
    assert (records, unread.since) == ([0, 2], 3)
    assert unread.reason.startswith("has a record 3 that is broken JSON")
    assert [unread.may_hold(record) for record in (1, 3, 4)] == [False, True, True]


def test_an_article_is_named_by_its_file_and_its_record() -> None:
    assert (name_of("a.txt", None), name_of("a.jsonl", 0)) == ("a.txt", "a.jsonl#0")
