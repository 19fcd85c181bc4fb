"""A quotation in two translations is one utterance, and bears out a claim that says no more than that it was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.indexing import index_paths
from qa.detail import read_details
from qa.library import Library
from qa.uttered import quotes_same, uttered_alike

if TYPE_CHECKING:
    from pathlib import Path

    from index.minilm import MiniLM
    from qa.evidence import Evidence

ARTICLES = {
    "wire.txt": "“We are digging with our hands and with cooking pots,” said Mayor Khaled Haddad. It rained on Monday.",
    "radio.txt": "“We dig with bare hands and cooking pots,” Khaled Haddad told the radio.",
    "post.txt": "“We need lorries and tents before the night,” Khaled Haddad told the paper.",
    "news.txt": "“We dig with bare hands and cooking pots,” Khaled Haddad said, accusing the ministry of lies.",
    "foe.txt": "“We are not digging with our hands or with cooking pots,” said Mayor Khaled Haddad.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Library:
    folder: Path = tmp_path_factory.mktemp("uttered")
    (folder / "articles").mkdir()
    for name, text in ARTICLES.items():
        (folder / "articles" / name).write_text(text, "utf-8")
    index_paths([folder / "articles"], folder / "store", embedder)
    return Library.open(folder / "store", embedder)


@pytest.fixture(scope="module")
def said(library: Library) -> dict[str, Evidence]:
    _, evidence = library.weigh("What did Khaled Haddad say about digging with hands and cooking pots?")
    return {e.article.file: e for e in reversed(evidence) if "“" in e.text}


def alike(claim: str, one: str, other: str, library: Library, said: dict[str, Evidence]) -> float:
    details = read_details(claim, library.corpus.lexical.vocabulary)
    return uttered_alike(details, said[one], said[other], library.corpus)


def test_two_translations_are_one_utterance(library: Library, said: dict[str, Evidence]) -> None:
    assert quotes_same(said["wire.txt"], said["radio.txt"], library.corpus)
    assert not quotes_same(said["wire.txt"], said["post.txt"], library.corpus)
    assert not quotes_same(said["wire.txt"], said["foe.txt"], library.corpus)
    assert not quotes_same(said["wire.txt"], said["wire.txt"], library.corpus)


def test_a_claim_that_only_quotes_is_borne_out_by_the_other_translation(
    library: Library, said: dict[str, Evidence]
) -> None:
    assert alike(said["wire.txt"].text, "wire.txt", "radio.txt", library, said) > 0.5
    assert alike(said["wire.txt"].text, "wire.txt", "post.txt", library, said) == 0.0


def test_what_a_claim_says_beside_the_quotation_must_be_said_too(library: Library, said: dict[str, Evidence]) -> None:
    assert alike(said["news.txt"].text, "news.txt", "radio.txt", library, said) == 0.0
    only = said["news.txt"].text.split(", accusing")[0]
    assert alike(only, "news.txt", "radio.txt", library, said) > 0.5


def test_a_quotation_that_is_shown_in_part_is_not_compared(library: Library, said: dict[str, Evidence]) -> None:
    assert alike("“We are digging with", "wire.txt", "radio.txt", library, said) == 0.0


def test_both_wordings_are_cited_for_one_claim(library: Library) -> None:
    claims = library.ask("What did Khaled Haddad say about digging with hands and cooking pots?").claims
    assert any({c.file for c in claim.citations} >= {"wire.txt", "radio.txt"} for claim in claims)
    assert not any({c.file for c in claim.citations} >= {"wire.txt", "foe.txt"} for claim in claims)
