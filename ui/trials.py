"""Trials as `byline eval --clusters` runs and prints them: how well articles on one event are compared."""

from __future__ import annotations

import json
import sys
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from index.minilm import MiniLM
from qa.cluster import read_clusters
from qa.trial import run_trials
from ui.evaluate import check_outputs, table, write
from ui.progress import bar

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from qa.trial import Trial


def run_clusters(args: argparse.Namespace) -> None:
    """Index and ask the clusters, print the tables, and write what is asked for.

    Raises:
        BylineError: a cluster cannot be used, or what is asked for cannot be written.
    """
    clusters = [cluster for path in args.clusters for cluster in read_clusters(path)]
    check_outputs(args.json, None)
    with bar("clusters") as progress:
        trials = run_trials(clusters, MiniLM(), progress)
    whole = reduce(add, trials)
    print(trial_tables(whole, trials))
    if args.wrong:
        print(*noted_lines(trials), sep="\n", file=sys.stderr)
    if args.json:
        rows = {"all": whole.to_dict(), "clusters": [trial.to_dict() for trial in trials]}
        write(args.json, json.dumps(rows, ensure_ascii=False))


def trial_tables(whole: Trial, trials: Sequence[Trial]) -> str:
    """Return the measures of all clusters, and the alarms, as plain text."""
    lines = [
        (name, tally.told, tally.right, tally.precision, tally.known, tally.found, tally.recall)
        for name, tally in whole.measures.items()
    ]
    heads = (_count(len(trials), "cluster"), "told", "right", "precision", "known", "found", "recall")
    quiet = whole.agreeing
    said = (
        f"{_count(quiet.told, 'question')} on which the articles agree: {quiet.told - quiet.right} with a conflict, "
        f"{whole.false_alarms} with a false one"
    )
    return "\n\n".join([table(heads, lines), said])


def noted_lines(trials: Sequence[Trial]) -> Iterator[str]:
    """Yield a line for each thing that was told wrongly or not at all."""
    for trial in trials:
        for name, tally in trial.measures.items():
            if not name.startswith(" "):  # what is left of the measure above it
                yield from (f"{trial.name}: {name}: {note}" for note in tally.notes)
        yield from (f"{trial.name}: {note}" for note in trial.agreeing.notes)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
