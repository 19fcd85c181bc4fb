# /// script
# requires-python = ">=3.11"
# dependencies = ["tokenizers>=0.20"]
# ///
"""Turn question-answering sets into short windows for the reader: `load` makes a split, `epoch` draws examples from it.

A window is one to four whole sentences of a paragraph. A positive window holds the answer at a random place; a
negative one belongs to the same question and does not answer it. Every draw comes from a seeded generator.
"""

from __future__ import annotations

import gzip
import json
import math
import random
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from training.text import FUNCTION_WORDS, overlap, trim, windows, words
from training.traps import make_trap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

SQUAD2_TEST = ("Huguenot", "Packet switching", "Steam engine", "Warsaw")
SQUAD2_CALIBRATION = ("Imperialism",)
WINDOW_SENTENCES = (1, 1, 1, 2, 2, 2, 3, 4)  # drawn from; short ones are cheap
SPAN_WORDS = 20
TRAPS = 0.35
"""Share of the answering windows from which a trap question is made, where one can be."""
MISTYPED = 0.12
"""Share of the questions that get one to three wrong letters."""
# Rows at most per set, and how often a row of the set gives a negative window beside its positive one.
TRAIN_SETS = {
    "aq_squad": (99_999, 0.75),
    "squadshifts_new_wiki": (99_999, 0.75),
    "squadshifts_reddit": (1_500, 0.7),
    "squadshifts_amazon_reviews": (800, 0.7),
    "qamr": (1_800, 0.7),
    "covidqa": (400, 0.7),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One question about one paragraph."""

    question: str
    paragraph: int
    """Index into `Split.paragraphs`."""
    span: tuple[int, int] | None
    """Answer as character offsets in the paragraph; None where the paragraph does not answer the question."""
    answers: tuple[str, ...]
    """Every accepted answer text; empty where the question is unanswerable."""
    source: str


@dataclass(frozen=True, slots=True)
class Split:
    """Paragraphs in article order, the article of each, and the questions about them."""

    paragraphs: tuple[str, ...]
    articles: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One question and one window."""

    question: str
    window: str
    span: tuple[int, int] | None
    """Character offsets in the window; None for a negative window and for answers too long to point at."""
    kind: str
    """positive, adversarial (people wrote the question to be unanswerable), trap (a rule did), paragraph, article or
    random."""

    @property
    def answerable(self) -> bool:
        """Whether the window answers the question."""
        return self.kind == "positive"


@dataclass(slots=True)
class _Gathered:
    """A split while it is being read."""

    paragraphs: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


def load(train_folder: Path, squad2_folder: Path, part: str) -> Split:
    """Read one part: `train`, `calibration` (one SQuAD 2 article, the tail of aq_squad) or `test` (four articles)."""
    into = _Gathered()
    _add_squad2(squad2_folder, part, into)
    if part != "test":
        for name, (limit, _) in TRAIN_SETS.items():
            if part == "train" or name == "aq_squad":
                _add_rows(train_folder / f"{name}.jsonl.gz", limit, part, into)
    return Split(tuple(into.paragraphs), tuple(into.articles), tuple(into.items))


def seeded(name: str) -> random.Random:
    """A generator of its own for each purpose, the same in every run."""
    return random.Random(name)  # noqa: S311 # repeatable draws, no secrets


def read_folder(folder: Path) -> list[dict[str, Any]]:
    """Read all JSON lines of a folder, in the order of their files."""
    return [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read a gzip file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _add_squad2(folder: Path, part: str, into: _Gathered) -> None:
    held_out = SQUAD2_TEST + SQUAD2_CALIBRATION
    places: dict[str, int] = {}
    for row in read_rows(folder / "corpus.jsonl.gz"):
        title = row["title"]
        home = "train" if title not in held_out else "test" if title in SQUAD2_TEST else "calibration"
        if home == part:
            places[row["id"]] = len(into.paragraphs)
            into.paragraphs.append(row["text"])
            into.articles.append(f"squad2 {title}")
    for row in read_rows(folder / "queries.jsonl.gz"):
        place = places.get(row["related_passage"])
        if place is not None:
            question, texts = row["question"], row["answers"]
            span = _locate(into.paragraphs[place], majority(texts), question) if texts else None
            if span or not texts:
                into.items.append(Item(question, place, span, tuple(texts), "squad2"))


def _locate(paragraph: str, answer: str, question: str) -> tuple[int, int] | None:
    """The place of the answer among most of the question's words: this set gives texts without places."""
    places = [(match.start(), match.end()) for match in re.finditer(re.escape(answer), paragraph)]
    return max(places, key=lambda s: overlap(question, paragraph[max(0, s[0] - 120) : s[1] + 120]), default=None)


def _add_rows(path: Path, limit: int, part: str, into: _Gathered) -> None:
    name = path.name.split(".")[0]
    rows = read_rows(path)
    order = list(dict.fromkeys(row["context"] for row in rows))
    # The tail of aq_squad calibrates; the gap before it keeps the article at the cut out of both parts.
    if name == "aq_squad":
        order = order[-110:] if part == "calibration" else order[:-170]
    places = {context: len(into.paragraphs) + at for at, context in enumerate(order)}
    into.paragraphs.extend(order)
    # These sets give no titles, but keep articles together: a run of sixteen paragraphs stands for one.
    into.articles.extend(f"{name} {at // 16}" for at in range(len(order)))
    chosen = [row for row in rows if row["context"] in places and row["answers"]]
    seeded(f"rows {name}").shuffle(chosen)
    for row in chosen[:limit]:
        texts = [answer["text"] for answer in row["answers"]]
        best = majority(texts)
        start = next(answer["start"] for answer in row["answers"] if answer["text"] == best)
        span = trim(row["context"], start, start + len(best))
        if row["context"][start : start + len(best)] == best and span[0] < span[1]:
            into.items.append(Item(row["question"], places[row["context"]], span, tuple(texts), name))


def majority(texts: Sequence[str]) -> str:
    """The answer that shares most words with the others; the shorter one of equals."""

    def agreement(text: str) -> tuple[float, int]:
        mine = set(words(text))
        return math.fsum(len(mine & set(words(t))) / (len(mine | set(words(t))) or 1) for t in texts), -len(text)

    return max(texts, key=agreement)


def epoch(split: Split, seed: int) -> Iterator[Example]:
    """One positive window of every answerable question, negative windows of most, two of each adversarial question."""
    rng = seeded(f"epoch {seed}")
    by_article: dict[str, list[int]] = {}
    for at, article in enumerate(split.articles):
        by_article.setdefault(article, []).append(at)
    for item in split.items:
        if item.span is None:
            for _ in range(2):
                yield from _negative(split, item, [item.paragraph], "adversarial", rng)
            continue
        for example in positive(split, item, rng):
            yield example
            yield from _trap(split, item, example, by_article, rng)
        share = TRAIN_SETS[item.source][1] if item.source in TRAIN_SETS else 0.75
        if rng.random() < share:
            kind = rng.choices(("paragraph", "article", "random"), (0.45, 0.43, 0.12))[0]
            near = [p for p in by_article[split.articles[item.paragraph]] if p != item.paragraph]
            pools = {"paragraph": [item.paragraph], "article": near, "random": range(len(split.paragraphs))}
            pool = pools[kind]
            yield from _negative(split, item, rng.sample(pool, min(len(pool), 16)), kind, rng)


def positive(split: Split, item: Item, rng: random.Random) -> Iterator[Example]:
    """A window of random size around the answer, the answer at a random place in it."""
    text = split.paragraphs[item.paragraph]
    assert item.span is not None
    start, end = item.span
    holding = [w for w in windows(text, rng.choice(WINDOW_SENTENCES)) if w[0] <= start and end <= w[1]]
    if holding:
        left, right = rng.choice(holding)
        short = len(words(text[start:end])) <= SPAN_WORDS
        span = (start - left, end - left) if short else None
        yield Example(typed(item.question, rng), text[left:right], span, "positive")


def _trap(
    split: Split, item: Item, example: Example, by_article: Mapping[str, Sequence[int]], rng: random.Random
) -> Iterator[Example]:
    if rng.random() < TRAPS:
        near = rng.sample(by_article[split.articles[item.paragraph]], 1)
        elsewhere = " ".join(split.paragraphs[at] for at in {*near, item.paragraph})
        if trap := make_trap(item.question, example.window, elsewhere, rng):
            yield Example(typed(trap, rng), example.window, None, "trap")


def _negative(split: Split, item: Item, pool: Sequence[int], kind: str, rng: random.Random) -> Iterator[Example]:
    size = rng.choice(WINDOW_SENTENCES)
    candidates = [
        split.paragraphs[at][left:right] for at in pool for left, right in windows(split.paragraphs[at], size)
    ]
    if item.span is not None:
        candidates = [window for window in candidates if not holds_answer(window, item)]
    if candidates:
        ranked = sorted(candidates, key=lambda window: overlap(item.question, window), reverse=True)
        window = ranked[0] if rng.random() < 0.6 else rng.choice(ranked[:4])
        yield Example(typed(item.question, rng), window, None, kind)


def holds_answer(window: str, item: Item) -> bool:
    """Whether any accepted answer stands in the window, word for word."""
    low = window.lower()
    return any(answer.lower().strip(" .,") in low for answer in item.answers)


def typed(question: str, rng: random.Random) -> str:
    """The question as a reader may type it: often bare, at times a keyword query, at times with wrong letters."""
    draw = rng.random()
    if draw < 0.35:
        question = question.lower().rstrip("? ")
    elif draw < 0.43:
        kept = [w for w in question.rstrip("? ").lower().split() if w not in FUNCTION_WORDS]
        question = " ".join(kept) if len(kept) >= 3 else question
    for _ in range(rng.choice((1, 1, 2, 3)) if rng.random() < MISTYPED else 0):
        at = rng.randrange(1, max(2, len(question) - 1))
        swap = question[at + 1 : at + 2] + question[at : at + 1]
        question = question[:at] + rng.choice((swap, "", rng.choice("etaoinsr"))) + question[at + 1 + len(swap) // 2 :]
    return question
