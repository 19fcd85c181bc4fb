# /// script
# requires-python = ">=3.11"
# dependencies = ["byline", "scikit-learn"]
# ///
"""Fit the weights of evidence (`qa.weight`) and of refusal (`qa.refusal`), and print them.

    python training/fit_weights.py SQUAD2_FOLDER CLAPNQ_FOLDER [--questions 90] [--off-topic 80]

Both folders hold `corpus.jsonl.gz` and `queries.jsonl.gz` (fields: id, title, text; question, answers, relevant,
answerable, related_passage). Only the SQuAD 2.0 articles that the reader was not trained on are used. Each passage
becomes an article, the whole of Byline is asked, and two logistic regressions are fitted: which of the sentences read
holds the answer, and which questions have one. The off-topic questions are those of the other SQuAD articles.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from index.fold import plain
from index.indexing import index_paths
from index.minilm import MiniLM
from qa.library import Library
from qa.question import clean
from qa.refusal import AGREEING
from qa.weight import logit
from training.reader_data import SQUAD2_CALIBRATION, SQUAD2_TEST

if TYPE_CHECKING:
    from qa.evidence import Evidence

Row = dict[str, Any]


def main() -> None:
    """Ask the questions, fit, and print the weights with how well they separate."""
    parser = argparse.ArgumentParser(description="Fit the weights of evidence and of refusal.")
    parser.add_argument("squad", type=Path)
    parser.add_argument("clapnq", type=Path)
    parser.add_argument("--questions", type=int, default=90, help="of each kind and set")
    parser.add_argument("--off-topic", type=int, default=80)
    args = parser.parse_args()
    passages, queries = _read(args.squad, "corpus"), _read(args.squad, "queries")
    kept = [p for p in passages if p["title"].replace("_", " ") in SQUAD2_TEST + SQUAD2_CALIBRATION]
    ids = {p["id"] for p in kept}
    mine = [q for q in queries if q["related_passage"] in ids]
    others = [{**q, "answerable": False} for q in queries if q["related_passage"] not in ids]
    asked = _sample(mine, args.questions) + random.Random(2).sample(others, args.off_topic)
    sets = [(kept, asked), (_read(args.clapnq, "corpus"), _sample(_read(args.clapnq, "queries"), args.questions // 2))]
    rows = [row for passages, questions in sets for row in _ask(passages, questions)]
    _fit_evidence(rows)
    _fit_refusal(rows)


def _read(folder: Path, name: str) -> list[Row]:
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _sample(queries: list[Row], count: int) -> list[Row]:
    """Take as many answerable questions as unanswerable ones."""
    mixed = random.Random(1).sample(queries, len(queries))
    return [q for wanted in (True, False) for q in [q for q in mixed if bool(q["answerable"]) is wanted][:count]]


def _ask(passages: list[Row], queries: list[Row]) -> list[Row]:
    """Index the passages as articles and weigh the evidence for each question."""
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder, "articles")
        articles.mkdir()
        for p in passages:
            Path(articles, f"{p['id']}.txt").write_text(f"{p['title']}\n\n{p['text'].strip()}\n", "utf-8")
        index_paths([articles], Path(folder, "store"), MiniLM())
        library = Library.open(Path(folder, "store"))
        rows = []
        for query in queries:
            question, evidence = library.weigh(clean(query["question"]))
            if evidence:
                rows.append({"query": query, "question": question, "evidence": evidence})
        return rows


def _features(e: Evidence) -> list[float]:
    return [logit(e.answerable), e.coverage, e.cosine, e.passage]


def _holds(e: Evidence, query: Row) -> bool:
    if Path(e.article.file).stem not in query["relevant"]:
        return False
    text = plain(e.text)
    golds = query.get("gold_sentences") or query["answers"]
    return any(plain(gold)[:60] in text or text[:60] in plain(gold) for gold in golds)


def _fit_evidence(rows: list[Row]) -> None:
    pairs = [(_features(e), _holds(e, r["query"])) for r in rows if r["query"]["answerable"] for e in r["evidence"]]
    x, y = np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])
    model = LogisticRegression(C=10, max_iter=1000).fit(x, y)
    print("READER, COVERAGE, COSINE, PASSAGE, CONSTANT =", *model.coef_[0].round(2), model.intercept_.round(2)[0])
    print(
        "sentences", len(y), "that answer", int(y.sum()), "AUC", round(roc_auc_score(y, model.decision_function(x)), 3)
    )


def _fit_refusal(rows: list[Row]) -> None:
    x = []
    for row in rows:
        evidence = row["evidence"]
        read = float(np.mean([logit(e.answerable) for e in evidence[:AGREEING]]))
        x.append([read, evidence[0].cosine, row["question"].missing])
    y = np.array([bool(row["query"]["answerable"]) for row in rows])
    model = LogisticRegression(C=3, max_iter=1000).fit(np.array(x), y)
    print("READER, COSINE, MISSING, CONSTANT =", *model.coef_[0].round(2), model.intercept_.round(2)[0])
    print("questions", len(y), "AUC", round(roc_auc_score(y, model.decision_function(np.array(x))), 3))


if __name__ == "__main__":
    main()
