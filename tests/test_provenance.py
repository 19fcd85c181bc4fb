"""Provenance: what an article gains by the outlet and the day that a question names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.article import Article
from qa.provenance import DAY, OUTLET, read_provenance

VERGE = Article("id", "a.txt", None, None, "The Verge", "2023-10-26", "A text.")


def fit(question: str, of: Article = VERGE) -> float:
    return read_provenance(question).fit(of)


@pytest.mark.parametrize(
    "question",
    ["What does the Verge article say?", "What did The Verge report?", "Did the Verge and TechCrunch differ?"],
)
def test_an_article_of_the_outlet_that_is_named_gains(question: str) -> None:
    assert fit(question) == OUTLET


@pytest.mark.parametrize("question", ["Who is on the verge of a win?", "What happened?", "What did Verges say?"])
def test_a_word_that_is_no_outlet_gives_nothing(question: str) -> None:
    assert fit(question) == 0.0


def test_a_name_of_several_words_is_found_in_small_letters_too() -> None:
    assert fit("what did the sporting news say", replace(VERGE, outlet="Sporting News")) == OUTLET


def test_an_address_counts_without_its_ending() -> None:
    assert fit("What did CBSSports report?", replace(VERGE, outlet="CBSSports.com")) == OUTLET


@pytest.mark.parametrize(
    "question", ["What was reported on October 26, 2023?", "on 26 October?", "What was said on 2023-10-26?"]
)
def test_an_article_of_the_day_that_is_named_gains(question: str) -> None:
    assert fit(question) == DAY


@pytest.mark.parametrize("question", ["On October 27, 2023?", "On October 26, 2022?", "In October 2023?"])
def test_another_day_or_a_month_gives_nothing(question: str) -> None:
    assert fit(question) == 0.0


def test_an_article_that_says_neither_gains_nothing() -> None:
    assert fit("What did the Verge say on October 26?", replace(VERGE, outlet=None, published=None)) == 0.0
