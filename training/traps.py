# /// script
# requires-python = ">=3.11"
# ///
"""Trap questions: a question whose window answers it, with one name, year or number made another, so that it does not.

People who wrote the unanswerable questions of SQuAD 2.0 swapped names and numbers most of all (Rajpurkar et al. 2018,
arXiv:1806.03822, table 2); these are made by rule, and a few are answerable all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

_NAME = re.compile(r"\b[A-Z][\w'’-]*[a-z][\w'’-]*(?: (?:of |de |von |van )?[A-Z][\w'’-]+)*")
_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
_NO_NAMES = frozenset(
    "A An The In On At By For From After Before During Since Until When Where Who Whom Whose What Which Why How Did "
    "Does Do Is Are Was Were Has Have Had Can Could Will Would Should Of To As If And Or But Besides According "
    "Name List".split()
)


def make_trap(question: str, window: str, elsewhere: str, rng: random.Random) -> str | None:
    """Return the question with a name or number of it, one that the window holds, replaced by another; or None.

    The other one is of the same kind and comes from the window or from `elsewhere`, text about the same matter. At
    times two names of the question change places instead.
    """
    mine = [span for span in _spans(question) if question[slice(*span)] in window]
    if not mine:
        return None
    names = [span for span in mine if not question[span[0]].isdigit()]
    if len(names) >= 2 and rng.random() < 0.3:
        first, second = sorted(rng.sample(names, 2))
        joined = question[first[1] : second[0]].strip().lower()
        if joined not in {"and", "or", ",", "of", "with"}:
            a, b = question[slice(*first)], question[slice(*second)]
            return f"{question[: first[0]]}{b}{question[first[1] : second[0]]}{a}{question[second[1] :]}"
    start, end = rng.choice(mine)
    old = question[start:end]
    others = _others(window if rng.random() < 0.4 else elsewhere, old, question)
    if not others:
        return None
    return f"{question[:start]}{rng.choice(others)}{question[end:]}"


def _spans(text: str) -> list[tuple[int, int]]:
    """Places of names and numbers; a first word is a name only where it is none of the words that open questions."""
    found = [m.span() for m in _NUMBER.finditer(text)]
    for match in _NAME.finditer(text):
        start, end = match.span()
        head, _, tail = match.group().partition(" ")
        if head in _NO_NAMES:
            if not tail or not tail[0].isupper():
                continue
            start += len(head) + 1
        found.append((start, end))
    return found


def _others(text: str, old: str, question: str) -> Sequence[str]:
    """Names, or numbers of as many digits, in a text, that the question does not hold and `old` shares no word with."""
    digits = old[0].isdigit()
    said = {text[slice(*span)] for span in _spans(text)}
    alike = [s for s in said if s[0].isdigit() == digits and s not in question]
    if digits:
        alike = [s for s in alike if len(s) == len(old)]
    else:
        parts = set(old.split())
        alike = [s for s in alike if not parts & set(s.split()) and abs(len(s.split()) - len(old.split())) <= 1]
    return sorted(alike)
