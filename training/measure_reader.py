# /// script
# requires-python = ">=3.11"
# dependencies = ["byline"]
# ///
"""Measure the exported reader on articles that it was not trained on, or fit its calibration.

    python training/measure_reader.py TRAIN_FOLDER SQUAD2_FOLDER [--fit] [--model FILE]

Prints one JSON object a measurement. `--fit` prints the three numbers for qa.reader.CALIBRATION instead. `--model`
takes another ONNX file, such as the unquantised one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from qa import reader
from qa.metrics import auc
from qa.squad import exact_match, token_f1
from training import reader_data
from training.statements import LABELS, load_statements
from training.text import windows

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats = npt.NDArray[np.float64]


def read_pairs(model: reader.Reader, pairs: Sequence[tuple[str, str]]) -> list[reader.Reading]:
    """Read one window a question."""
    return [model.read(question, [window])[0] for question, window in pairs]


def say(name: str, **figures: object) -> None:
    """Print one measurement."""
    rounded = {key: round(value, 3) if isinstance(value, float) else value for key, value in figures.items()}
    print(json.dumps({"measure": name} | rounded), flush=True)


def spans_of(name: str, model: reader.Reader, rows: Sequence[tuple[str, str, Sequence[str]]]) -> list[float]:
    """Exact match and F1 of the best span on windows that answer; returns `answerable` of each."""
    readings = read_pairs(model, [(question, window) for question, window, _ in rows])
    texts = [window[r.start : r.end] for (_, window, _), r in zip(rows, readings, strict=True)]
    told = [(text, golds) for text, (_, _, golds) in zip(texts, rows, strict=True)]
    exact = [exact_match(text, golds) == 1.0 for text, golds in told]
    sure = {
        truth: [r.span_score for r, e in zip(readings, exact, strict=True) if e is truth] for truth in (True, False)
    }
    say(
        name,
        rows=len(rows),
        exact=float(np.mean(exact)),
        f1=float(np.mean([token_f1(text, golds) for text, golds in told])),
        holds_gold=float(np.mean([any(gold.lower() in text.lower() for gold in golds) for text, golds in told])),
        span_score_auc=auc(sure[True], sure[False]),
        answerable=float(np.mean([r.answerable for r in readings])),
    )
    return [r.answerable for r in readings]


def drawn(split: reader_data.Split, limit: int) -> dict[str, list[tuple[str, str, tuple[str, ...]]]]:
    """Windows of the split by kind, each with the accepted answers; questions as written."""
    rng = reader_data.seeded("measure")
    found: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for number, item in enumerate(split.items):
        alone = reader_data.Split(split.paragraphs, split.articles, (item,))
        for example in reader_data.epoch(alone, 1_000 + number):
            found.setdefault(example.kind, []).append((item.question, example.window, item.answers))
    for kind, rows in found.items():
        if kind == "adversarial":
            rows[:] = rows[::2]
        rng.shuffle(rows)
    return {kind: rows[:limit] for kind, rows in found.items()}


def measure_windows(model: reader.Reader, split: reader_data.Split, limit: int) -> None:
    """Spans and `answerable` on the test articles, and how far `answerable` is calibrated."""
    rows = drawn(split, limit)
    positive = spans_of("squad2 held-out articles, gold window", model, rows["positive"])
    scores = {
        kind: [r.answerable for r in read_pairs(model, [(q, w) for q, w, _ in rows[kind]])]
        for kind in ("adversarial", "trap", "paragraph", "article", "random")
    }
    for kind, negative in scores.items():
        say(f"answerable: gold windows against {kind}", rows=len(negative), auc=auc(positive, negative))
    ordinary = [scores["paragraph"], scores["article"]]
    say("calibration, wrong windows", **calibration(positive, ordinary))
    say("calibration, a third of the others adversarial", **calibration(positive, [*ordinary, scores["adversarial"]]))


def calibration(positive: Sequence[float], negatives: Sequence[Sequence[float]]) -> dict[str, object]:
    """Brier score, expected calibration error over ten bins, and the bins (mean given, share true).

    One window in two answers, and each list of negatives weighs the same.
    """
    given = np.concatenate([positive, *negatives])
    truth = np.array([1.0] * len(positive) + [0.0] * (len(given) - len(positive)))
    shares = [(positive, 0.5), *((scores, 0.5 / len(negatives)) for scores in negatives)]
    weight = np.concatenate([np.full(len(scores), share / len(scores)) for scores, share in shares])
    bins = np.minimum((given * 10).astype(int), 9)
    masses = [weight[bins == b].sum() for b in range(10)]
    means = [[weight[bins == b] @ x[bins == b] / (mass or 1) for x in (given, truth)] for b, mass in enumerate(masses)]
    return {
        "brier": float(weight @ (given - truth) ** 2),
        "expected_error": float(sum(m * abs(a - b) for m, (a, b) in zip(masses, means, strict=True))),
        "bins": [[round(float(x), 2) for x in pair] for pair, m in zip(means, masses, strict=True) if m],
    }


def measure_statements(model: reader.Reader, folder: Path, limit: int) -> None:
    """How often the support head tells what a text makes of a statement, on premises held out, by set."""
    rows = load_statements(folder, "test")
    for source in sorted({row.source for row in rows}):
        mine = [row for row in rows if row.source == source][:limit]
        told = [model.judge(row.hypothesis, [row.premise])[0] for row in mine]
        best = [int(np.argmax((t.entails, t.open, t.denies))) for t in told]
        say(
            f"statements of {source}",
            rows=len(mine),
            accuracy=float(np.mean([guess == row.label for guess, row in zip(best, mine, strict=True)])),
            **{
                f"auc_{name}": auc(
                    [x for x, row in zip(xs, mine, strict=True) if row.label == label],
                    [x for x, row in zip(xs, mine, strict=True) if row.label != label],
                )
                for label, name, xs in (
                    (0, LABELS[0], [t.entails for t in told]),
                    (2, LABELS[2], [t.denies for t in told]),
                )
                if 0 < sum(row.label == label for row in mine) < len(mine)
            },
        )


def measure_ranking(model: reader.Reader, split: reader_data.Split, limit: int) -> None:
    """Rank two-sentence windows: all of the paragraph, and the best 24 of the article by the embedder's cosine."""
    from index.minilm import MiniLM

    embedder = MiniLM()
    cuts = {place: [text[a:b] for a, b in windows(text, 2)] for place, text in enumerate(split.paragraphs)}
    vectors = {place: np.asarray(embedder.embed(texts)) for place, texts in cuts.items()}
    items = [item for item in split.items if item.span is not None]
    reader_data.seeded("ranking").shuffle(items)
    hits = {"paragraph": Counter[str](), "article": Counter[str]()}
    for item in items[:limit]:
        query = np.asarray(embedder.embed([item.question]))[0]
        article = [p for p, name in enumerate(split.articles) if name == split.articles[item.paragraph]]
        for scope, places in (("paragraph", [item.paragraph]), ("article", article)):
            pool = [(p, n) for p in places for n in range(len(cuts[p]))]
            cosines = {(p, n): float(vectors[p][n] @ query) for p, n in pool}
            pool = sorted(pool, key=lambda at: -cosines[at])[:24]
            gold = [p == item.paragraph and reader_data.holds_answer(cuts[p][n], item) for p, n in pool]
            if scope == "paragraph" and (not any(gold) or all(gold)):
                continue
            answers = [r.answerable for r in model.read(item.question, [cuts[p][n] for p, n in pool])]
            both = [0.5 * answer + cosines[at] for answer, at in zip(answers, pool, strict=True)]
            hits[scope]["questions"] += 1
            hits[scope]["gold among them"] += any(gold)
            for way, by in (("cosine", [cosines[at] for at in pool]), ("reader", answers), ("both", both)):
                hits[scope][way] += gold[int(np.argmax(by))]
    for scope, counts in hits.items():
        say(
            f"first of the windows of the {scope} holds the answer",
            **{k: v if k == "questions" else v / counts["questions"] for k, v in counts.items()},
        )


