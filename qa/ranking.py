"""Ranking: the measures of a list of articles found for a question. The one file that imports ir_measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import ExtraError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ir_measures import Measure

MEASURES = ("Hits@1", "Hits@5", "Hits@10", "MRR@10", "R@5", "R@10", "nDCG@10")
"""Hits@k: a relevant article is among the first k. MRR@10: one over its place, 0 beyond 10. R@k: share of the relevant
articles among the first k. nDCG@10: gain discounted by the logarithm of the place, by the best possible (Järvelin and
Kekäläinen 2002). All in [0, 1]."""


def rank_measures(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[dict[str, float]]:
    """Return the measures of each pair (names found, best first, each once; names that are relevant, at least one).

    Raises:
        ExtraError: ir_measures is not installed.
    """
    if not pairs:
        return []
    try:
        import ir_measures
    except ImportError as error:
        raise ExtraError(
            "Scoring needs ir-measures, which is not installed; install Byline with the extra `byline[eval]`."
        ) from error
    qrels = {str(i): dict.fromkeys(relevant, 1) for i, (_, relevant) in enumerate(pairs)}
    # Scores that fall by one: trec_eval would break ties by name.
    run = {str(i): {name: float(-place) for place, name in enumerate(found)} for i, (found, _) in enumerate(pairs)}
    rows: list[dict[str, float]] = [dict.fromkeys(MEASURES, 0.0) for _ in pairs]
    names = {_measure(name): name for name in MEASURES}
    for metric in ir_measures.iter_calc(list(names), qrels, run):
        rows[int(metric.query_id)][names[metric.measure]] = float(metric.value)
    return rows


def _measure(name: str) -> Measure:
    from ir_measures import RR, R, Success, nDCG

    kind, cutoff = name.split("@")
    return {"Hits": Success, "MRR": RR, "R": R, "nDCG": nDCG}[kind] @ int(cutoff)
