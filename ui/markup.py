"""Markup: how foreign text gets into a page. All that a file or a person wrote passes `escape`."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qa.answer import Citation


def escape(text: str) -> str:
    """Return `text` as HTML that shows every character of it, for content and for quoted attributes.

    The length in characters of what is shown is that of `text`: a carriage return is kept by a character reference
    (a parser would drop it), and what no parser lets through (NUL, lone surrogates) is shown as one U+FFFD each.
    """
    shown = "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)
    return html.escape(shown, quote=True).replace("\r", "&#13;")


def cite_key(turn: int, number: int) -> str:
    """Return the name of a citation, unique in one conversation: the turn and the number within its answer."""
    return f"{turn}-{number}"


def cite_link(turn: int, citation: Citation, name: str, text: str) -> str:
    """Return a link that opens the citation in the source panel; `name` is its CSS class, `text` its HTML.

    A link that shows a bare number gets the place as its spoken label.
    """
    key = cite_key(turn, citation.number)
    place = escape(f"{citation.outlet or citation.file}, {citation.spot}")
    label = "" if "<" in text else f' aria-label="Source {citation.number}: {place}"'
    return f'<a class="{name}" href="#cite-{key}" data-cites="{key}" title="{place}"{label}>{text}</a>'


def joined(parts: Iterable[str | None], separator: str = " · ") -> str:
    """Return the parts that are there, escaped, with a separator between them."""
    return separator.join(escape(part) for part in parts if part)
