"""Refusal: whether the evidence answers the question, and what is missing when it does not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa import prompts
from qa.crowd import crowd
from qa.evidence import held, words_of
from qa.kind import Kind
from qa.weight import logistic, logit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.evidence import Evidence
    from qa.question import Question, Term
    from qa.reader import Reader

THRESHOLD = 0.5
"""An answer is given from this probability on where nobody sets another (BYLINE_THRESHOLD); the refusal curve of
`byline eval --plot` shows what others give."""
AGREEING = 3
"""Best sentences whose readings are averaged: one that answers seldom stands alone."""
AMONG_FEW = (4.22, 0.91, 1.46, -4.39, -0.75)
"""The constant and the weights of `features`, in their order, up to `FEW` chunks (`qa.crowd`): a logistic regression
on 1,410 questions about the 321 events of training/news (x_*) that the reader has not seen, three events in an index,
and 143 about the seeds (tests/golden_seeds.jsonl and two sets by writers who had not seen Byline), both weighing the
same. Of two sets that nothing was fitted on, AUC is .953, and where .96 of the answerable questions are answered .83 of
the others are refused."""
AMONG_MANY = (2.03, 1.49, -0.45, -0.65, -0.28)
"""The same from MANY chunks on: fitted on 1,042 questions asked of some five thousand articles, of which 285 are
answered there: those of CLAP NQ and of the held-out articles of SQuAD 2.0, and those of the held-out events of
training/news that name somebody; a third have their answer in a text that was left out. Answerable and other ones weigh
the same. Of so many sentences the reader always takes some for an answer. No question of RealTime QA was fitted on;
there AUC is .963. Between FEW and MANY the two are mixed by the logarithm of the number of chunks."""
HELD, NEAR, PLAIN = 0.5, 0.6, (2.3, 2.06)
"""A plain fact is told by one sentence, and no other answers as well. Where the best one, with what stands around it,
holds the first share of the question's weight and is as near in meaning as the second, its own weight counts: the
constant and the weight of its log odds. These are a logistic regression on 277 such questions about the clusters of
training/clusters and the events of training/news, a fifth of them without an answer, less 1.2. How near it must be was
chosen on these, and that the reader must find the answer stated (`told_plainly`), without which one question more about
the seeds that nothing answers was answered. Of 32 answerable questions about the clusters that were refused, some ten
are answered; of 241 about the news that nothing answers none more."""
PLAINLY = 0.2
"""What is less probable is not asked of the reader."""
TOPIC_COVERAGE = 0.5
"""A word or two instead of a question is answered when the best sentence holds at least this share of it."""
TOPIC_COSINE = 0.4
"""With half of that share it must be this near in meaning."""
SAID = 0.8
"""The probability that `What did X say about Y` is answered where X is quoted with all the words of Y, at least."""
STATED = 0.5
"""A statement is made by the articles when the reader finds it in a sentence with at least this probability."""
_ERRAND = re.compile(
    r"(?i)(?:^\W*|[.!;,:]\s+|\b(?:and|please|you)\s+)(?:write|compose|draft|make up|invent|sing|tell)\b"
    r"(?: (?:me|us|a|an|some|short|funny|nice|little)\b)+ "
    r"(?:poem|haiku|limerick|song|rhyme|joke|essay|novel|e-?mail|letter|speech|program|script|code)\b"
)
"""What is no question about articles."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to answer."""

    refused: bool
    reason: str | None
    """What is missing, in one sentence; None for an answer."""
    answerable: float
    """Probability in [0, 1] that the articles answer; 0 where a name is in none of them, 0 or 1 for a word or two
    and for a statement."""


