"""Whose words are asked for: what others say is no answer, and the one who is asked for may be two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from said import write

from index.fold import tokenise
from index.indexing import index_paths
from qa.asked import answering_words, asked_for, leave_out_others
from qa.library import Library
from qa.refusal import SAID

if TYPE_CHECKING:
    from index.minilm import MiniLM

DAM = {
    "gazette": (
        "Dam of Trenta is full.\n\n“The dam of Trenta will hold,” Minister Ana Kovač told reporters on Monday. "
        "The mayor, Luka Zupan, was angry. “The dam of Trenta will burst,” Zupan said."
    ),
    "courier": (
        "Fear of the water.\n\nMinister Ana Kovač said that the dam of Trenta had been built for worse rains. "
        "Luka Zupan said that the dam of Trenta leaked. The dam of Trenta was built in 1961."
    ),
}


@pytest.fixture(scope="module")
def dam(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Library:
    root = tmp_path_factory.mktemp("dam")
    index_paths([write(root / "articles", **DAM)], root / "store", embedder)
    return Library.open(root / "store", embedder)


def kept(library: Library, question: str) -> list[str]:
    read, evidence = library.weigh(question)
    return [e.text for e in leave_out_others(read, evidence, library.corpus)]


def test_what_is_quoted_from_others_is_left_out_and_all_else_stays(dam: Library) -> None:
    texts = kept(dam, "What did Ana Kovač say about the dam of Trenta?")
    assert any("had been built for worse rains" in text for text in texts)
    assert any("built in 1961" in text for text in texts)
    assert any("leaked" in text for text in texts)
    assert not any("burst" in text for text in texts)


@pytest.mark.parametrize(
    "question",
    [
        "What did Ana Kovač's spokeswoman say about the dam of Trenta?",
        "What was Ana Kovač called by Luka Zupan at the dam of Trenta?",
        "What does Ana Kovač want to do with the dam of Trenta?",
        "What did Ana Kovač, after meeting Luka Zupan, say about the dam of Trenta?",
        "What did the government of Ana Kovač say about the dam of Trenta?",
        "After Luka Zupan told them that the dam of Trenta leaked, what did Ana Kovač say?",
        "What did Hamas say about the dam of Trenta?",
    ],
)
def test_nothing_is_left_out_where_it_is_not_plain_whose_words_are_asked_for(dam: Library, question: str) -> None:
    read, evidence = dam.weigh(question)
    assert leave_out_others(read, evidence, dam.corpus) == evidence


@pytest.mark.parametrize(
    "question",
    [
        "What words did Ana Kovač find for the dam of Trenta?",
        "Give me the words Ana Kovač used about the dam of Trenta.",
        "What did Ana Kovač call the dam of Trenta?",
    ],
)
def test_words_may_be_asked_for_in_other_ways(dam: Library, question: str) -> None:
    assert any("hold" in text for text in kept(dam, question))
    assert not any("burst" in text for text in kept(dam, question))


def test_a_misspelt_name_is_the_same_name(dam: Library) -> None:
    assert not any("burst" in text for text in kept(dam, "What did Ana Kovac say about the dam of Trenta?"))


def test_the_words_of_two_are_asked_for_by_both_names(dam: Library) -> None:
    texts = kept(dam, "What did Ana Kovač and Luka Zupan say about the dam of Trenta?")
    assert any("burst" in text for text in texts)
    assert any("hold" in text for text in texts)


def test_a_question_that_asks_for_nobodys_words_loses_nothing(dam: Library) -> None:
    read, evidence = dam.weigh("When was the dam of Trenta built?")
    assert leave_out_others(read, evidence, dam.corpus) == evidence
    assert asked_for("What was said about the dam?", dam.corpus.lexical.vocabulary, ()) is None


def test_whose_words_are_asked_for_stands_before_the_verb(library: Library) -> None:
    vocabulary = library.corpus.lexical.vocabulary
    assert asked_for("What did Trump say about Putin?", vocabulary, ()) == ["trump"]
    asked = asked_for("What did Starmer and Rutte tell Putin?", vocabulary, ())
    assert asked is not None
    assert {"starmer", tokenise("Rutte")[0].key} <= set(asked)


def test_on_the_seeds_nothing_that_zelenskyy_said_is_told_for_trumps(library: Library) -> None:
    answer = library.ask("What did Trump say about meeting Putin?")
    assert not any("running around the world" in c.quote or "chasing" in c.quote for c in answer.citations)


@pytest.mark.parametrize(
    ("question", "there"),
    [
        ("What did Minister Ana Kovač say about the dam of Trenta?", True),
        ("What did Luka Zupan say about the dam?", True),
        ("What did Ana Kovač say about the mayor?", False),
        ("What did Luka Zupan say about the rains?", False),
        ("What did Ana Kovač say about 1961?", False),
        ("What did Ana Kovač say?", True),
        ("What did Luka Zupan say to the pope?", False),
        ("What did the dam of Trenta say?", False),
        ("Who spoke about the dam of Trenta?", False),
    ],
)
def test_words_are_there_where_the_one_named_says_all_that_is_asked_about(
    dam: Library, question: str, *, there: bool
) -> None:
    read, evidence = dam.weigh(question)
    assert bool(answering_words(read, evidence, dam.corpus)) is there


BLAZE = {
    "gazette": (
        "Fire in Trenta.\n\nThe blaze took an hour, and the siren woke the town. “Nobody came with a hose,” said the "
        "baker, Ana Kovač. The judge, Luka al-Zupan, was asleep. “I was asleep,” Luka al-Zupan said about it."
    ),
    "courier": (
        "Trenta.\n\nThe baker Ana Kovač said that no hose had come. The brewer Jan Bren said the siren failed. She was "
        "asleep, Ana Kovač told us."
    ),
}


@pytest.fixture(scope="module")
def blaze(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Library:
    root = tmp_path_factory.mktemp("blaze")
    index_paths([write(root / "articles", **BLAZE)], root / "store", embedder)
    return Library.open(root / "store", embedder)


@pytest.mark.parametrize(
    ("question", "files"),
    [
        ("What did Ana Kovač say about the blaze?", {"gazette.txt"}),
        ("What did Ana Kovač tell the siren?", set()),
        ("What did Ana Kovač say to the town?", set()),
        ("What did Ana Kovač say about the baker?", {"gazette.txt", "courier.txt"}),
        ("What did Ana Kovač say about the brewer?", set()),
        ("What did Luka al-Zupan say about the hose?", set()),
        ("What did Luka al-Zupan say?", {"gazette.txt"}),
    ],
)
def test_what_is_said_about_a_thing_may_be_told_in_the_sentence_before_unless_another_says_it(
    blaze: Library, question: str, files: set[str]
) -> None:
    read, evidence = blaze.weigh(question)
    assert {e.article.file for e, _ in answering_words(read, evidence, blaze.corpus)} == files


def test_who_speaks_may_be_asked_for_by_the_office_alone(blaze: Library) -> None:
    answer = blaze.ask("What did the baker say about the hose?")
    assert answer.standalone_question == "What did the baker Ana Kovač say about the hose?"
    assert {q.speaker for q in answer.quotations} == {"Ana Kovač"}


def test_whoever_is_asked_for_without_a_subject_answers_alone(dam: Library) -> None:
    for name, others in (("Ana Kovač", "Zupan"), ("Luka Zupan", "Kovač")):
        answer = dam.ask(f"What did {name} say?")
        assert not answer.refused
        assert {c.file for c in answer.citations} == {"gazette.txt", "courier.txt"}
        assert not any(others in claim.text for claim in answer.claims)


def test_words_with_all_that_is_asked_about_come_first(library: Library) -> None:
    answer = library.ask("What did Zelensky say about sanctions?")
    assert "sanctions" in answer.claims[0].citations[0].quote
    assert answer.short is not None
    assert "sanctions" in answer.short


def test_who_is_quoted_with_the_words_asked_about_is_never_refused(dam: Library) -> None:
    sure = dam.ask("What did Luka Zupan say about the dam of Trenta?")
    assert sure.answerable >= SAID
    assert not sure.refused
