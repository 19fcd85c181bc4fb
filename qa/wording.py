"""Wording: which of several sentences that say the same is shown for all of them, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa.clause import ELLIPSIS, clause_end, ends, own
from qa.evidence import alone, words_of
from qa.likeness import Likeness
from qa.support import SAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qa.agreement import Agreement
    from qa.evidence import Evidence

NEAR = 0.3
"""A sentence may word a claim when its score is at least this share of the best one's."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A claim's words, and who bears them out."""

    evidence: Evidence
    """Whose words they are."""
    text: str
    """All of what is quoted, or its beginning and an ellipsis."""
    others: tuple[tuple[Evidence, float], ...]
    """The other evidence that says what these words say, one piece of each article, with how surely it does."""


def word(said: Sequence[Evidence], agreement: Agreement) -> Wording:
    """Choose the words that the articles bear out best, so that every citation says what its claim says.

    A sentence often says more than the one thing that all say; then its beginning, up to the end of the clause with the
    answer, is shown if that brings others in. Nothing that the best one says to the question is lost for it: other
    words have its answer and its words of the question, and it bears them out.

    Args:
        said: evidence that says the same, the best first, of one article several pieces.
        agreement: what compares it.
    """
    best = said[0]
    chosen = Wording(best, best.text, _bearing_out(best.text, best, said, agreement))
    for evidence in said:
        if evidence.score < NEAR * best.score:
            continue
        for quoted, text in _texts(evidence):
            same = evidence is best or agreement.likeness(best, evidence) is Likeness.SAME
            if not agreement.keeps(text, best, answered=same):
                continue
            others = _bearing_out(text, quoted, said, agreement)
            kept = quoted.article.id == best.article.id or best in (e for e, _ in others)
            if kept and _sum(others) > _sum(chosen.others):
                chosen = Wording(quoted, text, others)
    return chosen


def reword(wording: Wording, said: Sequence[Evidence], agreement: Agreement) -> Wording:
    """Return a wording with what bears it out of the evidence that says the same as the sentence whose words it has."""
    more = _bearing_out(wording.text, wording.evidence, said, agreement)
    known = {evidence.article.id for evidence, _ in wording.others}
    return replace(wording, others=(*wording.others, *(pair for pair in more if pair[0].article.id not in known)))


def _sum(others: Sequence[tuple[Evidence, float]]) -> float:
    return sum(support for _, support in others)


def _bearing_out(
    text: str, evidence: Evidence, said: Sequence[Evidence], agreement: Agreement
) -> tuple[tuple[Evidence, float], ...]:
    """Return the piece of evidence of each other article that best says what is shown, with how surely it does."""
    claim, tail = text.removesuffix(ELLIPSIS), _tail(text, evidence)
    found: dict[str, tuple[Evidence, float]] = {}
    for other in said:
        if other.article.id == evidence.article.id or agreement.lacking(claim, other):
            continue
        support = agreement.bears_out(claim, evidence, other) if _tells(other, tail, agreement) else 0.0
        if support >= SAYS and support > found.get(other.article.id, (other, 0.0))[1]:
            found[other.article.id] = (other, support)
    return tuple(found.values())


def _tail(text: str, evidence: Evidence) -> frozenset[str]:
    """Return the words that a sentence shown whole has after the clause with the answer."""
    cut = clause_end(evidence)
    return words_of(evidence.text[cut:]) if cut is not None and text == evidence.text else frozenset()


def _tells(evidence: Evidence, tail: frozenset[str], agreement: Agreement) -> bool:
    """Tell whether a piece of evidence has at least half of these words."""
    return 2 * len(agreement.held(tail, evidence)) >= len(tail)


def _texts(evidence: Evidence) -> Iterator[tuple[Evidence, str]]:
    """Yield what may be shown of a piece of evidence: all of it, the sentence with the answer, and its first clause.

    A sentence that points back can stand alone here: the question names what it points to.
    """
    yield evidence, evidence.text
    if (sentence := own(evidence)) != evidence.text:
        evidence = alone(evidence)
        yield evidence, sentence
    for end in ends(evidence):
        yield evidence, evidence.text[:end] + ELLIPSIS
