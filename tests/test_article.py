import hashlib
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from made import of_every_format

from index.article import READING, make_article, read_article
from index.chunk import make_chunks
from index.errors import SourceError
from index.fields import Fields
from index.opened import MAX_BYTES
from index.reading import SUFFIXES, Skipped, read_file
from index.sentence import split_sentences

if TYPE_CHECKING:
    from index.article import Article
    from index.sentence import Sentence

READ_AS = {3: ("b5663c003867117a", "bc9594438eabad19")}
"""Digests of what each READING makes of the seeds, and of a file of every format."""


def test_an_article_knows_its_file_and_what_the_text_shows(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    path = tmp_path / "sub" / "b.md"
    path.write_bytes(b"ZMedia\r\n\r\nPutin Stays Away From Talks\r\n\r\nMay 16, 2025\r\n\r\nThe talks began.\r\n")
    article = read_article(path, tmp_path)
    assert (article.file, article.record) == ("sub/b.md", None)
    assert (article.title, article.outlet, article.published) == ("Putin Stays Away From Talks", "ZMedia", "2025-05-16")
    assert article.text.encode() == path.read_bytes()


def test_the_id_is_of_the_name_and_the_text_and_of_nothing_else(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("The talks began.")
    first = read_article(tmp_path / "a.txt", tmp_path)
    os.utime(tmp_path / "a.txt", ns=(1, 1))
    assert read_article(tmp_path / "a.txt", tmp_path).id == first.id
    assert read_article(tmp_path / "b.txt", tmp_path).id != first.id
    (tmp_path / "a.txt").write_text("The talks began!")
    assert read_article(tmp_path / "a.txt", tmp_path).id != first.id


def test_records_of_one_file_are_articles_of_their_own() -> None:
    assert len({make_article("a.csv", "The talks began.", record).id for record in (None, 0, 1)}) == 3


def test_half_a_surrogate_pair_is_replaced_and_no_offset_moves() -> None:
    article = make_article("a.json", "\ud800The talks\udfff began.", 0)
    assert article.text == "\ufffdThe talks\ufffd began."
    assert article.text.encode()


@pytest.mark.parametrize("text", ["", "   \n\t", "\ufeff", "...", "***\n---\n", "\u200b", "😀"])
def test_a_file_without_a_letter_is_an_error_that_names_it(text: str) -> None:
    with pytest.raises(SourceError, match=r"^a\.txt holds no text; remove it or put an article into it\.$"):
        make_article("a.txt", text)


def test_what_is_no_readable_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    for name in ("folder.txt", "broken.txt", "loop.txt", "pipe.txt", "missing.txt"):
        with pytest.raises(SourceError, match=rf"^{name} .*remove it"):
            read_article(tmp_path / name, tmp_path)


def test_a_file_beyond_the_limit_is_an_error_that_names_it_and_the_limit(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(SourceError, match=r"^a\.txt is larger than 64 MiB; split it into its articles\.$"):
        read_article(tmp_path / "a.txt", tmp_path)


def test_a_page_is_the_last_that_begins_at_or_before_a_character() -> None:
    article = make_article("a.pdf", "The talks began. They ended.", pages=(0, 17, 17))
    assert [article.page(offset) for offset in (0, 16, 17, 27)] == [1, 1, 3, 3]
    assert make_article("a.txt", "The talks began.").page(0) is None


def test_what_the_file_says_comes_before_what_the_text_shows() -> None:
    text = "Putin Stays Away From Talks\n\nMay 16, 2025\n\nThe talks began."
    article = make_article("a.json", text, 0, Fields(title="Talks", author="Jane Doe"))
    assert (article.title, article.published, article.author) == ("Talks", "2025-05-16", "Jane Doe")


def digest(read: "list[tuple[Article, tuple[Sentence, ...]]]") -> str:
    """Return a digest of articles, with the spans of their chunks."""
    chunked = [(replace(article, id=""), make_chunks(article, sentences)) for article, sentences in read]
    spans = [(article, [(chunk.start, chunk.end) for chunk in chunks]) for article, chunks in chunked]
    return hashlib.sha256(repr(spans).encode()).hexdigest()[:16]


# Where one of these fails files are read otherwise than before: raise READING, and note above what it makes of them.


def test_the_seeds_are_read_as_this_reading_reads_them(
    split_seeds: "list[tuple[Article, tuple[Sentence, ...]]]",
) -> None:
    assert digest(split_seeds) == READ_AS[READING][0]


def test_a_file_of_every_format_is_read_as_this_reading_reads_it(tmp_path: Path) -> None:
    files = of_every_format()
    assert {Path(name).suffix for name in files} == set(SUFFIXES) - {".htm"}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    items = [item for name in files for item in read_file(tmp_path / name, tmp_path)]
    articles = [item for item in items if not isinstance(item, Skipped)]
    assert {article.file for article in articles} == set(files)
    assert digest([(article, split_sentences(article)) for article in articles]) == READ_AS[READING][1]
