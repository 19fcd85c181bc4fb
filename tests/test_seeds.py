import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from index.article import Article
    from index.sentence import Sentence

Split = list[tuple["Article", tuple["Sentence", ...]]]

SHA256 = {
    "000_09ec61efd20e7210.txt": "3a36098a8b7f88f41b108b4e8f494331372db1774ba6f190bef40d3415f8724a",
    "001_b6bebbcff7196aa2.txt": "cadadab826d8bd892cd7ea552a0e7791f002a20fc582c5c357b5e731a28127eb",
    "002_b47a009fcd7e9435.txt": "b648665c58708b6ad441ef3ce014e2aef1b9bc1d9dec673471d90c864b59d883",
    "003_99f3c5580de93d01.txt": "58fdc7b01d5ebd4fd397a63989bf22893662c635001197d64064d1054459a45e",
    "004_c6e65dc37064c9b3.txt": "c80a369fb0d8a9db9078a6cce7a6e23449b7dbbd624a20561333f8f4e2033181",
}
MASTHEADS = [
    ("Trump Stresses Vital Putin Meeting for Progress in Ukraine Talks", "ICARO Media Group"),
    (None, None),
    ("Zelensky Slams Russia for Snubbing Istanbul Talks", "ZMedia"),
    ("Putin Declines Zelenskiy’s Invitation to Istanbul Peace Talks, Sending Lower-Level Delegation", "KAAB TV"),
    ("Russia, Ukraine Start First Peace Talks In Three Years", "NDTV Profit"),
]
BOILERPLATE = [
    {2},
    set(),
    {1, 59},
    {1, 2, 6, 24, 26, 28, 30, 32},
    {5, 19, 45, 47, 48},
]
"""Lines of each seed that are no part of the article: outlets, menus, teasers, a photo's caption with its credit."""
SENTENCES = [22, 37, 34, 16, 34]
"""Evidence in each seed, counted by hand: sentences, headlines and subheadings."""


def test_the_seeds_are_the_five_files_byte_for_byte(seeds: Path) -> None:
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in seeds.iterdir()} == SHA256


def test_title_and_outlet_are_found_where_a_seed_shows_them_and_no_date_is_made_up(split_seeds: Split) -> None:
    assert [(article.title, article.outlet) for article, _ in split_seeds] == MASTHEADS
    assert [article.published for article, _ in split_seeds] == [None] * 5


def test_the_text_of_a_seed_is_its_file(split_seeds: Split, seeds: Path) -> None:
    for article, _ in split_seeds:
        assert article.text.encode() == (seeds / article.file).read_bytes()


def test_the_boilerplate_lines_of_the_seeds_are_marked_and_no_other(split_seeds: Split) -> None:
    assert [{s.line for s in sentences if s.boilerplate} for _, sentences in split_seeds] == BOILERPLATE
    for (_, sentences), lines in zip(split_seeds, BOILERPLATE, strict=True):
        assert not [s for s in sentences if s.line in lines and not s.boilerplate]


def test_every_word_of_the_seeds_is_in_a_sentence_but_a_dateline(split_seeds: Split) -> None:
    for article, sentences in split_seeds:
        words = {match.span() for match in re.finditer(r"\w+", article.text)}
        inside = {(a, b) for a, b in words if any(s.start <= a and b <= s.end for s in sentences)}
        left = [article.text[a:b] for a, b in sorted(words - inside)]
        assert left == (["ANKARA", "KAAB", "TV"] if article.outlet == "KAAB TV" else [])


def test_sentences_of_the_seeds_are_those_that_a_reader_counts(split_seeds: Split) -> None:
    assert [sum(not s.boilerplate for s in sentences) for _, sentences in split_seeds] == SENTENCES


def test_sentences_of_the_seeds_begin_and_end_as_sentences_do(split_seeds: Split) -> None:
    for article, sentences in split_seeds:
        for sentence in sentences:
            if sentence.boilerplate:
                continue
            text = article.text[sentence.start : sentence.end]
            assert re.match(r"[A-Z\"'“]", text), text
            assert sentence.heading or re.search(r"[.?!][\"'”]?$", text), text


@pytest.mark.parametrize(
    "whole",
    [
        "These negotiations mark the first direct talks between Russia and Ukraine since March 2022.",
        "“Nothing’s going to happen until Putin and I get together,” he advised reporters onboard Air Pressure One.",
        "He stated: “You have to pressurise the side that does not want to end the war.”",
        "Trump Says Progress in Ukraine Hinges on Meeting with Putin",
    ],
)
def test_sentences_with_abbreviations_quotations_and_no_full_stop_are_whole(split_seeds: Split, whole: str) -> None:
    assert whole in {article.text[s.start : s.end] for article, sentences in split_seeds for s in sentences}
