"""Variants: whether two texts are one utterance, told by their words: the same, or one in another translation."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from index.fold import STOP, tokenise
from qa.figure import find_figures

VARIANT = 0.58
"""From this overlap on of their content words, function words left out, two quotations are variants (see `overlap`).
On the clusters in tests/clusters/dev variants have .67 to 1, other quotations of one speaker 0; on the seeds variants
have .6 to 1, other quotations up to .48."""
PART = 3
"""Content words that a sentence of a quotation has at least to be compared by itself,"""
RUN = 3
"""and words that a quotation has at least to be found within a longer one."""
_FULL = (
    (re.compile(r"(?i)\bcan['’]t\b|\bcannot\b"), "can not"),
    (re.compile(r"(?i)\bwon['’]t\b"), "will not"),
    (re.compile(r"(?i)n['’]t\b"), " not"),
    (re.compile(r"(?i)\bgonna\b"), "going to"),
    (re.compile(r"(?i)['’](?:s|re|m|d|ll|ve)\b"), " "),
)
_SENTENCE = re.compile(r"(?<=[.!?…;])\s+|\s[—–]\s")
_NEGATIONS = frozenset("not no nobody nothing none neither nor never without".split())
"""Words that turn a quotation round; `qa.detail` knows more that deny something told."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Quoted words in the form in which they are compared."""

    every: tuple[str, ...]
    """All words in order, folded."""
    content: tuple[str, ...]
    """Stems of those that are no function words, contractions written out."""
    keys: frozenset[str]
    """The same, each once."""
    denies: bool
    figures: frozenset[float]


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts are the same words, but for case, punctuation and accents."""
    return _read(one).every == _read(other).every


def holds_words(longer: str, shorter: str) -> bool:
    """Tell whether a text holds all words of another in a row, and those are at least RUN."""
    whole, part = _read(longer).every, _read(shorter).every
    return len(part) >= RUN and any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))


def is_variant(one: str, other: str) -> bool:
    """Tell whether two quotations of one speaker are one utterance in other words: edited, or translated twice.

    Sentence by sentence: one sentence that both have makes them one utterance. A denial or a figure that only one of
    the two has keeps them apart.
    """
    return any(_alike(_read(a), _read(b)) for a in _parts(one) for b in _parts(other))


def have_none_in_common(one: str, other: str) -> bool:
    """Tell whether two texts share no content word, or one of them has none."""
    return _read(one).keys.isdisjoint(_read(other).keys)


def overlap(one: str, other: str) -> float:
    """Return how much two texts share of their content words, in [0, 1]: Dice's coefficient of the two bags."""
    return _dice(_read(one), _read(other))


def _alike(a: _Words, b: _Words) -> bool:
    if a.denies != b.denies or not (a.figures <= b.figures or b.figures <= a.figures):
        return False
    shared = sum((Counter(a.content) & Counter(b.content)).values())
    return shared >= 2 and _dice(a, b) >= VARIANT


def _dice(a: _Words, b: _Words) -> float:
    total = len(a.content) + len(b.content)
    return 2 * sum((Counter(a.content) & Counter(b.content)).values()) / total if total else 0.0


def _parts(text: str) -> list[str]:
    """Return a text and, where it has several sentences, each of them that is long enough."""
    pieces = _SENTENCE.split(text)
    long = [piece for piece in pieces if len(_read(piece).content) >= PART]
    return [text, *long] if len(pieces) > 1 else [text]


@lru_cache(maxsize=16_384)
def _read(text: str) -> _Words:
    plain = text
    for pattern, full in _FULL:
        plain = pattern.sub(full, plain)
    tokens = tokenise(plain)
    content = tuple(token.key for token in tokens if token.word not in STOP and token.word not in _NEGATIONS)
    return _Words(
        tuple(token.word for token in tokenise(text)),
        content,
        frozenset(content),
        any(token.word in _NEGATIONS for token in tokens),
        frozenset(figure.value for figure in find_figures(text)),
    )
