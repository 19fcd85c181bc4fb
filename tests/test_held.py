"""What is held of a tab whose page is loaded again, without a browser."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import gradio as gr
import pytest

from qa import prompts
from ui.conversation import begin, settle
from ui.desk import Desk
from ui.held import HELD, Held

if TYPE_CHECKING:
    from qa.library import Library

TAB, OTHER = "1-2-3-4-5-6-7-8-9-10-11", "made-by-chance-in-another"
TALK = settle(begin((), "Where?"), "an error.")
QUESTION = "Who heads the Ukrainian delegation?"


def session(name: str) -> Any:
    return SimpleNamespace(session_hash=name)


def told(tab: object = TAB, **more: object) -> str:
    return json.dumps({"tab": tab, **more})


def test_a_tab_gets_back_what_its_last_page_held_and_no_other_does() -> None:
    held = Held()
    assert held.enter("first", TAB) == ()
    held.keep("first", TALK)
    assert held.enter("second", TAB) == TALK
    assert held.enter("third", OTHER) == ()
    held.keep("first", ())
    assert held.enter("fourth", TAB) == TALK, "an older page of the tab changes nothing any more"
    held.keep("fourth", ())
    assert held.enter("fifth", TAB) == ()


@pytest.mark.parametrize("tab", [None, "", "short", "x" * 1000, 7, ["a" * 30]])
def test_nothing_is_held_of_what_is_no_name_of_a_tab(tab: object) -> None:
    held = Held()
    assert held.enter("first", tab) == ()
    held.keep("first", TALK)
    assert held.enter("second", tab) == ()


def test_the_tab_that_was_used_longest_ago_is_let_go() -> None:
    held = Held()
    for number in range(HELD + 1):
        held.enter(f"session {number}", f"{TAB}-{number}")
        held.keep(f"session {number}", TALK)
    assert held.enter("again", f"{TAB}-0") == ()
    assert held.enter("again", f"{TAB}-1") == TALK


def test_a_page_that_is_loaded_again_shows_the_conversation_its_sources_and_what_was_typed(library: Library) -> None:
    desk = Desk(library)
    desk.load(told(), session("first"))
    for _ in desk.ask(QUESTION, (), gr.EventData(None, None), session("first")):
        pass
    conversation, chat, panel, box, name = desk.load(told(typed="And the", asked=[QUESTION]), session("second"))
    assert [exchange.question for exchange in conversation] == [QUESTION]
    assert 'id="turn-1"' in chat
    assert 'data-turn="1"' in panel
    assert box.value == "And the"
    assert "5 articles" in name
    desk.clear(session("second"))
    assert desk.load(told(), session("third"))[0] == ()


def test_a_question_whose_answer_was_cut_off_by_loading_again_is_closed(library: Library) -> None:
    desk = Desk(library)
    desk.load(told(), session("first"))
    next(iter(desk.ask(QUESTION, (), gr.EventData(None, None), session("first"))))
    (exchange,) = desk.load(told(), session("second"))[0]
    assert exchange.problem == prompts.STOPPED_EARLY


def test_the_questions_of_a_conversation_that_is_no_longer_held_are_offered_again(library: Library) -> None:
    conversation, chat, *_ = Desk(library).load(told(asked=[QUESTION, "<b>Why?</b>"]), session("first"))
    assert conversation == ()
    assert prompts.NOT_HELD in chat
    assert f'class="example">{QUESTION}<' in chat
    assert "&lt;b&gt;Why?&lt;/b&gt;" in chat


@pytest.mark.parametrize(
    "sent", ["", "{}", "[1]", "nonsense", '{"asked": 7, "typed": [], "tab": {}}', '{"asked": [1]}']
)
def test_whatever_a_browser_sends_a_page_begins(library: Library, sent: str) -> None:
    conversation, chat, panel, box, _ = Desk(library).load(sent, session("first"))
    assert conversation == ()
    assert prompts.NOT_HELD not in chat
    assert "shelf" in panel
    assert box == gr.skip()
