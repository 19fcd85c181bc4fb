"""Two hundred files that no run may stumble over: each is indexed, or skipped with its reason."""

import gzip
import io
import json
import os
import re
import resource
import socket
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from counted import Counted
from made import TALKS, article_page, docx, locked_pdf, page, paragraph, pdf

from index.article import Article
from index.errors import SourceError
from index.indexing import index_paths
from index.opened import MAX_BYTES
from index.reading import SUFFIXES, Skipped, read_file
from index.source import find_files

PROSE = "\n\n".join(TALKS)
MIB = 1 << 20
SAFE = "safe.txt"
"""An article as it should be, beside all the others."""


def _bytes() -> Iterator[tuple[str, bytes]]:
    """Yield the same odd bytes under every name."""
    odd = {
        "empty": b"",
        "blank": b" \n\t\r\n",
        "nul": bytes(4096),
        "nuls within": PROSE.replace(" ", "\0").encode(),
        "control": bytes(range(32)) * 50,
        "all": bytes(range(256)) * 20,
        "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200),
        "elf": b"\x7fELF\x02\x01\x01" + bytes(64),
        "surrogates": b"The talks \xed\xa0\x80 began \xed\xbf\xbf today.",
        "half utf-16": b"\xff\xfe" + PROSE.encode("utf-16-le")[:-1],
        "rtf": b"{\\rtf1 The talks began.}",
        "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        "gzip cut": gzip.compress(PROSE.encode() * 50)[:60],
        "gzip head": b"\x1f\x8b",
        "zip": b"PK\x03\x04" + bytes(100),
        "deep": b"[" * 200_000,
        "tags": b"<" * 20_000 + b"p" + b">" * 20_000,
        "quotes": b'"' * 20_001,
    }
    for suffix in SUFFIXES:
        for name, data in odd.items():
            yield f"{name}{suffix}", data


def _records() -> Iterator[tuple[str, bytes]]:
    """Yield files of records of which some are broken."""
    good = json.dumps({"title": "Talks", "text": TALKS[0]})
    broken = [
        "{",
        "null",
        "[]",
        '"text"',
        "{}",
        '{"text": 1}',
        '{"text": "\ud800"}',
        "[" * 50_000,
        "{" * 50_000,
        "9" * 9999,
        "\0",
    ]
    lines = "\n".join([good, *broken, good]).encode("utf-8", "surrogatepass")
    yield "broken lines.jsonl", lines
    yield "broken lines.jsonl.gz", gzip.compress(lines)
    yield "cut lines.jsonl.gz", gzip.compress(lines * 20)[:-20]
    yield "deep value.json", ('{"text": "The talks began.", "x": ' + "[" * 5000 + "]" * 5000 + "}").encode()
    yield "self.json", json.dumps([[good] * 3] * 3).encode()
    yield "many names.json", json.dumps({f"text{n}": "x" for n in range(10_000)} | {"text": TALKS[0]}).encode()
    yield "huge field.csv", ('title,text\nOne,"' + "The talks began. " * 20_000 + '"\n').encode()
    yield "open quote.csv", ('title,text\nOne,"The talks began.\n' + "Two,They ended.\n" * 2000).encode()
    yield "many columns.csv", (",".join(f"c{n}" for n in range(5000)) + ",text\n" + "," * 5000 + TALKS[0]).encode()
    yield "nul cells.csv", b"title,text\n\0,The talks \0 began.\n"
    yield "old mac.csv", b"title,text\rOne,The talks began.\rTwo,They ended."


