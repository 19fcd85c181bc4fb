"""What a question leaves out is told from its words, and is no answer to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qa.excepted import is_excepted, read_exception

if TYPE_CHECKING:
    from index.corpus import Corpus

WINDOW = "The team of Defense Minister Rustem Umerov and Andriy Yermak, his aide, has landed."


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Besides Umerov, who has landed?", "umerov"),
        ("Who else has landed, apart from Mr Umerov?", "umerov"),
        ("Other than Umerov who is in the team?", "umerov"),
        ("Who came in addition to Yermak", "yermak"),
        ("Excluding the minister, who is in the team?", "minist"),
    ],
)
def test_what_stands_after_words_of_exception_is_left_out(question: str, word: str, corpus: Corpus) -> None:
    assert any(word in spelt for spelt in read_exception(question, corpus.lexical.vocabulary))


@pytest.mark.parametrize("question", ["Who has landed?", "Who set the team apart?", "Apart from that, who has landed?"])
def test_other_questions_leave_out_nothing(question: str, corpus: Corpus) -> None:
    assert read_exception(question, corpus.lexical.vocabulary) == ()


def _excepted(question: str, answer: str, corpus: Corpus) -> bool:
    start = WINDOW.index(answer)
    return is_excepted(WINDOW, start, start + len(answer), read_exception(question, corpus.lexical.vocabulary))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Besides Umerov, who has landed?", "Rustem Umerov"),
        ("Besides Rustem Umerov, who has landed?", "Umerov"),
        ("Apart from the defence minister, who has landed?", "Rustem Umerov"),
    ],
)
def test_an_answer_is_left_out_by_its_name_or_by_the_role_before_it(question: str, answer: str, corpus: Corpus) -> None:
    assert _excepted(question, answer, corpus)


@pytest.mark.parametrize(
    ("question", "answer"),
    [("Besides Umerov, who has landed?", "Andriy Yermak"), ("Who has landed?", "Rustem Umerov")],
)
def test_who_stands_beside_it_is_not(question: str, answer: str, corpus: Corpus) -> None:
    assert not _excepted(question, answer, corpus)
