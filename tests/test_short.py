"""Short answers are whole: no mark at their ends that belongs to what was cut off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Citation, Claim, Conflict, Difference, Version
from qa.short import as_of_now, whole


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("10 a.m. local time (0700", "10 a.m. local time"),
        ("“So it is,", "So it is"),
        ("so it is” he", "so it is"),
        ('"We will not recognize', "We will not recognize"),
        ("until Putin and I get together,", "until Putin and I get together"),
        ("the (old) man", "the (old) man"),
        ("“absolute unity” and more", "“absolute unity” and more"),
    ],
)
def test_marks_that_belong_to_what_was_cut_off_are_left_out(words: str, shown: str) -> None:
    assert whole(words) == shown


@given(st.text("ab “”()[],;", max_size=24))
def test_what_is_shown_is_a_part_of_the_words(words: str) -> None:
    assert whole(words) in words


def _version(text: str, published: str | None) -> Version:
    quote = f"The toll is {text}."
    return Version(text, (Citation(1, f"{text}.txt", None, None, None, published, 1, 0, len(quote), quote, 1.0),))


@pytest.mark.parametrize(
    ("kind", "days", "short", "shown"),
    [
        (Difference.CHANGE, ("2026-06-10", "2026-06-11"), "seven", "nine"),
        (Difference.CHANGE, ("2026-06-10", "2026-06-11"), "a storm", "a storm"),
        (Difference.CHANGE, ("2026-06-10", "2026-06-10"), "seven", "seven"),
        (Difference.CHANGE, (None, "2026-06-11"), "seven", "seven"),
        (Difference.FIGURE, ("2026-06-10", "2026-06-11"), "seven", "seven"),
        (Difference.CHANGE, ("2026-06-10", "2026-06-11"), None, None),
    ],
)
def test_where_a_figure_has_changed_the_last_report_is_the_answer(
    kind: Difference, days: tuple[str | None, str], short: str | None, shown: str | None
) -> None:
    versions = _version("at least seven", days[0]), _version("nine", days[1])
    conflict = Conflict("How many died?", kind, versions)
    claims = [Claim(version.citations[0].quote, version.citations, 1) for version in versions]
    assert as_of_now(short, [conflict], claims) == shown
    assert as_of_now(short, [conflict], claims[:1]) == short  # it is quoted for no claim
