"""SQuAD's measures: exact match and token F1 of a short answer, and whether a text holds an answer."""

from __future__ import annotations

import re
import string
from collections import Counter
from typing import TYPE_CHECKING

from index.fold import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(a|an|the)\b")
_WITHIN = re.compile(r"(?<=\d)[,.](?=\d)|(?<=\b[a-z])\.|'")
"""Marks that are part of a word or number: `1,500`, `U.S.`, `don't`."""


def exact_match(found: str, golds: Iterable[str]) -> float:
    """Return 1 where one of the gold answers is the same when normalised, else 0 (Rajpurkar et al. 2016)."""
    return max((float(normalise(found) == normalise(gold)) for gold in golds), default=0.0)


def token_f1(found: str, golds: Iterable[str]) -> float:
    """Return the best harmonic mean of precision and recall over words, in [0, 1].

    Where either side has no word left the score is 1 if both have none, else 0 (SQuAD 2.0's evaluation script).
    """
    return max((_f1(normalise(found).split(), normalise(gold).split()) for gold in golds), default=0.0)


def normalise(text: str) -> str:
    """Normalise as SQuAD's evaluation script does: lower case, no ASCII punctuation, no articles, single spaces."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def holds(text: str, answer: str) -> bool:
    """Tell whether the words of an answer stand in a text one after the other, normalised, diacritics folded.

    A hyphen parts words here, so that `80-page` holds `80`; an answer of no words stands nowhere.
    """
    words = _words(answer)
    return bool(words) and f" {words} " in f" {_words(text)} "


def _f1(found: list[str], gold: list[str]) -> float:
    if not found or not gold:
        return float(found == gold)
    shared = (Counter(found) & Counter(gold)).total()
    return 2 * shared / (len(found) + len(gold))


def _words(text: str) -> str:
    joined = _WITHIN.sub("", plain(text))
    return " ".join(_ARTICLES.sub(" ", re.sub(r"[^a-z0-9]+", " ", joined)).split())
