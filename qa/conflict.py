"""Conflicts: where sources answer one question differently, and where a later one tells what has changed since."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qa.answer import Conflict, Difference, Version
from qa.change import has_grown, has_happened, is_planned, is_update, of_one_time
from qa.citing import numbered
from qa.clause import own
from qa.compose import anchored, cite_evidence
from qa.crowd import crowd
from qa.disagree import contradict, known_to_both, oppose
from qa.kind import Kind
from qa.likeness import Likeness, compare
from qa.short import best_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qa.agreement import Agreement
    from qa.answer import Claim
    from qa.evidence import Evidence
    from qa.likeness import Told

BEST, ANSWERING = 0.4, 0.05
"""The reader's probability that the best evidence answers, from which on it is held against others; that they do."""
DIFFER, DIFFER_CROWDED = 0.7, 0.92
"""Two answers differ from this probability on. Held out cluster by cluster, of the answers to 790 questions of twenty
clusters 30 are told rightly so and 2 wrongly, and 1 of 181 on which the articles agree; from .6 on 43 and 8, and 2.
Among thousands of articles, of other events and other weeks, it is the second: of 110 questions of RealTime QA 14 were
told a conflict from .7 on, most of them wrongly, and 2 from there on."""
FREE, COVERED = (Kind.YES_NO, Kind.REASON, Kind.OTHER), 0.6
"""Kinds of question whose answers may be any words; of a question about a person both sentences hold so much. Without
these two, chosen on the same clusters, 5 of 37 were wrong instead of 2 of 32."""
APART = ABOUT_ONE = 0.5
"""Two sentences may stand for one answer to a question of yes or no where the comparer is less sure than the first
number that they contradict each other, and where they are as near in meaning, hold as much of the question, and answer
as surely, as the second."""
BESIDE, BESIDE_SURE, BEST_FIGURE = 0.55, 0.3, 0.5
"""A sentence with the same answer as a version's first is cited beside it from the first nearness in meaning on, and
from the second on where the reader is as sure that it answers as the third."""
COMPARED = 12
"""Pieces of evidence, best first, that are compared."""
VERSIONS, CITED = 4, 4
"""Versions of one conflict, and citations of one version, at most."""
WITHOUT = (Kind.TOPIC, Kind.STATEMENT, Kind.WORDS)
"""Kinds of question that have no one answer."""

_BOUND = re.compile(
    r"(?i)(?:\b(?:at least|at most|more than|less than|fewer than|over|under|about|around|some|nearly|almost|up to"
    r"|not even|no more than) (?:a |the )?)$"
)


@dataclass
class _Side:
    """One version: what gives it, best first."""

    told: list[Told] = field(default_factory=list)

    @property
    def lead(self) -> Evidence:
        return self.told[0].evidence

    @property
    def articles(self) -> dict[str, Told]:
        """The best evidence of each article."""
        return {t.evidence.article.id: t for t in reversed(self.told)}


def find_conflicts(agreement: Agreement, evidence: Sequence[Evidence]) -> tuple[Conflict, ...]:
    """Return where the sources differ on a question, none or one; its citations have no numbers yet.

    Other answers of two articles are a conflict where both surely answer, and about one thing. One that is more precise
    is none, nor are several answers that can all be true.

    Args:
        agreement: what compares the evidence for the question.
        evidence: what was found for it, weighed, best first.
    """
    question = agreement.question
    best = best_answer(question, evidence) or next(iter(evidence), None)
    if question.kind in WITHOUT or best is None or best.answerable < BEST:
        return ()
    least = DIFFER + (DIFFER_CROWDED - DIFFER) * crowd(agreement.vocabulary.passages)
    lead, told = agreement.told(best), [agreement.told(e) for e in _answering(evidence)]
    apart = [one for one in told if _may_differ(agreement, lead, one)]
    differing = {id(one.told) for one in oppose(lead, apart, told, agreement, least) if one.differs >= least}

    def is_one(side: Told, one: Told) -> bool:
        if question.kind is not Kind.YES_NO:
            return _is_same(agreement, side, one)
        return _is_as_much(agreement, side, one)

    def differ(side: Told, one: Told) -> bool:
        return side is not lead or id(one) in differing

    conflict = _stated(agreement, _sides(agreement, lead, told, is_one, differ))
    return (conflict,) if conflict else ()


def hold_against(agreement: Agreement, first: Evidence, others: Sequence[Evidence]) -> Conflict | None:
    """Return the conflict of sentences that are known to give figures or days of one thing; None where there is none.

    There is none where an article gives both, or where they were written of other times. Its citations have no numbers.

    Args:
        agreement: what compares them, for the question that they answer.
        first: one sentence.
        others: those that are held against it.
    """
    told = [agreement.told(e) for e in (first, *others)]

    def is_one(side: Told, one: Told) -> bool:
        return _is_same(agreement, side, one)

    def differ(side: Told, one: Told) -> bool:
        return _exclude(agreement, side, one)

    return _stated(agreement, _sides(agreement, told[0], told[1:], is_one, differ))


def _stated(agreement: Agreement, sides: Sequence[_Side]) -> Conflict | None:
    if len(sides) < 2:
        return None
    question, difference = agreement.question, _difference(sides, agreement)
    if difference is Difference.CHANGE:
        sides = sorted(sides, key=_time)
    else:
        sides = [sides[0], *sorted(sides[1:], key=lambda side: -len(side.articles))]
    return Conflict(question.text, difference, tuple(_version(side, question.kind) for side in sides[:VERSIONS]))


