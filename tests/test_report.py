from dataclasses import replace
from pathlib import Path

import pytest

from index.manifest import FileState, Known
from index.reading import Skipped
from index.report import Records, Report, make_report
from index.source import Source
from ui.report import describe


def _report(
    before: dict[str, str], after: dict[str, str], skipped: tuple[Skipped, ...] = (), *, records: bool = False
) -> Report:
    """Compare files whose articles are given as letters, one a text; with `records`, each letter is a record."""

    def known(file: str, texts: str) -> tuple[Known, ...]:
        return tuple(Known(f"{file} {i} {t}", i if records else None, t) for i, t in enumerate(texts))

    files = {file: FileState(1, 1, "d", known(file, texts)) for file, texts in after.items()}
    if skipped:
        files[skipped[0].file] = FileState(1, 1, "d", (), skipped)
    source = Source(Path("articles"), (), (("x.exe", "not an article format"),))
    return make_report(source, Path("store"), {f: known(f, t) for f, t in before.items()}, files, chunks=7, copies={})


def test_files_are_told_apart_by_name_and_text() -> None:
    report = _report({"same": "a", "edited": "b", "old": "c", "gone": "d"}, {"same": "a", "edited": "x", "new": "c"})
    assert (report.added, report.changed, report.removed) == ((), ("edited",), ("gone",))
    assert (report.renamed, report.unchanged, report.articles, report.chunks) == ((("old", "new"),), 1, 3, 7)


def test_each_name_is_part_of_one_renaming_at_most() -> None:
    report = _report({"a": "t", "b": "t"}, {"c": "t", "d": "t", "e": "t"})
    assert (report.renamed, report.added) == ((("a", "c"), ("b", "d")), ("e",))
    assert _report({"a": "t", "b": "t"}, {"c": "t"}).removed == ("b",)


def test_articles_of_the_same_text_are_duplicates_wherever_they_are() -> None:
    assert _report({}, {"b": "x", "a": "x", "c": "y"}).duplicates == (("a", "b"),)
    assert _report({}, {"f": "xyx", "g": "y"}, records=True).duplicates == (("f#0", "f#2"), ("f#1", "g#0"))


@pytest.mark.parametrize(
    ("before", "after", "counts"),
    [
        ("", "abc", (3, 0, 0, 0)),
        ("abc", "abcd", (1, 0, 0, 3)),
        ("abc", "xabc", (1, 0, 0, 3)),
        ("abc", "axc", (0, 1, 0, 2)),
        ("abc", "ac", (0, 0, 1, 2)),
        ("abc", "", None),
        ("aab", "ab", (0, 0, 1, 2)),
        ("abc", "cba", (0, 0, 0, 3)),
    ],
)
def test_records_are_counted_by_text_so_that_those_that_moved_are_unchanged(
    before: str, after: str, counts: tuple[int, int, int, int] | None
) -> None:
    report = _report({"f": before} if before else {}, {"f": after} if after else {}, records=True)
    assert report.records == ((Records("f", *counts),) if counts else ())


def test_what_was_not_looked_at_is_skipped_too_in_the_order_of_names() -> None:
    skipped = (Skipped("dump.jsonl", 2, "is no JSON"),)
    report = _report({}, {"a": "x"}, skipped)
    assert report.skipped == (*skipped, Skipped("x.exe", None, "not an article format"))
    assert report.to_dict()["skipped"] == [
        {"file": "dump.jsonl", "record": 2, "reason": "is no JSON"},
        {"file": "x.exe", "reason": "not an article format"},
    ]


def test_a_file_of_thousands_of_records_is_told_in_a_few_lines() -> None:
    skipped = tuple(Skipped("dump.jsonl", i, "is no JSON") for i in range(1000))
    texts = "".join(chr(0x4E00 + i) for i in range(3000)) * 2
    lines = describe(_report({}, {"all.jsonl": texts}, skipped, records=True)).splitlines()
    assert lines[0] == "6000 articles of articles in store: 1 added, 0 unchanged; 7 chunks embedded."
    assert lines[1] == "all.jsonl: records 6,000 added"
    assert lines[2] == "skipped dump.jsonl record 0: is no JSON"
    assert "… and 996 more records of dump.jsonl skipped" in lines
    assert lines[-2:] == ["same text: all.jsonl#3, all.jsonl#3003", "… and 2,996 more groups of the same text"]
    assert len(lines) < 20


def test_of_many_files_skipped_for_one_reason_ten_are_printed_and_the_rest_is_counted() -> None:
    other = Skipped("m.csv", None, "holds no record")
    scripts = tuple(Skipped(f"{i:03}.js", None, "not an article format") for i in range(300))
    report = replace(_report({}, {"a": "x"}), skipped=(*scripts, other))
    lines = describe(report).splitlines()[1:]
    assert lines[:10] == [f"skipped {i:03}.js: not an article format" for i in range(10)]
    assert lines[10:] == ["skipped m.csv: holds no record", "… and 290 more skipped: not an article format"]
    assert len(report.to_dict()["skipped"]) == 301
    assert len(describe(replace(report, skipped=scripts[:10])).splitlines()) == 11


def test_a_run_that_found_nothing_new_says_so() -> None:
    assert "nothing to do, all unchanged" in describe(_report({"a": "x"}, {"a": "x"}))


def test_a_name_that_a_terminal_would_obey_is_printed_as_escapes() -> None:
    names = ("\x1b[2Jred.txt", "two\nlines.txt", "\u202etxt.exe", "café ‘1’.txt", "a\\b.txt")
    after = dict.fromkeys(names, "x")
    lines = describe(_report({}, after, (Skipped("\x1b]0;owned\x07.csv", 1, "is no JSON"),))).split("\n")
    assert lines[1] == r"skipped \x1b]0;owned\x07.csv record 1: is no JSON"
    assert lines[-1] == r"same text: \x1b[2Jred.txt, a\b.txt, café ‘1’.txt, two\nlines.txt, \u202etxt.exe"
