# /// script
# requires-python = ">=3.11"
# dependencies = ["byline"]
# ///
"""Ask questions whose answers are known of the whole of Byline and write down what its evidence looked like.

    python training/weighed.py training/news OUT.jsonl [--squad FOLDER --clapnq FOLDER] [--questions 150]

Of our own news those events are asked about that the reader was not trained on, each with its three articles alone and
once more with all of them in one index. The other folders hold `corpus.jsonl.gz` and `queries.jsonl.gz` (fields: id,
title, text; question, answers, relevant, answerable, related_passage); only the SQuAD 2.0 articles that the reader was
not trained on are used, each passage an article. A line of the output: the set, the question, whether it has an answer,
its features for refusing, and of each piece of evidence its features and whether it holds the answer.
`training/fit_weights.py` fits to it.
"""

from __future__ import annotations

import argparse
import functools
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from index.fold import plain
from index.indexing import index_paths
from index.minilm import MiniLM
from qa import refusal, weight
from qa.kind import Kind
from qa.library import Library
from training import own_news
from training.reader_data import SQUAD2_CALIBRATION, SQUAD2_TEST, read_rows, seeded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from qa.evidence import Evidence

Row = dict[str, Any]


def main() -> None:
    """Ask and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("news", "out"):
        parser.add_argument(name, type=Path)
    for name in ("--squad", "--clapnq"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--questions", type=int, default=150, help="of each kind and set but the news")
    args = parser.parse_args()
    events = own_news.load(args.news, "test")
    with args.out.open("w", encoding="utf-8") as out:
        for name, groups in {"alone": [[event] for event in events], "together": [events]}.items():
            for group in groups:
                for row in _ask(_articles(group), _questions(group)):
                    print(json.dumps({"set": name, **row}), file=out, flush=True)
        for name, folder in {"squad2": args.squad, "clapnq": args.clapnq}.items():
            if folder:
                for row in _ask(*_passages(folder, args.questions, held_out=name == "squad2")):
                    print(json.dumps({"set": name, **row}), file=out, flush=True)


def _articles(events: Sequence[own_news.Event]) -> dict[str, str]:
    return {f"{e.id}--{file}": text for e in events for file, text in zip(e.files, e.texts, strict=True)}


def _questions(events: Sequence[own_news.Event]) -> Iterator[tuple[str, Callable[[Evidence], bool] | None]]:
    """Yield each question with what tells whether evidence answers it; None for one without an answer."""
    for event in events:
        for asked in event.asked:
            places = [(f"{event.id}--{event.files[p.article]}", p.start, p.end) for p in asked.answers]
            yield asked.question, functools.partial(_touches, places) if places else None


def _touches(places: Sequence[tuple[str, int, int]], e: Evidence) -> bool:
    return any(e.article.file == file and e.start < end and start < e.sentence.end for file, start, end in places)


def _passages(
    folder: Path, count: int, *, held_out: bool
) -> tuple[dict[str, str], list[tuple[str, Callable[[Evidence], bool] | None]]]:
    """Read passages as articles, and as many questions with an answer as without."""
    passages, queries = read_rows(folder / "corpus.jsonl.gz"), read_rows(folder / "queries.jsonl.gz")
    if held_out:
        passages = [p for p in passages if p["title"].replace("_", " ") in SQUAD2_TEST + SQUAD2_CALIBRATION]
        ids = {p["id"] for p in passages}
        queries = [q for q in queries if q["related_passage"] in ids]
    mixed = seeded("questions").sample(queries, len(queries))
    asked = [q for wanted in (True, False) for q in [q for q in mixed if bool(q["answerable"]) is wanted][:count]]
    texts = {f"{p['id']}.txt": f"{p['title']}\n\n{p['text'].strip()}\n" for p in passages}
    return texts, [(q["question"], functools.partial(_holds, q) if q["answerable"] else None) for q in asked]


def _ask(
    articles: Mapping[str, str], questions: Iterable[tuple[str, Callable[[Evidence], bool] | None]]
) -> Iterator[Row]:
    """Index the articles and weigh the evidence for each question."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "articles").mkdir()
        for name, text in articles.items():
            Path(folder, "articles", name).write_text(text, "utf-8")
        index_paths([Path(folder, "articles")], Path(folder, "store"), MiniLM())
        library = Library.open(Path(folder, "store"))
        for asked, answers in questions:
            question, evidence = library.weigh(asked)
            if evidence:
                by_rule = question.kind in (Kind.TOPIC, Kind.STATEMENT) or bool(refusal.missing_names(question))
                yield {
                    "question": asked,
                    "answerable": answers is not None,
                    "by_rule": by_rule,
                    "refusal": refusal.features(evidence),
                    "evidence": [[weight.features(e), bool(answers and answers(e))] for e in evidence],
                }


def _holds(query: Row, e: Evidence) -> bool:
    if Path(e.article.file).stem not in query["relevant"]:
        return False
    text = plain(e.text)
    golds = query.get("gold_sentences") or query["answers"]
    return any(plain(gold)[:60] in text or text[:60] in plain(gold) for gold in golds)


if __name__ == "__main__":
    main()
