from itertools import combinations

import agency
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, make_article
from index.sentence import Sentence, split_sentences
from qa.rewrite import alignment, is_rewrite


def _sentences(text: str) -> list[str]:
    article = make_article("a.txt", text)
    return [article.text[s.start : s.end] for s in split_sentences(article) if not s.boilerplate]


@pytest.mark.parametrize("name", ["EDITED", "CUT", "INTRO", "SPUN", "SPUN_FREELY"])
def test_a_text_told_again_in_other_words_is_a_rewrite(name: str) -> None:
    assert is_rewrite(_sentences(agency.WIRE), _sentences(getattr(agency, name)))


def test_another_outlets_own_story_of_the_event_is_none() -> None:
    for text in (agency.WIRE, agency.EDITED, agency.CUT, agency.SPUN, agency.SPUN_FREELY):
        assert not is_rewrite(_sentences(text), _sentences(agency.OWN))


def test_the_seeds_are_own_stories(split_seeds: list[tuple[Article, tuple[Sentence, ...]]]) -> None:
    texts = [[a.text[s.start : s.end] for s in sentences if not s.boilerplate] for a, sentences in split_seeds]
    assert not any(is_rewrite(one, other) for one, other in combinations(texts, 2))


def test_the_same_sentences_in_another_order_are_no_rewrite() -> None:
    sentences = _sentences(agency.WIRE)
    assert not is_rewrite(sentences, sentences[::-1])


@given(st.lists(st.text(max_size=40), max_size=6), st.lists(st.text(max_size=40), max_size=6))
def test_alignment_is_a_share_and_the_same_both_ways(one: list[str], other: list[str]) -> None:
    assert 0.0 <= alignment(one, other) <= 1.0
    assert alignment(one, other) == pytest.approx(alignment(other, one))
