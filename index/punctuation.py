"""Punctuation: the marks that end sentences, and those that may follow the end, in the scripts of the news."""

from __future__ import annotations

import re

STOPS = ".!?…。！？؟۔।॥።։"
"""Full stops, question and exclamation marks: Latin, Chinese, Arabic, Urdu, Devanagari, Ethiopic, Armenian."""
CLOSERS = "\"'”’“»«›)]」』）】"
"""Quotation marks and brackets that close after a full stop; German closes with `“`, Danish with `«`."""
BLANKS = "\u200b\u2060\ufeff"
"""Characters without width that are no white space to Unicode, byte-order mark included."""
TITLES = frozenset(
    """
    mr mrs ms mx dr prof gen lt col maj capt cmdr sgt adm brig sen rep gov pres hon rev fr st mt ft messrs mme mlle mgr
    msgr supt insp vs v viz cf e.g i.e
    """.split()
)
"""Abbreviations that something always follows: their dot ends no sentence."""

_CLOSED = re.compile(rf"[{re.escape(STOPS)}:;,،؛：；，、][{re.escape(CLOSERS)}]*$")


def closed(line: str) -> bool:
    """Tell whether a line ends as prose does: with a full stop, colon, semicolon or comma, quotation marks aside."""
    return bool(_CLOSED.search(line.rstrip(BLANKS + " \t\r\n\f\v\xa0")[-40:]))


def blank(char: str) -> bool:
    """Tell whether a character shows nothing: white space, or without width."""
    return char.isspace() or char in BLANKS
