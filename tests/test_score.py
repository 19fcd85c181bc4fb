from typing import Any

import pytest

from qa.gold import Gold
from qa.naming import BY_FILE
from qa.score import quote_answers, score

PLACE = {"file": "a.txt", "record": None}
ANSWER: dict[str, Any] = {
    "standalone_question": "Who leads Kyiv's team?",
    "answer": "Umerov leads it. [1]\nIt rained. [2]",
    "short": "Rustem Umerov",
    "refused": False,
    "reason": None,
    "answerable": 0.8,
    "claims": [{"text": "Umerov leads it."}, {"text": "It rained."}],
    "citations": [{**PLACE, "quote": "Umerov leads it."}, {"file": "b.txt", "record": 1, "quote": "It rained."}],
    "passages": [{"file": "b.txt", "record": 1}, PLACE, {"file": "b.txt", "record": 1}],
    "seconds": 0.2,
}
REFUSAL: dict[str, Any] = {**ANSWER, "refused": True, "reason": "Not in these articles.", "short": None}


def _gold(**fields: Any) -> Gold:
    known: dict[str, Any] = dict.fromkeys(Gold.__slots__, ())
    plain = {"id": "1", "question": "Who?", "kind": "", "answerable": True, "answer_in_gold": None, "rewrite": None}
    return Gold(**{**known, **plain, **fields})


def test_an_answer_is_scored_by_words_articles_and_citations() -> None:
    s = score(_gold(answers=("Umerov",), relevant=("a.txt",)), ANSWER, BY_FILE)
    assert (s.right, s.holds, s.first, s.exact, s.f1) == (True, True, True, 0, pytest.approx(2 / 3))
    assert s.text_f1 == pytest.approx(2 / 6)  # one word of one, one of five
    assert (s.ranked, s.rank) == (("b.txt#1", "a.txt"), 2)
    assert (s.cited, s.cited_relevant) == ((True, False), (True, False))
    assert (s.refused, s.failed, s.probability, s.seconds) == (False, False, 0.8, 0.2)


def test_the_right_words_from_a_wrong_article_are_not_right() -> None:
    assert score(_gold(answers=("Umerov",), relevant=("c.txt",)), ANSWER, BY_FILE).right is False
    assert score(_gold(answers=("Umerov",)), ANSWER, BY_FILE).right is True
    assert score(_gold(answers=("Medinsky",), relevant=("a.txt",)), ANSWER, BY_FILE).right is False


def test_of_each_group_of_words_one_must_be_there_in_any_part_of_a_word() -> None:
    assert score(_gold(words=(("nobody", "umer"), ("RAIN",))), ANSWER, BY_FILE).holds is True
    assert score(_gold(words=(("umerov",), ("snow",))), ANSWER, BY_FILE).holds is False
    assert score(_gold(words=(("umerov",), ("rain",))), ANSWER, BY_FILE).first is False


def test_the_numbers_of_the_citations_are_no_part_of_the_answer() -> None:
    without_claims = {k: v for k, v in ANSWER.items() if k != "claims"}
    for answer in (ANSWER, without_claims):
        assert score(_gold(answers=("1",)), answer, BY_FILE).holds is False
        assert score(_gold(answers=("It rained",)), answer, BY_FILE).holds is True


def test_a_refusal_scores_nothing_where_there_is_an_answer_and_is_right_where_there_is_none() -> None:
    s = score(_gold(answers=("Umerov",), relevant=("a.txt",)), REFUSAL, BY_FILE)
    assert (s.right, s.exact, s.f1, s.holds, s.cited) == (False, 0, 0, False, None)
    assert s.rank == 2  # what was found counts all the same
    absent = _gold(answerable=False, answers=())
    assert score(absent, REFUSAL, BY_FILE).right is True
    assert score(absent, ANSWER, BY_FILE).right is False


def test_where_neither_is_right_or_wrong_nothing_is_scored() -> None:
    s = score(_gold(answerable=None, answers=("Umerov",)), ANSWER, BY_FILE)
    assert (s.right, s.exact, s.holds, s.cited) == (None, None, None, None)


def test_a_question_that_failed_is_wrong_in_every_measure() -> None:
    for gold in (_gold(answers=("x",), relevant=("a.txt",)), _gold(answerable=False)):
        s = score(gold, {"error": "The question is empty."}, BY_FILE)
        assert (s.failed, s.refused, s.right, s.rank) == (True, False, False, None)
    assert s.said == "The question is empty."


@pytest.mark.parametrize(
    ("quote", "answers"),
    [
        ("Umerov leads it.", True),
        ("“Talks began at ten in the morning”, he said.", True),
        ("began at ten in", True),
        ("at ten", False),  # too few words to be the sentence
        ("It rained.", False),
    ],
)
def test_a_quote_answers_by_an_answer_or_as_a_gold_sentence(quote: str, *, answers: bool) -> None:
    gold = _gold(answers=("Umerov",), evidence=("Talks began at ten in the morning.",))
    assert quote_answers(quote, gold) is answers
