# /// script
# requires-python = ">=3.11"
# dependencies = ["byline"]
# ///
"""Ask questions whose answers are known of the whole of Byline and write down what its evidence looked like.

    python training/weighed.py SQUAD2_FOLDER CLAPNQ_FOLDER OUT.jsonl [--questions 150] [--off-topic 100]

Both folders hold `corpus.jsonl.gz` and `queries.jsonl.gz` (fields: id, title, text; question, answers, relevant,
answerable, related_passage). Only the SQuAD 2.0 articles that the reader was not trained on are used. Each passage
becomes an article. The off-topic questions are those of the other SQuAD articles. A line of the output: the set,
whether the question has an answer, its features for refusing, and of each piece of evidence its features and whether it
holds the answer. `training/fit_weights.py` fits to it.
"""

from __future__ import annotations

import argparse
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
from qa.library import Library
from training.reader_data import SQUAD2_CALIBRATION, SQUAD2_TEST, read_rows, seeded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qa.evidence import Evidence

Row = dict[str, Any]


def main() -> None:
    """Ask and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("squad", "clapnq", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--questions", type=int, default=150, help="of each kind and set")
    parser.add_argument("--off-topic", type=int, default=100)
    args = parser.parse_args()
    passages, queries = read_rows(args.squad / "corpus.jsonl.gz"), read_rows(args.squad / "queries.jsonl.gz")
    kept = [p for p in passages if p["title"].replace("_", " ") in SQUAD2_TEST + SQUAD2_CALIBRATION]
    ids = {p["id"] for p in kept}
    mine = [q for q in queries if q["related_passage"] in ids]
    others = [{**q, "answerable": False} for q in queries if q["related_passage"] not in ids]
    asked = _sample(mine, args.questions) + seeded("off topic").sample(others, args.off_topic)
    natural = _sample(read_rows(args.clapnq / "queries.jsonl.gz"), args.questions // 2)
    clapnq = read_rows(args.clapnq / "corpus.jsonl.gz"), natural
    with args.out.open("w", encoding="utf-8") as out:
        for name, (texts, questions) in {"squad2": (kept, asked), "clapnq": clapnq}.items():
            for row in _ask(texts, questions):
                print(json.dumps({"set": name, **row}), file=out, flush=True)


def _sample(queries: list[Row], count: int) -> list[Row]:
    """Take as many answerable questions as unanswerable ones."""
    mixed = seeded("questions").sample(queries, len(queries))
    return [q for wanted in (True, False) for q in [q for q in mixed if bool(q["answerable"]) is wanted][:count]]


def _ask(passages: list[Row], queries: list[Row]) -> Iterator[Row]:
    """Index the passages as articles and weigh the evidence for each question."""
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder, "articles")
        articles.mkdir()
        for p in passages:
            Path(articles, f"{p['id']}.txt").write_text(f"{p['title']}\n\n{p['text'].strip()}\n", "utf-8")
        index_paths([articles], Path(folder, "store"), MiniLM())
        library = Library.open(Path(folder, "store"))
        for query in queries:
            question, evidence = library.weigh(query["question"])
            if evidence:
                yield {
                    "answerable": bool(query["answerable"]),
                    "kind": question.kind,
                    "refusal": refusal.features(question, evidence),
                    "evidence": [[weight.features(e), _holds(e, query)] for e in evidence],
                }


def _holds(e: Evidence, query: Row) -> bool:
    if not query["answerable"] or Path(e.article.file).stem not in query["relevant"]:
        return False
    text = plain(e.text)
    golds = query.get("gold_sentences") or query["answers"]
    return any(plain(gold)[:60] in text or text[:60] in plain(gold) for gold in golds)


if __name__ == "__main__":
    main()