def measure_elsewhere(model: reader.Reader, folder: Path, limit: int) -> None:
    """Spans on two other sets: nothing of TREC QA was trained on, of QED which of its sentences answer."""
    for name in ("qed_nq", "trecqa_reader"):
        rng = reader_data.seeded(name)
        rows = []
        for row in reader_data.read_rows(folder / f"{name}.jsonl.gz"):
            texts = [answer["text"] for answer in row["answers"]]
            start = row["answers"][0]["start"]
            item = reader_data.Item(row["question"], 0, (start, start + len(texts[0])), tuple(texts), name)
            alone = reader_data.Split((row["context"],), (name,), (item,))
            rows += [(item.question, e.window, item.answers) for e in reader_data.positive(alone, item, rng)]
        spans_of(name, model, rows[:limit])


def measure_time(model: reader.Reader) -> None:
    """Time a usual load on as many threads as the model takes."""
    word = "the minister said on friday that talks would go on in the city until a deal is found "
    windows = [" ".join((word * 5).split()[: 68 + n % 5]) for n in range(20)]
    model.read("who said that talks would go on?", windows)
    took = []
    for _ in range(15):
        began = time.perf_counter()
        model.read("who said that talks would go on?", windows)
        took.append(1000 * (time.perf_counter() - began))
    say("milliseconds for 20 windows of 80 word pieces", median=float(np.median(took)), best=min(took))


