"""Support: whether one sentence says what another claims, judged so that a doubt means no."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from index.fold import STOP, tokenise

if TYPE_CHECKING:
    from index.fold import Token
    from index.vocabulary import Vocabulary

MERGE = 0.75
"""From this support on a sentence is cited for a claim that it does not word itself."""
_NEGATION = re.compile(
    r"(?i)\b(?:no|not|never|none|nobody|nothing|neither|nor|without|hardly|refus\w+|reject\w*|den(?:y|ies|ied)|declin\w+|fail\w*)\b|n['’]t\b"
)
_NUMBERS = {
    w: str(n) for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}


def support(
    claim: str, sentence: str, cosine: float, vocabulary: Vocabulary, neutral: frozenset[str] = frozenset()
) -> float:
    """Return how well a sentence supports a claim, in [0, 1]; 1 for the same words.

    The share of the claim's content words that the sentence has (by rareness, in any spelling) and the similarity of
    meaning, averaged; 0 when a number or a name of the claim is not in the sentence, or only one of them denies.

    Args:
        claim: the sentence that makes the claim.
        sentence: the sentence that might support it.
        cosine: similarity of their vectors.
        vocabulary: the corpus's words and their spellings.
        neutral: keys that need not be in the sentence (the question gives them, so any answer is about them).
    """
    if _squeezed(claim) == _squeezed(sentence):
        return 1.0
    wanted = [t for t in tokenise(claim) if not t.stop]
    having = frozenset(_number(t) for t in tokenise(sentence))
    if bool(_NEGATION.search(claim)) != bool(_NEGATION.search(sentence)):
        return 0.0
    got = total = 0.0
    for token in wanted:
        spellings = vocabulary.spellings(token.word, token.key)
        share = 1.0 if _number(token) in having else max((v for k, v in spellings.items() if k in having), default=0.0)
        entry = vocabulary.entries.get(token.key)
        name = token.text[0].isupper() and entry is not None and entry.name
        if (name or token.text[0].isdigit()) and share == 0.0 and token.key not in neutral:
            return 0.0
        weight = 2.0 if name else 1.0
        total += weight
        got += weight * share
    return round(0.5 * (got / total if total else 0.0) + 0.5 * max(cosine, 0.0), 3)


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
