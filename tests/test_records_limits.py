"""Records in older encodings, files of none, files that are cut off, and files larger than memory."""

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest
from made import TALKS
from test_records import JSON_LINES, read, shown

from index.article import Article
from index.errors import SourceError
from index.lines import MAX_LINE
from index.reading import HOPELESS, Skipped, read_file


def test_letters_in_an_older_encoding_are_read_line_by_line(tmp_path: Path) -> None:
    line = '{"title": "Café", "text": "Le président a été reçu à Ankara, où les négociations ont commencé."}\n'
    items = read(tmp_path, "a.jsonl", line.encode() + line.encode("cp1252") + line.encode())
    assert [(a.title, a.text) for a in items if isinstance(a, Article)] == [
        ("Café", "Le président a été reçu à Ankara, où les négociations ont commencé.")
    ] * 3


@pytest.mark.parametrize(("name", "encoding"), [("a.csv", "cp1251"), ("a.csv", "koi8-r"), ("a.jsonl", "cp1251")])
def test_short_lines_in_an_older_encoding_are_told_by_all_lines_together(
    tmp_path: Path, name: str, encoding: str
) -> None:
    texts = ["Переговоры начались в пятницу.", "Да.", "Министр прибыл в Анкару."] * 5
    lines = ["text", *texts] if name == "a.csv" else [json.dumps({"text": t}, ensure_ascii=False) for t in texts]
    assert [text for _, text in shown(read(tmp_path, name, "\n".join(lines).encode(encoding)))] == texts


def test_lone_surrogates_are_replaced_in_text_and_fields(tmp_path: Path) -> None:
    (article,) = read(
        tmp_path, "a.jsonl", r'{"title": "T\ud800", "text": "The talks\udfff began.", "author": "\ud800J"}'
    )
    assert isinstance(article, Article)
    assert (article.title, article.text, article.author) == ("T\ufffd", "The talks\ufffd began.", "\ufffdJ")


def test_a_file_whose_first_hundred_records_are_none_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("This is prose.\n" * 10_000)
    items = read_file(tmp_path / "a.jsonl", tmp_path)
    assert all(isinstance(item, Skipped) for _, item in zip(range(HOPELESS), items, strict=False))
    with pytest.raises(SourceError, match=rf"^a\.jsonl holds no article in its first {HOPELESS} records") as raised:
        next(items)
    assert "records, nor in the 9,900 after them; mend" in str(raised.value)


@pytest.mark.parametrize(
    ("name", "data"), [("a.jsonl", "\n\n"), ("a.json", "[]"), ("a.csv", "text\n"), ("a.jsonl", "")]
)
def test_a_file_without_a_record_is_an_error(tmp_path: Path, name: str, data: str) -> None:
    with pytest.raises(SourceError, match=rf"^{name} holds no record; remove it or put articles into it\.$"):
        read(tmp_path, name, data)


def test_a_gzip_file_that_is_cut_off_gives_what_is_before_the_cut(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": f"{n} {n * n} {n**3 % 977}. {TALKS[n % 3]}"}) + "\n" for n in range(3000))
    items = read(tmp_path, "a.jsonl.gz", gzip.compress(lines.encode())[:-500])
    assert len(items) > 1000
    assert all(isinstance(item, Article) for item in items[:-1])
    assert shown(items)[-1] == (len(items) - 1, "is a damaged gzip file; pack it again.")


def test_a_line_beyond_the_limit_is_passed_over_and_never_whole_in_memory(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.jsonl.gz", "wb", compresslevel=1) as file:
        file.write(JSON_LINES.encode())
        file.write(b'{"text": "')
        for number in range(100):
            file.write((f"{number} {number**9} " * 50_000)[: 1 << 20].encode())
        file.write(b'"}\n' + JSON_LINES.encode())
    tracemalloc.start()
    items = list(read_file(tmp_path / "a.jsonl.gz", tmp_path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(i.record, isinstance(i, Article)) for i in items] == [(n, n != 3) for n in range(7)]
    assert shown(items)[3][1] == "is longer than 16 million characters; split it or remove it."
    assert peak < 5 * MAX_LINE


def test_records_are_read_one_after_the_other(tmp_path: Path) -> None:
    with (tmp_path / "a.jsonl").open("w") as file:
        for number in range(60):
            file.write(json.dumps({"text": f"{number}. " + TALKS[0] * 1000}) + "\n")
    tracemalloc.start()
    count = sum(isinstance(item, Article) for item in read_file(tmp_path / "a.jsonl", tmp_path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 60
    assert peak < (tmp_path / "a.jsonl").stat().st_size / 3
