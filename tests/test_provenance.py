"""Provenance: what an article gains by the outlet and the day that a question names or means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from index.article import Article
from qa.provenance import DAY, FRESH, OUTLET, USUAL, read_provenance

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


DAYS = tuple(date(year, 12, 25) for year in (2013, 2021, 2022, 2023))


def freshness(question: str, published: str | None) -> float:
    return read_provenance(question).fit(replace(VERGE, outlet=None, published=published), DAYS)


def test_the_newest_article_gains_all_and_one_a_year_older_half() -> None:
    assert freshness("Who won this week?", "2023-12-25") == FRESH
    assert freshness("Who won this week?", "2022-12-25") == pytest.approx(FRESH / 2)


@pytest.mark.parametrize(
    "question",
    [
        "Who won this week?",
        "What did he say on Friday?",
        "What is the latest on the 2024 election?",
        "Which firm let 1600 people go this month?",
        "what did april jones say today",
    ],
)
def test_a_question_of_the_present_leans_on_the_newest(question: str) -> None:
    assert freshness(question, "2023-12-25") == FRESH


@pytest.mark.parametrize(
    "question",
    [
        "Who won?",
        "What did the Sunday Times write?",
        "What did USA Today report?",
        "What happened on Bloody Sunday?",
        "Who directed Apocalypse Now?",
        "Who won the prize last year?",
        "Which firm let 1600 people go?",
    ],
)
def test_one_that_says_nothing_of_the_present_leans_on_the_newest_a_little(question: str) -> None:
    assert freshness(question, "2023-12-25") == USUAL < FRESH


@pytest.mark.parametrize(
    "question",
    ["Who won in 2021?", "Who has led it since June?", "Who won in May 2021?", "Who won on 3 May this year?"],
)
def test_a_question_that_says_when_does_not_lean_on_the_newest(question: str) -> None:
    assert freshness(question, "2023-12-25") == 0.0


@pytest.mark.parametrize("published", [None, "2999-01-01"])
def test_an_article_without_a_day_or_of_one_to_come_counts_as_one_of_the_middle(published: str | None) -> None:
    assert freshness("Who won recently?", published) == freshness("Who won recently?", "2022-12-25")


def test_without_any_date_nothing_gains() -> None:
    assert read_provenance("Who won this week?").fit(replace(VERGE, outlet=None)) == 0.0
