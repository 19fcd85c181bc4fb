"""Context: how far back a sentence must be quoted to be understood alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.sentence import Sentence

MAX_CHARS = 600
"""A quotation is not drawn out beyond this length."""
MAX_BACK = 2
"""Sentences before that are taken along at most."""

_POINTS_BACK = re.compile(
    r"[\"'“‘(\[]*(?:(?:But|And|However|Meanwhile|Similarly|There|Instead|Still|Later|Then|Also),?\s+)?"
    r"(?:he|she|they|it|his|her|their|its|this|that|these|those|such|both|(?:the )?others?|another"
    r"|the (?:latter|former|two|move|remarks?))\b",
    re.IGNORECASE,
)
_BARE_QUOTE = re.compile(r"^[“\"'‘][^”\"]*[”\"'’]$")


def quoted_start(text: str, sentences: Sequence[Sentence], number: int) -> int:
    """Return where the quotation of a sentence begins: at the sentence, or before it in the same paragraph.

    A sentence that begins with a word pointing back (`He reiterated …`), or is nothing but words in quotation marks,
    takes the sentence before it along, so that a reader knows who is meant.

    Args:
        text: the article's text.
        sentences: its sentences.
        number: which of them is quoted.
    """
    first = number
    while (
        first > 0
        and number - first < MAX_BACK
        and points_back(text[sentences[first].start : sentences[first].end])
        and sentences[first - 1].paragraph == sentences[first].paragraph
        and sentences[number].end - sentences[first - 1].start <= MAX_CHARS
    ):
        first -= 1
    return sentences[first].start


def points_back(sentence: str) -> bool:
    """Tell whether a sentence needs the one before it to say whom or what it is about."""
    return bool(_POINTS_BACK.match(sentence)) or is_bare_quote(sentence)


def is_bare_quote(sentence: str) -> bool:
    """Tell whether a sentence is nothing but words in quotation marks."""
    return bool(_BARE_QUOTE.match(sentence))
