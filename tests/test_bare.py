"""A bare claim says hardly more than the question with its answer; then who answers the same bears it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qa.bare import is_bare
from qa.evidence import words_of
from qa.question import read_question

if TYPE_CHECKING:
    from index.corpus import Corpus
    from qa.library import Library


def bare(claim: str, answer: str, question: str, corpus: Corpus, other: str = "") -> bool:
    vocabulary = corpus.lexical.vocabulary
    return is_bare(claim, answer, read_question(question, vocabulary), vocabulary, words_of(other))


@pytest.mark.parametrize(
    ("claim", "answer", "question"),
    [
        ("The talks will be in the Dolmabahçe Palace", "the Dolmabahçe Palace", "Where are the talks?"),
        ("Negotiations happen in Ankara.", "Ankara", "Where do the talks happen?"),
        ("The delegation is headed by Rustem Umerov.", "Rustem Umerov", "Who leads the delegation?"),
        ("Zelensky will send 30 people.", "30", "How many people will Zelenskyy send?"),
    ],
)
def test_the_question_with_its_answer_is_bare(claim: str, answer: str, question: str, corpus: Corpus) -> None:
    assert bare(claim, answer, question, corpus)


@pytest.mark.parametrize(
    ("claim", "answer", "question"),
    [
        ("Putin regards the talks as a resumption of those held in Istanbul.", "Istanbul", "Where are the talks?"),
        ("The delegation, which landed late at night, is led by Umerov.", "Umerov", "Who leads the delegation?"),
        ("The talks are in Ankara.", "Istanbul", "Where are the talks?"),
    ],
)
def test_what_says_more_or_has_not_the_answer_is_not(claim: str, answer: str, question: str, corpus: Corpus) -> None:
    assert not bare(claim, answer, question, corpus)


def test_what_the_other_sentence_says_too_is_no_more_than_that(corpus: Corpus) -> None:
    claim, question = "Umerov, who landed late at night, leads the delegation.", "Who leads the delegation?"
    assert bare(claim, "Umerov", question, corpus, "Having landed late at night, Umerov now leads them.")
    assert not bare(claim, "Umerov", question, corpus, "Umerov now leads them.")


def test_an_answer_that_says_more_than_a_name_must_be_said_by_the_other_sentence(corpus: Corpus) -> None:
    claim, question = "Zelenskiy criticised Putin’s absence and stubbornness.", "Whom did Zelenskyy criticise?"
    answer = "Putin’s absence and stubbornness"
    assert not bare(claim, answer, question, corpus, "Zelenskyy criticised Putin for his bombs.")
    assert bare(claim, answer, question, corpus, "Stubbornness and absence is what Zelenskyy blamed Putin for.")


def test_where_the_talks_are_is_told_by_two_outlets_in_one_claim(library: Library) -> None:
    claims = library.ask("Where are the talks?").claims
    palace = next(claim for claim in claims if claim.text.startswith("The talks will happen on the Dolmabahçe Palace"))
    assert {c.file[:3] for c in palace.citations} >= {"001", "004"}
