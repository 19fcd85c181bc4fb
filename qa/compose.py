"""Composing: evidence becomes claims, each in the words of one article with every article that says the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from qa.agreement import TELLING
from qa.answer import Claim
from qa.citing import cite, numbered
from qa.evidence import alone, held, words_of
from qa.kind import Kind
from qa.likeness import Likeness
from qa.refusal import STATED
from qa.reports import Reports
from qa.support import near_copy
from qa.wording import reword, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.agreement import Agreement
    from qa.answer import Citation
    from qa.evidence import Evidence
    from qa.question import Question

MAX_CLAIMS = 5
FOLLOWS = 0.3
"""A further claim has at least this share of the best one's score,"""
FOLLOWS_NEW = 0.2
"""or this share when it holds words of the question that no earlier claim holds."""
FOLLOWS_MANY = 0.1
"""or this share when several things are asked for and it is from another article."""
DOUBTFUL = 0.5
"""Unless several things are asked for, the reader must think it at least this share as probable as the surest."""
SURE = 0.9
"""From this probability of the reader on that the best sentence answers,"""
USUAL_SURE = 3
"""so many claims are enough, unless further ones hold new words of the question;"""
USUAL = 4
"""else so many, and for what somebody said, which outlets quote in different words."""
CARRIED = 0.6
"""Share of its score that the sentence with the answer has by itself where another sentence only quotes it along."""
RIVAL = 0.6
"""Share of the first claim's evidence that another answer to a question for one thing must have."""
MAX_CITATIONS = 6
"""Citations of one claim."""
PIECES = 3
"""Pieces of evidence of one article that are tried for one claim: the best by score need not say it best."""


@dataclass(frozen=True, slots=True)
class Group:
    """One statement: the evidence that words it, and the evidence that says the same."""

    best: Evidence
    text: str
    """What is shown of it: all that is quoted, or its beginning and an ellipsis."""
    others: tuple[tuple[Evidence, float], ...]
    """(evidence, support), best first, one of each article."""

    @property
    def weight(self) -> float:
        """The scores of all its evidence together, each as much as it bears the statement out."""
        return self.best.score + sum(evidence.score * support for evidence, support in self.others)


