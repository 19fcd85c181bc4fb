"""Support: whether one sentence says what another claims, judged so that a doubt means no."""

from __future__ import annotations

import math
import re
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING

from index.fold import STOP, tokenise
from index.nations import compatriots
from qa.detail import denies
from qa.synonym import alike
from qa.weight import logistic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.fold import Token
    from index.vocabulary import Vocabulary
    from qa.detail import Details

SAYS = 0.4
"""From this support on a sentence is cited for a claim that it does not word itself."""
UNSAID, CLEAR = 4, 0.7
"""So many words of a claim running, of none of which a sentence has a word for, are a part that it does not say, unless
the reader finds the claim in it with this probability."""
WEIGHT, CONSTANT = 6.81, -2.1
"""Of the reader's probability that the sentence says the claim: the weight of a logistic regression of which sentences
say all that a claim says, on 3,621 pairs of the held-out events of training/statements, made to deceive. The
regression's constant is -3.25; what is tried here has passed the checks of names, figures and speakers, and is right
more often: of tests/clusters/dev, .99 of what is joined so is right. Of the pairs alone .90 of what SAYS lets through
is right; .17 of the sentences that deny a plain fact pass, .02 of those that deny a full one."""
COMMON = 0.3
"""Weight of a word that stands in every passage."""
_POINTING = re.compile(r"(?i)\b(?:at|in|on|of|after|before|during|since) (?:those|these|that) [a-z]+")
"""Tells of an occasion that another sentence named, which may be another than the claim's."""
_NUMBERS = {
    w: str(n) for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}


def support(claim: Details, sentence: str, entails: float, vocabulary: Vocabulary) -> float:
    """Return the probability that a sentence says all that a claim says, in [0, 1]; 1 for the same words.

    To be about the same people is not enough: what the claim says of them must be in the sentence, too, in the same
    words, other spellings or other words, and no part of the claim may be missing.

    Args:
        claim: the words that are shown.
        sentence: what may be cited for them.
        entails: the reader's probability that the sentence says the claim.
        vocabulary: the corpus's words and their spellings.
    """
    if _squeezed(claim.text) == _squeezed(sentence):
        return 1.0
    if points_elsewhere(sentence, claim.text) or (denies(claim.text, plainly=True) and not denies(sentence)):
        return 0.0
    having = frozenset(_number(t) for t in tokenise(sentence))
    verbs = {verb for speech in claim.speech for verb in speech.verb.split()}
    words = [t for t in tokenise(claim.text) if not t.stop]
    said = {t.key for t in words if not _forms(t, vocabulary).isdisjoint(having)}
    if entails < CLEAR and _longest_run(t.key in said for t in words if t.word not in verbs) >= UNSAID:
        return 0.0
    return logistic(WEIGHT * entails + CONSTANT)


def points_elsewhere(sentence: str, claim: str) -> bool:
    """Tell whether a sentence speaks of an occasion that was named before it, and the claim does not."""
    return bool(_POINTING.search(sentence)) and not _POINTING.search(claim)


def _longest_run(said: Iterable[bool]) -> int:
    """Return how many words running are not said, at most."""
    return max((len(list(run)) for is_said, run in groupby(said) if not is_said), default=0)


def rareness(key: str, vocabulary: Vocabulary) -> float:
    """Return the inverse document frequency of a word (Robertson's), raised so that the commonest still count."""
    entry = vocabulary.entries.get(key)
    passages = entry.passages if entry else 0
    return math.log(1 + (vocabulary.passages - passages + 0.5) / (passages + 0.5)) + COMMON


def _forms(token: Token, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the keys that stand for a word: its spellings, its synonyms, the words for one nation."""
    spelt = {_number(token), token.key, *vocabulary.spellings(token.word, token.key), *compatriots(token.key)}
    return alike(token.word) | spelt


def near_copy(one: str, other: str) -> bool:
    """Tell whether two sentences are one text lightly edited, so that they count as one report."""
    a, b = _squeezed(one), _squeezed(other)
    return a == b or SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.9


def _squeezed(text: str) -> str:
    """Return the words of a text without function words, denials kept: they turn a sentence round."""
    words = (token.word for token in tokenise(text))
    return " ".join(w for w in words if w not in STOP or w in {"not", "no", "nor", "cannot"} or w.endswith("n't"))


def _number(token: Token) -> str:
    return _NUMBERS.get(token.word, token.key)
