"""Support: whether one sentence says what another claims, judged so that a doubt means no."""

from __future__ import annotations

import math
import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from index.fold import STOP, tokenise
from index.nations import compatriots
from qa.crowd import crowd
from qa.detail import denies
from qa.synonym import alike
from qa.weight import logistic, logit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.fold import Token
    from index.vocabulary import Vocabulary
    from qa.detail import Details

SAYS = 0.5
"""From this support on a sentence is cited for a claim that it does not word itself."""
WEIGHTS, CONSTANT = (0.5, 1.86, 4.12), -3.32
"""Of the logit of the reader, of the share of the claim's words that are said, and of the nearness: a logistic
regression of which sentences say all that a claim says, on the 688 held-out pairs of training/pairs, which a reader had
taken for the same and which were labelled by reading. With SHARE, ten of them pass SAYS, of 99 that are right: eight
say all, two the main thing."""
CROWDED = 3.9
"""By how much less the log odds are among thousands of articles, of which many are on one subject and say other things
of it, and in between by the size of the corpus. Of 166 sentences cited there for a claim of another article, read by a
language model, a third of those under .98 said all of the claim, and of the others .75, .22 the main thing."""
SHARE = 0.5
"""Least share of those words of the claim that are no names, by their rareness, that a sentence must have for it to be
cited. The reader was trained on pairs much like those that the weights are fitted on; on other news it is too sure of
what is about the same names, and words are a check that does not depend on it."""
COMMON = 0.3
"""Weight of a word that stands in every passage."""
NEAR = 0.9
"""Share of the letters that two sentences have in common, in order, from which on they are one text lightly edited."""
_POINTING = re.compile(r"(?i)\b(?:at|in|on|of|after|before|during|since) (?:those|these|that) [a-z]+")
"""Tells of an occasion that another sentence named, which may be another than the claim's."""
_NUMBERS = {
    w: str(n) for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}


def support(claim: Details, sentence: str, entails: float, near: float, vocabulary: Vocabulary) -> float:
    """Return the probability that a sentence says all that a claim says, in [0, 1]; 1 for the same words.

    To be about the same people is not enough: what the claim says of them must be in the sentence, too, in the same
    words, other spellings or other words. The reader alone too often takes what is on the same subject for the same, as
    does the nearness in meaning; the three together seldom do.

    Args:
        claim: the words that are shown.
        sentence: what may be cited for them.
        entails: the reader's probability that the sentence says the claim.
        near: the similarity in meaning of the sentence and of the one whose words the claim has, in [-1, 1].
        vocabulary: the corpus's words and their spellings.
    """
    if _squeezed(claim.text) == _squeezed(sentence):
        return 1.0
    if points_elsewhere(sentence, claim.text) or denies_alone(claim.text, sentence):
        return 0.0
    share, plain = _shares_said(claim, sentence, vocabulary)
    if plain < SHARE:
        return 0.0
    features = (logit(entails), share, near)
    odds = sum(w * f for w, f in zip(WEIGHTS, features, strict=True)) + CONSTANT
    return logistic(odds - CROWDED * crowd(vocabulary.passages))


def _shares_said(claim: Details, sentence: str, vocabulary: Vocabulary) -> tuple[float, float]:
    """Return the share of a claim's words that a sentence says, and of those that are no names, both in [0, 1].

    Each word counts by its rareness; a share of no words is 1.
    """
    having = frozenset(_number(t) for t in tokenise(sentence))
    words = [t for t in tokenise(claim.text) if not t.stop]
    weights = [(rareness(t.key, vocabulary), not _forms(t, vocabulary).isdisjoint(having)) for t in words]
    plain = [w for t, w in zip(words, weights, strict=True) if not any(n.start <= t.start < n.end for n in claim.names)]
    return _share(weights), _share(plain)


def _share(weights: Sequence[tuple[float, bool]]) -> float:
    return math.fsum(w for w, said in weights if said) / math.fsum(w for w, _ in weights) if weights else 1.0


def points_elsewhere(sentence: str, claim: str) -> bool:
    """Tell whether a sentence speaks of an occasion that was named before it, and the claim does not."""
    return bool(_POINTING.search(sentence)) and not _POINTING.search(claim)


def denies_alone(claim: str, sentence: str) -> bool:
    """Tell whether a claim denies something and a sentence nothing."""
    return denies(claim, plainly=True) and not denies(sentence)


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
    if a == b:
        return True
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    # The first two are quick and never less than the last.
    return all(ratio() >= NEAR for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio))


@lru_cache(maxsize=4096)
def _squeezed(text: str) -> str:
    """Return the words of a text without function words, denials kept: they turn a sentence round."""
    words = (token.word for token in tokenise(text))
    return " ".join(w for w in words if w not in STOP or w in {"not", "no", "nor", "cannot"} or w.endswith("n't"))


def _number(token: Token) -> str:
    return _NUMBERS.get(token.word, token.key)
