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
training/clusters and the events of training/news, a fifth of them without an answer, less 1.2. Of 32 answerable
questions about the clusters that were refused, 11 are answered; of 241 about the news that nothing answers, 31 instead
of 30 are. How near it must be was chosen on these."""
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
    question: Question, evidence: Sequence[Evidence], chunks: int, threshold: float = THRESHOLD, *, said: bool = False
) -> Verdict:
    """Decide whether the evidence, best first, answers the question.

    Args:
        question: what was asked.
        evidence: what was found for it.
        chunks: how many chunks the corpus has, from 1.
        threshold: the probability from which on an answer is given.
        said: words that are asked for are in the evidence, said by the one who is named.
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
        plain = plainness(question, evidence[0], chunks)
        probability = max(answerability(evidence, chunks), plain, SAID if said else 0.0)
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


def plainness(question: Question, best: Evidence, chunks: int) -> float:
    """Return the probability that the best evidence, in the question's words, tells by itself what is asked, or 0.

    It must have the question's names: `1.4 million customers of Nordhaven` does not tell how many Tidewall has. It is
    less the larger the corpus, and 0 among thousands of articles, where some sentence always has the words.
    """
    having = words_of(best.text)
    named = all(held(term, having) for term in question.terms if term.name)
    if best.coverage < HELD or best.cosine < NEAR or not (best.fits and named):
        return 0.0
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
