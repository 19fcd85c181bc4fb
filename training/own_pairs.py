# /// script
# requires-python = ">=3.11"
# ///
"""Our own pairs: which sentences of `training/news` say all of a sentence of another outlet, or part, or otherwise.

Each line of `training/pairs/*.jsonl` is an event of `training/news`: its `id`; `says`, `part` and `denies`, each a
mapping of a sentence to those of the other articles that say all of it, that say its main thing and lack a detail, and
that cannot be true with it. `B3` is the third sentence of the second article. All other pairs say something else. A
language model that saw whole events wrote them down; they are under Byline's licence. Some pairs may be missing.

Where a line has `apart`, too, only the pairs listed were looked at: those in which a reader of before found what it was
to find, or a denial. Three in four of them say something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.own_news import load
from training.own_statements import DENIED, LEFT, SAID
from training.reader_data import read_folder, seeded
from training.statements import Statement
from training.text import overlap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from training.own_news import Event

APART = 3
"""Sentences that say something else which are drawn for one sentence: the one most alike in words, and others."""
FEWEST = 4
"""Words that a sentence has at least."""


def load_pairs(pairs: Path, news: Path, part: str, *, chosen: bool) -> list[Statement]:
    """Read `train` or `test`: what sentences of the same event make of each other.

    Args:
        pairs: the folder of pairs.
        news: that of the events.
        part: which events.
        chosen: the pairs that a reader of before was deceived by or sure of, not those of whole events.
    """
    rows = {row["id"]: row for row in read_folder(pairs) if ("apart" in row) is chosen}
    draw = _chosen if chosen else _statements
    return [s for event in load(news, part) if event.id in rows for s in draw(event, rows[event.id])]


def _texts(event: Event) -> dict[str, str]:
    return {
        f"{'ABC'[n]}{i}": " ".join(event.texts[n][a:b].split())
        for n, spans in enumerate(event.sentences)
        for i, (a, b) in enumerate(spans, 1)
    }


def _chosen(event: Event, row: dict[str, dict[str, list[str]]]) -> Iterator[Statement]:
    texts = _texts(event)
    for name, label in (("says", SAID), ("part", LEFT), ("denies", DENIED), ("apart", LEFT)):
        for claim, others in row[name].items():
            yield from (Statement(texts[other], texts[claim], label, f"chosen {name}") for other in others)


def _statements(event: Event, row: dict[str, dict[str, list[str]]]) -> Iterator[Statement]:
    rng = seeded(f"pairs {event.id}")
    texts = _texts(event)
    for claim, words in texts.items():
        if len(words.split()) < FEWEST:
            continue
        listed = {name: row.get(name, {}).get(claim, []) for name in ("says", "part", "denies")}
        for name, label in (("says", SAID), ("part", LEFT), ("denies", DENIED)):
            for other in listed[name]:
                yield Statement(texts[other], words, label, f"pair {name}")
        known = {other for others in listed.values() for other in others}
        apart = [t for name, t in texts.items() if name[0] != claim[0] and name not in known]
        apart.sort(key=lambda text: -overlap(words, text))
        for other in [*apart[:1], *rng.sample(apart[1:], min(len(apart[1:]), APART - 1))]:
            yield Statement(other, words, LEFT, "pair apart")
