"""Quoted words: what a paragraph sets in quotation marks, in single ones too, and where a quotation goes on."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLOSERS = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’'", "'": "'’"}
_MARK = re.compile("[“„«\"‘']")
_SINGLE = frozenset("‘'’")
_LEADING = frozenset(' \t\u00a0([—–-/“"‘')


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words in quotation marks: `text[start:end]` is what stands between them."""

    start: int
    """First character after the opening mark."""
    end: int
    """The closing mark, or the end of the paragraph where there is none."""
    closed: bool
    """False where the paragraph ends first: the quotation goes on in the next."""


def find_quoted(text: str, start: int = 0, end: int | None = None) -> tuple[Quoted, ...]:
    """Return what `text[start:end]`, a paragraph, sets in quotation marks, in order; none within another.

    A single mark opens where a word begins and closes where one ends, so that apostrophes are none. A straight or
    single mark that nothing closes is passed over; a typographic double one holds to the end of the paragraph, as
    quotations of several paragraphs are set.
    """
    end = len(text) if end is None else end
    found: list[Quoted] = []
    at = start
    while match := _MARK.search(text, at, end):
        opened, mark = match.end(), match[0]
        at = opened
        if not _opens(text, match.start(), start, end):
            continue
        close = _single_close(text, opened, end) if mark in _SINGLE else _close(text, opened, end, _CLOSERS[mark])
        if close is None and mark != "“":
            continue
        stop = end if close is None else close
        if any(c.isalnum() for c in text[opened:stop]):
            found.append(Quoted(opened, stop, closed=close is not None))
        at = stop + 1
    return tuple(found)


def _opens(text: str, at: int, start: int, end: int) -> bool:
    """Tell an opening mark: it stands before a word, and after none."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if text[at] in "“„«":
        return not after.isspace()
    return before in _LEADING and not after.isspace() and (text[at] == '"' or not after.isdigit())


def _close(text: str, at: int, end: int, closers: str) -> int | None:
    places = (text.find(closer, at, end) for closer in closers)
    return min((place for place in places if place >= 0), default=None)


def _single_close(text: str, at: int, end: int) -> int | None:
    """Return where a single quotation mark closes: after a word or a stop, and not as the apostrophe of a plural."""
    plural = None
    for i in range(at, end):
        after = text[i + 1] if i + 1 < end else " "
        if text[i] not in "'’" or after.isalnum() or text[i - 1].isspace():
            continue
        if text[i - 1] != "s" or not after.isspace():
            return plural if plural is not None and text[i - 1].isalnum() else i
        plural = i if plural is None else plural
    return plural
