"""Rendering: a conversation as the HTML of the chat, and an answer as text for the terminal and the clipboard."""

from __future__ import annotations

import textwrap
import unicodedata
from typing import TYPE_CHECKING, TypeVar

from qa import prompts
from ui.markup import cite_link, escape
from ui.quotes import quote_lines, render_quotes
from ui.report import one_line
from ui.table import render_table, table_lines
from ui.versions import (
    conflict_lines,
    count,
    count_reports,
    is_open,
    is_told,
    render_conflict,
    render_reports,
    report_lines,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.answer import Answer, Citation, Claim
    from ui.conversation import Conversation, Exchange

T = TypeVar("T")

HEADLINE = 40
"""Characters up to which a short answer is set as large as a headline."""


def render_conversation(conversation: Conversation, welcome: str) -> str:
    """Return the chat as HTML; `welcome` is the HTML that stands in it before the first question."""
    body = "".join(_exchange(exchange, last=exchange is conversation[-1]) for exchange in conversation)
    return f'<div role="log" aria-label="Conversation">{body or welcome}</div>'


def render_masthead(corpus: str, articles: int) -> str:
    """Return the name of the page, and what is searched."""
    shelf = f'<button type="button" class="all">{count(articles, "article")}</button>'
    return f"<h1>Byline</h1><p>{escape(corpus)} · {shelf}</p>"


def render_welcome(corpus: str, articles: int, examples: Sequence[str], asked: Sequence[str] = ()) -> str:
    """Return what the chat shows before the first question: what is searched, and questions to begin with.

    Args:
        corpus: the name of the folder of articles.
        articles: how many there are.
        examples: questions to begin with.
        asked: questions of a conversation that is no longer held, which take the place of the examples.
    """
    items = "".join(f'<li><button type="button" class="example">{escape(e)}</button></li>' for e in asked or examples)
    label = prompts.ASK_AGAIN if asked else "Questions to begin with"
    return (
        '<div class="welcome"><h2>Ask the articles.</h2>'
        f"<p>Answers come from the {count(articles, 'article')} in <b>{escape(corpus)}</b> and from nowhere else."
        " Every sentence carries the number of its source; the number opens the article at that sentence.</p>"
        f"<p>{escape(prompts.CAN_ASK)}</p>"
        + (f'<p class="before" role="status">{escape(prompts.NOT_HELD)}</p>' if asked else "")
        + (f'<ul class="examples" aria-label="{escape(label)}">{items}</ul>' if items else "")
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
    more = table_lines(answer.comparison) if answer.comparison else []
    more += [prompts.UNDATED] if _undated(answer) else []
    more += ["\n".join(conflict_lines(conflict)) for conflict in answer.conflicts]
    more += [*quote_lines(answer.quotations), *filter(None, (answer.notice, _written(answer)))]
    paragraphs = [render_words(answer, width=width), *(_wrapped(p, width) for p in more)]
    if answer.citations:
        shown = [*map(_source, answer.citations), *report_lines(answer.claims)]
        paragraphs.append("\n".join(("Sources", *(_wrapped(line, width, indent=4) for line in shown))))
    return "\n\n".join(filter(None, paragraphs))


def render_words(answer: Answer, *, width: int | None = None) -> str:
    """Return the beginning of `render_terminal`, what the answer says; of an answer that grows, it only gets longer."""
    paragraphs = [answer.reason or "The articles do not say."] if answer.refused else []
    if answer.short and not answer.refused:
        paragraphs.append(answer.short)
    if answer.refused and answer.claims:
        paragraphs.append("The nearest the articles say:")
    if not answer.comparison:
        paragraphs += _claim_lines(answer)
    return "\n\n".join(_wrapped(p, width) for p in paragraphs)


def _claim_lines(answer: Answer) -> list[str]:
    """Return the claims as paragraphs, those of a timeline with their dates."""
    lines = []
    for date, claim in _dated(answer):
        numbers = "".join(f"[{c.number}]" for c in claim.citations)
        reports = count_reports(claim)
        lines.append(f"{f'{date}: ' if date else ''}{claim.text} {numbers}" + (f" ({reports})" if reports else ""))
    return lines


def _dated(answer: Answer) -> list[tuple[str, Claim]]:
    """Return each claim with its date in words, empty but in a timeline; none where the conflicts tell them all."""
    told = {c for conflict in answer.conflicts for version in conflict.versions for c in version.citations}
    if told and all(c in told for claim in answer.claims for c in claim.citations) and not answer.passages:
        return []
    if answer.timeline:
        return [(event.when.shown, event.claim) for event in answer.timeline]
    return [("", claim) for claim in answer.claims]


def _undated(answer: Answer) -> bool:
    """Tell whether a timeline has weekdays of which the date is not known."""
    return any(event.when.date is None for event in answer.timeline)


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
    led = answer.short and not is_open(answer.short, answer.conflicts)
    short = f'<p class="{size}">{escape(answer.short)}</p>' if answer.short and led else ""
    if answer.comparison:
        return f'<div class="answer">{render_table(turn, answer.comparison)}</div>'
    conflicts = "".join(render_conflict(turn, conflict, answer.claims) for conflict in answer.conflicts)
    claims = [
        (f'<p class="when">{escape(date)}</p>' if date else "") + _claim(turn, claim, answer.short if first else None)
        for first, (date, claim) in _firsts(_dated(answer))
        if date or not is_told(claim, answer.conflicts)
    ]
    quotes = render_quotes(turn, answer.quotations)
    quotes += f'<p class="undated">{escape(prompts.UNDATED)}</p>' if _undated(answer) else ""
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in (answer.notice, _written(answer)) if note)
    return f'<div class="answer">{short}{conflicts}{"".join(claims)}{quotes}{notes}</div>'


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
    reports = render_reports(claim)
    if reports.startswith("<details"):
        return f'<p class="claim">{text}{links}</p>{reports}'
    return f'<p class="claim">{text}{links}{reports}</p>'


def _actions(exchange: Exchange, *, last: bool) -> str:
    if exchange.pending:
        return ""
    copy = ""
    if exchange.answer is not None:
        plain = escape(f"{exchange.question}\n\n{render_terminal(exchange.answer)}")
        copy = f'<button type="button" class="copy">Copy</button><pre class="plain" hidden>{plain}</pre>'
    retry = '<button type="button" class="retry">Retry</button>' if last else ""
    return f'<div class="actions">{copy}{retry}{_compare(exchange)}</div>'


def _compare(exchange: Exchange) -> str:
    """Return the button that sets the articles side by side on what was asked, where there is something to compare."""
    answer = exchange.answer
    if answer is None or answer.comparison or len({(c.file, c.record) for c in answer.citations}) < 2:
        return ""
    return f'<button type="button" class="compare" value="{exchange.turn}">Compare the articles</button>'


def _source(citation: Citation) -> str:
    quote = " ".join(citation.quote.split())
    quoted = quote if quote.startswith(("“", '"')) else f"“{quote}”"
    outlet = f"{citation.outlet}: " if citation.outlet else ""
    return f"[{citation.number}] {one_line(f'{citation.place} — {outlet}')}{quoted}"


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


def _firsts(items: Sequence[T]) -> list[tuple[bool, T]]:
    return [(index == 0, item) for index, item in enumerate(items)]
