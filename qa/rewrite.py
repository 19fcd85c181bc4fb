"""Rewrites: whether one article tells another's text again in other words, sentence by sentence in the same order."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from index.fold import keys

if TYPE_CHECKING:
    from collections.abc import Sequence

COUNTERPART = 0.4
"""Share of the shorter sentence's words that its counterpart must have, in any spelling that folds to the same."""
WORDS = 4
"""Fewest words, function words left out, of a sentence that is looked for."""
IN_ORDER = 0.45
"""Share of the shorter text whose counterparts stand in the same order. On the texts of tests/agency.py copies have
.5 to 1, rewrites .38 to .77, another outlet's own story at most .2; the seeds, own stories, .06 to .31."""
FEWEST = 3
"""Counterparts in order, at least."""
READ = 60
"""Sentences of a text that are compared; an agency text is shorter, and what follows it is the outlet's own."""


def is_rewrite(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two texts, given as their sentences, are one text told twice.

    Rewriting changes words and seldom the order in which things are told. Each sentence of the shorter text is set
    beside the one that shares most of its words; the longest run of them in rising order (a longest increasing
    subsequence) is counted. Two reporters at one event share names and figures, but not their order.
    """
    texts = [[words for s in text[:READ] if len(words := frozenset(keys(s))) >= WORDS] for text in (one, other)]
    shorter, longer = sorted(texts, key=len)
    places = [place for words in shorter if (place := _counterpart(words, longer)) is not None]
    run = _longest_rise(places)
    return run >= max(FEWEST, IN_ORDER * len(shorter))


def _counterpart(words: frozenset[str], sentences: Sequence[frozenset[str]]) -> int | None:
    """Return the place of the sentence that shares most words, or None where none shares enough."""
    shares = [len(words & other) / min(len(words), len(other)) for other in sentences]
    best = max(range(len(shares)), key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] >= COUNTERPART else None


def _longest_rise(numbers: Sequence[int]) -> int:
    """Return the length of the longest strictly increasing subsequence (Fredman 1975)."""
    tails: list[int] = []
    for number in numbers:
        at = bisect_left(tails, number)
        tails[at : at + 1] = [number]
    return len(tails)
