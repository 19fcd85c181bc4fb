"""Rewrites: whether one article tells another's text again in other words, sentence by sentence in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.evidence import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARE = 0.25
"""Share of the shorter sentence's words from which on two sentences may be one in two wordings."""
WORDS = 4
"""Fewest words, function words left out, of a sentence that is compared."""
ALIGNED = 0.415
"""Mean share of words that the shorter text's sentences have in common with those that they are set beside, from which
on it is a rewrite. On the texts of tests/agency.py copies have .58 to 1, one text's rewrites .42 to .52 to it, another
outlet's own story at most .18; the seeds, own stories, at most .23. Rewrites of a cut or re-headed copy are missed."""
FEWEST = 3
"""Sentences of the shorter text, at least."""
READ = 60
"""Sentences of a text that are compared; an agency text is shorter, and what follows it is the outlet's own."""


def is_rewrite(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two texts, given as their sentences, are one text told twice.

    Rewriting changes words and seldom the order in which things are told; two reporters at one event share names and
    figures, but not their order. So the sentences are aligned without crossing (Needleman and Wunsch 1970), by the
    share of words in common.
    """
    return alignment(one, other) >= ALIGNED


def alignment(one: Sequence[str], other: Sequence[str]) -> float:
    """Return how well the sentences of the shorter text can be set beside those of the longer in order, in [0, 1]."""
    texts = [[words for s in text[:READ] if len(words := words_of(s)) >= WORDS] for text in (one, other)]
    shorter, longer = sorted(texts, key=len)
    if len(shorter) < FEWEST:
        return 0.0
    best = [0.0] * (len(longer) + 1)
    for words in shorter:
        row = [0.0]
        for place, others in enumerate(longer):
            share = len(words & others) / min(len(words), len(others))
            row.append(max(best[place + 1], row[place], best[place] + (share if share >= SHARE else 0.0)))
        best = row
    return best[-1] / len(shorter)
