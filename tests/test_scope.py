"""Scopes: what is asked of one outlet or one file is asked of it alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from index.article import Article
from index.indexing import index_paths
from qa.library import Library
from qa.scope import ask_there, points_there, read_scope

if TYPE_CHECKING:
    from pathlib import Path

    from index.minilm import MiniLM

VERGE = Article("v", "tech/a.txt", None, None, "The Verge", "2023-10-26", "A text.")
ARTICLES = [
    VERGE,
    replace(VERGE, id="t", file="tech/b.txt", outlet="TechCrunch"),
    replace(VERGE, id="l", file="strike/labour_weekly.md", outlet=None),
    replace(VERGE, id="w", file="weather.txt", outlet=None),
    replace(VERGE, id="w2", file="old/weather.txt", outlet=None),
]


@pytest.mark.parametrize(
    ("question", "rest", "ids"),
    [
        ("According to The Verge, who won the case?", "who won the case?", {"v"}),
        ("Who won the case, according to the Verge?", "Who won the case", {"v"}),
        ("According to the Verge report, did they win?", "did they win?", {"v"}),
        ("What did The Verge report of the case?", "What did the article report of the case?", {"v"}),
        ("What does the TechCrunch article say about the case?", "What does the article say about the case?", {"t"}),
        ("What does the article by TechCrunch say about fees?", "What does the article say about fees?", {"t"}),
        ("How does TechCrunch describe the deal?", "How does the article describe the deal?", {"t"}),
        ("Does TechCrunch say that he left?", "Does the article say that he left?", {"t"}),
        ("Summarise the Verge's report", "Summarise the article", {"v"}),
        ("What is the TechCrunch story about?", "What is the article about?", {"t"}),
        ("What does TechCrunch say?", "What does the article say?", {"t"}),
        ("What does Labour Weekly say about the fund?", "What does the article say about the fund?", {"l"}),
        ("Summarise labour_weekly", "Summarise the article", {"l"}),
        ("In strike/labour_weekly.md, who leads the union?", "In the article, who leads the union?", {"l"}),
        ("Summarise weather.txt", "Summarise the article", {"w", "w2"}),
        ("Summarise old/weather.txt", "Summarise the article", {"w2"}),
    ],
)
def test_what_one_outlet_or_file_is_asked_for_is_asked_of_it_alone(question: str, rest: str, ids: set[str]) -> None:
    scope = read_scope(question, ARTICLES)
    assert (scope.text, scope.articles) == (rest, ids)
    assert scope.name is not None
    assert scope.name.removeprefix("The ") in question


@pytest.mark.parametrize(
    "question",
    [
        "Who won the case, according to the judge?",
        "According to The Verge and TechCrunch, who won the case?",
        "According to The Verge, what did TechCrunch report of it?",
        "What did the minister tell The Verge?",
        "From an article by TechCrunch and another by Forbes, which company did he found?",
        "Who owns TechCrunch?",
        "What does the labour weekly meeting say about the fund?",
        "Is it on the verge of a win?",
        "How is the weather?",
        "Who won?",
    ],
)
def test_all_others_are_asked_of_all(question: str) -> None:
    scope = read_scope(question, ARTICLES)
    assert (scope.text, scope.articles, scope.name) == (question, None, None)


@pytest.mark.parametrize(
    ("question", "previous", "asked"),
    [
        ("And TechCrunch?", "Who won the case?", "According to TechCrunch, who won the case?"),
        ("What does TechCrunch say?", "Did he win?", "According to TechCrunch, did he win?"),
        ("And what does the Verge say about it?", "Did he win?", "According to The Verge, did he win?"),
        ("And TechCrunch?", "According to The Verge, who won?", "According to TechCrunch, who won?"),
        ("And TechCrunch?", "What does the Verge say about fees?", "What does TechCrunch say about fees?"),
        ("And in weather.txt?", "Dorn won what?", "According to weather.txt, Dorn won what?"),
    ],
)
def test_a_follow_up_that_only_names_an_outlet_asks_it_what_was_asked(question: str, previous: str, asked: str) -> None:
    assert points_there(question, ARTICLES)
    assert ask_there(question, previous, ARTICLES) == asked


@pytest.mark.parametrize(
    "question", ["And the judge?", "Who owns TechCrunch?", "What does TechCrunch say of the deal?"]
)
def test_one_that_asks_more_is_a_question_of_its_own(question: str) -> None:
    assert not points_there(question, ARTICLES)
    assert ask_there(question, "Who won?", ARTICLES) is None


def test_the_answer_of_one_outlet_cites_it_alone(library: Library) -> None:
    answer = library.ask("According to KAAB TV, who leads the Ukrainian delegation?")
    assert "Umerov" in answer.claims[0].text
    assert {c.file[:3] for c in answer.citations} == {"003"}
    assert not library.ask("According to ZMedia, what did Zakharova call Zelensky?").refused
    assert library.ask("According to KAAB TV, what did Zakharova call Zelensky?").refused


def test_a_refusal_speaks_of_that_outlet_alone(library: Library) -> None:
    answer = library.ask("According to KAAB TV, what did Zakharova call Zelensky?")
    assert answer.reason is not None
    assert answer.reason.startswith("Not in the articles of KAAB TV:")


def test_an_outlet_is_asked_about_a_topic_for_a_summary_and_in_a_dialogue(library: Library) -> None:
    said = library.ask("What does NDTV Profit say about Rubio?")
    summary = library.ask("Summarise the NDTV Profit article")
    for answer in (said, summary):
        assert not answer.refused
        assert {c.file[:3] for c in answer.citations} == {"004"}
    assert any("Rubio" in claim.text for claim in said.claims)
    before = [{"role": "user", "text": "Who leads the Ukrainian delegation?"}]
    asked = library.ask("And KAAB TV?", history=before)
    assert asked.standalone_question == "According to KAAB TV, who leads the Ukrainian delegation?"
    assert {c.file[:3] for c in asked.citations} == {"003"}


def test_a_file_without_an_outlet_is_asked_by_its_name(library: Library) -> None:
    answer = library.ask("What does 001_b6bebbcff7196aa2.txt say about Medinsky?")
    assert not answer.refused
    assert {c.file[:3] for c in answer.citations} == {"001"}


def test_an_article_is_found_among_many_that_fit_better(tmp_path: Path, embedder: MiniLM) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(70):
        text = f"The harbour bridge was closed by the harbour bridge office of district {n}.\n"
        (folder / f"n{n}.txt").write_text(f"Harbour bridge closed\n\n{text}", "utf-8")
    (folder / "late.md").write_text(
        "---\ntitle: The crossing\npublication: Quay Notes\n---\n\nThe crossing over the harbour opens on Friday.\n",
        "utf-8",
    )
    index_paths([folder], tmp_path / "store", embedder)
    answer = Library.open(tmp_path / "store", embedder).ask(
        "According to Quay Notes, when does the harbour bridge open?"
    )
    assert {c.file for c in answer.citations} == {"late.md"}
    assert "Friday" in answer.claims[0].text
