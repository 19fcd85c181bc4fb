"""The seeds by their sources: who says the same, who only tells more precisely, and that nobody contradicts anybody."""

import re
from typing import TYPE_CHECKING

import pytest

from qa.clause import ELLIPSIS
from qa.support import SAYS

if TYPE_CHECKING:
    from qa import Library
    from qa.answer import Answer, Claim

LEADERS = "Who leads the two delegations?"
AGREED = (
    LEADERS,
    "In which building are the talks held?",
    "Does Rubio take part in the negotiations?",
    "When did Russia and Ukraine last negotiate directly?",
    "What ceasefire does Ukraine demand?",
    "Who is the US Secretary of State?",
    "Who represents the United States?",
)
"""Questions on which the articles do not differ: more and less precise, and several true answers, are no conflict."""


@pytest.fixture(scope="module")
def answers(library: "Library") -> "dict[str, Answer]":
    return {question: library.ask(question) for question in AGREED}


def _files(claim: "Claim") -> set[str]:
    return {citation.file[:3] for citation in claim.citations}


def _claim(answer: "Answer", word: str) -> "Claim":
    return next(claim for claim in answer.claims if word in claim.text)


def test_the_head_of_each_delegation_is_one_claim_of_the_articles_that_plainly_name_him(
    answers: "dict[str, Answer]",
) -> None:
    russian, ukrainian = (_claim(answers[LEADERS], name) for name in ("Medinsky", "Umerov"))
    assert _files(russian) >= {"001", "002", "003"}
    assert _files(ukrainian) == {"000", "001", "002", "003", "004"}


def test_who_is_named_in_passing_is_cited_too(answers: "dict[str, Answer]") -> None:
    assert _files(_claim(answers[LEADERS], "Medinsky")) == {"001", "002", "003", "004"}


def test_each_citation_says_what_its_claim_says_and_not_only_something_of_the_same_man(
    answers: "dict[str, Answer]",
) -> None:
    for citation in _claim(answers[LEADERS], "Medinsky").citations:
        assert re.search(r"headed by|head of|led by|appoint", citation.quote), citation.quote
        assert citation.support >= SAYS


def test_no_words_of_the_question_are_lost_for_words_that_more_articles_have(library: "Library") -> None:
    answer = library.ask("In which building at the Bosphorus do they meet?")
    assert "European shore of the Bosphorus" in answer.text


def test_who_does_not_speak_of_a_decree_is_not_cited_for_it(library: "Library") -> None:
    answer = library.ask("Who issued a decree on the Ukrainian delegation?")
    assert _files(_claim(answer, "decree")) == {"003"}


def test_the_palace_is_named_in_both_spellings_where_they_will_meet_and_where_they_met(
    answers: "dict[str, Answer]",
) -> None:
    claims = [claim for claim in answers["In which building are the talks held?"].claims if "Dolmabah" in claim.text]
    assert set().union(*map(_files, claims)) == {"001", "004"}


def test_the_last_talks_are_dated_by_three_articles(answers: "dict[str, Answer]") -> None:
    answer = answers["When did Russia and Ukraine last negotiate directly?"]
    assert answer.short == "March 2022"
    assert _files(_claim(answer, "March 2022")) == {"000", "001", "003"}


def test_who_takes_part_is_not_confused_with_who_is_expected(answers: "dict[str, Answer]") -> None:
    (claim,) = (c for c in answers["Does Rubio take part in the negotiations?"].claims if "isn’t taking part" in c.text)
    assert _files(claim) == {"004"}


@pytest.mark.parametrize("question", AGREED)
def test_no_conflict_is_raised_where_the_articles_agree(answers: "dict[str, Answer]", question: str) -> None:
    assert answers[question].conflicts == ()


def test_the_seeds_are_five_independent_reports(answers: "dict[str, Answer]") -> None:
    for answer in answers.values():
        for claim in answer.claims:
            assert claim.independent == len(claim.reports) == len(_files(claim))


def test_a_claim_is_the_beginning_of_its_first_quotation_and_every_figure_of_it_is_in_the_others(
    answers: "dict[str, Answer]",
) -> None:
    for answer in answers.values():
        for claim in answer.claims:
            said = claim.text.removesuffix(ELLIPSIS)
            assert claim.citations[0].quote.startswith(said)
            for citation in claim.citations[1:]:
                assert set(re.findall(r"\d+", said)) <= set(re.findall(r"\d+", citation.quote)), claim.text


def test_no_sentence_is_told_twice(answers: "dict[str, Answer]") -> None:
    for answer in answers.values():
        assert len({claim.text for claim in answer.claims}) == len(answer.claims)


def test_a_role_finds_its_holder_however_the_articles_spell_the_name(library: "Library") -> None:
    answer = library.ask("What did Ukraine's president say about Putin?")
    assert re.search(r"Volodymyr Zelensk\w+", answer.standalone_question)
    assert any("Zelensk" in claim.text for claim in answer.claims)
