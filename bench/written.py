"""What a model writes, held against the promises: `python -m bench.written STORE QUESTIONS.jsonl --model NAME`."""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
from dataclasses import asdict, dataclass, field, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.check import Checker
from qa.gold import read_gold, spread
from qa.library import Library
from ui.progress import bar

if TYPE_CHECKING:
    from qa.answer import Answer
    from qa.gold import Gold

QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]{2,})[”\"“»]")


@dataclass(slots=True)
class Tally:
    """What came of many questions put to a model."""

    questions: int = 0
    unanswerable: int = 0
    written: int = 0
    """Questions with at least one sentence of the model in the answer."""
    instead: int = 0
    """Questions answered by quotations because nothing of the model could be shown."""
    shown: int = 0
    """Sentences of the model that were shown."""
    left_out: int = 0
    citations_out_of_range: int = 0
    """Citations that are not the words of their file at their place."""
    quotations: int = 0
    quotations_not_verbatim: int = 0
    """Quotations in sentences of the model that no article cited for it holds."""
    refused: int = 0
    refused_extractive: int = 0
    answered_beyond: int = 0
    """Questions without an answer in the articles that are answered, and that quotations alone refuse."""
    early: int = 0
    """Written answers whose first sentence was there before the model had ended."""
    seconds_to_first: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    check_ms: list[float] = field(default_factory=list)
    """One for each sentence that was checked."""

    def summary(self) -> dict[str, Any]:
        """Return the counts as they are and the times as medians and the 95th hundredth."""
        row = asdict(self)
        for name in ("seconds_to_first", "seconds", "check_ms"):
            values = sorted(row.pop(name))
            if values:
                row[f"{name}_median"] = round(statistics.median(values), 2)
                row[f"{name}_95"] = round(values[int(0.95 * (len(values) - 1))], 2)
        return row


def measure(library: Library, golds: list[Gold], show: bool = False) -> Tally:  # noqa: FBT001, FBT002 # a flag of the shell
    """Ask every question with the library's model and without, and count what is promised.

    Args:
        library: with a model.
        golds: the questions.
        show: whether to print each answer as a line of JSON, to be read by a person.
    """
    tally = Tally()
    quoting = replace(library, writer=None)
    restore = _timed(tally.check_ms)
    try:
        with bar("questions") as progress:
            for done, gold in enumerate(golds, start=1):
                quoted = quoting.ask(gold.question, history=gold.history)
                answer = _written(library, gold, tally)
                _count(library, gold, answer, quoted, tally)
                if show:
                    print(json.dumps({"id": gold.id, **answer.to_dict()}, ensure_ascii=False), flush=True)
                progress(done, len(golds))
    finally:
        restore()
    return tally


def _written(library: Library, gold: Gold, tally: Tally) -> Answer:
    """Ask, and note when the first sentence was there and whether the model still wrote."""
    started = time.perf_counter()
    first: float | None = None
    for answer in library.stream(gold.question, history=gold.history):
        if answer.growing and answer.claims and first is None:
            first = time.perf_counter() - started
    took = time.perf_counter() - started
    tally.seconds.append(took)
    if answer.model:
        tally.written += 1
        tally.early += first is not None and first < took - 0.05
        tally.seconds_to_first.append(took if first is None else first)
    return answer


def _count(library: Library, gold: Gold, answer: Answer, quoted: Answer, tally: Tally) -> None:
    tally.questions += 1
    tally.unanswerable += not gold.answerable
    tally.refused += answer.refused
    tally.refused_extractive += quoted.refused
    tally.answered_beyond += not gold.answerable and quoted.refused and not answer.refused
    tally.left_out += answer.left_out
    tally.instead += not answer.refused and answer.model is None
    for citation in answer.citations:
        text = library.article(citation.file, citation.record).text
        tally.citations_out_of_range += text[citation.start : citation.end] != citation.quote
    if answer.model is None:
        return
    own = {claim.text for claim in quoted.claims}
    for claim in answer.claims:
        tally.shown += claim.text not in own
        texts = [" ".join(library.article(c.file, c.record).text.split()) for c in claim.citations]
        for match in QUOTED.finditer(claim.text):
            tally.quotations += 1
            words = " ".join(match[1].split()).rstrip(",.")
            tally.quotations_not_verbatim += not any(words in text for text in texts)


def _timed(times: list[float]) -> Any:
    """Have every check of a sentence noted in milliseconds; return what ends that."""
    check = Checker.check

    @wraps(check)
    def timed(self: Checker, *args: Any, **kwargs: Any) -> Any:
        started = time.perf_counter()
        try:
            return check(self, *args, **kwargs)
        finally:
            times.append(1000 * (time.perf_counter() - started))

    setattr(Checker, "check", timed)  # noqa: B010 # mypy forbids the plain way
    return lambda: setattr(Checker, "check", check)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="what a language model writes, held against the promises")
    parser.add_argument("store", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--model", help="default: BYLINE_MODEL")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--show", action="store_true", help="print every answer as a line of JSON")
    args = parser.parse_args()
    golds = list(read_gold(args.gold))
    if args.limit:
        golds = list(spread(golds, args.limit))
    library = Library.open(args.store, model=args.model)
    if library.writer is None:
        sys.exit("Give a --model, or set BYLINE_MODEL.")
    for name, value in measure(library, golds, args.show).summary().items():
        print(f"{name.replace('_', ' '):28} {value}", file=sys.stderr)


if __name__ == "__main__":
    main()
