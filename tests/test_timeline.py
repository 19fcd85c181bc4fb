from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import make_article
from qa.timeline import find_when, told_of, written_on

UNDATED = make_article("a.txt", "No date stands here.")
FRIDAY = replace(UNDATED, published="2025-05-16")


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("The talks failed in March 2022.", "2022-03"),
        ("The treaty was signed on 16 May 2025 in Vienna.", "2025-05-16"),
        ("On Friday, May 16, 2025, they met.", "2025-05-16"),
        ("The war began in 2022.", "2022"),
        ("They met on Thursday.", "2025-05-15"),
        ("They meet on Friday.", "2025-05-16"),
        ("They will meet on Monday.", "2025-05-19"),
        ("The ministers arrived yesterday.", "2025-05-15"),
        ("A vote is due on 2 June.", "2025-06-02"),
    ],
)
def test_a_date_is_resolved_against_the_day_of_publication(sentence: str, date: str) -> None:
    when = find_when(sentence, FRIDAY)
    assert when is not None
    assert when.date == date


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("They met on Thursday.", "Thursday"),
        ("On Wednesday night the Kremlin spoke.", "Wednesday night"),
        ("The ministers arrived yesterday.", "yesterday"),
    ],
)
def test_thursday_stays_thursday_where_no_date_can_be_known(sentence: str, words: str) -> None:
    when = find_when(sentence, UNDATED)
    assert when is not None
    assert (when.date, when.shown) == (None, words)


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        (
            "Medinsky, who led the failed talks in March 2022, held a press conference.",
            "Medinsky, who led the failed talks in March 2022 …",
        ),
        ("On Thursday the envoy, who speaks Greek, arrived.", "On Thursday the envoy, who speaks Greek, arrived."),
        ("They praised the man who ended the war in 2022.", "They praised the man who ended the war in 2022."),
    ],
)
def test_what_another_clause_tells_is_not_told_of_its_date(sentence: str, shown: str) -> None:
    when = find_when(sentence, UNDATED)
    assert when is not None
    assert told_of(sentence, when) == shown


def test_a_weekday_of_which_the_sentence_does_not_tell_the_side_stays_as_it_is() -> None:
    when = find_when("He said that he would speak on Monday.", FRIDAY)
    assert when is not None
    assert when.date is None


@pytest.mark.parametrize(
    "sentence",
    [
        "These are the first talks since March 2022.",
        "The offer holds until Friday.",
        "He spoke of a continuation of the failed 2022 negotiations.",
        "Nothing is dated here.",
        "The doors open at 10 a.m.",
        "“We met on Friday” was all that he would say.",
    ],
)
def test_a_bound_a_year_of_something_and_quoted_days_date_no_event(sentence: str) -> None:
    assert find_when(sentence, FRIDAY) is None


def test_a_dateline_with_a_year_is_the_day_of_writing() -> None:
    article = make_article("a.txt", "ANKARA, May 16, 2025 (Reuters) — Putin declined.")
    day = written_on(article)
    assert day is not None
    assert day.isoformat() == "2025-05-16"


@given(st.dates(), st.sampled_from(["met", "will meet"]), st.sampled_from("Monday Wednesday Sunday".split()))
def test_a_weekday_is_resolved_to_a_day_of_that_name_on_the_side_that_the_verb_tells(
    day: object, verb: str, weekday: str
) -> None:
    from datetime import date

    assert isinstance(day, date)
    if not date(1970, 1, 10) < day < date(2100, 1, 1):
        return
    when = find_when(f"They {verb} on {weekday}.", replace(UNDATED, published=day.isoformat()))
    assert when is not None
    assert when.date is not None
    found = date.fromisoformat(when.date)
    assert found.strftime("%A") == weekday
    assert (0 <= (found - day).days < 7) if verb == "will meet" else (0 <= (day - found).days < 7)
