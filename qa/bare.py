"""Bare claims: those that say hardly more than a question with its answer filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.fold import tokenise
from index.nations import compatriots
from qa.clash import tells_of_another_year
from qa.crowd import crowd
from qa.detail import read_details
from qa.evidence import words_of
from qa.kind import GENERIC, Kind
from qa.likeness import Likeness
from qa.names import TITLES
from qa.support import denies_alone, points_elsewhere
from qa.synonym import alike

if TYPE_CHECKING:
    from index.vocabulary import Vocabulary
    from qa.agreement import Agreement
    from qa.evidence import Evidence
    from qa.question import Question

MORE = 1
"""Words that a bare claim may have beside those of the question and of its answer."""
ANSWERED = (0.6, 0.99)
"""The reader's probability from which on two sentences that give one answer bear out a claim that says no more: among
few, and among those of thousands of articles (from .9 on, 5 of 13 of RealTime QA said all of it, read by a model)."""
FILLED = (Kind.PERSON, Kind.PLACE, Kind.TIME, Kind.NUMBER)
"""Kinds of question whose answer, filled in, is a whole statement."""


def answered_alike(claim: str, said: Evidence, other: Evidence, agreement: Agreement) -> float:
    """Return how sure it is that both answer the question the same way, where the claim says nothing more, or 0.

    Args:
        claim: what is shown of one sentence.
        said: the sentence whose words these are.
        other: the sentence that may be cited for them.
        agreement: what compares evidence for the question.
    """
    question, vocabulary = agreement.question, agreement.vocabulary
    least = ANSWERED[0] + (ANSWERED[1] - ANSWERED[0]) * crowd(vocabulary.passages)
    sure = min(said.answerable, other.answerable)
    if question.kind not in FILLED or sure < least or said.answer is None:
        return 0.0
    if points_elsewhere(other.text, claim) or denies_alone(claim, other.text):
        return 0.0
    apart = tells_of_another_year(agreement.told(other).details, agreement.details(claim))
    if apart or agreement.likeness(said, other) is not Likeness.SAME:
        return 0.0
    answer = said.article.text[slice(*said.answer)]
    return sure if is_bare(claim, answer, question, vocabulary, words_of(other.text)) else 0.0


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
