# /// script
# requires-python = ">=3.11"
# dependencies = ["byline", "numpy", "scikit-learn>=1.5"]
# ///
"""Fit how probable it is that two answers differ, on clusters of articles of which that is known.

    python training/fit_conflicts.py tests/clusters/dev training/clusters

prints the constant and weights for `qa/disagree.py`, and how much of what is told from each probability on is right,
each cluster judged by weights that were fitted without it. Of training/clusters only those count that the comparer was
not taught on. A pair is the best answer to a question and an answer of another article; it is right where the gold has
the two sentences in two versions of one conflict.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from index.minilm import MiniLM
from qa.cluster import read_clusters
from qa.conflict import ANSWERING
from qa.disagree import features, oppose
from qa.reader import Reader
from training.mine_clusters import conflicts, held_against, open_cluster
from training.own_clusters import HELD_OUT

if TYPE_CHECKING:
    from collections.abc import Iterator

STRENGTH = 0.1
"""Inverse of the regularisation, on features of unit variance."""
FOLDS = 8


def gather(folder: Path) -> Iterator[tuple[str, str, tuple[float, ...], bool]]:
    """Yield for each pair its cluster, its question, its features and whether it is a conflict."""
    embedder, reader = MiniLM(), Reader()
    for cluster in read_clusters(folder):
        if cluster.name[:1].isalpha() and cluster.name[1:3].isdigit() and cluster.name[1:3] not in HELD_OUT:
            continue
        with tempfile.TemporaryDirectory() as store:
            library = open_cluster(cluster, Path(store), embedder, reader)
            for question in cluster.questions:
                held = [row for row in held_against(library, question) if row[2].answerable >= ANSWERING]
                if not held:
                    continue
                agreement, best, _ = held[0]
                told = [agreement.told(other) for _, _, other in held]
                first = agreement.told(best)
                for one in oppose(first, told, told, agreement):
                    values = features(first, one.told, one.compared, told, agreement)
                    yield cluster.name, question, values, conflicts(cluster, best, one.told.evidence)


def main() -> None:
    """Fit and print."""
    rows = [row for name in sys.argv[1:] for row in gather(Path(name))]
    clusters, questions, x, y = ([row[n] for row in rows] for n in range(4))
    values, right = np.array(x), np.array(y)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=5000))
    folds = GroupKFold(FOLDS)
    chances = cross_val_predict(model, values, right, groups=clusters, cv=folds, method="predict_proba")[:, 1]
    print(f"{len(right)} pairs, {right.sum()} conflicts, AUC {roc_auc_score(right, chances):.3f}")
    for least in (0.5, 0.6, 0.7, 0.8):
        best: dict[tuple[str, str], tuple[float, bool]] = {}
        for cluster, question, chance, truth in zip(clusters, questions, chances, right, strict=True):
            if chance >= least:
                best[cluster, question] = max(best.get((cluster, question), (0.0, False)), (chance, bool(truth)))
        print(f"from {least}: {sum(truth for _, truth in best.values())} right of {len(best)} told")
    model.fit(values, right)
    scaler, fitted = model[0], model[1]
    weights = fitted.coef_[0] / scaler.scale_
    print(
        "weights", weights.round(3).tolist(), "constant", round(float(fitted.intercept_[0] - weights @ scaler.mean_), 3)
    )


if __name__ == "__main__":
    main()
