"""Support: whether one sentence says what another claims, judged so that a doubt means no."""

from __future__ import annotations

import math
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from index.fold import STOP, tokenise
from index.nations import compatriots
from qa.synonym import alike
from qa.weight import logistic

if TYPE_CHECKING:
    from index.fold import Token
    from index.vocabulary import Vocabulary

SAYS = 0.65
"""From this support on a sentence is cited for a claim that it does not word itself."""
WEIGHTS, CONSTANT = (1.93, 4.98, 3.17, -1.81), -2.31
"""Of the share of the claim's words that the sentence has, the similarity of meaning, the reader's probability that the
sentence says the claim, and the logarithm of one more than the words that it has not: a logistic regression of which
citations say all that their claim says, read by hand."""
COMMON = 0.3
"""Weight of a word that stands in every passage."""
_NUMBERS = {
    w: str(n) for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}


def support(claim: str, sentence: str, cosine: float, entails: float, vocabulary: Vocabulary) -> float:
    """Return the probability that a sentence says all that a claim says, in [0, 1]; 1 for the same words.

    To be about the same is not enough: what the claim says and the sentence does not, counts against it.

    Args:
        claim: the words that are shown.
        sentence: what may be cited for them.
        cosine: similarity of their vectors.
        entails: the reader's probability that the sentence says the claim.
        vocabulary: the corpus's words and their spellings.
    """
    if _squeezed(claim) == _squeezed(sentence):
        return 1.0
    having = frozenset(_number(t) for t in tokenise(sentence))
    weights = {t: rareness(t.key, vocabulary) for t in {t.key: t for t in tokenise(claim) if not t.stop}.values()}
    said = [t for t in weights if not _forms(t, vocabulary).isdisjoint(having)]
    share = math.fsum(weights[t] for t in said) / (math.fsum(weights.values()) or 1.0)
    features = (share, cosine, entails, math.log1p(len(weights) - len(said)))
    return logistic(sum(w * f for w, f in zip(WEIGHTS, features, strict=True)) + CONSTANT)


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
