from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.metrics import auc, curve, measure
from qa.score import Score

P = st.lists(st.integers(0, 20).map(lambda n: n / 20), min_size=1, max_size=12)


def _score(**fields: Any) -> Score:
    known: dict[str, Any] = dict.fromkeys(Score.__slots__)
    plain = {"ranked": (), "relevant": (), "refused": False, "failed": False}
    return Score(**{**known, **plain, **fields})


ANSWERED = _score(
    answerable=True, right=True, exact=1.0, f1=1.0, holds=True, first=True, answer_in_gold=True, probability=0.9,
    cited=(True, False, False), cited_relevant=(True, True, False), ranked=("a", "b"), relevant=("a",), seconds=0.1,
)  # fmt: skip
MISSED = _score(
    answerable=True, right=False, exact=0.0, f1=0.5, holds=False, first=False, answer_in_gold=False, probability=0.4,
    cited=(False,), cited_relevant=(False,), ranked=("b", "c"), relevant=("c",), seconds=0.3,
)  # fmt: skip
REFUSED = _score(
    answerable=True, right=False, exact=0.0, f1=0.0, holds=False, first=False, refused=True, probability=0.1,
    ranked=(), relevant=("d",), seconds=0.2,
)  # fmt: skip
ABSENT = _score(answerable=False, right=True, refused=True, probability=0.05, seconds=0.2)
INVENTED = _score(answerable=False, right=False, probability=0.4, seconds=5.0)
OPEN = _score(answerable=None, refused=True, probability=0.0)
ALL = [ANSWERED, MISSED, REFUSED, ABSENT, INVENTED, OPEN]


def test_answers_are_counted_over_the_answerable_questions() -> None:
    a = measure(ALL).answers
    assert (a.asked, a.right) == (3, 1)
    assert (a.exact, a.f1, a.holds, a.first) == pytest.approx((1 / 3, 1 / 2, 1 / 3, 1 / 3))
    assert (measure(ALL).in_gold.asked, measure(ALL).in_gold.exact) == (1, 1)


def test_refusals_are_counted_where_it_is_known_whether_an_article_answers() -> None:
    r = measure(ALL).refusals
    assert (r.absent, r.refused, r.right, r.precision, r.recall) == (2, 2, 1, 0.5, 0.5)
    assert r.auc == pytest.approx((2 + 1.5 + 1) / 6)


def test_citations_are_counted_by_sentence_and_by_answer() -> None:
    c = measure(ALL).citations
    assert (c.answered, c.sentences, c.precision, c.recall) == (2, 4, 0.25, 0.5)
    assert (c.relevant, c.any_relevant) == (0.5, 0.5)


def test_retrieval_is_counted_where_relevant_articles_are_named() -> None:
    r = measure(ALL).retrieval
    assert r.asked == 3
    assert r.measures["Hits@1"] == pytest.approx(1 / 3)
    assert r.measures["MRR@10"] == pytest.approx((1 + 1 / 2) / 3)


def test_seconds_are_of_all_questions() -> None:
    m = measure(ALL)
    assert m.median == pytest.approx(0.2)
    assert 0.3 < (m.p95 or 0) < 5


def test_what_cannot_be_measured_is_none_and_not_zero() -> None:
    m = measure([ANSWERED])
    assert (m.refusals.precision, m.refusals.recall, m.refusals.auc, m.refusals.curve) == (None, None, None, ())
    nothing = measure([])
    assert (nothing.asked, nothing.median, nothing.answers.exact, nothing.citations.precision) == (0, None, None, None)
    assert set(nothing.retrieval.measures.values()) == {None}


@given(P, P)
def test_the_auc_is_the_share_of_pairs_in_the_right_order(positive: list[float], negative: list[float]) -> None:
    pairs = [(p > n) + (p == n) / 2 for p in positive for n in negative]
    assert auc(positive, negative) == pytest.approx(sum(pairs) / len(pairs))


@given(P, P)
def test_each_point_of_the_curve_is_what_refusing_below_it_gives(positive: list[float], negative: list[float]) -> None:
    points = curve(positive, negative)
    assert (points[0].threshold, points[-1].threshold) == (0, 1)
    for point in points:
        refused = [(p < point.threshold, True) for p in positive] + [(p < point.threshold, False) for p in negative]
        right = refused.count((True, False))
        all_ = right + refused.count((True, True))
        assert point.recall == pytest.approx(right / len(negative))
        assert point.precision == (pytest.approx(right / all_) if all_ else None)
        assert point.answered == pytest.approx(refused.count((False, True)) / len(positive))
