# /// script
# requires-python = ">=3.11"
# dependencies = ["byline"]
# ///
"""Mine clusters: the pairs of sentences that Byline would hold against each other, and which of them conflict.

    python training/mine_clusters.py training/clusters MINED.jsonl

asks every question of every cluster, and writes for each the best answer beside the answers of other articles, each
pair with whether the cluster's gold knows them as two versions of one conflict. Others may be missing from the gold.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from index.corpus import Newest
from index.indexing import index_paths
from index.minilm import MiniLM
from qa.agreement import Agreement
from qa.cluster import read_clusters
from qa.conflict import WITHOUT
from qa.kind import Kind
from qa.library import Library
from qa.likeness import Likeness, compare
from qa.reader import Reader
from qa.remembered import Remembered
from qa.short import best_answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.vectors import Embeds
    from qa.cluster import Cluster, Place
    from qa.evidence import Evidence
    from qa.question import Question

LEAST = 0.05
"""The reader's probability that a sentence answers, from which on it is held against the best,"""
MOST = 20
"""of so many sentences."""


def open_cluster(cluster: Cluster, store: Path, embedder: Embeds, reader: Reader) -> Library:
    """Index the articles of a cluster and open them."""
    index_paths(sorted(cluster.folder.glob("*.txt")), store, embedder)
    return Library(Newest(store, embedder.fingerprint).corpus(), Remembered(embedder), reader)


def held_against(library: Library, question: str) -> Iterator[tuple[Agreement, Evidence, Evidence]]:
    """Yield the best answer to a question with each other answer of another article that is not plainly the same."""
    read, evidence = library.weigh(question)
    best = best_answer(read, evidence) or next(iter(evidence), None)
    if best is None or read.kind in WITHOUT:
        return
    agreement = Agreement(read, library.corpus, library.reader)
    others = [e for e in evidence if e.answer is not None and e.answer[0] >= e.sentence.start and e.answerable >= LEAST]
    for other in others[:MOST]:
        if other.article.id != best.article.id and not _is_same(read, agreement, best, other):
            yield agreement, best, other


def conflicts(cluster: Cluster, one: Evidence, other: Evidence) -> bool:
    """Tell whether the gold knows two sentences as two versions of one conflict."""
    for dispute in cluster.disputes:
        versions = [
            {n for n, side in enumerate(dispute.sides) if any(_holds(e, place) for place in side.places)}
            for e in (one, other)
        ]
        if all(versions) and not versions[0] & versions[1]:
            return True
    return False


def _is_same(question: Question, agreement: Agreement, one: Evidence, other: Evidence) -> bool:
    likeness = compare(agreement.told(one), agreement.told(other), question.kind, agreement.vocabulary)[0]
    return likeness is Likeness.SAME and question.kind is not Kind.YES_NO


def _holds(evidence: Evidence, place: Place) -> bool:
    within = any(start < evidence.sentence.end and evidence.start < end for start, end in place.spans)
    return evidence.article.file == place.file and within


def main() -> None:
    """Read the command line and go."""
    embedder, reader = MiniLM(), Reader()
    with Path(sys.argv[2]).open("w", encoding="utf-8") as out, tempfile.TemporaryDirectory() as stores:
        for cluster in read_clusters(Path(sys.argv[1])):
            library = open_cluster(cluster, Path(stores) / cluster.name, embedder, reader)
            for question in cluster.questions:
                for _, one, other in held_against(library, question):
                    row = {"cluster": cluster.name, "question": question, "one": one.text, "other": other.text}
                    print(json.dumps(row | {"conflict": conflicts(cluster, one, other)}, ensure_ascii=False), file=out)


if __name__ == "__main__":
    main()
