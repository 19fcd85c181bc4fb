from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.variant import VARIANT, holds_words, is_variant, overlap, same_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Nothing’s gonna happen until Putin and I get together",
            "Nothing’s going to happen until Putin and I get together",
        ),
        ("We can’t be running around the world looking for Putin", "We can’t go chasing Putin around the world"),
        ("The bridge won't fall in our lifetime", "The bridge will not fall in our lifetime, I tell you"),
        ("It was cold. We walked home through the deep snow.", "We walked home through the snow."),
    ],
)
def test_one_utterance_edited_or_translated_twice_is_a_variant(one: str, other: str) -> None:
    assert is_variant(one, other)
    assert is_variant(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We will sign the treaty in Vienna", "We will never sign the treaty in Vienna"),
        ("We lost 40 boats in the storm", "We lost 14 boats in the storm"),
        ("We lost 40 boats in the storm", "The harbour master never came to see us"),
    ],
)
def test_a_denial_another_figure_or_other_words_are_no_variant(one: str, other: str) -> None:
    assert not is_variant(one, other)


def test_the_same_words_are_so_whatever_their_marks_and_a_part_is_held_by_the_whole() -> None:
    assert same_words("Erdoğan, come in!", "erdogan come in")
    assert not same_words("come in", "come out")
    assert holds_words("Nothing’s going to happen until we meet", "“going to happen”")
    assert not holds_words("Nothing’s going to happen", "happen")


@given(st.text(alphabet="abc de", max_size=40), st.text(alphabet="abc de", max_size=40))
def test_overlap_is_symmetric_and_whole_for_the_same_text(one: str, other: str) -> None:
    assert overlap(one, other) == overlap(other, one)
    assert overlap(one, one) in (0.0, 1.0)
    assert 0 < VARIANT < 1
