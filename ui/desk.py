"""The desk: what happens in the chat when a person asks, retries, stops, clears or opens a source."""

# No `from __future__ import annotations` here: gradio reads the handlers' annotations while it runs.
import json
import logging
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from typing import Any

import gradio as gr

from index.errors import BylineError, SourceError
from qa import prompts
from qa.answer import Answer
from qa.compare import compare_question
from qa.library import Library
from ui.conversation import Conversation, Exchange, begin, exchange_at, grow, history, settle, stopped
from ui.held import Held
from ui.panel import render_article, render_note, render_panel, render_shelf
from ui.render import render_conversation, render_masthead, render_welcome

_LOG = logging.getLogger(__name__)

ASK, STOP = "Ask", "Stop"
ASKED_BEFORE = 5
"""Questions of a conversation that is no longer held which are offered to be asked again, the last ones."""


class Desk:
    """The handlers of the page's events. It is one for all people: each one's conversation comes in and goes out.

    Handlers that change the conversation return (conversation, chat HTML, panel HTML, the box of the question).
    """

    def __init__(self, library: Library, examples: Sequence[str] = ()) -> None:
        """Take the library that answers, and questions to begin with."""
        self._library = library
        self._examples = examples
        self._stops: dict[str, threading.Event] = {}
        self._held = Held()
        self._articles = library.articles()

    def begin(self, asked: Sequence[str] = ()) -> tuple[str, str]:
        """Return the chat and the panel before the first question, of the articles as they are now.

        Args:
            asked: questions of a conversation in this tab that is no longer held, to be asked again.
        """
        self.masthead()
        welcome = render_welcome(self._library.name, len(self._articles), self._examples, asked)
        return render_conversation((), welcome), render_shelf(self._articles)

    def masthead(self) -> str:
        """Return the name of the page and of what is searched, as it is now."""
        with suppress(BylineError):  # of an index that is gone stays what was known; the next question says so
            self._articles = self._library.articles()
        return render_masthead(self._library.name, len(self._articles))

    def load(self, told: str, request: gr.Request | None = None) -> tuple[Any, ...]:
        """Show a page that is loaded what its tab held, or the beginning; `told` is what ui/tab.js says."""
        tab, typed, asked = _told(told)
        conversation = stopped(self._held.enter(_session(request), tab))
        chat, panel = self.begin(asked)
        if conversation:
            chat, panel = self._chat(conversation), self._panel(conversation[-1])
        return conversation, chat, panel, gr.Textbox(typed) if typed else gr.skip(), self.masthead()

    def ask(
        self, typed: str, conversation: Conversation, event: gr.EventData, request: gr.Request | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Answer what was typed, or the example that was clicked: show the question, then the answer as it grows.

        What is typed while another question is being answered stays in the box.
        """
        sent = _sent(event, "question")
        question = (sent if isinstance(sent, str) else typed).strip()
        if question and not (conversation and conversation[-1].pending):
            busy = gr.Textbox("", submit_btn=False, stop_btn=STOP)
            yield from self._answered(begin(conversation, question), busy, request)
        else:
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()

    def retry(self, conversation: Conversation, request: gr.Request | None = None) -> Iterator[tuple[Any, ...]]:
        """Answer the last question again."""
        if conversation:
            again = begin(conversation[:-1], conversation[-1].question)
            yield from self._answered(again, gr.Textbox(submit_btn=False, stop_btn=STOP), request)

    def compare(
        self, conversation: Conversation, event: gr.EventData, request: gr.Request | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Set the articles side by side on what an earlier question asked."""
        exchange = exchange_at(conversation, _sent(event, "turn"))
        if exchange is not None and exchange.answer is not None and not conversation[-1].pending:
            question = compare_question(exchange.answer.standalone_question)
            yield from self._answered(
                begin(conversation, question), gr.Textbox(submit_btn=False, stop_btn=STOP), request
            )

    def stop(self, conversation: Conversation, request: gr.Request | None = None) -> tuple[Any, ...]:
        """Stop the model and close the question that is being answered; the page has cancelled its event."""
        self._halt(request)
        conversation = stopped(conversation)
        self._held.keep(_session(request), conversation)
        return conversation, self._chat(conversation), gr.skip(), gr.Textbox(submit_btn=ASK, stop_btn=False)

    def clear(self, request: gr.Request | None = None) -> tuple[Any, ...]:
        """Begin a new conversation."""
        self._halt(request)
        self._held.keep(_session(request), ())
        return (), *self.begin(), gr.Textbox("", submit_btn=ASK, stop_btn=False)

    def open(self, conversation: Conversation, event: gr.EventData) -> str:
        """Return the panel of an earlier answer, whose articles are no longer in the page."""
        exchange = exchange_at(conversation, _sent(event, "turn"))
        if exchange is None:
            return render_note("This answer is no longer held; ask the question again to see its sources.")
        return self._panel(exchange)

    def read(self, event: gr.EventData) -> str:
        """Return the panel of one of all the articles."""
        file, record = _sent(event, "file"), _sent(event, "record")
        try:
            return render_article(self._library.article(str(file), record if isinstance(record, int) else None))
        except SourceError:
            return render_note(prompts.ARTICLE_GONE)
        except BylineError as error:
            return render_note(str(error))

    def shelf(self) -> str:
        """Return the panel of all the articles."""
        return self.begin()[1]

    def _answered(
        self, conversation: Conversation, busy: gr.Textbox, request: gr.Request | None
    ) -> Iterator[tuple[Any, ...]]:
        stop = self._stops[_session(request)] = threading.Event()
        self._held.keep(_session(request), conversation)
        yield conversation, self._chat(conversation), gr.skip(), busy
        with closing(self._outcomes(conversation, stop)) as outcomes:
            for outcome in outcomes:
                if stop.is_set():  # a new conversation was begun meanwhile, which this must not overwrite
                    break
                done = settle(conversation, outcome)
                panel, free = gr.skip(), gr.Textbox(submit_btn=ASK, stop_btn=False)
                if isinstance(outcome, Answer) and (outcome.claims or not outcome.growing):
                    panel = self._panel(done[-1])
                if isinstance(outcome, Answer) and outcome.growing:
                    done, free = grow(conversation, outcome), gr.skip()
                conversation = done
                shown = conversation, self._chat(conversation), panel, free
                if not stop.is_set():
                    self._held.keep(_session(request), conversation)
                    yield shown
        if stop.is_set():
            # At the end gradio shows what was yielded last once more, over what Stop or a new conversation has shown.
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
        elif self._stops.get(_session(request)) is stop:
            del self._stops[_session(request)]

    def _outcomes(self, conversation: Conversation, stop: threading.Event) -> Generator[Answer | str]:
        """Yield the answer to the last question as it grows, or one sentence that says why there is none."""
        try:
            turns = history(conversation[:-1])
            yield from self._library.stream(conversation[-1].question, history=turns, stop=stop)
        except BylineError as error:
            yield str(error)
        except Exception:  # noqa: BLE001 - the conversation must survive anything
            _LOG.exception("a question could not be answered")
            yield "Something went wrong while answering; the details are in the terminal where Byline runs."

    def _halt(self, request: gr.Request | None) -> None:
        """Stop the model that writes for a person, where one does."""
        stop = self._stops.pop(_session(request), None)
        if stop is not None:
            stop.set()

    def _panel(self, exchange: Exchange) -> str:
        try:
            return render_panel(exchange, self._library.article)
        except BylineError as error:
            return render_note(str(error))
        except Exception:  # noqa: BLE001 - the conversation must survive anything
            _LOG.exception("the sources of an answer could not be shown")
            sentence = "The sources cannot be shown; the details are in the terminal where Byline runs."
            return render_note(sentence)

    def _chat(self, conversation: Conversation) -> str:
        return render_conversation(conversation, "")


def _session(request: gr.Request | None) -> str:
    return (request.session_hash if request else None) or ""


def _told(told: str) -> tuple[object, str, list[str]]:
    """Return the name of a tab, what was being typed and the last questions; a browser may send anything."""
    try:
        data = json.loads(told)
    except ValueError:
        data = None
    data = data if isinstance(data, dict) else {}
    typed, asked = data.get("typed"), data.get("asked")
    questions = [q for q in asked if isinstance(q, str) and q.strip()] if isinstance(asked, list) else []
    return data.get("tab"), typed if isinstance(typed, str) else "", questions[-ASKED_BEFORE:]


def _sent(event: gr.EventData, name: str) -> object:
    """Return what the page's script sent with an event under this name, or None."""
    data = event._data  # gradio's attribute access fails where nothing was sent
    return data.get(name) if isinstance(data, dict) else None
