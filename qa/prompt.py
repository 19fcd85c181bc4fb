"""Prompts: what a language model is told for one question, with its evidence as numbered data, within its context."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.tokens import count_tokens
from qa import prompts
from qa.prompt_data import as_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.evidence import Evidence

SOURCES = 12
"""Sources that a model gets at most: the best sentences, whose words answer if any do."""
TOKENS = 1500
"""Tokens that they may have together, however much context the model has: more is slower and no better,"""
SHARE = 8
"""and at most one part of so many of its context: what has little is small, reads slowly and gets lost."""
SLACK = 1.3
"""Tokens of a model's own for one of tiktoken's, at most: its vocabulary may be smaller."""


def fitting(question: str, evidence: Sequence[Evidence], context: int, answer: int) -> list[Evidence]:
    """Return the evidence that a model is shown, best first: as much as its context holds beside all else.

    Args:
        question: what is asked.
        evidence: best first.
        context: tokens of context that the model has.
        answer: tokens that its answer needs.
    """
    rest = count_tokens(instructions()) + count_tokens(asked(question, ()))
    room = min(TOKENS, context // SHARE, int((context - answer) / SLACK) - rest)
    chosen: list[Evidence] = []
    for e in evidence[:SOURCES]:
        room -= count_tokens(_source(len(chosen) + 1, e)) + 1
        if room < 0:
            break
        chosen.append(e)
    return chosen


def instructions() -> str:
    """Return what a model is told before it is asked."""
    return prompts.INSTRUCTIONS.format(refusal=prompts.MODEL_REFUSES)


def asked(question: str, evidence: Sequence[Evidence]) -> str:
    """Return what a model is asked: the sources, numbered from 1, and the question."""
    sources = "\n".join(_source(number, e) for number, e in enumerate(evidence, start=1))
    return prompts.SOURCES.format(sources=sources, question=as_data(question))


def _source(number: int, evidence: Evidence) -> str:
    article = evidence.article
    origin = ", ".join(filter(None, (article.outlet, article.published)))
    form = prompts.SOURCE_FROM if origin else prompts.SOURCE
    return form.format(number=number, origin=as_data(origin), text=as_data(evidence.text))
