# /// script
# requires-python = ">=3.11"
# ///
"""Our own statements: sentences of invented news that say a fact, say less, say otherwise, or only sound alike.

Each line of `training/statements/*.jsonl` is a fact of an `event`: `core`, the plain fact; `full`, a sentence that
tells it with more; `all`, sentences that say all of `full`; `lacks`, which say `core` and not all of `full`; `differs`,
which cannot be true with `core`; `near`, which neither say nor deny it; `looser`, where there, which say it less
precisely. A language model wrote them for Byline; they are under Byline's licence.
Which events are held out goes by the order of the files: a new one is named so that it comes last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.reader_data import read_folder
from training.statements import LABELS, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HELD_OUT = 6
"""One event in so many is held out."""
SAID, LEFT, DENIED = range(len(LABELS))


def load_own(folder: Path, part: str) -> list[Statement]:
    """Read `train` or `test`: what the sentences of each fact make of each other."""
    facts = read_folder(folder)
    events = list(dict.fromkeys(fact["event"] for fact in facts))
    held = set(events[HELD_OUT - 1 :: HELD_OUT])
    return [s for fact in facts if (fact["event"] in held) is (part == "test") for s in _statements(fact)]


def _statements(fact: dict[str, list[str]]) -> Iterator[Statement]:
    core, full = str(fact["core"]), str(fact["full"])
    made = {"all": (SAID, SAID), "lacks": (SAID, LEFT), "differs": (DENIED, DENIED), "near": (LEFT, LEFT)}
    yield Statement(full, core, SAID, "own core")
    for name, (of_core, of_full) in made.items():
        for sentence in fact[name]:
            yield Statement(sentence, core, of_core, "own core")
            yield Statement(sentence, full, of_full, "own full")
    for sentence in fact.get("looser", []):
        yield Statement(core, sentence, SAID, "own looser")
        yield Statement(full, sentence, SAID, "own looser")
        yield Statement(sentence, core, LEFT, "own looser")
    for sentence in fact["differs"]:
        yield from (Statement(premise, sentence, DENIED, "own differs") for premise in (full, fact["all"][0]))
