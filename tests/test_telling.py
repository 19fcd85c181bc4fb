"""Tests of telling: how much of two sentences is read in each other until it is clear whether they say the same."""

import math
from itertools import product
from typing import TYPE_CHECKING

import pytest

from qa.likeness import Likeness
from qa.telling import CONSTANT, DOUBTED, HALF, OPENLY, WEIGHTS, Pair, tell_each_other
from qa.weight import logistic

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARES = (0.0, 0.1, 0.24, 0.26, 0.5, 0.75, 0.9, 1.0)


def told(
    found: dict[str, float], likeness: Likeness, *, doubtful: bool = False, near: float = 0.7
) -> tuple[bool, list[str]]:
    """Return what comes of two sentences, the first of which has a clause, and the texts that were read for it."""
    read: list[str] = []

    def find(asked: "Sequence[tuple[str, str]]") -> list[float]:
        assert all(where == ("there" if text.startswith("first") else "here") for text, where in asked)
        read.extend(text for text, _ in asked)
        return [found[text] for text, _ in asked]

    texts = [("first", "there"), ("first clause", "there")], [("second", "here")]
    pair = Pair(texts, near, likeness, doubtful)
    return tell_each_other([pair], find)[0], read


def test_sentences_that_find_nothing_of_each_other_are_two_after_one_reading() -> None:
    found = {"first": 0.9, "first clause": 0.9, "second": 0.1}
    assert told(found, Likeness.OPEN, doubtful=True) == (False, ["second"])


def test_sentences_with_one_answer_are_one_after_the_first_reading_that_finds_it() -> None:
    found = {"first": 0.0, "first clause": 0.0, "second": 0.3}
    assert told(found, Likeness.SAME) == (True, ["second"])


def test_a_clause_is_read_where_its_sentence_alone_was_not_found() -> None:
    found = {"first": 0.1, "first clause": 0.95, "second": 0.9}
    assert told(found, Likeness.OPEN, doubtful=True) == (True, ["second", "first", "first clause"])


@pytest.mark.parametrize(
    ("likeness", "doubtful"), [(Likeness.SAME, False), (Likeness.OPEN, False), (Likeness.OPEN, True)]
)
def test_reading_no_further_than_needed_changes_no_decision(likeness: Likeness, *, doubtful: bool) -> None:
    for first, clause, second, near in product(SHARES, SHARES, SHARES, (-0.2, 0.4, 0.7, 1.0)):
        found = {"first": first, "first clause": clause, "second": second}
        all_found = (max(first, clause), second)
        same = logistic(math.fsum(w * p for w, p in zip(WEIGHTS, (near, *all_found), strict=True)) + CONSTANT)
        if likeness is Likeness.SAME:
            right = max(same, *all_found) >= HALF
        else:
            right = same >= DOUBTED and min(all_found) >= HALF if doubtful else same >= OPENLY
        assert told(found, likeness, doubtful=doubtful, near=near)[0] is right


def test_sentences_without_words_in_the_other_are_not_one() -> None:
    assert not told(dict.fromkeys(("first", "first clause", "second"), 0.0), Likeness.OPEN)[0]


def test_what_is_to_be_read_of_several_pairs_is_read_together() -> None:
    rounds: list[list[tuple[str, str]]] = []

    def find(asked: "Sequence[tuple[str, str]]") -> list[float]:
        rounds.append([*asked])
        return [float("1" in text) for text, _ in asked]

    pairs = [Pair(([(f"a{n}", f"b{n}")], [(f"b{n}", f"a{n}")]), 0.7, Likeness.OPEN, doubtful=True) for n in range(3)]
    assert tell_each_other(pairs, find) == [False, True, False]
    assert rounds == [[("a0", "b0"), ("a1", "b1"), ("a2", "b2")], [("b1", "a1")]]


def test_of_no_pairs_nothing_is_read() -> None:
    assert tell_each_other([], lambda asked: [1.0 / len(asked)]) == []
