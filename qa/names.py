"""Names: the phrases of a text that are names, told by capitals and by how the corpus writes their words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.fold import fold, tokenise

if TYPE_CHECKING:
    from index.corpus import Corpus
    from index.fold import Token
    from index.vocabulary import Vocabulary

PERSON_PASSAGES = 20
"""Passages in which it is looked up whether a name is a person."""

_SPEECH = (
    r"(?:sa(?:id|ys)|told|stated?|added|noted|announced|warned|wrote|argued|insisted|asked|posted|declined|called)"
)
_SPEAKS, _SPOKE = re.compile(rf"\W{{0,3}}{_SPEECH}\b"), re.compile(rf"\b{_SPEECH} $")
BESIDE = 64
"""Characters before a name that are looked at: the word before it is among them."""
TITLES = frozenset(
    """
    president minister secretary adviser advisor envoy spokesman spokeswoman spokesperson chief leader director
    general senator chancellor mr mrs ms dr sir king queen prince princess pope judge prime foreign defense defence
    deputy state
    """.split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as a text writes it."""

    text: str
    start: int
    """First character in the text."""
    end: int
    """One past the last character."""
    person: bool
    """True when the text speaks of it as of a person: a title before it, or speech after it."""


def find_names(text: str, vocabulary: Vocabulary) -> list[Name]:
    """Return the names in a text, in order: runs of capitalised words that the corpus does not also write small."""
    runs: list[list[Token]] = []
    tokens = tokenise(text)
    marks = [_is_name_word(token, text, vocabulary) for token in tokens]
    for i, token in enumerate(tokens):
        # A first name may be an English word, too: Mark Rutte.
        first_name = i > 0 and token.text[0].isupper() and not token.stop and any(marks[i + 1 : i + 2])
        if not marks[i] and not first_name:
            continue
        gap = text[runs[-1][-1].end : token.start] if runs else None
        if gap is not None and gap in (" ", "-", "\u00a0") and not runs[-1][-1].text.endswith(("'s", "’s")):
            runs[-1].append(token)
        else:
            runs.append([token])
    return [name for run in runs if (name := _name(run, text)) is not None]


def is_person(name: str, corpus: Corpus) -> bool:
    """Tell whether the corpus speaks of a name as of a person: by a title before it, or speech after it."""
    key = tokenise(name)[-1].key
    for text in corpus.texts_with([key], PERSON_PASSAGES):
        for found in find_names(text, corpus.lexical.vocabulary):
            if found.person and tokenise(found.text)[-1].key == key:
                return True
    return False


def _name(run: list[Token], text: str) -> Name | None:
    """Make a name of a run of words; what stands before the last title is left out with it."""
    titles = [i for i, token in enumerate(run) if token.word in TITLES]
    titled = bool(titles) and titles[-1] < len(run) - 1
    run = run[titles[-1] + 1 :] if titled else run
    lead = text[max(0, run[0].start - BESIDE) : run[0].start]
    before = re.search(r"(\w+)[ ,]+$", lead)
    titled = titled or bool(before and fold(before[1]) in TITLES)
    titled = titled or bool(re.search(r"(?i)\bwho(?: is|'s|’s| was) $", lead))
    start, end = run[0].start, run[-1].end
    last = re.sub(r"['’]s?$", "", text[start:end])
    if len(run) == 1 and run[0].word in TITLES:
        return None
    speaks = _SPEAKS.match(text, end) or _SPOKE.search(text[max(0, start - BESIDE) : start])
    return Name(last, start, start + len(last), titled or bool(speaks))


def _is_name_word(token: Token, text: str, vocabulary: Vocabulary) -> bool:
    if token.stop or not token.text[0].isupper():
        return False
    entry = vocabulary.entries.get(token.key)
    if entry is not None and entry.inside:
        return entry.name or token.word in TITLES
    first = not text[: token.start].strip() or text[: token.start].rstrip()[-1:] in '.?!:“"'
    return not first
