"""Trials: clusters of articles indexed and asked, and what was told of them held against what is known."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.corpus import Newest
from index.fold import tokenise
from index.indexing import index_paths
from qa.library import Library
from qa.quote_tally import tally_kinds, tally_speakers, tally_utterances
from qa.reader import Reader
from qa.remembered import Remembered
from qa.tally import (
    Tally,
    tally_alarms,
    tally_conflicts,
    tally_counts,
    tally_names,
    tally_reports,
    tally_statements,
)
from qa.told import read_told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.vectors import Embeds
    from index.vocabulary import Vocabulary
    from qa.cluster import Cluster
    from qa.told import Told


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one cluster, or of several together."""

    name: str
    measures: dict[str, Tally]
    """In the order in which they are printed."""
    agreeing: Tally
    """The agreeing questions: told, and right where no conflict was raised."""
    false_alarms: int
    """The agreeing questions that raised a conflict that the gold does not have."""

    def to_dict(self) -> dict[str, Any]:
        """Return the trial's JSON."""
        return {
            "name": self.name,
            "measures": {name: _fields(tally) for name, tally in self.measures.items()},
            "agreeing": {
                "asked": self.agreeing.told,
                "without_conflict": self.agreeing.right,
                "with_false_conflict": self.false_alarms,
            },
        }

    def __add__(self, other: Trial) -> Trial:
        """Return both together."""
        return Trial(
            "all",
            {name: tally + other.measures[name] for name, tally in self.measures.items()},
            self.agreeing + other.agreeing,
            self.false_alarms + other.false_alarms,
        )


def run_trials(
    clusters: Sequence[Cluster], embedder: Embeds, progress: Callable[[int, int], None] | None = None
) -> tuple[Trial, ...]:
    """Index each cluster in a folder that is removed again, ask its questions, and return what came of each.

    Args:
        clusters: the clusters.
        embedder: makes the index.
        progress: called with (clusters done, clusters) after each.
    """
    trials, reader, embedder = [], Reader(), Remembered(embedder)
    for done, cluster in enumerate(clusters, start=1):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            index_paths(sorted(cluster.folder.glob("*.txt")), Path(folder), embedder)
            library = Library(Newest(Path(folder), embedder.fingerprint).corpus(), embedder, reader)
            told = [read_told(library.ask(question).to_dict()) for question in cluster.questions]
            trials.append(hold(cluster, told, partial(are_one_name, library.corpus.lexical.vocabulary)))
        if progress is not None:
            progress(done, len(clusters))
    return tuple(trials)


def hold(cluster: Cluster, told: Sequence[Told], joined: Callable[[str, str], bool]) -> Trial:
    """Hold what was told of a cluster against its gold.

    Args:
        cluster: the gold.
        told: the answers to its questions.
        joined: whether two names are taken for one.
    """
    agreeing, false = tally_alarms(cluster, told)
    measures = {
        "statements": tally_statements(cluster, told),
        "  where the answer has them": tally_statements(cluster, told, answered=True),
        "reports": tally_reports(cluster, told),
        "  counts of reports": tally_counts(cluster, told),
        "conflicts": tally_conflicts(cluster, told),
        "  of whatever kind": tally_conflicts(cluster, told, kinds=False),
        "quotations": tally_utterances(cluster, told),
        "  kinds of wording": tally_kinds(cluster, told),
        "  speakers": tally_speakers(cluster, told),
        "names": tally_names(cluster, joined),
    }
    return Trial(cluster.name, measures, agreeing, false)


def are_one_name(vocabulary: Vocabulary, one: str, other: str) -> bool:
    """Tell whether a corpus takes two names for one: word for word a spelling of the other's."""
    words = [tokenise(one), tokenise(other)]
    return len(words[0]) == len(words[1]) and all(
        a.key == b.key or b.key in vocabulary.spellings(a.word, a.key) or a.key in vocabulary.spellings(b.word, b.key)
        for a, b in zip(*words, strict=True)
    )


def _fields(tally: Tally) -> dict[str, Any]:
    counts = {name: getattr(tally, name) for name in ("told", "right", "known", "found")}
    return {**counts, "precision": tally.precision, "recall": tally.recall}
