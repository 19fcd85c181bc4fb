"""Metrics: the scores of many questions taken together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qa.ranking import MEASURES, rank_measures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.score import Score

STEPS = 100
"""Steps of the refusal curve, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How well the relevant articles are found."""

    asked: int
    """Questions of which the gold names relevant articles."""
    measures: dict[str, float | None]
    """The means of `qa.ranking.MEASURES`; None where nothing was asked."""


@dataclass(frozen=True, slots=True)
class Answers:
    """How well answerable questions are answered; a refusal is no answer."""

    asked: int
    """Answerable questions."""
    right: int
    """Of these, answers that hold the right words and cite a relevant file."""
    exact: float | None
    """Mean exact match of the short answer, over the questions with gold answers."""
    f1: float | None
    """Mean token F1 of the short answer, over the questions with gold answers."""
    text_f1: float | None
    """Mean token F1 of the whole answer, over the questions with gold answers."""
    holds: float | None
    """Share of questions with an answer whose text holds a gold answer."""
    first: float | None
    """Share of questions with an answer whose short answer and first claim alone hold it."""


@dataclass(frozen=True, slots=True)
class Point:
    """What refusing below one probability gives."""

    threshold: float
    """Refused is whatever is less probable to be answerable, in [0, 1]."""
    precision: float | None
    """Share of the refused questions that no article answers; None where nothing is refused."""
    recall: float
    """Share of the questions that no article answers that are refused."""
    answered: float
    """Share of the answerable questions that are answered."""


@dataclass(frozen=True, slots=True)
class Refusals:
    """How well questions are refused that no article answers."""

    absent: int
    """Questions that no article answers."""
    refused: int
    """Questions refused, of those of which it is known whether an article answers."""
    right: int
    """Questions refused that no article answers."""
    precision: float | None
    recall: float | None
    auc: float | None
    """Chance that an answerable question gets a higher probability than one that is not, ties counting half."""
    curve: tuple[Point, ...]
    """What other thresholds would give; empty where there are not both sorts of question, each with a probability."""


@dataclass(frozen=True, slots=True)
class Citations:
    """Whether the answer stands in the cited sentences of the answers to answerable questions."""

    answered: int
    """Answers whose gold says in what sentence the answer stands, or what it is."""
    sentences: int
    """Their cited sentences."""
    precision: float | None
    """Share of the cited sentences in which the answer stands."""
    recall: float | None
    """Share of the answers with at least one such sentence."""
    relevant: float | None
    """Share of cited sentences that are from relevant articles, where the gold names these."""
    any_relevant: float | None
    """Share of answers with at least one such sentence."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """All measures of some questions."""

    asked: int
    failed: int
    """Questions that got no answer but an error."""
    retrieval: Retrieval
    answers: Answers
    in_gold: Answers
    """The same of the questions whose answer stands word for word in a relevant article, where the gold says so."""
    refusals: Refusals
    citations: Citations
    median: float | None
    """Seconds that half of the questions take at most."""
    p95: float | None
    """Seconds that 95 % of the questions take at most."""


def measure(scores: Sequence[Score]) -> Metrics:
    """Take scores together.

    Raises:
        ExtraError: ir_measures is not installed.
    """
    seconds = [s.seconds for s in scores if s.seconds is not None]
    return Metrics(
        asked=len(scores),
        failed=sum(s.failed for s in scores),
        retrieval=measure_retrieval([(s.ranked, s.relevant) for s in scores]),
        answers=_answers(scores),
        in_gold=_answers([s for s in scores if s.answer_in_gold]),
        refusals=_refusals(scores),
        citations=_citations(scores),
        median=float(np.median(seconds)) if seconds else None,
        p95=float(np.percentile(seconds, 95)) if seconds else None,
    )


def measure_retrieval(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> Retrieval:
    """Take pairs (names found, best first; names that are relevant) together; those without the second count nothing.

    Raises:
        ExtraError: ir_measures is not installed.
    """
    rows = rank_measures([pair for pair in pairs if pair[1]])
    return Retrieval(len(rows), {name: _mean([row[name] for row in rows]) for name in MEASURES})


def auc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Return the chance that a positive scores above a negative, ties counting half (Mann and Whitney 1947)."""
    if not positive or not negative:
        return None
    ordered = np.sort(np.asarray(negative))
    below, upto = (np.searchsorted(ordered, np.asarray(positive), side) for side in ("left", "right"))
    return float((below + upto).sum() / 2 / len(positive) / len(negative))


def curve(positive: Sequence[float], negative: Sequence[float]) -> tuple[Point, ...]:
    """Return what refusing below each probability from 0 to 1 gives.

    Args:
        positive: probabilities of the questions that the articles answer.
        negative: probabilities of those that they do not.
    """
    if not positive or not negative:
        return ()
    points = []
    for step in range(STEPS + 1):
        threshold = step / STEPS
        wrong, right = sum(p < threshold for p in positive), sum(p < threshold for p in negative)
        precision = right / (right + wrong) if right + wrong else None
        points.append(Point(threshold, precision, right / len(negative), 1 - wrong / len(positive)))
    return tuple(points)


def _answers(scores: Sequence[Score]) -> Answers:
    asked = [s for s in scores if s.answerable]
    return Answers(
        asked=len(asked),
        right=sum(bool(s.right) for s in asked),
        exact=_mean([s.exact for s in asked]),
        f1=_mean([s.f1 for s in asked]),
        text_f1=_mean([s.text_f1 for s in asked]),
        holds=_mean([s.holds for s in asked]),
        first=_mean([s.first for s in asked]),
    )


def _refusals(scores: Sequence[Score]) -> Refusals:
    known = [s for s in scores if s.answerable is not None]
    refused = [s for s in known if s.refused]
    absent = [s for s in known if not s.answerable]
    right = sum(not s.answerable for s in refused)
    positive = [s.probability for s in known if s.answerable and s.probability is not None]
    negative = [s.probability for s in absent if s.probability is not None]
    return Refusals(
        absent=len(absent),
        refused=len(refused),
        right=right,
        precision=right / len(refused) if refused else None,
        recall=right / len(absent) if absent else None,
        auc=auc(positive, negative),
        curve=curve(positive, negative),
    )


def _citations(scores: Sequence[Score]) -> Citations:
    cited = [s.cited for s in scores if s.cited]
    files = [s.cited_relevant for s in scores if s.cited_relevant]
    return Citations(
        answered=len(cited),
        sentences=sum(map(len, cited)),
        precision=_mean([good for sentences in cited for good in sentences]),
        recall=_mean([any(sentences) for sentences in cited]),
        relevant=_mean([good for sentences in files for good in sentences]),
        any_relevant=_mean([any(sentences) for sentences in files]),
    )


def _mean(values: Sequence[float | None]) -> float | None:
    known = [float(value) for value in values if value is not None]
    return sum(known) / len(known) if known else None
