import csv
import gzip
import io
import json
import logging
import subprocess
import sys
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import TALKS, article_page, docx, page, paragraph, pdf

from index.article import MAX_CHARS, Article
from index.errors import SourceError
from index.opened import HARMLESS, MAX_BYTES
from index.reading import SUFFIXES, read_file, suffix_of
from index.sentence import split_sentences

PROSE = "\n\n".join(TALKS)
PAGE, PDF, WORD = article_page(), pdf([TALKS]), docx("".join(map(paragraph, TALKS)))
TABLE = io.StringIO()
csv.writer(TABLE).writerows([["text"], [PROSE]])
FORMATS: dict[str, bytes | str] = {
    ".txt": PROSE,
    ".md": PROSE,
    ".html": PAGE,
    ".htm": PAGE,
    ".pdf": PDF,
    ".docx": WORD,
    ".json": json.dumps({"text": PROSE}),
    ".jsonl": json.dumps({"text": PROSE}),
    ".csv": TABLE.getvalue(),
}


def read(folder: Path, name: str, data: bytes | str) -> Article:
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    (item,) = read_file(folder / name, folder)
    assert isinstance(item, Article), item
    return item


def words(article: Article) -> list[str]:
    return article.text.split()


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_is_read_packed_or_not(tmp_path: Path, suffix: str, packed: bool) -> None:  # noqa: FBT001 # a case
    data = FORMATS[suffix] if isinstance(FORMATS[suffix], bytes) else str(FORMATS[suffix]).encode()
    name = f"a{suffix}.gz" if packed else f"a{suffix}"
    article = read(tmp_path, name, gzip.compress(data) if packed else data)
    assert words(article) == PROSE.split()
    assert article.file == name


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", PAGE),
        ("a.md", f"\ufeff\n {PAGE}"),
        ("a.txt", PAGE.encode("utf-16")),
        ("a.pdf", PAGE),
        ("a.docx", PAGE),
        ("a.txt", PDF),
        ("a.html", PDF),
        ("a.docx", PDF),
        ("a.pdf", b"\n\n" + PDF),
        ("a.txt", WORD),
        ("a.pdf", WORD),
        ("a.html", PROSE),
        ("a.txt.gz", PROSE),
        ("a.txt", json.dumps({"title": "The talks", "text": PROSE})),
        ("a.txt", json.dumps([{"text": PROSE}], indent=1)),
        ("a.txt", json.dumps({"id": 1, "content": PROSE}) + "\n"),
        ("a.txt", gzip.compress(PROSE.encode())),
    ],
)
def test_the_content_tells_the_format_where_the_name_does_not(tmp_path: Path, name: str, data: bytes | str) -> None:
    assert words(read(tmp_path, name, data)) == PROSE.split()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", PROSE, "is no PDF; name it as what it is, or remove it."),
        ("a.docx", PROSE, "is no Word document; name it as what it is, or remove it."),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "is an old or locked Office file; save it as .docx",
        ),
        ("a.txt", "{\\rtf1\\ansi The talks began.}", "is rich text (RTF); save it as .docx or as plain text."),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(600), "is not text (it holds control bytes)"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(600), "is not text (it holds control bytes)"),
        ("a.txt", "", "holds no text"),
        ("a.json", '{"title": "no text"}', "has no text in a field text, body or content"),
        ("a.json", "{", "is broken JSON"),
        ("a.json", "", "is broken JSON"),
        ("a.json", '{"text": ' * 100_000, "is broken JSON (it is nested too deep); mend it or remove it."),
    ],
)
def test_what_is_no_article_is_an_error_that_names_it(
    tmp_path: Path, name: str, data: bytes | str, reason: str
) -> None:
    with pytest.raises(SourceError) as caught:
        read(tmp_path, name, data)
    assert str(caught.value).startswith(f"{name} {reason}")