def judge(
    question: Question, evidence: Sequence[Evidence], chunks: int, threshold: float = THRESHOLD, *, least: float = 0.0
) -> Verdict:
    """Decide whether the evidence, best first, answers the question.

    Args:
        question: what was asked.
        evidence: what was found for it.
        chunks: how many chunks the corpus has, from 1.
        threshold: the probability from which on an answer is given.
        least: the probability that they answer which is known otherwise: of words that are asked for and are there,
            said by the one who is named (`SAID`), or of a fact that is told plainly (`told_plainly`).
    """
    if _ERRAND.search(question.text):
        return Verdict(refused=True, reason=prompts.ERRAND, answerable=0.0)
    if not evidence:
        return Verdict(refused=True, reason=prompts.REFUSAL_NOTHING, answerable=0.0)
    names = missing_names(question)
    if names:
        return Verdict(refused=True, reason=prompts.refuse_missing(names), answerable=0.0)
    if question.kind is Kind.TOPIC:
        near = evidence[0].cosine >= TOPIC_COSINE
        probability = float(evidence[0].coverage >= (TOPIC_COVERAGE / 2 if near else TOPIC_COVERAGE))
    elif question.kind is Kind.STATEMENT:
        probability = float(max(e.answerable for e in evidence) >= STATED)
    else:
        probability = max(answerability(evidence, chunks), least)
    if probability >= threshold and probability > 0:
        return Verdict(refused=False, reason=None, answerable=probability)
    missing = [term.text for term in question.terms if term.missing]
    reason = prompts.refuse_unanswered(question.kind, missing)
    return Verdict(refused=True, reason=reason, answerable=probability)


def answerability(evidence: Sequence[Evidence], chunks: int) -> float:
    """Return the probability that the articles answer a question, in [0, 1], from its evidence, best first."""
    size = crowd(chunks)
    weights = ((1 - size) * few + size * many for few, many in zip(AMONG_FEW, AMONG_MANY, strict=True))
    return logistic(sum(w * f for w, f in zip(weights, (1.0, *features(evidence)), strict=True)))


def told_plainly(question: Question, evidence: Sequence[Evidence], chunks: int, reader: Reader) -> float:
    """Return the probability that the best evidence tells by itself what is asked, in the question's words, or 0.

    It must have the question's names: `1.4 million customers of Nordhaven` does not tell how many Tidewall has. And the
    reader must find the question with its answer stated there: `How many freighters were waiting: eleven`.
    """
    best = next(iter(evidence), None)
    if best is None or best.answer is None or best.coverage < HELD or best.cosine < NEAR or not best.fits:
        return 0.0
    having = words_of(best.text)
    probability = plainness(best, chunks)
    if probability < PLAINLY or not all(held(term, having) for term in question.terms if term.name):
        return 0.0
    stated = f"{question.text.rstrip(' ?')}: {best.article.text[slice(*best.answer)]}"
    return probability if reader.judge(stated, [best.text])[0].entails >= STATED else 0.0


def plainness(best: Evidence, chunks: int) -> float:
    """Return the probability that the best evidence tells a fact, supposing that it has the words of the question.

    It is less the larger the corpus, and 0 among thousands of articles, where some sentence always has the words.
    """
    constant, weight = PLAIN
    return (1 - crowd(chunks)) * logistic(constant + weight * logit(best.score))


def features(evidence: Sequence[Evidence]) -> tuple[float, ...]:
    """Return what answerability is made of.

    That is the weight of the best sentence; the reader on the best few, and how sure it is of the words that answer;
    how many of the question's words the best sentence has. Where there is but one candidate for them, as for a name or
    a number, the reader is too easily sure that it answers.
    """
    best = evidence[:AGREEING]
    read = sum(logit(e.answerable) for e in best) / len(best)
    return logit(evidence[0].score), read, sum(e.sure for e in best) / len(best), evidence[0].coverage


def missing_names(question: Question) -> list[str]:
    """Return the names of which no word is in any article; `Kirill Budanow` counts as there when Budanov is."""
    phrases: list[list[Term]] = []
    for term in question.terms:
        if not term.name:
            continue
        if phrases and phrases[-1][-1].position == term.position - 1:
            phrases[-1].append(term)
        else:
            phrases.append([term])
    return [" ".join(t.text for t in phrase) for phrase in phrases if all(t.missing for t in phrase)]
