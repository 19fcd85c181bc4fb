"""Sorts: what a question asks for by its noun, and which words can be that."""

import pytest

from qa.kind import read_kind
from qa.sort import bears_noun, fits_sort, read_sort


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("Which hurricane reached the coast?", "hurricane"),
        ("A million people lost power due to which hurricane?", "hurricane"),
        ("Which highly praised film won the prize?", "film"),
        ("Which basketball player left the club?", "player"),
        ("Which two countries joined?", "country"),
        ("Which company sued the city?", "company"),
        ("Glass was found in which popular sauce?", "sauce"),
        ("Which state's governor resigned?", "governor"),
    ],
)
def test_the_noun_that_is_asked_with_is_told(question: str, noun: str) -> None:
    assert read_sort(question).noun == noun


@pytest.mark.parametrize("question", ["What did the minister say?", "Who won?", "What the envoys wanted was peace."])
def test_other_questions_ask_with_no_noun(question: str) -> None:
    assert read_sort(question).noun == ""
    assert not read_sort(question).named


@pytest.mark.parametrize(
    ("question", "fits", "lacks"),
    [
        ("Which hurricane cut the power?", "Fiona", "Thursday"),
        ("Which hurricane cut the power?", "Hurricane Fiona", "the storm"),
        ("What is the storm called?", "Nicole", "millions"),
        ("What was the name of the mission?", "Pathfinder 2", "an asteroid"),
        ("What country banned the toys?", "Saudi Arabian", "Riyadh"),
        ("What share of them voted?", "about 40 per cent", "2.7 million"),
        ("What percentage of the forest burnt?", "a third", "12 acres"),
        ("How many ships sailed?", "more than 40", "12%"),
        ("How many ships sailed?", "nine", "June 21"),
        ("Who resigned?", "Ana Kovač", "on Monday"),
    ],
)
def test_words_that_can_be_it_are_told_from_words_that_cannot(question: str, fits: str, lacks: str) -> None:
    assert fits_sort(question, read_kind(question), fits)
    assert not fits_sort(question, read_kind(question), lacks)


def test_a_name_may_bear_the_noun() -> None:
    assert bears_noun("Which university apologised?", "Northeastern University")
    assert not bears_noun("Which university apologised?", "Northeastern")
    assert not bears_noun("Which university apologised?", "a university")
    assert not bears_noun("Who apologised?", "Northeastern University")
