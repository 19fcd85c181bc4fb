"""A model's text cut into sentences while it comes, in pieces of any size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.draft import Draft

TEXT = """The Ukrainian side is headed by Rustem Umerov. [1][2] Mr. Medinsky leads the U.S. team [3]. “We came. We saw,” he said [4].

- **Item** one is here [5].
2. The second "is. a" thing [6]
It ends with no stop"""  # noqa: E501 # a model's line is long
SENTENCES = [
    "The Ukrainian side is headed by Rustem Umerov. [1][2]",
    "Mr. Medinsky leads the U.S. team [3].",
    "“We came. We saw,” he said [4].",
    "Item one is here [5].",
    'The second "is. a" thing [6]',
]


def cut(text: str, size: int, *, whole: bool) -> list[str]:
    draft = Draft()
    found = [s for at in range(0, len(text), size) for s in draft.add(text[at : at + size])]
    return [*found, *draft.rest(whole=whole)]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50, 1000])
def test_sentences_are_the_same_in_whatever_pieces_they_come(size: int) -> None:
    assert cut(TEXT, size, whole=True) == [*SENTENCES, "It ends with no stop"]


def test_a_sentence_that_was_cut_off_is_no_sentence() -> None:
    assert cut(TEXT, 5, whole=False) == SENTENCES


def test_a_sentence_is_given_when_the_next_one_has_begun() -> None:
    draft = Draft()
    assert list(draft.add("They met on Friday. [1]")) == []
    assert list(draft.add(" The")) == []
    assert list(draft.add(" talks")) == ["They met on Friday. [1]"]


def test_what_a_model_thinks_aloud_is_no_part_of_its_answer() -> None:
    assert cut("<think>Hmm. Let me see.</think>\nThey met.", 4, whole=True) == ["They met."]
    assert cut("<think>Hmm. Let me see. It has no end.", 4, whole=True) == []


def test_what_has_no_words_is_left_out() -> None:
    assert cut("[1] [2]\n***\n---\n1.\nThey met.\n", 3, whole=True) == ["They met."]


def test_a_line_that_never_ends_is_given_up_in_pieces() -> None:
    draft = Draft()
    assert sum(len(list(draft.add("ha" * 500))) for _ in range(10)) >= 5


@given(st.text(alphabet='aB .!?"“”[1]\n<>think*-', max_size=80), st.integers(1, 9))
def test_any_text_comes_out_in_order_and_without_a_break_in_a_line(text: str, size: int) -> None:
    found = cut(text, size, whole=True)
    assert all(s == s.strip() and "\n" not in s for s in found)
    letters = [c for c in "".join(found) if c.isalpha()]
    rest = iter(text)
    assert all(c in rest for c in letters)
