"""Bare claims: those that say hardly more than a question with its answer filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.fold import tokenise
from index.nations import compatriots
from qa.detail import read_details
from qa.kind import GENERIC
from qa.names import TITLES
from qa.synonym import alike

if TYPE_CHECKING:
    from index.vocabulary import Vocabulary
    from qa.question import Question

MORE = 1
"""Words that a bare claim may have beside those of the question and of its answer."""


def is_bare(claim: str, answer: str, question: Question, vocabulary: Vocabulary, said: frozenset[str]) -> bool:
    """Tell whether a claim says hardly more than a question with its answer filled in, and than another sentence says.

    Whatever surely answers that question with that answer bears such a claim out, in whatever words: `The talks will be
    in the palace`, asked where the talks are, and `Both sides met in the palace`.

    Args:
        claim: what is shown.
        answer: the words of it that answer.
        question: what was asked.
        vocabulary: the corpus's words and their spellings.
        said: the keys of the words of the other sentence, which answers the same.
    """
    if answer not in claim:
        return False
    known = (
        {key for term in question.terms for key in (term.key, *term.spellings)} | said | _compared(answer, vocabulary)
    )
    more = 0
    for token in tokenise(claim):
        if token.stop or token.word in GENERIC or token.key in GENERIC:
            continue
        spelt = {token.key, *vocabulary.spellings(token.word, token.key), *compatriots(token.key)}
        more += (spelt | alike(token.word)).isdisjoint(known)
    return more <= MORE


def _compared(answer: str, vocabulary: Vocabulary) -> set[str]:
    """Return the keys of those words of an answer that are compared as a name, a figure or a moment, or only title it.

    What else an answer says, `Putin’s absence`, is not said by whoever only names the same man.
    """
    spans = read_details(answer, vocabulary).spans
    return {t.key for t in tokenise(answer) if t.word in TITLES or any(a <= t.start < b for a, b in spans)}
