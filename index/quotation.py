"""Quotations: the spans in double quotation marks that a paragraph opens and closes."""

from __future__ import annotations

import re

from index.punctuation import STOPS

MAX_CHARS = 320
"""A longer quotation is cut into its sentences."""

_CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", '"': '"'}
_MARK = re.compile('[“”„«»「」『』"]')
_EITHER = frozenset('«»"')


def quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of balanced quotations within `text[start:end]`, marks included, of at most `MAX_CHARS`.

    Single quotation marks are left out: they cannot be told from apostrophes.
    """
    spans: list[tuple[int, int]] = []
    opened, close = -1, ""
    for match in _MARK.finditer(text, start, end):
        i, mark = match.start(), match[0]
        if opened >= 0 and mark in close:
            if i + 1 - opened <= MAX_CHARS:
                spans.append((opened, i + 1))
            opened = -1
        elif mark in _CLOSERS and (opened < 0 or mark == text[opened] or i - opened > MAX_CHARS):
            before = text[i - 1] if i > start else " "
            if mark not in _EITHER or not (before.isalnum() or before in STOPS):
                opened, close = i, _CLOSERS[mark]
    return spans


def without_quotations(text: str) -> str:
    """Return a text with an ellipsis in the place of each of its quotations."""
    for start, end in reversed(quotations(text, 0, len(text))):
        text = f"{text[:start]}…{text[end:]}"
    return text
