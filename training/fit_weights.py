# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy", "scikit-learn"]
# ///
"""Fit the weights of evidence (`qa.weight`) and of refusal (`qa.refusal`) to what `training/weighed.py` wrote.

    python training/fit_weights.py WEIGHED.jsonl

Two logistic regressions: which of the sentences read holds the answer, and which questions have one. Each is fitted on
four fifths of the questions and scored on the rest, five times; the weights printed are fitted on all. Those that ship
were fitted in the same way to more questions, about the seeds and of RealTime QA: see `qa.refusal`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

FOLDS = 5
Row = dict[str, Any]
Floats = npt.NDArray[np.float64]


def main() -> None:
    """Fit both and print the weights with how well they separate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weighed", type=Path)
    rows: list[Row] = [json.loads(line) for line in parser.parse_args().weighed.read_text("utf-8").splitlines()]
    _fit_evidence([row for row in rows if row["answerable"] and any(holds for _, holds in row["evidence"])])
    _fit_refusal([row for row in rows if not row["by_rule"]])


def _fit_evidence(rows: list[Row]) -> None:
    sizes = [len(row["evidence"]) for row in rows]
    x = np.array([features for row in rows for features, _ in row["evidence"]])
    y = np.array([holds for row in rows for _, holds in row["evidence"]])
    fold = np.repeat(np.arange(len(rows)) % FOLDS, sizes)
    held = _held_out(x, y, fold)
    ends = np.cumsum(sizes)
    first = [y[a:b][np.argmax(held[a:b])] for a, b in zip(ends - sizes, ends, strict=True)]
    ranks = [np.flatnonzero(y[a:b][np.argsort(-held[a:b])])[0] + 1 for a, b in zip(ends - sizes, ends, strict=True)]
    model = LogisticRegression(C=1.0, max_iter=2000).fit(x, y)
    print("qa.weight: WEIGHTS =", *model.coef_[0].round(2), "CONSTANT =", model.intercept_.round(2)[0])
    print("questions", len(rows), "sentences", len(y), "AUC", round(roc_auc_score(y, held), 3), end=" ")
    print("first holds", round(float(np.mean(first)), 3), "MRR", round(float(np.mean(1 / np.array(ranks))), 3))


def _fit_refusal(rows: list[Row]) -> None:
    x = np.array([row["refusal"] for row in rows])
    y = np.array([row["answerable"] for row in rows])
    held = _held_out(x, y, np.arange(len(rows)) % FOLDS)
    model = LogisticRegression(C=1.0, max_iter=2000).fit(x, y)
    print("qa.refusal: AMONG_FEW =", model.intercept_.round(2)[0], *model.coef_[0].round(2))
    print("questions", len(y), "answerable", int(y.sum()), "AUC", round(roc_auc_score(y, held), 3))
    for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        refused = held < threshold
        right, share = np.mean(~y[refused]) if refused.any() else 0.0, np.mean(refused[~y])
        print(f"threshold {threshold}: refusals right {right:.2f}, unanswerable refused {share:.2f}", end=", ")
        print(f"answerable answered {np.mean(~refused[y]):.2f}")


def _held_out(x: Floats, y: npt.NDArray[np.bool_], fold: npt.NDArray[np.int_]) -> Floats:
    """Score each fold by a regression fitted on the others."""
    scores = np.empty(len(y))
    for n in range(FOLDS):
        model = LogisticRegression(C=1.0, max_iter=2000).fit(x[fold != n], y[fold != n])
        scores[fold == n] = model.decision_function(x[fold == n])
    return 1 / (1 + np.exp(-scores))


if __name__ == "__main__":
    main()
