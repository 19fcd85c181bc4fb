"""Dated: evidence that tells of other days than the one that a question names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.evidence import best_first, less_answerable
from qa.kind import Kind
from qa.likeness import excludes
from qa.moment import find_moments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.evidence import Evidence
    from qa.moment import Moment
    from qa.question import Question

ELSEWHEN = 0.3
"""What the reader's opinion of a sentence is worth that names other days only."""
ANY_DAY = (Kind.YES_NO, Kind.STATEMENT)
"""Kinds of question that another day answers, too: it says no."""


def mark_other_days(question: Question, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return the evidence, best first again, with less of what is told of other days than the question's.

    `What did he say on Friday?` is not answered by what he said `on Thursday`. A sentence without a day may be of any.
    """
    asked = [m for m in find_moments(question.text) if m.weekday is not None or m.month or m.year]
    if not asked or question.kind in ANY_DAY:
        return tuple(evidence)
    return best_first(less_answerable(e, ELSEWHEN) if _is_of_others(e, asked) else e for e in evidence)


def _is_of_others(evidence: Evidence, asked: Sequence[Moment]) -> bool:
    told = find_moments(evidence.text)
    return bool(told) and any(all(excludes(m, n) for n in told) for m in asked)
