"""Verbatim: whether the words that a written sentence puts in quotation marks are in an article, as they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.quotation import quotations

if TYPE_CHECKING:
    from collections.abc import Sequence

_SINGLE = re.compile(r"(?<!\w)[‘']([^‘’'\n]{2,300}?)[’'](?!\w)")
_STYLES = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‘": "'",
        "’": "'",
        "‚": "'",
        "–": "-",
        "—": "-",
        "[": "(",
        "]": ")",
    }
)
_EDGE = " .,;:!?…\"'"


def held_quotations(text: str, articles: Sequence[str]) -> bool:
    """Tell whether each quotation in a sentence is verbatim in one of the articles, within quotation marks there.

    White space, the style of marks and dashes, square brackets, and punctuation at the ends are no difference; `…` and
    `...` within a quotation stand for words left out, and each piece must follow the one before.
    """
    quoted = [text[start + 1 : end - 1] for start, end in quotations(text, 0, len(text))]
    if len(re.findall('[“”„«»"]', text)) != 2 * len(quoted):
        return False
    bodies = [_normal(article) for article in articles]
    spans = [_spans(body) for body in bodies]
    return all(any(_holds(b, s, words) for b, s in zip(bodies, spans, strict=True)) for words in quoted)


def _holds(body: str, spans: Sequence[tuple[int, int]], quotation: str) -> bool:
    """Tell whether the pieces of a quotation stand one after the other within quotation marks of an article."""
    pieces = [_normal(piece).strip(_EDGE) for piece in re.split(r"…|\.\.\.", quotation)]
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        return False
    first = re.escape(pieces[0])
    for match in re.finditer(rf"(?<!\w){first}(?!\w)", body, re.IGNORECASE):
        at, end = match.span()
        for piece in pieces[1:]:
            found = body.find(piece, end, end + 400)
            if found < 0:
                break
            end = found + len(piece)
        else:
            if any(a <= at and end <= b for a, b in spans):
                return True
    return False


def _spans(body: str) -> list[tuple[int, int]]:
    """Return what stands in quotation marks in an article, double or single."""
    found: list[tuple[int, int]] = []
    start = 0
    for line in body.split("\n"):
        marks = [start + m.start() for m in re.finditer('"', line)]
        ends = [*marks[1::2], start + len(line)] if len(marks) % 2 else marks[1::2]
        found += zip(marks[::2], ends, strict=False)
        found += [(start + m.start(), start + m.end()) for m in _SINGLE.finditer(line)]
        start += len(line) + 1
    return found


def _normal(text: str) -> str:
    lines = text.translate(_STYLES).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines)
