"""Composing: evidence becomes claims, each a verbatim sentence with every article that says the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa.answer import Citation, Claim
from qa.evidence import alone, held, words_of
from qa.kind import Kind
from qa.refusal import STATED
from qa.support import MERGE, near_copy, support

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.vocabulary import Vocabulary
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
MAX_CITATIONS = 6
"""Citations of one claim."""


@dataclass(frozen=True, slots=True)
class Group:
    """One statement: the evidence that words it, and the evidence that says the same."""

    best: Evidence
    others: tuple[tuple[Evidence, float], ...]
    """(evidence, support), best first, one of each article."""


def compose(parts: Sequence[tuple[Question, Sequence[Evidence]]], vocabulary: Vocabulary) -> tuple[Claim, ...]:
    """Make one to five claims of the evidence, best first.

    Args:
        parts: the questions that were asked, each with its evidence, weighed, best first, at least one.
        vocabulary: the corpus's words, to compare sentences.
    """
    groups: list[Group] = []
    for question, evidence in parts:
        limit = len(groups) + MAX_CLAIMS // len(parts)
        chosen: list[Evidence] = []
        for candidate in evidence:
            if len(groups) == limit or not _follows(candidate, chosen, question):
                continue
            if any(_told(candidate, group) for group in groups):
                chosen = chosen or [candidate]
                continue
            quoted = alone(candidate) if any(_overlap(candidate, group.best) for group in groups) else candidate
            chosen.append(quoted)
            groups.append(_group(quoted, evidence, vocabulary))
    return number_claims([_claim(group) for group in groups])


def nearest(evidence: Sequence[Evidence], count: int = 1) -> tuple[Claim, ...]:
    """Make claims of the nearest evidence for a refusal, none merged."""
    return number_claims([_claim(Group(e, ())) for e in evidence[:count]])


def number_claims(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Number the citations from 1 by first use; the same span keeps its number."""
    numbers: dict[tuple[str, int | None, int, int], int] = {}
    numbered = []
    for claim in claims:
        cited = []
        for citation in claim.citations:
            place = (citation.file, citation.record, citation.start, citation.end)
            cited.append(replace(citation, number=numbers.setdefault(place, len(numbers) + 1)))
        numbered.append(replace(claim, citations=tuple(cited)))
    return tuple(numbered)


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
    new = any(held(t, own) and not held(t, said) for t in question.terms if t.weight > 0.15)
    if question.many and candidate.article.id not in {e.article.id for e in chosen}:
        return candidate.score >= FOLLOWS_MANY * best
    if new or question.many:
        return candidate.score >= FOLLOWS_NEW * best
    sure = chosen[0].answerable >= SURE and question.kind is not Kind.WORDS
    return len(chosen) < (USUAL_SURE if sure else USUAL) and candidate.score >= FOLLOWS * best


def _told(candidate: Evidence, group: Group) -> bool:
    """Tell whether a group holds this evidence, or the same words, already."""
    return any(_holds(e, candidate) or near_copy(e.text, candidate.text) for e in _all(group))


def _all(group: Group) -> list[Evidence]:
    return [group.best, *(evidence for evidence, _ in group.others)]


def _holds(one: Evidence, other: Evidence) -> bool:
    within = one.start <= other.sentence.start and other.sentence.end <= one.sentence.end
    return one.article.id == other.article.id and within


def _overlap(one: Evidence, other: Evidence) -> bool:
    within = one.start < other.sentence.end and other.start < one.sentence.end
    return one.article.id == other.article.id and within


def _group(best: Evidence, evidence: Sequence[Evidence], vocabulary: Vocabulary) -> Group:
    """Gather the evidence of other articles that supports what the best says."""
    by_article: dict[str, tuple[Evidence, float]] = {}
    for other in evidence:
        if other.article.id == best.article.id or best.vector is None or other.vector is None:
            continue
        score = support(best.text, other.text, float(best.vector @ other.vector), vocabulary)
        if score >= MERGE and score > by_article.get(other.article.id, (other, 0.0))[1]:
            by_article[other.article.id] = (other, score)
    ranked = sorted(by_article.values(), key=lambda pair: (-pair[1], pair[0].article.file))
    return Group(best, tuple(ranked[: MAX_CITATIONS - 1]))


def make_claim(text: str, supports: Sequence[tuple[Evidence, float]]) -> Claim:
    """Make a claim of its text and of the evidence for it, each with how well it supports; not numbered yet."""
    cited = [_citation(evidence, score) for evidence, score in supports]
    apart: list[str] = []
    for citation in cited:
        if not any(near_copy(citation.quote, quote) for quote in apart):
            apart.append(citation.quote)
    return Claim(text, tuple(cited), len(apart))


def _claim(group: Group) -> Claim:
    return make_claim(group.best.text, [(group.best, 1.0), *group.others])


def _citation(evidence: Evidence, score: float) -> Citation:
    article, sentence = evidence.article, evidence.sentence
    return Citation(
        number=0,
        file=article.file,
        record=article.record,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        line=sentence.line - article.text.count("\n", evidence.start, sentence.start),
        start=evidence.start,
        end=sentence.end,
        quote=article.text[evidence.start : sentence.end],
        support=score,
        page=article.page(evidence.start),
        author=article.author,
        url=article.url,
    )