@pytest.mark.parametrize("begin", ['{"status": "ok"}', '[{"status": 1}]', '{"status": "ok"'])
@pytest.mark.parametrize("packed", [False, True])
def test_a_text_that_begins_with_a_line_of_json_is_read_as_text(tmp_path: Path, begin: str, packed: bool) -> None:  # noqa: FBT001 # a case
    data = f"{begin}\n\n{PROSE}"
    assert read(tmp_path, "a.txt", gzip.compress(data.encode()) if packed else data).text == data


def test_of_json_that_is_named_as_text_the_articles_are_read_and_the_rest_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(json.dumps([{"status": "ok"}, {"text": PROSE}]))
    assert [isinstance(item, Article) for item in read_file(tmp_path / "a.txt", tmp_path)] == [False, True]


def test_endings_are_told_whatever_their_case_and_packing() -> None:
    assert [suffix_of(n) for n in ("A.TXT", "a.jsonl.GZ", "a.gz", "a.tar.gz", "txt", "a.doc", ".html")] == [
        ".txt", ".jsonl", None, None, None, None, ".html",
    ]  # fmt: skip


def test_a_text_that_unpacks_without_end_is_an_error(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.txt", "wb") as file:
        for _ in range(2 * HARMLESS // (1 << 20)):
            file.write(b"a" * (1 << 20))
    with pytest.raises(SourceError, match=r"^a\.txt unpacks to over 200 times its size; unpack it or remove it\.$"):
        list(read_file(tmp_path / "a.txt", tmp_path))


def test_a_text_longer_than_any_article_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"^a\.txt holds more than 16,777,216 characters in one article; split it\.$"):
        read(tmp_path, "a.txt", "a" * (MAX_CHARS + 1))


@pytest.mark.parametrize("suffix", [".txt", ".pdf", ".docx", ".html", ".json"])
def test_a_file_that_is_read_whole_has_a_limit(tmp_path: Path, suffix: str) -> None:
    with (tmp_path / f"a{suffix}").open("wb") as file:
        file.write({".pdf": b"%PDF-1.7\n", ".docx": b"PK\x03\x04"}.get(suffix, b"The talks began. <p>"))
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(SourceError, match=rf"^a\{suffix} is larger than \d\d MiB; (split it|save it as JSON lines)"):
        list(read_file(tmp_path / f"a{suffix}", tmp_path))


@pytest.mark.parametrize(
    ("library", "name", "extra"),
    [("trafilatura", "a.html", "byline[html]"), ("lxml", "a.txt", "byline[html]"), ("pypdf", "a.pdf", "byline[pdf]")],
)
def test_a_missing_library_is_one_sentence_that_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str, name: str, extra: str
) -> None:
    (tmp_path / name).write_bytes(PDF if name == "a.pdf" else PAGE.encode())
    for module in [m for m in sys.modules if m.split(".")[0] == library]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(SourceError) as caught:
        list(read_file(tmp_path / name, tmp_path))
    assert str(caught.value).endswith(f", and they are read by {extra}; install that.")
    assert str(caught.value).startswith(f"{name} is a ")


def test_formats_that_need_no_library_are_read_without_any(tmp_path: Path) -> None:
    for suffix in (".txt", ".md", ".docx", ".json", ".jsonl", ".csv"):
        data = FORMATS[suffix]
        (tmp_path / f"a{suffix}").write_bytes(data if isinstance(data, bytes) else data.encode())
    code = """
import sys
from pathlib import Path
sys.modules.update(dict.fromkeys(("trafilatura", "lxml", "pypdf", "htmldate", "justext", "cryptography")))
from index.reading import read_file
folder = Path(sys.argv[1])
print(sum(len(list(read_file(path, folder))) for path in folder.iterdir()))
"""
    run = subprocess.run([sys.executable, "-W", "error", "-c", code, str(tmp_path)], capture_output=True, check=False)
    assert (run.stdout, run.stderr) == (b"6\n", b"")


