"""Stance: whether a claim and the evidence deny the same, and hold the same for fact, plan, wish or condition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qa.detail import Mood, same_content

if TYPE_CHECKING:
    from index.vocabulary import Vocabulary
    from qa.detail import Details

_IF = re.compile(r"(?i)\b(?:if|unless|provided that|as long as|on condition that|in case)\b(?! only\b)")
_NONE = re.compile(r"(?i)\b(?:no|none|nobody|nothing|never|nowhere|any|neither)\b")


def denial_differs(claim: Details, text: Details, vocabulary: Vocabulary) -> bool:
    """Tell whether what one denies is not denied in the other: by the verb behind the denial, else by what follows."""
    named = [(n.start, n.end) for n in claim.names]
    held = False
    for word in claim.words:
        same = [w for w in text.words if same_content(word, w, vocabulary)]
        if not same:
            continue
        agrees = any(w.denied == word.denied for w in same)
        held = held or (word.denied and agrees)
        is_name = any(a <= word.start < b for a, b in named)
        if not agrees and ((not is_name and (word.head or any(w.head for w in same))) or not claim.denied):
            return True
    return bool(claim.denied) and (not held or _narrower(claim, text, vocabulary))


def _narrower(claim: Details, text: Details, vocabulary: Vocabulary) -> bool:
    """Tell whether the text denies less than the claim: `no layoffs in Norway` is not `no layoffs`."""
    denied = [w for w in text.words if w.denied]
    if not _NONE.search(claim.text):
        return False
    if not any(w.denied and any(same_content(w, d, vocabulary) for d in denied) for w in claim.words):
        return False
    spans = text.spans
    both = [d.start for d in denied if any(same_content(w, d, vocabulary) for w in claim.words)]
    narrowing = [
        d for d in denied if any(a <= d.start < b for a, b in spans) or any(d.end < at < d.end + 30 for at in both)
    ]
    return any(not any(same_content(w, d, vocabulary) for w in claim.words) for d in narrowing)


def mood_differs(claim: Details, text: Details, vocabulary: Vocabulary) -> bool:
    """Tell whether a verb that both have is a fact in one and a plan, a wish or a condition in the other.

    What the text says under a condition is not said by a claim without one.
    """
    if _IF.search(text.text) and not _IF.search(claim.text):
        return True
    differs = agrees = 0
    for word in claim.words:
        same = [w for w in text.words if same_content(word, w, vocabulary)]
        if not same or any(n.start <= word.start < n.end for n in claim.names):
            continue
        ok = any(_moods_agree(word.mood, w.mood) for w in same)
        decides = word.head or any(w.head for w in same) or Mood.CONDITION in {word.mood, *(w.mood for w in same)}
        if not ok and decides:
            return True
        differs += not ok
        agrees += ok
    return differs > agrees


def _moods_agree(claim: Mood, text: Mood) -> bool:
    return claim is text or (claim is Mood.POSSIBLE and text is Mood.FUTURE)
