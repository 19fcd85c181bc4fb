import math
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ExtraError
from qa.ranking import MEASURES, rank_measures

NAMES = [f"article {i}" for i in range(14)]
PAIRS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(NAMES), unique=True, max_size=14),
        st.lists(st.sampled_from(NAMES), unique=True, min_size=1, max_size=5),
    ),
    max_size=5,
)


def _by_hand(found: list[str], relevant: list[str]) -> dict[str, float]:
    """The textbook definitions, one after the other."""
    places = [place for place, name in enumerate(found, start=1) if name in relevant]
    within = {k: sum(place <= k for place in places) for k in (1, 5, 10)}
    ideal = sum(1 / math.log2(place + 1) for place in range(1, min(10, len(relevant)) + 1))
    return {
        **{f"Hits@{k}": float(within[k] > 0) for k in (1, 5, 10)},
        "MRR@10": 1 / places[0] if places and places[0] <= 10 else 0.0,
        **{f"R@{k}": within[k] / len(relevant) for k in (5, 10)},
        "nDCG@10": sum(1 / math.log2(place + 1) for place in places if place <= 10) / ideal,
    }


@given(PAIRS)
def test_the_measures_are_those_of_the_textbook(pairs: list[tuple[list[str], list[str]]]) -> None:
    measured = rank_measures(pairs)
    assert len(measured) == len(pairs)
    for row, (found, relevant) in zip(measured, pairs, strict=True):
        assert row == pytest.approx(_by_hand(found, relevant))


def test_every_measure_is_there_for_a_question_that_finds_nothing() -> None:
    assert rank_measures([([], ["x"])]) == [dict.fromkeys(MEASURES, 0.0)]


def test_names_do_not_break_ties() -> None:
    assert rank_measures([(["z", "a"], ["z"]), (["a", "z"], ["z"])])[0]["Hits@1"] == 1
    assert rank_measures([(["z", "a"], ["z"]), (["a", "z"], ["z"])])[1]["Hits@1"] == 0


def test_a_missing_extra_is_one_sentence_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(ExtraError, match=r"ir-measures, which is not installed; install .* `byline\[eval\]`"):
        rank_measures([(["a"], ["a"])])
