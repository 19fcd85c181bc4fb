"""Spans: which of the words that the reader points at in a window answer, by what the question asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.fold import fold, tokenise
from qa.excepted import is_excepted
from qa.sort import bears_noun, fits_sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.question import Question
    from qa.reader import Reading

OTHER = 0.02
"""The reader's probability, supposing that the sentence answers, that other words of it must have to count instead."""
RIVAL = 0.1
"""A span of the right sort is preferred to the best one when it is at least this share as likely."""

_WHO_IS = re.compile(r"(?i)^\W*who(?:['’]s| is| was) (?:[\w’'-]+ )*?([\w’'-]+)\W*$")
"""`Who is Umerov?`: what he is, is asked for."""
_APPOSITION = re.compile(
    r", (?P<said>(?:an?|the|his|her|their|its|head|chief|leader|president|minister|founder|former|then|[A-Z]\w+['’]s)\b"
    r"[^,.;:!?“”\"]{3,80}?)(?=,|[.;]|$| who\b| which\b| whose\b)"
)


def choose(
    reading: Reading, window: str, question: Question, excepted: Sequence[frozenset[str]]
) -> tuple[int, int, float, bool]:
    """Return the span that answers, how sure it is, and whether its sort fits: a likely one that fits goes first.

    What the question leaves out is no answer while there is another; a name that has the noun of the question in it,
    as `Hurricane Fiona` for `which hurricane`, need not be likely.
    """
    if (who := _WHO_IS.match(question.text)) and (said := _apposition(window, who[1])):
        return (*said, reading.span_score, True)
    spans = ((reading.start, reading.end, reading.span_score), *reading.alternatives)
    others = (span for span in spans[1:] if span[2] >= OTHER)
    wanted = [
        span
        for span in (spans[0], *others)
        if not is_excepted(window, *span[:2], excepted) and not (who and _begins_name(window, *span[:2], who[1]))
    ] or [spans[0]]
    fitting = [span for span in wanted if fits_sort(question.text, question.kind, window[slice(*span[:2])])]
    bearing = [span for span in fitting if bears_noun(question.text, window[slice(*span[:2])])]
    likely = [span for span in fitting if span[2] >= RIVAL * wanted[0][2]]
    if wanted[0] in fitting or not (bearing or likely):
        return (*wanted[0], wanted[0] in fitting)
    return (*(bearing or likely)[0], True)


def _apposition(window: str, asked: str) -> tuple[int, int] | None:
    """Return what stands behind the name that is asked about, between commas: `head of the agency`; None without it."""
    for token in tokenise(window):
        if token.word == fold(asked) and (found := _APPOSITION.match(window, token.end)):
            return found.span("said")
    return None


def _begins_name(window: str, start: int, end: int, asked: str) -> bool:
    """Tell whether words are but the given name before the name that is asked about: `Mark` for `Who is Rutte?`."""
    after = tokenise(window[end : end + 40])
    alone = len(tokenise(window[start:end])) == 1 and window[end : end + 1] == " "
    return alone and bool(after) and after[0].start == 1 and after[0].word == fold(asked)
