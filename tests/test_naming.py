import gzip
from pathlib import Path

import pytest

from index.errors import QuestionError
from qa.naming import BY_FILE, read_naming


@pytest.mark.parametrize("name", ["news/talks.txt", "talks.txt", "talks"])
def test_an_article_is_named_by_its_file_with_folders_alone_or_without_its_ending(name: str) -> None:
    assert BY_FILE.name({"file": "news/talks.txt", "record": None}, ["other", name]) == name


def test_the_most_exact_name_is_taken_and_an_article_that_is_not_named_keeps_its_own() -> None:
    assert BY_FILE.name({"file": "a/x.txt", "record": None}, ["x", "a/x.txt"]) == "a/x.txt"
    assert BY_FILE.name({"file": "a/x.txt"}, ["y"]) == "a/x.txt"
    assert BY_FILE.name({"file": "a/x.jsonl", "record": 3}, ["y"]) == "a/x.jsonl#3"


def test_a_record_is_named_by_the_id_that_its_own_file_gives_it(tmp_path: Path) -> None:
    plain, packed = tmp_path / "one.jsonl", tmp_path / "deep" / "two.jsonl.gz"
    packed.parent.mkdir()
    plain.write_text('{"id": "a"}\n\n{"id": 2}\n', "utf-8")
    packed.write_bytes(gzip.compress(b'{"id": "c"}\n'))
    naming = read_naming([plain, packed])
    assert naming.name({"file": "one.jsonl", "record": 1}, ["2"]) == "2"
    assert naming.name({"file": "deep/two.jsonl.gz", "record": 0}, ["a", "c"]) == "c"
    assert naming.name({"file": "two.jsonl.gz", "record": 0}, ["c"]) == "c"
    assert naming.name({"file": "one.jsonl", "record": 2}, ["a"]) == "one.jsonl#2"
    assert naming.name({"file": "none.jsonl", "record": 0}, ["a"]) == "none.jsonl#0"


def test_a_broken_line_and_a_record_without_an_id_count_as_records_that_cannot_be_named(tmp_path: Path) -> None:
    file = tmp_path / "one.jsonl"
    file.write_text('{broken\n{"title": "b"}\n[1]\n{"id": "d"}\n', "utf-8")
    naming = read_naming([file])
    assert [naming.name({"file": "one.jsonl", "record": n}, ["d"]) for n in (0, 1, 2, 3)] == [
        "one.jsonl#0",
        "one.jsonl#1",
        "one.jsonl#2",
        "d",
    ]


def test_a_file_without_any_id_is_an_error_that_names_it(tmp_path: Path) -> None:
    file = tmp_path / "one.jsonl"
    file.write_text('{"title": "b"}\n', "utf-8")
    with pytest.raises(QuestionError, match=r'one\.jsonl holds no record with an "id"'):
        read_naming([file])