@pytest.mark.parametrize(
    ("id_", "key"),
    [
        ("art-77", "art-77"),
        (77, "77"),
        (" a\nb ", "a b"),
        ("half\ud800", "half\ufffd"),
        ("x" * 200, "x" * 200),
        ("x" * 201, None),
        ("", None),
        (None, None),
        (True, None),
        ({"$oid": "7"}, None),
    ],
)
def test_a_record_keeps_its_own_id_where_it_is_a_word_or_a_number(tmp_path: Path, id_: object, key: str | None) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"Id": id_, "text": "The talks began."}))
    (article,) = read_file(tmp_path / "a.jsonl", tmp_path)
    assert isinstance(article, Article)
    assert article.key == key


def test_the_own_id_of_a_record_is_read_in_every_format_of_records(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text\nart-77,The talks began.\n")
    (tmp_path / "b.json").write_text('{"id": "art-77", "text": "The talks began."}')
    for name in ("a.csv", "b.json"):
        assert [getattr(item, "key", "") for item in read_file(tmp_path / name, tmp_path)] == ["art-77"]


def test_libraries_report_nothing_of_their_own_and_keep_their_settings(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    before = logging.getLogger("pypdf").level
    broken = PDF.replace(b"startxref\n", b"startxref\n9")
    assert words(read(tmp_path, "a.pdf", broken)) == PROSE.split()
    assert (caplog.records, capfd.readouterr()) == ([], ("", ""))
    assert logging.getLogger("pypdf").level == before


def test_front_matter_is_read_as_yaml_and_its_lines_are_no_evidence(tmp_path: Path) -> None:
    front = (
        '---\ntitle: "Talks: a beginning"\npublisher:\n  name: The Post\ndate: 2025-05-16\nauthors:\n  - Jane Doe\n'
        "  - John Roe\nlang: en-GB\nurl: https://post.example/talks\ntags: [peace]\n---\n"
    )
    article = read(tmp_path, "a.md", front + PROSE)
    assert (article.title, article.outlet, article.published) == ("Talks: a beginning", "The Post", "2025-05-16")
    assert (article.author, article.language, article.url) == ("Jane Doe, John Roe", "en", "https://post.example/talks")
    assert article.text == front + PROSE
    sentences = split_sentences(article)
    assert [article.text[s.start : s.end] for s in sentences if not s.boilerplate] == list(TALKS)


letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff")
text = st.lists(st.text(letters, min_size=1, max_size=80) | st.sampled_from(TALKS), min_size=1, max_size=6).map(
    "\n\n".join
)


@given(text, st.sampled_from(SUFFIXES))
@settings(max_examples=150)
def test_sentences_of_any_text_in_any_format_lie_where_they_say(
    tmp_path_factory: pytest.TempPathFactory, text: str, suffix: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    table = io.StringIO()
    csv.writer(table).writerows([["title", "text"], ["One", text], ["Two", text]])
    parts = text.split("\n\n")
    plain = [part.encode("ascii", "ignore").decode() for part in parts]
    data: bytes | str = {
        ".html": page("<article>" + "".join(f"<p>{escape(part)}</p>" for part in parts) + "</article>"),
        ".pdf": pdf([plain[:2], plain[2:]]),
        ".docx": docx("".join(paragraph(escape(part)) for part in parts)),
        ".json": json.dumps([{"text": text}, {"text": text}]),
        ".jsonl": json.dumps({"text": text}) + "\n" + json.dumps({"text": text}, ensure_ascii=False),
        ".csv": table.getvalue(),
    }.get(suffix, text)
    path = folder / f"a{suffix}"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    try:
        items = list(read_file(path, folder))
    except SourceError as error:
        assert str(error).startswith(f"a{suffix} ")  # noqa: PT017 # text without a letter is none
        return
    for item in items:
        if not isinstance(item, Article):
            assert item.reason.endswith(".")
            continue
        if suffix in (".json", ".jsonl", ".csv"):
            assert item.text == text
        end = 0
        for sentence in split_sentences(item):
            assert end <= sentence.start < sentence.end <= len(item.text)
            quote = item.text[sentence.start : sentence.end]
            assert quote == quote.strip()
            end = sentence.end
            assert (item.page(sentence.start) is None) == (suffix != ".pdf")
        assert all(0 <= start <= len(item.text) for start in item.pages)
        assert list(item.pages) == sorted(item.pages)
