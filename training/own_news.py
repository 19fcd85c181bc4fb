# /// script
# requires-python = ">=3.11"
# dependencies = ["byline"]
# ///
"""Our own news: invented events, each told by three outlets, with questions that they answer and that they do not.

    python training/own_news.py training/news HARD.jsonl

writes, for every question, the windows that do not answer it and that the reader of today takes most for an answer:
what the next reader is taught on. Each line of `training/news/*.jsonl` is an event: `id`; `articles`, each `file` and
`text`; `questions`, each `kind`, `question` and `answers`, every place that answers: `file`, `text`, `sentence`.
A language model wrote them for Byline; they are under Byline's licence. A few places that answer may be missing.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from training.reader_data import Example, read_folder, seeded, typed
from training.text import overlap, sentences, words

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping, Sequence

HELD_OUT = 6
"""One event in so many is held out: the weights of evidence and of refusal are fitted on them."""
SIZES = (1, 1, 1, 1, 2, 2, 2, 3)
"""Sentences of a window, drawn from: at most two are read when Byline answers."""
LIKELY, MINED = 12, 5
"""Windows of most common words that are read for a question, and those kept of them, the most deceiving."""
IN_OTHER_WORDS = ("far", "nowhere")
"""Kinds of questions in other words than the articles': for them every sentence is read."""
SPAN_WORDS = 20

Hard = dict[tuple[str, str], list[str]]
"""Deceiving windows of each (event, question)."""


@dataclass(frozen=True, slots=True)
class Place:
    """An answer: characters of one article of its event."""

    article: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about an event."""

    kind: str
    question: str
    answers: tuple[Place, ...]
    """Empty where the articles do not answer."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event in the words of its outlets."""

    id: str
    files: tuple[str, ...]
    texts: tuple[str, ...]
    sentences: tuple[tuple[tuple[int, int], ...], ...]
    """Character spans of the sentences of each article."""
    asked: tuple[Asked, ...]


def load(folder: Path, part: str) -> list[Event]:
    """Read the events of a part, `train` or `test`, in the order of their files."""
    events = [_event(row) for row in read_folder(folder)]
    return [e for n, e in enumerate(events) if (n % HELD_OUT == HELD_OUT - 1) is (part == "test")]


def _event(row: dict[str, object]) -> Event:
    articles, questions = row["articles"], row["questions"]
    assert isinstance(articles, list)
    assert isinstance(questions, list)
    files = tuple(a["file"] for a in articles)
    texts = tuple(a["text"] for a in articles)
    spans = tuple(tuple(sentences(text)) for text in texts)
    asked = []
    for q in questions:
        places = []
        for answer in q["answers"]:
            at = files.index(answer["file"])
            begin = texts[at].index(answer["sentence"])
            start = begin + answer["sentence"].index(answer["text"])
            places.append(Place(at, start, start + len(answer["text"])))
        asked.append(Asked(q["kind"], q["question"], tuple(places)))
    return Event(str(row["id"]), files, texts, spans, tuple(asked))


def examples(
    events: Sequence[Event], hard: Mapping[tuple[str, str], Sequence[str]], seed: int, kinds: Sequence[str] = ()
) -> Iterator[Example]:
    """Draw windows: one around each of up to two answers of a question, and three that do not answer it.

    Args:
        events: what is asked about.
        hard: deceiving windows.
        seed: of the draw.
        kinds: the kinds of question to draw for; all by default.
    """
    rng = seeded(f"own news {seed}")
    for event in events:
        for asked in (asked for asked in event.asked if not kinds or asked.kind in kinds):
            places = rng.sample(asked.answers, min(2, len(asked.answers)))
            for place in places:
                yield from _around(event, asked, place, rng)
            deceiving = list(hard.get((event.id, asked.question), ()))
            others = rng.sample(deceiving, min(len(deceiving), 2))
            apart = [w for w in _apart(event, asked, rng.choice(SIZES)) if w not in others]
            others += rng.sample(apart, min(len(apart), 1))
            for window in others:
                yield Example(typed(asked.question, rng), window, None, "paragraph" if asked.answers else "adversarial")


def _around(event: Event, asked: Asked, place: Place, rng: random.Random) -> Iterator[Example]:
    text, size = event.texts[place.article], rng.choice(SIZES)
    holding = [w for w in _runs(event, place.article, size) if w[0] <= place.start and place.end <= w[1]]
    if holding:
        left, right = rng.choice(holding)
        short = len(words(text[place.start : place.end])) <= SPAN_WORDS
        span = (place.start - left, place.end - left) if short else None
        yield Example(typed(asked.question, rng), text[left:right], span, "positive")


def _apart(event: Event, asked: Asked, size: int) -> list[str]:
    """Return the windows that touch no sentence with an answer."""
    found = []
    for at, text in enumerate(event.texts):
        answers = [p for p in asked.answers if p.article == at]
        for left, right in _runs(event, at, size):
            if not any(left < p.end and p.start < right for p in answers):
                found.append(text[left:right])
    return found


def _runs(event: Event, article: int, size: int) -> list[tuple[int, int]]:
    spans = event.sentences[article]
    size = min(size, len(spans))
    return [(spans[n][0], spans[n + size - 1][1]) for n in range(len(spans) - size + 1)]


def read_hard(path: Path) -> Hard:
    """Read what `main` wrote."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return {(row["event"], row["question"]): row["windows"] for row in rows}


def main() -> None:
    """Find deceiving windows."""
    from qa.reader import Reader

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("news", "out"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    reader = Reader()
    with args.out.open("w", encoding="utf-8") as out:
        for event in load(args.news, "train"):
            for asked in event.asked:
                single = _apart(event, asked, 1)
                likely = sorted(single + _apart(event, asked, 2), key=lambda w: -overlap(asked.question, w))[:LIKELY]
                if asked.kind in IN_OTHER_WORDS:
                    likely = list(dict.fromkeys(single + likely))
                readings = reader.read(asked.question, likely)
                order = sorted(range(len(likely)), key=lambda n: -readings[n].answerable)
                row = {"event": event.id, "question": asked.question, "windows": [likely[n] for n in order[:MINED]]}
                print(json.dumps(row, ensure_ascii=False), file=out)


if __name__ == "__main__":
    main()
