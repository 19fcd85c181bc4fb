"""Parts: a question about both sides, or about several people, asked as one question for each."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from index.fold import tokenise
from qa.followup import Turn, counterpart, stand_alone
from qa.kind import AUXILIARIES, Kind, read_kind
from qa.names import find_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.corpus import Corpus

MAX_PARTS = 2
PASSAGES = 60
"""Passages in which it is looked up what the two sides are called."""

_BOTH = re.compile(
    r"\b(?<!between )(?P<head>(?:each|both|either) (?:of )?(?:the )?(?:two )?|the two |the respective )"
    r"(?P<noun>[a-z]{3,})\b",
    re.IGNORECASE,
)
_TWO_QUESTIONS = re.compile(
    r"(.+\w),? and ((?:where|when|who|whom|why|how|(?:\w+ )?(?:what|which|whom))\b .+)",
    re.IGNORECASE,
)
_TWO_WORDS = re.compile(
    r"(?P<one>where|when|who|why|how|what) (?:and|or) (?P<other>where|when|who|why|how|what)"
    rf"(?P<rest> (?:{AUXILIARIES})\b.+)",
    re.IGNORECASE,
)
_TWO_SUBJECTS = re.compile(r"(.+? )(about .+?),? and (about .+?)\?*", re.IGNORECASE)
_SINGULAR = re.compile(r"(?:ie)?s$")


def split_parts(question: str, corpus: Corpus) -> tuple[str, ...]:
    """Return the questions that a question consists of; most consist of themselves.

    `Who leads the two delegations?` becomes one question for each delegation that the articles name, `What did Rutte
    and Starmer say?` one for each of them.
    """
    parts = _sides(question, corpus) or _speakers(question, corpus) or _clauses(question, corpus)
    return tuple(parts[:MAX_PARTS]) if len(parts) > 1 else (question,)


def _sides(question: str, corpus: Corpus) -> list[str]:
    """Ask about each of two: the names that the articles most often set before the noun."""
    match = _BOTH.search(question)
    if match is None:
        return []
    noun = _SINGULAR.sub(lambda m: "y" if m[0] == "ies" else "", match["noun"].lower())
    names = list(_modifiers(noun, corpus))
    if not names:
        return []
    other = names[1] if len(names) > 1 else counterpart(names[0], corpus)
    if other is None:
        return []
    return [f"{question[: match.start()]}the {name} {noun}{question[match.end() :]}" for name in (names[0], other)]


def _modifiers(noun: str, corpus: Corpus) -> Iterator[str]:
    """Yield the names that stand before a noun, the most frequent first: `Russian`, `Ukrainian` before `delegation`."""
    (token,) = tokenise(noun)[:1]
    found: Counter[str] = Counter()
    for text in corpus.texts_with([token.key], PASSAGES):
        for match in re.finditer(rf"\b([A-Z][a-z]+) (?:[a-z-]+ )?{re.escape(noun)}\b", text):
            entry = corpus.lexical.vocabulary.entries.get(tokenise(match[1])[0].key)
            if entry is not None and entry.name:
                found[match[1]] += 1
    yield from (name for name, _ in found.most_common(MAX_PARTS))


def _speakers(question: str, corpus: Corpus) -> list[str]:
    """Ask about each of several people whose words are asked for."""
    if read_kind(question) is not Kind.WORDS:
        return []
    names = find_names(question, corpus.lexical.vocabulary)
    for one, other in pairwise(names):
        if re.fullmatch(r",? and ", question[one.end : other.start]):
            return [question[: one.start] + name.text + question[other.end :] for name in (one, other)]
    return []


def _clauses(question: str, corpus: Corpus) -> list[str]:
    """Ask each of two questions joined by `and`, the second about the person of the first; `when and where` are two."""
    if match := _TWO_WORDS.fullmatch(question):
        return [f"{match['one']}{match['rest']}", f"{match['other'].capitalize()}{match['rest']}"]
    if match := _TWO_QUESTIONS.fullmatch(question):
        first, second = f"{match[1].strip()}?", f"{match[2][0].upper()}{match[2][1:]}"
        return [first, stand_alone(second, [Turn("user", first)], corpus)]
    if match := _TWO_SUBJECTS.fullmatch(question):
        return [f"{match[1]}{match[2]}?", f"{match[1]}{match[3]}?"]
    return []
