# /// script
# requires-python = ">=3.11"
# dependencies = ["byline", "numpy", "scikit-learn>=1.5"]
# ///
"""Fit how probable it is that two figures are of one thing, on clusters of articles of which that is known.

    python training/fit_figures.py tests/clusters/dev [--test tests/clusters/test]

prints the constant and weights for `qa/disagree.py`, the last of them for being known to both articles, and how much of
what is told from each probability on is right.
A pair is the best answer to a question of a cluster and another sentence with another figure; it is right where the
gold has the two sentences in two versions of one conflict.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from index.indexing import index_paths
from index.minilm import MiniLM
from qa.agreement import Agreement
from qa.answer import Difference
from qa.cluster import read_clusters
from qa.conflict import ANSWERING_FIGURE, COMPARED
from qa.disagree import features, known_to_both
from qa.library import Library
from qa.likeness import Likeness, compare
from qa.short import best_answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qa.evidence import Evidence

STRENGTH = 1.0
"""Inverse of the regularisation, on features of unit variance."""


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clusters", type=Path)
    parser.add_argument("--test", type=Path)
    args = parser.parse_args()
    x, y = gather(args.clusters)
    mean, spread = x.mean(0), x.std(0) + 1e-6
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit((x - mean) / spread, y)
    weights = model.coef_[0] / spread
    constant = model.intercept_[0] - (weights * mean).sum()
    print("weights", weights.round(2).tolist(), "constant", round(constant, 2))
    for name, (a, b) in {"fitted": (x, y), **({"test": gather(args.test)} if args.test else {})}.items():
        odds = a @ weights + constant
        print(name, "pairs", len(b), "right", int(b.sum()), "AUC", round(float(roc_auc_score(b, odds)), 3))
        for least in (-0.5, 0.0, 0.5, 1.0, 1.5):
            told = odds >= least
            print(f"  from {1 / (1 + np.exp(-least)):.2f} on: {int(told.sum())} told, {int(b[told].sum())} right")


def gather(folder: Path) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return features and whether it is right of each pair in the clusters of a folder."""
    rows = [row for path in sorted(folder.iterdir()) if path.is_dir() for row in _pairs(path)]
    return np.array([row for row, _ in rows]), np.array([right for _, right in rows])


def _pairs(path: Path) -> Iterator[tuple[tuple[float, ...], bool]]:
    (cluster,), gold, embedder = read_clusters(path), json.loads((path / "gold.json").read_text("utf-8")), MiniLM()
    with tempfile.TemporaryDirectory() as folder:
        index_paths(sorted(path.glob("*.txt")), Path(folder), embedder)
        library = Library.open(Path(folder), embedder)
        for question in cluster.questions:
            if library.ask(question).refused:
                continue
            asked, evidence = library.weigh(question)
            agreement = Agreement(asked, library.corpus, library.reader)
            best = best_answer(asked, evidence) or evidence[0]
            likely = [e for e in evidence if e.answer is not None and e.answerable >= ANSWERING_FIGURE][:COMPARED]
            for one, other in ((agreement.told(best), agreement.told(e)) for e in likely if e is not best):
                found = compare(one, other, asked.kind, agreement.vocabulary)
                if found == (Likeness.OTHER, Difference.FIGURE):
                    versions = _versions(gold, best), _versions(gold, other.evidence)
                    right = any(a[0] == b[0] and a[1] != b[1] for a in versions[0] for b in versions[1])
                    yield (*features(one, other, agreement), float(known_to_both(one, other))), right


def _versions(gold: dict[str, Any], evidence: Evidence) -> set[tuple[int, int]]:
    """Return the conflicts, each with the version, that a piece of evidence is in."""
    sentence = evidence.article.text[evidence.sentence.start : evidence.sentence.end]
    return {
        (n, at)
        for n, conflict in enumerate(gold["conflicts"])
        for at, version in enumerate(conflict["versions"])
        for file, words in version["sentences"]
        if file == evidence.article.file and (words in evidence.text or sentence in words)
    }


if __name__ == "__main__":
    main()
