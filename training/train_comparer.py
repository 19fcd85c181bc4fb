# /// script
# requires-python = ">=3.11"
# dependencies = ["torch>=2.4", "numpy", "onnx>=1.16", "safetensors", "tokenizers>=0.20"]
# ///
"""Fine-tune the reader into the comparer: whether two sentences answer a question alike, otherwise, or not both.

    python training/train_comparer.py MINED.jsonl BASE_FOLDER OUT_FOLDER --from MODEL.onnx [--minutes 25]

MINED.jsonl is what training/mine_clusters.py wrote; BASE_FOLDER holds upstream's model.safetensors and tokenizer.json.
Only the layers and the support head are trained; OUT_FOLDER gets reader.safetensors, which training/export_reader.py
writes as int8. The question and one sentence stand in the question's place, the other sentence in the window's.
MODEL.onnx is qa/models/reader/model.onnx.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from training.encoded import Encoded, batches, pair_tokenizer, tensors
from training.own_clusters import CONFLICT, OPEN, SAME, Compared, gold_pairs, mined_pairs, news_pairs, statement_pairs
from training.reader_data import seeded
from training.reader_net import ReaderNet, load_published, load_upstream
from training.train_reader import WARM_UP, Diary, half, optimiser_of

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from tokenizers import Tokenizer

    Row = tuple[Encoded, int, bool]

BATCH = 24
HERE = Path(__file__).resolve().parent
HELD = 1200
"""Held-out pairs that are looked at on the way."""
CHARACTERS = 300
"""Of each sentence, as in qa/comparer.py."""
GOLD, CONFLICTS_MINED, OTHERS_MINED, NEWS, STATEMENTS = 2, 6, 0.5, 1.0, 0.3
"""How often an epoch has each pair of the gold, each mined conflict, and which shares of the rest it has."""


def draw(mined: Path, seed: int) -> list[Compared]:
    """Return the pairs of one epoch."""
    rng = seeded(f"compared {seed}")
    rows = [pair for _ in range(GOLD) for pair in gold_pairs(HERE / "clusters", rng)]
    found = mined_pairs(mined)
    rows += CONFLICTS_MINED * [pair for pair in found if pair.label == CONFLICT]
    others = [pair for pair in found if pair.label == OPEN]
    rows += rng.sample(others, round(OTHERS_MINED * len(others)))
    for share, pairs in ((NEWS, news_pairs(HERE / "news", rng)), (STATEMENTS, statement_pairs(HERE / "statements"))):
        rows += rng.sample(pairs, round(share * len(pairs)))
    return rows


def encode(tokenizer: Tokenizer, pairs: Sequence[Compared], rng: random.Random) -> list[Row]:
    """Tokenise pairs, either sentence first; of a mined pair that is open it is only known that it is no conflict."""
    found = []
    for pair in pairs:
        one, other = (pair.one, pair.other) if rng.random() < 0.5 else (pair.other, pair.one)  # a coin
        coded = tokenizer.encode(f"{pair.question} {one[:CHARACTERS]}".strip(), other[:CHARACTERS])
        row = Encoded(coded.ids, coded.type_ids, -1, -1, answerable=False)
        found.append((row, pair.label, pair.source == "mined" and pair.label == OPEN))
    return found


def stream(tokenizer: Tokenizer, mined: Path) -> Iterator[list[Row]]:
    """Batches without end, each epoch drawn anew."""
    for seed in itertools.count(1):
        rows = draw(mined, seed)
        print(f"epoch {seed}: {len(rows)} {Counter((p.source, p.label) for p in rows)}", flush=True)
        yield from batches(encode(tokenizer, rows, seeded(f"sides {seed}")), BATCH, seeded(f"b {seed}"), _length)


def _length(row: Row) -> int:
    return len(row[0].ids)


def loss_of(net: ReaderNet, rows: Sequence[Row]) -> torch.Tensor:
    """Cross-entropy of the three labels, of two where same and open are not told apart."""
    logits = net(*tensors([row for row, _, _ in rows]))[3].float()
    labels = torch.tensor([label for _, label, _ in rows])
    either = torch.tensor([either for _, _, either in rows])
    shares = functional.log_softmax(logits, dim=-1)
    known = -shares.gather(1, labels[:, None]).squeeze(1)
    return torch.where(either, -torch.logsumexp(shares[:, [SAME, OPEN]], dim=-1), known).mean()


def check(net: ReaderNet, rows: Sequence[Row]) -> dict[str, float]:
    """Area under the curve of conflicts among held-out pairs, and the share of the gold's labels that is right."""
    net.eval()
    scores, right, known = [], 0, 0
    with torch.no_grad():
        for at in range(0, len(rows), 64):
            part = rows[at : at + 64]
            shares = net(*tensors([row for row, _, _ in part]))[3].float().softmax(-1)
            scores += shares[:, CONFLICT].tolist()
            right += sum(s == r[1] and not r[2] for s, r in zip(shares.argmax(-1).tolist(), part, strict=True))
            known += sum(not r[2] for r in part)
    net.train()
    order = sorted(zip(scores, (row[1] == CONFLICT for row in rows), strict=True))
    positives = sum(truth for _, truth in order)
    below = sum(rank for rank, (_, truth) in enumerate(order, 1) if truth) - positives * (positives + 1) / 2
    return {"auc": round(below / (positives * (len(rows) - positives)), 4), "labels": round(right / known, 4)}


def train(arguments: argparse.Namespace) -> None:
    """Train by the clock."""
    torch.manual_seed(7)
    torch.set_flush_denormal(True)
    torch.set_num_threads(arguments.threads)
    net = ReaderNet()
    load_upstream(net, arguments.base / "model.safetensors")
    if arguments.start.suffix == ".onnx":
        load_published(net, arguments.start)
    else:
        net.load_state_dict(load_file(arguments.start))
    tokenizer = pair_tokenizer(arguments.base)
    tokenizer.enable_truncation(128, strategy="longest_first")
    rng = seeded("held")
    held = [*gold_pairs(HERE / "clusters", rng, held=True), *mined_pairs(arguments.mined, held=True)]
    held_rows = encode(tokenizer, rng.sample(held, min(HELD, len(held))), rng)
    optimiser = optimiser_of(net)
    diary = Diary(arguments.out, arguments.minutes, lambda: check(net, held_rows))
    diary.save(0, net)
    rows = stream(tokenizer, arguments.mined)
    net.train()
    for step in itertools.count(1):
        done = diary.done()
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = arguments.rate * group["rate"] * min(done / WARM_UP, 1 - (done - WARM_UP) / (1 - WARM_UP))
        optimiser.zero_grad(set_to_none=True)
        with half(arguments):
            loss = loss_of(net, next(rows))
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        diary.note(step, {"loss": loss.item(), "questions": BATCH}, net)
    diary.save(step, net)


def main() -> None:
    """Read the command line and go."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("mined", "base", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--from", dest="start", type=Path, required=True, help="a model.onnx or reader.safetensors")
    parser.add_argument("--minutes", type=float, default=25)
    parser.add_argument("--rate", type=float, default=0.7, help="times the reader's learning rates")
    parser.add_argument("--half", action="store_true", help="multiply in bfloat16")
    parser.add_argument("--threads", type=int, default=2)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