def fit(model: reader.Reader, split: reader_data.Split) -> None:
    """Logistic regression by Newton's method on the two raw scores, positives and negatives weighing the same."""
    rows = drawn(split, 5_000)
    kinds = ("adversarial", "paragraph", "article")
    pairs = [(q, w) for kind in ("positive", *kinds) for q, w, _ in rows[kind]]
    truth = np.array([1.0] * len(rows["positive"]) + [0.0] * (len(pairs) - len(rows["positive"])))
    columns: list[Floats] = []
    for raw in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)):
        reader.CALIBRATION = raw
        p = np.clip([r.answerable for r in read_pairs(model, pairs)], 1e-12, 1 - 1e-12)
        columns.append(np.log(p / (1 - p)))
    x = np.stack([*columns, np.ones(len(pairs))], axis=1)
    weight = np.where(truth == 1, 0.5 / truth.sum(), 0.5 / (len(truth) - truth.sum()))
    beta = np.zeros(3)
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ beta))
        slope = x.T @ (weight * (truth - p)) - 1e-4 * beta
        beta += np.linalg.solve((x * (weight * p * (1 - p))[:, None]).T @ x + 1e-4 * np.eye(3), slope)
    print(len(truth), "windows; CALIBRATION =", tuple(round(float(b), 3) for b in beta))
    for name, column in zip(("answerable logit", "span margin", "both"), (*columns, x @ beta), strict=True):
        print(name, "auc", round(auc(column[truth == 1].tolist(), column[truth == 0].tolist()), 4))


def main() -> None:
    """Read the command line and go."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("train", "squad2"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--limit", type=int, default=1_000, help="rows at most a measurement")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if arguments.model:
            (Path(folder) / "model.onnx").symlink_to(arguments.model.resolve())
            reader.SHA256 = hashlib.sha256(arguments.model.read_bytes()).hexdigest()
        model = reader.Reader(Path(folder)) if arguments.model else reader.Reader()
        if arguments.fit:
            fit(model, reader_data.load(arguments.train, arguments.squad2, "calibration"))
            return
        split = reader_data.load(arguments.train, arguments.squad2, "test")
        measure_time(model)
        measure_windows(model, split, arguments.limit)
        measure_statements(model, arguments.train, arguments.limit)
        measure_elsewhere(model, arguments.train, arguments.limit)
        measure_ranking(model, split, arguments.limit // 5)


if __name__ == "__main__":
    main()
