"""The short answer: the few words that answer the question, of what is cited for a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.fold import keys, plain
from qa.answer import Difference
from qa.brief import brief
from qa.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.answer import Claim, Conflict
    from qa.evidence import Evidence
    from qa.question import Question

SURE = 0.35
"""The reader's probability from which on its words are shown."""
VOTERS = 8
"""Pieces of evidence, best first, whose words count for each other."""
_PAIRED = (("(", ")"), ("[", "]"), ("“", "”"))
UNFIT = 0.5
"""What words count that are not of the kind asked for."""


def short_answer(
    question: Question, evidence: Sequence[Evidence], claims: Sequence[Claim], before: Sequence[Claim] = ()
) -> str | None:
    """Return the words that answer, verbatim from what is cited for the first claim that has any, or None.

    Args:
        question: what was asked.
        evidence: what answers it, best first.
        claims: what was made of that, the best first: what most evidence says is right more often than what a reader
            of single sentences is sure of.
        before: the claims of what was asked before in the same question, which are not told again.
    """
    voted = _voted(question, evidence)
    likeliest = [e for e in voted if _nested(_said(e), _said(voted[0]))]
    if not any(_cited(e, claims) for e in likeliest) and (told := [e for e in likeliest if _cited(e, before)]):
        return brief(question, _words(told[0]))
    return next((brief(question, _words(e)) for claim in claims for e in voted if _cited(e, [claim])), None)


def as_of_now(short: str | None, conflicts: Sequence[Conflict], claims: Sequence[Claim]) -> str | None:
    """Return the figure of the last report where the sources tell how it changed, else the short answer as it is.

    Args:
        short: the short answer.
        conflicts: where the sources differ; of a change the versions are in the order of time.
        claims: for one of which the figure must be quoted.
    """
    for conflict in conflicts:
        *before, last = conflict.versions
        days = [version.citations[0].published or "" for version in conflict.versions]
        told = any(last.text in citation.quote for claim in claims for citation in claim.citations)
        earlier = short is not None and any(short in version.text for version in before)
        if conflict.kind is Difference.CHANGE and told and earlier and "" < days[0] < days[-1]:
            return last.text
    return short


def best_answer(question: Question, evidence: Sequence[Evidence]) -> Evidence | None:
    """Return the evidence whose words answer, whether or not a claim is made of it; None where they cannot be told."""
    return next(iter(_voted(question, evidence)), None)


def _voted(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence that has words that answer, the likeliest first.

    The same words in several sentences count together, `Umerov` with `Rustem Umerov`: each counts by the sentence's
    score and by how sure the reader is of them there. Of equals the best evidence's words are first.
    """
    voters = [e for e in evidence[:VOTERS] if e.answer is not None and e.answerable >= SURE]
    if question.kind in (Kind.TOPIC, Kind.STATEMENT, Kind.YES_NO):
        return []
    said = [_said(e) for e in voters]
    each = [e.score * e.sure * (1.0 if e.fits else UNFIT) for e in voters]
    votes = [sum(v for v, others in zip(each, said, strict=True) if _nested(own, others)) for own in said]
    return [e for _, e in sorted(zip(votes, voters, strict=True), key=lambda pair: -pair[0])]


def _said(evidence: Evidence) -> frozenset[str]:
    return frozenset(keys(_words(evidence))) or frozenset([plain(_words(evidence))])


def _nested(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def _cited(evidence: Evidence, claims: Sequence[Claim]) -> bool:
    """Tell whether the answer in a piece of evidence is quoted for one of the claims."""
    assert evidence.answer is not None
    start, end = evidence.answer
    article = (evidence.article.file, evidence.article.record)
    citations = (c for claim in claims for c in claim.citations)
    return any((c.file, c.record) == article and c.start <= start and end <= c.end for c in citations)


def _words(evidence: Evidence) -> str:
    assert evidence.answer is not None
    return whole(evidence.article.text[slice(*evidence.answer)])


def whole(words: str) -> str:
    """Return words without a mark at their ends that belongs to what was cut off: `10 a.m. (0700`, `“So it is,`."""
    for opening, closing in _PAIRED:
        if words.count(opening) != words.count(closing):
            mark = opening if words.count(opening) > words.count(closing) else closing
            before, _, after = words.rpartition(mark)
            words = max(before, after, key=len)
    if words.count('"') == 1 and (words[0] == '"' or words[-1] == '"'):
        words = words.strip('"')
    return words.strip(" ,;:")