def compose(parts: Sequence[tuple[Agreement, Sequence[Evidence]]]) -> list[tuple[Claim, ...]]:
    """Make one to five claims of the evidence, and return those of each part, best first; numbered throughout.

    Args:
        parts: what compares the evidence for each question that was asked, and that evidence, weighed, best first, at
            least one.
    """
    reports = Reports(parts[0][0].corpus)
    gathered: list[list[Group]] = []
    for agreement, evidence in parts:
        before = [*chain.from_iterable(gathered)]
        gathered.append(_ordered(_groups(agreement, anchored(evidence), before, MAX_CLAIMS // len(parts)), agreement))
    groups = chain.from_iterable(gathered)
    claims = iter(number_claims([make_claim(g.text, [(g.best, 1.0), *g.others], reports) for g in groups]))
    return [tuple(islice(claims, len(of_part))) for of_part in gathered]


def _groups(agreement: Agreement, evidence: Sequence[Evidence], before: Sequence[Group], limit: int) -> list[Group]:
    """Gather the statements that answer one question, by the score of their best evidence."""
    groups: list[Group] = []
    chosen: list[Evidence] = []
    for candidate in evidence:
        if len(groups) == limit or not _follows(candidate, chosen, agreement.question):
            continue
        if any(_told(candidate, group) or _repeats(candidate, group, agreement) for group in [*before, *groups]):
            chosen = chosen or [candidate]
            continue
        overlapping = any(_overlap(candidate, group.best) for group in [*before, *groups])
        quoted = alone(candidate) if overlapping else candidate
        chosen.append(quoted)
        group = _group(quoted, evidence, agreement)
        if not any(_told(group.best, other) for other in [*before, *groups]):
            groups.append(group)
    return groups


def _ordered(groups: Sequence[Group], agreement: Agreement) -> list[Group]:
    """Put first what most evidence says; of a question for one thing leave out an answer that little evidence gives.

    Where far more evidence gives another answer, it is more often the reader's mistake than a second truth; but the
    best single piece of evidence stays.
    """
    ordered = sorted(groups, key=lambda group: -group.weight)
    return [
        group
        for group in ordered
        if agreement.question.many
        or group is groups[0]
        or group.weight >= RIVAL * ordered[0].weight
        or agreement.likeness(ordered[0].best, group.best) is not Likeness.OTHER
    ]


def nearest(evidence: Sequence[Evidence]) -> tuple[Claim, ...]:
    """Make a claim of the nearest evidence, where there is any, for a refusal."""
    return number_claims([_single(e) for e in evidence[:1]])


def number_claims(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Number the citations from 1 by first use; the same span keeps its number."""
    numbers = numbered(c for claim in claims for c in claim.citations)
    return tuple(replace(claim, citations=tuple(numbers[c] for c in claim.citations)) for claim in claims)


def anchored(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Leave out evidence whose answer stands in a sentence quoted before it that is about as good by itself."""
    sentences = {(e.article.id, e.sentence): e.score for e in evidence}

    def is_carried(e: Evidence) -> bool:
        if e.answer is None or e.answer[0] >= e.sentence.start:
            return False
        return any(
            id_ == e.article.id and s.start <= e.answer[0] < s.end and score >= CARRIED * e.score
            for (id_, s), score in sentences.items()
        )

    return [e for e in evidence if not is_carried(e)]


def _follows(candidate: Evidence, chosen: Sequence[Evidence], question: Question) -> bool:
    """Tell whether a candidate belongs into the answer after those chosen; of a statement, whether it makes it."""
    if question.kind is Kind.STATEMENT:
        return candidate.answerable >= STATED
    if not chosen:
        return True
    doubtful = candidate.answerable < DOUBTFUL * max(e.answerable for e in chosen)
    if doubtful and not question.many and question.kind is not Kind.TOPIC:
        return False
    best = chosen[0].score
    said = frozenset[str]().union(*(words_of(e.text) for e in chosen))
    own = words_of(candidate.text)
    new = any(held(t, own) and not held(t, said) for t in question.terms if t.weight > TELLING)
    if question.many and candidate.article.id not in {e.article.id for e in chosen}:
        return candidate.score >= FOLLOWS_MANY * best
    if new or question.many:
        return candidate.score >= FOLLOWS_NEW * best
    sure = chosen[0].answerable >= SURE and question.kind is not Kind.WORDS
    return len(chosen) < (USUAL_SURE if sure else USUAL) and candidate.score >= FOLLOWS * best


def _told(candidate: Evidence, group: Group) -> bool:
    """Tell whether a group holds this evidence, or the same words, already."""
    return any(_holds(e, candidate) or near_copy(e.text, candidate.text) for e in _all(group))


def _repeats(candidate: Evidence, group: Group, agreement: Agreement) -> bool:
    """Tell whether an article that is cited for a group only gives the same answer again, and no more precisely."""
    cited = any(e.article.id == candidate.article.id for e in _all(group))
    if not cited or agreement.likeness(candidate, group.best) is not Likeness.SAME:
        return False
    said = frozenset[str]().union(*(words_of(e.text) for e in _all(group)))
    return not agreement.told(candidate).words.keys() - set(agreement.held(said, candidate))


def _all(group: Group) -> list[Evidence]:
    return [group.best, *(evidence for evidence, _ in group.others)]


def _holds(one: Evidence, other: Evidence) -> bool:
    within = one.start <= other.sentence.start and other.sentence.end <= one.sentence.end
    return one.article.id == other.article.id and within


def _overlap(one: Evidence, other: Evidence) -> bool:
    within = one.start < other.sentence.end and other.start < one.sentence.end
    return one.article.id == other.article.id and within


def _group(best: Evidence, evidence: Sequence[Evidence], agreement: Agreement) -> Group:
    """Gather the evidence of other articles that says the same, in the wording that most of it bears out."""
    wording = word(_agreeing(best, evidence, agreement), agreement)
    if wording.evidence.article.id != best.article.id:
        wording = reword(wording, _agreeing(wording.evidence, evidence, agreement), agreement)
    ranked = sorted(wording.others, key=lambda pair: (-pair[1], pair[0].article.file))
    return Group(wording.evidence, wording.text, tuple(ranked[: MAX_CITATIONS - 1]))


def _agreeing(best: Evidence, evidence: Sequence[Evidence], agreement: Agreement) -> list[Evidence]:
    """Return a piece of evidence and those of other articles that say the same, a few of each."""
    said, others = [best], [e for e in evidence if e.article.id != best.article.id]
    for other, agrees in zip(others, agreement.agree_all(best, others), strict=True):
        if agrees and sum(e.article.id == other.article.id for e in said) < PIECES:
            said.append(other)
    return said


def make_claim(text: str, cited: Sequence[tuple[Evidence, float]], reports: Reports) -> Claim:
    """Make a claim of its words and the evidence that bears them out, each piece with its support; not numbered yet."""
    grouped = reports.group([(e.article, e.text) for e, _ in cited])
    citations = tuple(cite_evidence(e, score) for e, score in cited)
    named = tuple(tuple(dict.fromkeys(citations[place].article for place in group)) for group in grouped)
    return Claim(text, citations, len(named), named)


def _single(evidence: Evidence) -> Claim:
    citation = cite_evidence(evidence, 1.0)
    return Claim(evidence.text, (citation,), 1, ((citation.article,),))


def cite_evidence(evidence: Evidence, score: float) -> Citation:
    """Return a citation of what is quoted of a piece of evidence, without its number; the score is its support."""
    return cite(evidence.article, evidence.start, evidence.sentence.end, evidence.sentence, round(score, 3))
