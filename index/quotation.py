"""Quotations: the spans in double quotation marks that a paragraph opens and closes."""

from __future__ import annotations

MAX_CHARS = 320
"""A longer quotation is cut into its sentences."""

_PAIRS = {"“": "”", "«": "»", "„": "“"}


def quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of balanced quotations within `text[start:end]`, marks included, of at most `MAX_CHARS`.

    Single quotation marks are left out: they cannot be told from apostrophes.
    """
    spans: list[tuple[int, int]] = []
    opened, close = -1, ""
    for i in range(start, end):
        char = text[i]
        if opened >= 0 and char == close:
            if i + 1 - opened <= MAX_CHARS:
                spans.append((opened, i + 1))
            opened = -1
        elif char in _PAIRS or char == '"':
            opened, close = i, _PAIRS.get(char, '"')
    return spans