def _documents() -> Iterator[tuple[str, bytes]]:
    """Yield pages, PDF and Word documents that are broken, locked or bombs."""
    whole = pdf([TALKS] * 3)
    yield "locked.pdf", locked_pdf("secret")
    for share in range(1, 10):
        yield f"cut {share}.pdf", whole[: len(whole) * share // 10]
    yield "loop.pdf", whole.replace(b"/Kids [4 0 R", b"/Kids [2 0 R")
    yield "endless.pdf", whole.replace(b"/Count 3", b"/Count 999999999")
    yield "no end.pdf", whole.replace(b"/Length", b"/Lenght")
    for share in (3, 6, 9):
        yield f"cut {share}.docx", docx(paragraph(PROSE))[: 90 * share]
    yield "bomb.docx", docx(paragraph("x" * (80 * MIB)))
    yield "laughs.docx", docx(paragraph("&e;"), prolog='<!DOCTYPE d [<!ENTITY e "ha"><!ENTITY f "&e;&e;">]>')
    yield "deep.docx", docx("<w:p>" * 100_000 + "</w:p>" * 100_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../escape.txt", PROSE)
    yield "escape.docx", out.getvalue()
    yield "scripts.html", article_page("<script>SECRET</script><p hidden>SECRET</p><!--SECRET-->").encode()
    yield "event.html", article_page("<p onclick=alert(1)>&lt;script&gt;alert(1)&lt;/script&gt; was said.</p>").encode()
    yield "deep.html", page("<div>" * 100_000 + PROSE).encode()
    yield "attributes.html", page("<p " + " ".join(f"a{n}=b" for n in range(20_000)) + f">{PROSE}").encode()
    yield "style.html", article_page(f"<style>{'@media{' * 20_000}</style>").encode()
    yield "data.html", article_page(head=f"<script type='application/ld+json'>{'[' * 100_000}</script>").encode()
    yield "front.md", ("---\n" + "a: &a [*a]\n" + "b: " + "[" * 2000 + "\n---\n" + PROSE).encode()
    yield "list front.md", ("---\n" + "- " * 4000 + "a\n---\n" + PROSE).encode()
    yield "words.txt", b"word " * 200_000
    yield "one word.txt", b"a" * 500_000
    yield "marks.txt", (PROSE + "\u202e\u200f\u0300" * 1000).encode()
    yield "escapes.txt", f"\x1b[2J\x1b]0;owned\x07{PROSE}".encode()


NAMES = [
    f"{name}.txt"
    for name in (
        *("line\nbreak", "quo\"te's", "-rf", "$(touch owned)", "<b>bold", "\x1b[31mred", "a\\b", " ", "%2e%2e", "#1:2"),
        *("\u00e9", "e\u0301", "\u202egpj", "\u4f1a\u8c08", "nul\u2400", "x" * 240),
    )
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("hostile") / "corpus"
    (folder / "folder.txt").mkdir(parents=True)
    (folder / SAFE).write_text(PROSE)
    for make in (_bytes, _records, _documents):
        for name, data in make():
            (folder / name).write_bytes(data)
    for name in NAMES:
        (folder / name).write_text(f"{name.encode().hex()}: {PROSE}")
    with gzip.open(folder / "bomb.jsonl.gz", "wb", compresslevel=1) as file:
        for _ in range(100):
            file.write(bytes(MIB).replace(b"\0", b"a"))
    with (folder / "long line.txt").open("wb") as file:
        for _ in range(MAX_BYTES // MIB + 1):
            file.write(b"The talks go on. " * (MIB // 17))
        file.truncate(100 * MIB)
    for name, target in (
        ("nowhere.txt", "gone"),
        ("circle.txt", "circle.txt"),
        ("one.txt", "two.txt"),
        ("two.txt", "one.txt"),
    ):
        (folder / name).symlink_to(target)
    (folder / "again").symlink_to(folder)
    (folder / "outside.txt").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.txt")
    (folder / "unreadable.txt").write_text(PROSE)
    (folder / "unreadable.txt").chmod(0)
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(folder)  # the address of a socket is short
        listener.bind("socket.txt")
        os.chdir(here)
        yield folder


def test_there_are_two_hundred_and_no_file_hides_behind_another(hostile: Path) -> None:
    source = find_files([hostile])
    assert len(source.files) + len(source.skipped) >= 200
    assert all("again" not in file.parts for file in source.files)


def test_each_is_read_or_skipped_with_one_sentence_and_nothing_leaks(
    hostile: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    read: dict[str, str] = {}
    skipped: dict[str, str] = {}
    for path in find_files([hostile]).files:
        name = path.relative_to(hostile).as_posix()
        try:
            for item in read_file(path, hostile):
                if isinstance(item, Skipped):
                    skipped[item.name] = item.reason
                else:
                    assert isinstance(item, Article)
                    read[name] = item.text
        except SourceError as error:
            assert str(error).startswith(f"{name} ")  # noqa: PT017 # any file may be either
            skipped[name] = str(error).removeprefix(f"{name} ")
    assert (capfd.readouterr(), caplog.records) == (("", ""), [])
    for name, reason in skipped.items():
        assert re.fullmatch(r"[^\n\x00-\x1f]{10,300}\.", reason), (name, reason)
    assert read[SAFE] == PROSE
    assert not any("SECRET" in text for text in read.values())
    assert {"broken lines.jsonl", "cut lines.jsonl.gz", "huge field.csv", "scripts.html", "old mac.csv"} <= set(read)
    assert set(NAMES) <= set(read)
    broken = """locked.pdf bomb.docx laughs.docx bomb.jsonl.gz nowhere.txt circle.txt pipe.txt socket.txt outside.txt
        empty.csv png.json ole.docx attributes.html"""
    assert {*broken.split(), "long line.txt", "broken lines.jsonl#1"} - set(skipped) == set()
    if os.getuid() != 0:  # root reads everything
        assert "unreadable.txt" in skipped


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_the_memory_for_all_of_them_is_bounded(hostile: Path) -> None:
    """The 100 MiB of the long line, the 80 MiB in the Word document and the 100 MiB in the gzip are never held."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name in ("long line.txt", "bomb.docx", "bomb.jsonl.gz", "outside.txt"):
        with pytest.raises(SourceError):
            list(read_file(hostile / name, hostile))
    unit = 1 if sys.platform == "darwin" else 1024
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * unit < 70 * MIB


def test_a_run_over_all_of_them_indexes_what_can_be_read(hostile: Path, tmp_path: Path, counted: Counted) -> None:
    folder = tmp_path / "some"
    folder.mkdir()
    for path in hostile.iterdir():
        slow = path.name in ("words.txt", "huge field.csv", "one word.txt", "open quote.csv", "long line.txt")
        if not path.is_symlink() and path.is_file() and not slow:
            os.link(path, folder / path.name)
    report = index_paths([folder], tmp_path / "store", counted)
    known = {*report.added, *(item.file for item in report.skipped)}
    assert {path.name for path in folder.iterdir()} - known == set()
    assert {SAFE, *NAMES} <= set(report.added)
    assert report.articles >= len(report.added)
