"""Short answers are whole: no mark at their ends that belongs to what was cut off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.short import whole


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
