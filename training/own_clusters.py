# /// script
# requires-python = ">=3.11"
# ///
"""Our own clusters: five invented articles on one event each, and which of their sentences say the same or contradict.

`training/clusters/` has the format of `tests/clusters/`. A language model wrote them for Byline; they are under
Byline's licence. A few pairs that are the same, or a conflict, may be missing from the gold.
"""

from __future__ import annotations

import itertools
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from training.reader_data import read_folder
from training.text import overlap, sentences

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    Sentence = tuple[str, str]

SAME, OPEN, CONFLICT = range(3)
HELD_OUT = ("09", "10")
"""Clusters whose number is one of these are held out."""
LOUD = 3
"""Sentences that say something else which are drawn for one: those with most words in common first."""
KINDS = frozenset("howmany who when where job which what why yesno".split())
MOST_WORDS = 12
"""Of an answer that is put in the place of another."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sentences of two articles, and what they make of a question."""

    question: str
    """Empty where it is asked whether they contradict each other at all."""
    one: str
    other: str
    label: int
    """SAME, OPEN or CONFLICT; of mined pairs OPEN means no conflict."""
    source: str


def gold_pairs(folder: Path, rng: random.Random, *, held: bool = False) -> list[Compared]:
    """Return what the gold of the clusters says, in the order of their names."""
    found: list[Compared] = []
    for cluster in sorted(folder.iterdir()):
        if cluster.is_dir() and (cluster.name[1:3] in HELD_OUT) is held:
            found += _of_cluster(cluster, rng)
    return found


def mined_pairs(path: Path, *, held: bool = False) -> list[Compared]:
    """Return what training/mine_clusters.py wrote."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return [
        Compared(row["question"], row["one"], row["other"], CONFLICT if row["conflict"] else OPEN, "mined")
        for row in rows
        if (row["cluster"][1:3] in HELD_OUT) is held
    ]


def news_pairs(folder: Path, rng: random.Random) -> list[Compared]:
    """Return pairs of the news: two sentences that answer a question, and the same with another answer in one."""
    events = read_folder(folder)
    pools: dict[str, list[str]] = {}
    for event in events:
        for asked in event["questions"]:
            pools.setdefault(asked["kind"], []).extend(a["text"] for a in asked["answers"])
    return [pair for event in events for pair in _of_event(event, pools, rng)]


def statement_pairs(folder: Path) -> list[Compared]:
    """Return sentences that say a fact, deny it or only sound like it."""
    found = []
    for fact in read_folder(folder):
        for name, label in (("all", SAME), ("lacks", SAME), ("differs", CONFLICT), ("near", OPEN)):
            found += [Compared("", fact["core"], text, label, "statement") for text in fact[name]]
        found += [Compared("", a, b, CONFLICT, "statement") for a in fact["all"][:2] for b in fact["differs"]]
        found += [Compared("", a, b, OPEN, "statement") for a in fact["all"][:1] for b in fact["near"]]
    return found


def _of_cluster(cluster: Path, rng: random.Random) -> Iterator[Compared]:
    gold = json.loads((cluster / "gold.json").read_text("utf-8"))
    texts = {path.name: path.read_text("utf-8") for path in sorted(cluster.glob("*.txt"))}
    everything = [(file, text[a:b]) for file, text in texts.items() for a, b in sentences(text)]
    for dispute in gold["conflicts"]:
        versions = [[(file, said) for file, said in version["sentences"]] for version in dispute["versions"]]
        known = [place for version in versions for place in version]
        for question in ["", *dispute["questions"]]:
            for a, b in itertools.combinations(range(len(versions)), 2):
                yield from _pairs(question, versions[a], versions[b], CONFLICT)
            for version in versions:
                yield from _pairs(question, version, version, SAME)
            yield from _others(question, known, everything, rng)
    for group in gold["groups"]:
        said = [(file, text) for file, text in group["sentences"]]
        for question in ["", *group.get("questions", [])]:
            yield from _pairs(question, said, said, SAME)
            yield from _others(question, said, everything, rng)
    for apart in gold.get("apart", []):
        said = [(file, text) for file, text in apart["sentences"]]
        yield from _pairs("", said, said, OPEN)


def _pairs(question: str, ones: Sequence[Sentence], others: Sequence[Sentence], label: int) -> Iterator[Compared]:
    pairs = itertools.combinations(ones, 2) if ones is others else itertools.product(ones, others)
    for (file, one), (other_file, other) in pairs:
        if file != other_file:
            yield Compared(question, one, other, label, "gold")


def _others(
    question: str, known: Sequence[Sentence], everything: Sequence[Sentence], rng: random.Random
) -> Iterator[Compared]:
    """Yield pairs of a sentence that is known with such of other articles as say something else."""
    for file, one in rng.sample(list(known), min(2, len(known))):
        rest = [
            other
            for other_file, other in everything
            if other_file != file and not any(text in other or other in text for _, text in known)
        ]
        rest.sort(key=lambda other: -overlap(one, other))
        near = rest[: 2 * LOUD]
        yield from (Compared(question, one, other, OPEN, "gold") for other in rng.sample(near, min(LOUD, len(near))))


def _of_event(event: Mapping[str, Any], pools: Mapping[str, list[str]], rng: random.Random) -> Iterator[Compared]:
    """Yield pairs for the questions that several outlets answer, or one answers in few words."""
    for asked in event["questions"]:
        answers = [a for a in asked["answers"] if a["text"] in a["sentence"]]
        apart = [(a, b) for a, b in itertools.combinations(answers, 2) if a["file"] != b["file"]]
        for a, b in apart:
            yield Compared(asked["question"], a["sentence"], b["sentence"], SAME, "news")
        if asked["kind"] not in KINDS or asked["kind"] == "yesno":
            continue
        for a, b in apart or [(a, a) for a in answers[:1]]:
            other = _another(b["text"], pools[asked["kind"]], rng)
            if other and len(b["text"].split()) <= MOST_WORDS:
                said = b["sentence"].replace(b["text"], other, 1)
                yield Compared(asked["question"], a["sentence"], said, CONFLICT, "made")


def _another(answer: str, pool: Sequence[str], rng: random.Random) -> str | None:
    """Return another answer of the kind, about as long: a figure with other digits where it has any."""
    digits = [n for n, c in enumerate(answer) if c.isdigit()]
    if digits:
        at = rng.choice(digits)
        return answer[:at] + rng.choice([d for d in "123456789" if d != answer[at]]) + answer[at + 1 :]
    like = [text for text in rng.sample(pool, min(40, len(pool))) if abs(len(text) - len(answer)) <= 8]
    like = [text for text in like if not overlap(text, answer) and text[:1].isupper() == answer[:1].isupper()]
    return like[0] if like else None
