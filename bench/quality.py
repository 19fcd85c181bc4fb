"""Measure Byline and the baselines on a bench folder: `python -m bench.quality FOLDER --store DIR [--articles N] …`.

Indexes the folder's articles into DIR, or uses what is there, asks the questions, and prints the tables of
`byline eval` with the retrieval of the baselines on the same questions beside it.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bench.baselines import baselines
from bench.pool import dump, make_pool
from index.indexing import index_paths
from index.minilm import MiniLM
from qa.evaluation import Evaluation, Respondent, evaluate
from qa.library import Library
from qa.metrics import Retrieval, measure_retrieval
from qa.naming import BY_FILE
from ui.evaluate import check_outputs, retrieval_table, tables, wrong_lines
from ui.plot import plot_refusals
from ui.progress import bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.baselines import Baseline


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and write what is asked for."""
    args = _arguments(argv)
    check_outputs(args.json, args.plot)
    pool = make_pool(args.bench, args.store / "articles", articles=args.articles, limit=args.limit)
    with bar("articles") as progress:
        started = time.perf_counter()
        report = index_paths([pool.folder], args.store / "index", MiniLM(), progress)
        seconds = time.perf_counter() - started
    print(f"{args.bench.name}: {report.articles} articles, {report.chunks} chunks embedded in {seconds:.1f} s\n")
    library = Library.open(args.store / "index")
    with bar("questions") as progress:
        done = evaluate(pool.golds, Respondent(library, k=args.k), progress=progress)
    print(tables(done), "\n")
    rows, times = {"Byline": done.metrics.retrieval}, {}
    for baseline in baselines(library.corpus, args.store, args.k):
        rows[baseline.name], times[baseline.name] = compare(baseline, done)
    print(retrieval_table(rows), "\n")
    print("median ms to retrieve:", ", ".join(f"{name} {1000 * took:.0f}" for name, took in times.items()))
    if args.wrong:
        print(*wrong_lines(done), sep="\n", file=sys.stderr)
    if args.json:
        found = {name: asdict(row) | {"median": times.get(name)} for name, row in rows.items()}
        dump(args.json, {"bench": args.bench.name, "articles": report.articles, "found": found, **done.to_dict()})
    if args.plot:
        plot_refusals(done.metrics.refusals, args.plot)
    return 0


def compare(baseline: Baseline, done: Evaluation) -> tuple[Retrieval, float]:
    """Return what a baseline finds for the same questions, and its median seconds; follow-ups are as Byline rebuilt."""
    pairs, seconds = [], []
    for score in done.scores:
        if not score.relevant:
            continue
        started = time.perf_counter()
        files = baseline.find(score.standalone_question if score.history else score.question)
        seconds.append(time.perf_counter() - started)
        names = dict.fromkeys(BY_FILE.name({"file": file}, score.relevant) for file in files)
        pairs.append((tuple(names), score.relevant))
    return measure_retrieval(pairs), float(np.median(seconds)) if seconds else 0.0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure Byline and the baselines on a bench folder.")
    parser.add_argument("bench", type=Path, metavar="FOLDER", help="with corpus.jsonl.gz and queries.jsonl.gz")
    parser.add_argument("--store", type=Path, required=True, metavar="DIR", help="where articles and indexes are kept")
    parser.add_argument("--articles", type=int, metavar="N", help="the relevant articles and others, N in all")
    parser.add_argument("--limit", type=int, metavar="N", help="N of the questions, evenly spread")
    parser.add_argument("--k", type=int, default=20, help="passages retrieved for each question (default: 20)")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--plot", type=Path, metavar="FILE")
    parser.add_argument("--wrong", action="store_true", help="list the questions that came out wrong")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
