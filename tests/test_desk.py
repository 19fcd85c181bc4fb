"""What the chat's buttons do, without a browser: conversations go in and come out, and errors become sentences."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import gradio as gr
import pytest
from misbehaving import misbehaving

from index.indexing import index_paths
from index.settings import Model
from qa import prompts
from qa.library import Library
from qa.writing import Writer
from ui.conversation import begin, settle
from ui.desk import ASK, STOP, Desk

if TYPE_CHECKING:
    from pathlib import Path

    from index.minilm import MiniLM
    from ui.conversation import Conversation

QUESTION = "Who heads the Ukrainian delegation?"
NOTHING = gr.EventData(None, None)
UNCHANGED = (gr.skip(), gr.skip(), gr.skip(), gr.skip())
"""What is shown stays: gradio shows what was yielded last once more when a handler ends."""


@pytest.fixture(scope="module")
def desk(library: Library) -> Desk:
    return Desk(library)


@pytest.fixture(scope="module")
def talk(desk: Desk) -> Conversation:
    return asked(desk, "Who is Boris Bondarev?", asked(desk, QUESTION))


def last(handled: Any) -> tuple[Any, ...]:
    return list(handled)[-1]


def asked(desk: Desk, question: str, conversation: Conversation = ()) -> Conversation:
    return last(desk.ask(question, conversation, NOTHING))[0]


def test_a_question_is_shown_at_once_with_a_way_to_stop_and_then_with_its_answer(desk: Desk) -> None:
    first, second = desk.ask(QUESTION, (), NOTHING)
    assert first[0][0].pending
    assert (first[3].value, first[3].stop_btn, first[3].submit_btn) == ("", STOP, False)
    assert second[0][0].answer is not None
    assert (second[3].stop_btn, second[3].submit_btn) == (False, ASK)
    assert 'data-turn="1"' in second[2]


def test_an_example_that_is_clicked_is_asked_in_place_of_what_was_typed(desk: Desk) -> None:
    clicked = gr.EventData(None, {"question": QUESTION})
    assert last(desk.ask("half a thou", (), clicked))[0][0].question == QUESTION


@pytest.mark.parametrize("typed", ["", "  \n "])
def test_nothing_typed_changes_nothing(desk: Desk, typed: str) -> None:
    assert list(desk.ask(typed, (), NOTHING)) == [(gr.skip(),) * 4]


def test_what_is_typed_while_another_question_is_answered_stays_in_the_box(desk: Desk) -> None:
    assert list(desk.ask(QUESTION, begin((), "Where?"), NOTHING)) == [(gr.skip(),) * 4]


def test_a_retry_asks_the_last_question_again_in_its_place(desk: Desk) -> None:
    before = settle(begin(settle(begin((), "Where?"), "an error."), QUESTION), "an error.")
    after = last(desk.retry(before))[0]
    assert [exchange.turn for exchange in after] == [1, 2]
    assert after[0] == before[0]
    assert after[1].answer is not None
    assert list(desk.retry(())) == []


def test_a_new_conversation_is_not_overwritten_by_the_answer_to_a_question_of_the_last(desk: Desk) -> None:
    answering = desk.ask(QUESTION, (), NOTHING)
    assert next(answering)[0][0].pending
    assert desk.clear()[0] == ()
    assert list(answering) == [UNCHANGED]


def test_stopping_closes_the_open_question_and_nothing_else(desk: Desk) -> None:
    stopped = desk.stop(begin((), QUESTION))[0]
    assert stopped[0].problem == "Stopped before there was an answer."
    assert desk.stop(stopped)[0] == stopped
    assert desk.stop(())[0] == ()


def test_the_sources_of_any_earlier_answer_can_be_opened(desk: Desk, talk: Conversation) -> None:
    assert 'data-turn="1"' in desk.open(talk, gr.EventData(None, {"turn": 1}))
    assert 'data-turn="2"' in desk.open(talk, gr.EventData(None, {"turn": 2}))


@pytest.mark.parametrize("sent", [None, {}, {"turn": 9}, {"turn": "1"}, {"turn": [1]}, "turn", 1])
def test_an_answer_that_is_not_held_is_a_note_whatever_the_browser_sends(
    desk: Desk, talk: Conversation, sent: object
) -> None:
    assert "no longer held" in desk.open(talk, gr.EventData(None, sent))


def test_an_answer_is_shown_while_a_model_writes_it_and_stop_hangs_up(library: Library) -> None:
    with misbehaving() as server:
        writer = Writer(Model("http", "slow", server.url("slowly")), 60)
        desk = Desk(replace(library, writer=writer))
        asking = desk.ask(QUESTION, (), NOTHING)
        asked, begun, written = next(asking), next(asking), next(asking)
        assert asked[0][0].growing is None
        assert begun[0][0].growing.claims == ()
        assert written[0][0].pending
        assert "Writing" in written[1]
        assert len(written[0][0].growing.claims) == 1
        assert 'data-turn="1"' in written[2]
        stopped, *_ = desk.stop(written[0])
        assert (stopped[0].pending, stopped[0].answer.notice) == (False, "Stopped before the end.")
        assert list(asking) == [UNCHANGED]
        assert server.left.wait(10)


def test_closing_the_page_hangs_up_too(library: Library) -> None:
    with misbehaving() as server:
        desk = Desk(replace(library, writer=Writer(Model("http", "slow", server.url("slowly")), 60)))
        asking = desk.ask(QUESTION, (), NOTHING)
        for _ in range(3):
            next(asking)
        asking.close()  # type: ignore[attr-defined] # gradio closes the generators of a page that is gone
        assert server.left.wait(10)


def test_a_question_that_cannot_be_used_is_answered_with_the_reason(desk: Desk) -> None:
    assert asked(desk, "why " * 30_000)[0].problem.endswith(".")


def test_an_index_that_vanishes_is_one_sentence_and_the_conversation_survives(
    embedder: MiniLM, seeds: Path, tmp_path: Path
) -> None:
    corpus, store = tmp_path / "corpus", tmp_path / "store"
    shutil.copytree(seeds, corpus)
    index_paths([corpus], store, embedder)
    desk = Desk(Library.open(store, embedder))
    talk = asked(desk, QUESTION)
    shutil.rmtree(corpus)
    shutil.rmtree(store)
    after = asked(desk, "Who is Boris Bondarev?", talk)
    assert after[0] == talk[0]
    assert after[1].problem
    assert "\n" not in after[1].problem
    assert "Traceback" not in desk.open(talk, gr.EventData(None, {"turn": 1}))


def test_any_article_can_be_opened_and_none_that_is_not_there(desk: Desk, seeds: Path) -> None:
    file = min(path.name for path in seeds.glob("*.txt"))
    assert f"<code>{file}</code>" in desk.read(gr.EventData(None, {"file": file, "record": None}))
    assert file in desk.shelf()


@pytest.mark.parametrize("sent", [None, {}, {"file": "../pyproject.toml"}, {"file": ["a"], "record": "1"}, "file"])
def test_what_is_no_article_is_not_opened_whatever_the_browser_sends(desk: Desk, sent: object) -> None:
    assert prompts.ARTICLE_GONE in desk.read(gr.EventData(None, sent))
