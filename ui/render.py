"""Rendering: a conversation as the HTML of the chat, and an answer as text for the terminal and the clipboard."""

from __future__ import annotations

import textwrap
import unicodedata
from typing import TYPE_CHECKING

from qa import prompts
from ui.markup import cite_link, escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.answer import Answer, Citation, Claim
    from ui.conversation import Conversation, Exchange

HEADLINE = 40
"""Characters up to which a short answer is set as large as a headline."""


def render_conversation(conversation: Conversation, welcome: str) -> str:
    """Return the chat as HTML; `welcome` is the HTML that stands in it before the first question."""
    body = "".join(_exchange(exchange, last=exchange is conversation[-1]) for exchange in conversation)
    return f'<div role="log" aria-label="Conversation">{body or welcome}</div>'


def render_welcome(corpus: str, count: int, examples: Sequence[str]) -> str:
    """Return what the chat shows before the first question: what is searched, and questions to begin with."""
    items = "".join(f'<li><button type="button" class="example">{escape(e)}</button></li>' for e in examples)
    return (
        '<div class="welcome"><h2>Ask the articles.</h2>'
        f"<p>Answers come from the {_count(count, 'article')} in <b>{escape(corpus)}</b> and from nowhere else."
        " Every sentence carries the number of its source; the number opens the article at that sentence.</p>"
        + (f'<ul class="examples" aria-label="Questions to begin with">{items}</ul>' if items else "")
        + "</div>"
    )


def render_terminal(answer: Answer, *, width: int | None = None) -> str:
    """Return the answer as plain text with its sources as `[n] file:line — Outlet: “quote”`.

    A record is `file#record:line`, a page of a PDF `file#page=number`.

    Control characters of the articles are shown as U+FFFD, so that no article can steer a terminal.

    Args:
        answer: the answer to show.
        width: columns to wrap at; None leaves every paragraph on one line.
    """
    paragraphs = [_wrapped(note, width) for note in (answer.notice, _written(answer)) if note]
    if answer.citations:
        sources = (_wrapped(_source(c), width, indent=4) for c in answer.citations)
        paragraphs.append("\n".join(("Sources", *sources)))
    return "\n\n".join(filter(None, (render_words(answer, width=width), *paragraphs)))


def render_words(answer: Answer, *, width: int | None = None) -> str:
    """Return the beginning of `render_terminal`, what the answer says; of an answer that grows, it only gets longer."""
    paragraphs = [answer.reason or "The articles do not say."] if answer.refused else []
    if answer.short and not answer.refused:
        paragraphs.append(answer.short)
    if answer.refused and answer.claims:
        paragraphs.append("The nearest the articles say:")
    for claim in answer.claims:
        numbers = "".join(f"[{c.number}]" for c in claim.citations)
        reports = _reports(claim)
        paragraphs.append(f"{claim.text} {numbers}" + (f" ({reports})" if reports else ""))
    return "\n\n".join(_wrapped(p, width) for p in paragraphs)


def _exchange(exchange: Exchange, *, last: bool) -> str:
    answer = exchange.answer
    if answer is not None:
        body = _refusal(exchange.turn, answer) if answer.refused else _answer(exchange.turn, answer)
    elif exchange.problem is not None:
        body = f'<p class="problem" role="status">{escape(exchange.problem)}</p>'
    else:
        grown = _answer(exchange.turn, exchange.growing) if exchange.growing else ""
        doing = "Writing" if grown else "Reading the articles"
        body = f'{grown}<p class="pending" role="status">{doing}<i></i><i></i><i></i></p>'
    shown = answer or exchange.growing
    if shown is not None and shown.standalone_question.strip() != exchange.question.strip():
        body = f'<p class="understood">Understood as: {escape(shown.standalone_question)}</p>{body}'
    return (
        f'<article class="exchange" id="turn-{exchange.turn}" aria-busy="{str(exchange.pending).lower()}">'
        f'<h2 class="question">{escape(exchange.question)}</h2>{body}{_actions(exchange, last=last)}</article>'
    )


def _answer(turn: int, answer: Answer) -> str:
    size = "short long" if len(answer.short or "") > HEADLINE else "short"
    short = f'<p class="{size}">{escape(answer.short)}</p>' if answer.short else ""
    claims = [_claim(turn, claim, answer.short if first else None) for first, claim in _firsts(answer.claims)]
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in (answer.notice, _written(answer)) if note)
    return f'<div class="answer">{short}{"".join(claims)}{notes}</div>'


def _written(answer: Answer) -> str | None:
    return prompts.WRITTEN_BY.format(model=answer.model) if answer.model and answer.claims else None


def _refusal(turn: int, answer: Answer) -> str:
    nearest = "".join(_claim(turn, claim, None) for claim in answer.claims)
    return (
        f'<div class="refusal"><p class="reason">{escape(answer.reason or "The articles do not say.")}</p>'
        + (f'<p class="nearest">The nearest the articles say:</p>{nearest}' if nearest else "")
        + "</div>"
    )


def _claim(turn: int, claim: Claim, short: str | None) -> str:
    before, found, after = claim.text.partition(short) if short else (claim.text, "", "")
    text = f"{escape(before)}<b>{escape(found)}</b>{escape(after)}" if found else escape(claim.text)
    links = "".join(f"<sup>{cite_link(turn, c, 'cite', f'[{c.number}]')}</sup>" for c in claim.citations)
    reports = _reports(claim)
    return f'<p class="claim">{text}{links}' + (f' <span class="reports">{reports}</span></p>' if reports else "</p>")


def _actions(exchange: Exchange, *, last: bool) -> str:
    if exchange.pending:
        return ""
    copy = ""
    if exchange.answer is not None:
        plain = escape(f"{exchange.question}\n\n{render_terminal(exchange.answer)}")
        copy = f'<button type="button" class="copy">Copy</button><pre class="plain" hidden>{plain}</pre>'
    retry = '<button type="button" class="retry">Retry</button>' if last else ""
    return f'<div class="actions">{copy}{retry}</div>'


def _reports(claim: Claim) -> str:
    """Return how many articles say it, empty for one; and how many reports they are, where that is fewer."""
    articles = len({(c.file, c.record) for c in claim.citations})
    if articles < 2:
        return ""
    reports = f", {_count(claim.independent, 'independent report')}" if claim.independent < articles else ""
    return f"{articles} articles{reports}"


def _source(citation: Citation) -> str:
    quote = " ".join(citation.quote.split())
    quoted = quote if quote.startswith(("“", '"')) else f"“{quote}”"
    outlet = f"{citation.outlet}: " if citation.outlet else ""
    return f"[{citation.number}] {citation.place} — {outlet}{quoted}"


def _wrapped(text: str, width: int | None, indent: int = 0) -> str:
    plain = "".join(c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs") else _shown(c) for c in text)
    if width is None:
        return plain
    lines = [
        textwrap.fill(line, width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)
        for line in plain.split("\n")
    ]
    return "\n".join(lines)


def _shown(control: str) -> str:
    return " " if control in "\t\r\f\v" else "\ufffd"


def _firsts(claims: Sequence[Claim]) -> list[tuple[bool, Claim]]:
    return [(index == 0, claim) for index, claim in enumerate(claims)]


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
