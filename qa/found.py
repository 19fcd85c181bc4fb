"""Found: one question, with the passages and the evidence that were found for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa import prompts
from qa.allegiance import mark_others
from qa.asked import answering_words, leave_out_others
from qa.corroborate import corroborate
from qa.dated import mark_other_days
from qa.doer import mark_others_acts
from qa.frame import unframe
from qa.kind import Kind
from qa.question import read_question
from qa.refusal import SAID, judge, told_plainly
from qa.rerank import rerank
from qa.retrieve import retrieve_current
from qa.scope import read_scope

if TYPE_CHECKING:
    from qa.evidence import Evidence, Weigher
    from qa.question import Question
    from qa.refusal import Verdict
    from qa.retrieve import Passage
    from qa.utterance import Utterance

WEIGHED = 30
"""Passages whose sentences are weighed."""


@dataclass(frozen=True, slots=True)
class Found:
    """One question of those that were asked, with what was found for it."""

    question: Question
    passages: tuple[Passage, ...]
    """Best first."""
    evidence: tuple[Evidence, ...]
    """Best first."""
    source: str | None
    """The outlet or file of which alone it was asked, as the question names it; None for all articles."""


def find(text: str, weigher: Weigher, k: int = WEIGHED) -> Found:
    """Find the passages and the evidence for a question.

    Args:
        text: one question.
        weigher: what weighs evidence, with the articles.
        k: passages to return, at least 1; the first WEIGHED are weighed.

    Raises:
        StoreError: the articles are not those that were indexed.
    """
    scope = read_scope(text, weigher.corpus.articles.values())
    framed = unframe(scope.text)
    question = read_question(framed.text, weigher.corpus.lexical.vocabulary)
    kind = Kind.STATEMENT if framed.statement else question.kind
    question = replace(question, kind=kind, many=question.many or framed.sources)
    vector = weigher.embedder.embed([question.text])[0]
    passages = retrieve_current(question, vector, weigher.corpus, k, scope.articles)
    evidence = corroborate(question, vector, weigher.weigh(question, vector, passages[:WEIGHED]), weigher)
    if scope.articles is not None:
        evidence = tuple(e for e in evidence if e.article.id in scope.articles)
    evidence = mark_others(question, mark_other_days(question, evidence), weigher.corpus)
    evidence = mark_others_acts(question, evidence, weigher.corpus)
    return Found(question, rerank(passages, evidence), evidence, scope.name)


def judge_found(found: Found, weigher: Weigher, threshold: float) -> Verdict:
    """Decide whether what was found answers the question, with at least this probability."""
    corpus = weigher.corpus
    question, evidence, chunks = found.question, found.evidence, corpus.lexical.vocabulary.passages
    said = bool(answering_words(question, evidence, corpus))
    verdict = judge(question, evidence, chunks, threshold, least=SAID if said else 0.0)
    if verdict.refused and (plainly := told_plainly(question, evidence, chunks, weigher.reader)) >= threshold:
        verdict = judge(question, evidence, chunks, threshold, least=plainly)
    if verdict.reason and found.source:
        return replace(verdict, reason=prompts.of_source(verdict.reason, found.source))
    return verdict


def of_the_one_asked_for(found: Found, weigher: Weigher, threshold: float) -> Found:
    """Leave out what others said than the one who is asked for, where enough is left for an answer.

    Words of that one's that hold all that is asked about come first, with the score of what was best.
    """
    left = leave_out_others(found.question, found.evidence, weigher.corpus)
    if answering := answering_words(found.question, left, weigher.corpus):
        known, best = {id(e) for e, _ in answering}, max(e.score for e in left)
        rest = (replace(e, answer=None, sure=0.0) for e in left if id(e) not in known)
        left = (*(_said(e, u, best) for e, u in answering), *rest)
    elif len(left) == len(found.evidence):
        return found
    chosen = replace(found, evidence=left)
    return found if judge_found(chosen, weigher, threshold).refused else chosen


def _said(evidence: Evidence, utterance: Utterance, score: float) -> Evidence:
    """Return evidence with what somebody says in it as its answer, where that is in quotation marks."""
    answer = (utterance.start, utterance.end) if utterance.direct else None
    answerable = max(evidence.answerable, SAID)
    return replace(evidence, answer=answer, score=score, answerable=answerable, sure=1.0 if answer else 0.0)