def number_conflicts(conflicts: Sequence[Conflict], claims: Sequence[Claim]) -> tuple[Conflict, ...]:
    """Number the citations of conflicts after those of the claims; a span that a claim cites keeps its number."""
    known = [citation for claim in claims for citation in claim.citations]
    numbers = numbered((c for one in conflicts for version in one.versions for c in version.citations), known)
    return tuple(
        replace(
            conflict,
            versions=tuple(replace(v, citations=tuple(numbers[c] for c in v.citations)) for v in conflict.versions),
        )
        for conflict in conflicts
    )


def _answering(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence whose own sentence may answer."""
    own = (e for e in anchored(evidence) if e.answer is not None and e.answer[0] >= e.sentence.start)
    return [e for e in own if e.answerable >= ANSWERING][:COMPARED]


def _sides(
    agreement: Agreement,
    best: Told,
    told: Sequence[Told],
    is_one: Callable[[Told, Told], bool],
    differ: Callable[[Told, Told], bool],
) -> list[_Side]:
    """Gather the versions: what is one with the first of a side stands by it, what differs from all begins another."""
    sides = [_Side([best])]
    left: list[tuple[Told, int]] = []

    def joins(one: Told, after: int = 0) -> bool:
        side = next((s for s in sides[after:] if is_one(s.told[0], one)), None)
        if side is not None and _stands_by(agreement, side.told[0], one):
            side.told.append(one)
        return side is not None

    for one in told:
        if one.evidence is best.evidence or joins(one):
            continue
        if all(differ(s.told[0], one) for s in sides):
            sides.append(_Side([one]))
        else:
            left.append((one, len(sides)))
    for one, after in left:  # what differs too little from the first side may stand by one that came after it
        joins(one, after)
    return sides


def _is_same(agreement: Agreement, one: Told, other: Told) -> bool:
    return compare(one, other, agreement.question.kind, agreement.vocabulary)[0] is Likeness.SAME


def _stands_by(agreement: Agreement, lead: Told, one: Told) -> bool:
    """Tell whether a sentence with the answer of another may be cited beside it: another event has a Thursday, too."""
    near = agreement.nearness(lead.evidence, one.evidence)
    return near >= BESIDE or (near >= BESIDE_SURE and one.evidence.answerable >= BEST_FIGURE)


def _is_as_much(agreement: Agreement, one: Told, other: Told) -> bool:
    """Tell whether two sentences answer a question of yes or no alike, both of what is or both of what is to be."""
    pair = (one.evidence, other.evidence)
    about = min(agreement.nearness(*pair), *(min(e.coverage, e.answerable) for e in pair)) >= ABOUT_ONE
    return about and not has_happened(one, other, agreement) and contradict(one, other, agreement) < APART


def _may_differ(agreement: Agreement, one: Told, other: Told) -> bool:
    """Tell whether two answers can be told apart: figures, days, names or places by what they are.

    Who is meant must be asked about in both sentences: a minister of another matter is another man.
    """
    kind, pair = agreement.question.kind, (one.evidence, other.evidence)
    if kind in FREE:
        return True
    about = kind is not Kind.PERSON or min(e.coverage for e in pair) >= COVERED
    return about and compare(one, other, kind, agreement.vocabulary)[0] is Likeness.OTHER


def _exclude(agreement: Agreement, one: Told, other: Told) -> bool:
    """Tell whether two figures or days of one thing cannot both be right."""
    likeness, _ = compare(one, other, agreement.question.kind, agreement.vocabulary)
    update = bool(one.figures and other.figures) and is_update(one, other)
    return likeness is Likeness.OTHER and not known_to_both(one, other) and (update or of_one_time(one, other))


def _difference(sides: Sequence[_Side], agreement: Agreement) -> Difference:
    """Tell in what the first two versions differ, and whether it is a change over time."""
    one, other = sides[0].told[0], sides[1].told[0]
    if has_happened(one, other, agreement):
        return Difference.CHANGE
    difference = compare(one, other, agreement.question.kind, agreement.vocabulary)[1]
    return Difference.CHANGE if difference is Difference.FIGURE and is_update(one, other) else difference


def _time(side: _Side) -> tuple[bool, str, bool, float]:
    """Return what orders versions in time: planned before done, then by date, then the figure that grew last."""
    told = side.told[0]
    published = min((t.evidence.article.published or "" for t in side.told), default="")
    grown = has_grown(told)
    return not is_planned(told), published, grown, told.figures[0].value if told.figures else 0.0


def _version(side: _Side, kind: Kind) -> Version:
    cited = list(side.articles.values())
    cited.sort(key=lambda told: (told.evidence is not side.lead, -told.evidence.score))
    words = own(side.lead) if kind is Kind.YES_NO else _words(side.told[0])
    return Version(words, tuple(cite_evidence(t.evidence, 1.0) for t in cited[:CITED]))


def _words(told: Told) -> str:
    """Return the words in which a version differs: the answer, with the whole of its figure and its bound."""
    start, end = told.evidence.answer or (told.evidence.start, told.evidence.sentence.end)
    left, right = start - told.evidence.start, end - told.evidence.start
    left = min([left, *(f.start for f in told.figures), *(m.start for m in told.moments)])
    right = max([right, *(f.end for f in told.figures), *(m.end for m in told.moments)])
    bound = _BOUND.search(told.details.text[:left])
    return told.details.text[bound.start() if bound else left : right].strip()
