"""Exceptions: what a question says that it does not ask for: `besides Lavrov`, `apart from the minister`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.fold import tokenise
from qa.synonym import alike

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.vocabulary import Vocabulary

AROUND = 40
"""Characters around an answer in which what names it may stand: `Defence Minister` before the name."""
_EXCEPT = re.compile(
    r"(?i)\b(?:(?:apart|aside) from|besides|other than|in addition to|except(?: for)?|excluding|not counting|alongside"
    r"|as well as|leaving aside|leave out|leaving out)\s+(?P<what>[^,;?:]{2,60}?)"
    r"(?=\s*(?:[,;?:]|$|\b(?:who|whom|what|which|where|when|how|is|are|was|were|did|does|do|has|have|will|would)\b))"
)
_APART = re.compile(r"[,;:.]|\b(?:and|or|by|with|of|from|to)\b")
_NOTHING = frozenset("that this these those it its own name names named leader leaders head heads".split())


def read_exception(question: str, vocabulary: Vocabulary) -> tuple[frozenset[str], ...]:
    """Return the words of what a question leaves out, each in all spellings; none where it leaves out nothing."""
    found = _EXCEPT.search(question)
    if found is None:
        return ()
    words = [t for t in tokenise(found["what"]) if not t.stop and t.word not in _NOTHING]
    return tuple(alike(t.word) | {t.key, *vocabulary.spellings(t.word, t.key)} for t in words)


def is_excepted(text: str, start: int, end: int, words: Sequence[frozenset[str]]) -> bool:
    """Tell whether an answer is what the question leaves out: by its own words, or those that name it beside it.

    Args:
        text: the window that was read.
        start: first character of the answer.
        end: one past its last.
        words: what `read_exception` returned.
    """
    if not words:
        return False
    own = {t.key for t in tokenise(text[start:end]) if not t.stop}
    if own and all(any(key in spelt for spelt in words) for key in own):
        return True
    before = _APART.split(text[max(0, start - AROUND) : start])[-1]
    beside = own | {t.key for t in tokenise(before)}
    return len(own) <= 3 and all(not spelt.isdisjoint(beside) for spelt in words)
