"""Order: a question as it is typed in a hurry or spoken, put into the words and the order of a plain question."""

from __future__ import annotations

import re

from qa.kind import AUXILIARIES

_ASKING = r"who|whom|whose|what|which|when|where|why|how"
_LAST = re.compile(
    rf"(?i)^\W*(?P<about>(?!(?:{_ASKING}|and|or|but|so|{AUXILIARIES})\b)"
    rf"(?:(?!\b(?:{_ASKING})\b).)*?[a-z]{{3,}}\W?)[\s,;:–-]+"
    r"(?P<word>how (?:many|much|long|old|far)|(?:(?:with|by|for|to|from|of) )?whom|who|when|where|what)"
    r"(?P<verb> (?:is|was|are|were))?(?P<it> (?:that|this|it|he|she|they|those))?\W*$"
)
"""A subject, and behind it what is asked of it: `umerov who is that`, `talks istanbul when`."""
_SAYING = re.compile(
    r"(?i)\b(?:tell|know|say|said|ask|asked|explain|wonder|wondering|see|idea|describe|show|list|and|or|but|not)\W*$"
)
"""Before a question word these make it a part of another sentence: `tell me who`."""
_HAVE_TO_SAY = re.compile(r"(?i)(?<=\w) ha(?:ve|s|d) to say(?= (?:about|on|of|to|when|after)\b|\W*$)")


def in_order(question: str) -> str:
    """Return a question with its question word first, and `have to say` as `say`; most are so already.

    What ends with `why` or `how` stays: the reader makes more of it than of these words without a verb.
    """
    if re.match(r"(?i)\W*(?:(?:and|but|so) )?(?:what|how) (?:did|do|does)\b", question):
        question = _HAVE_TO_SAY.sub(" say", question)
    found = _LAST.match(question)
    if found is None or _SAYING.search(found["about"].removesuffix(" me")):
        return question
    word, about = found["word"].lower(), found["about"].strip(" ,;:–-")
    if not found["verb"] and (word == "what" or found["it"]):
        return question
    return f"{word}{(found['verb'] or '').lower()} {about}?"
