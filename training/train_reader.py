# /// script
# requires-python = ">=3.11"
# dependencies = ["torch>=2.4", "numpy", "safetensors", "tokenizers>=0.20"]
# ///
"""Fine-tune all-MiniLM-L6-v2 into the reader: where the answer is, and whether the window answers at all.

    python training/train_reader.py TRAIN_FOLDER SQUAD2_FOLDER BASE_FOLDER OUT_FOLDER [--minutes 55]

BASE_FOLDER holds upstream's model.safetensors and tokenizer.json. The learning rate falls with the clock, so that the
run ends on time on any machine; OUT_FOLDER gets reader.safetensors, rewritten every ten minutes, and log.jsonl.
On a busy machine set OMP_WAIT_POLICY=PASSIVE: threads that spin while they wait halved the speed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from training import reader_data

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
HIDDEN, HEADS, LAYERS, LENGTH = 384, 12, 6, 128
RATE, HEAD_RATE, WARM_UP, BATCH = 2e-4, 1e-3, 0.06, 24
NEGATIVE = -1e4


class Layer(nn.Module):
    """One BERT encoder layer (post-norm)."""

    def __init__(self) -> None:
        """Make the weights, at random."""
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.mixed = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, 4 * HIDDEN)
        self.down = nn.Linear(4 * HIDDEN, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor, drop: float) -> Tensor:
        """Attend and transform; `mask` is broadcast to rows x heads x tokens x tokens."""
        rows, length, _ = x.shape
        q, k, v = self.qkv(x).view(rows, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        seen = self.mixed(seen.transpose(1, 2).reshape(rows, length, HIDDEN))
        x = self.norm1(x + functional.dropout(seen, drop, self.training))
        return self.norm2(x + functional.dropout(self.down(functional.gelu(self.up(x))), drop, self.training))


class ReaderNet(nn.Module):
    """The encoder with two heads: start and end of the span for each token, answerable from [CLS]."""

    def __init__(self) -> None:
        """Make the weights, at random."""
        super().__init__()
        self.words = nn.Embedding(30522, HIDDEN)
        self.places = nn.Embedding(512, HIDDEN)
        self.types = nn.Embedding(2, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.span = nn.Linear(HIDDEN, 2)
        self.pool = nn.Linear(HIDDEN, HIDDEN)
        self.answerable = nn.Linear(HIDDEN, 1)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor, drop: float = 0.0) -> tuple[Tensor, Tensor, Tensor]:
        """Give start logits, end logits (both rows x tokens) and the answerable logit (rows)."""
        with torch.no_grad():
            x = self.norm(self.words(ids) + self.places.weight[: ids.shape[1]] + self.types(types))
        seen = mask[:, None, None, :].bool()
        for layer in self.layers:
            x = layer(x, seen, drop)
        start, end = self.span(x).unbind(-1)
        return start, end, self.answerable(torch.tanh(self.pool(x[:, 0]))).squeeze(-1)


def load_upstream(net: ReaderNet, path: Path) -> None:
    """Copy upstream's encoder; the heads keep their random start. Raises SystemExit where the file is another one."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != BASE_SHA256:
        raise SystemExit(f"{path}: not upstream's all-MiniLM-L6-v2 weights (sha256 differs)")
    there = load_file(path)
    here = {
        "words.weight": there["embeddings.word_embeddings.weight"],
        "places.weight": there["embeddings.position_embeddings.weight"],
        "types.weight": there["embeddings.token_type_embeddings.weight"],
    }
    names = {"norm": "embeddings.LayerNorm"}
    for n in range(LAYERS):
        old, new = f"encoder.layer.{n}", f"layers.{n}"
        names |= {
            f"{new}.mixed": f"{old}.attention.output.dense",
            f"{new}.norm1": f"{old}.attention.output.LayerNorm",
            f"{new}.up": f"{old}.intermediate.dense",
            f"{new}.down": f"{old}.output.dense",
            f"{new}.norm2": f"{old}.output.LayerNorm",
        }
        for kind in ("weight", "bias"):
            parts = [there[f"{old}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            here[f"{new}.qkv.{kind}"] = torch.cat(parts)
    for new, old in names.items():
        here |= {f"{new}.{kind}": there[f"{old}.{kind}"] for kind in ("weight", "bias")}
    missing = net.load_state_dict(here, strict=False)
    assert all(name.split(".")[0] in ("span", "pool", "answerable") for name in missing.missing_keys), missing
    assert not missing.unexpected_keys, missing


@dataclass(frozen=True, slots=True)
class Encoded:
    """An example in word pieces."""

    ids: list[int]
    types: list[int]
    start: int
    """Token of the answer's first character; 0 ([CLS]) for a negative, -1 where the span is not to be learnt."""
    end: int
    answerable: bool


def pair_tokenizer(folder: Path) -> Tokenizer:
    """Load upstream's tokenizer for question and window."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LENGTH, strategy="only_second")
    return tokenizer


def encode(tokenizer: Tokenizer, examples: Sequence[reader_data.Example]) -> list[Encoded]:
    """Tokenise pairs; an answer that truncation cuts off takes its example with it."""
    found = []
    pairs = [(" ".join(e.question.split()[:32])[:160], e.window) for e in examples]
    for example, coded in zip(examples, tokenizer.encode_batch(pairs), strict=True):
        start = end = -1 if example.answerable else 0
        if example.span is not None:
            left, right = example.span
            inside = [
                at
                for at, ((a, b), part) in enumerate(zip(coded.offsets, coded.sequence_ids, strict=True))
                if part == 1 and a < right and b > left
            ]
            if not inside or coded.offsets[inside[-1]][1] < right:
                continue
            start, end = inside[0], inside[-1]
        found.append(Encoded(coded.ids, coded.type_ids, start, end, example.answerable))
    return found


def batches(rows: Sequence[Encoded], size: int, rng: random.Random) -> Iterator[list[Encoded]]:
    """Rows of like length together: sort within random pools of fifty batches, then shuffle the batches."""
    order = list(rows)
    rng.shuffle(order)
    for at in range(0, len(order), size * 50):
        pool = sorted(order[at : at + size * 50], key=lambda row: len(row.ids))
        cut = [pool[n : n + size] for n in range(0, len(pool), size)]
        rng.shuffle(cut)
        yield from cut


def tensors(rows: Sequence[Encoded]) -> tuple[Tensor, Tensor, Tensor]:
    """Pad to the longest row: ids, token types and mask, each rows x tokens."""
    longest = max(len(row.ids) for row in rows)
    ids = torch.tensor([row.ids + [0] * (longest - len(row.ids)) for row in rows])
    types = torch.tensor([row.types + [0] * (longest - len(row.ids)) for row in rows])
    mask = torch.tensor([[1] * len(row.ids) + [0] * (longest - len(row.ids)) for row in rows])
    return ids, types, mask


def loss_of(net: ReaderNet, rows: Sequence[Encoded], drop: float) -> tuple[Tensor, Tensor]:
    """Span loss (cross-entropy over [CLS] and the window, [CLS] meaning none) and answerable loss (BCE)."""
    ids, types, mask = tensors(rows)
    start, end, answerable = net(ids, types, mask, drop)
    open_to = types.bool() & mask.bool()
    open_to[:, 0] = True
    starts, ends = (torch.tensor([getattr(row, name) for row in rows]) for name in ("start", "end"))
    span = [
        functional.cross_entropy(logits.masked_fill(~open_to, NEGATIVE), gold, ignore_index=-1)
        for logits, gold in ((start, starts), (end, ends))
    ]
    truth = torch.tensor([float(row.answerable) for row in rows])
    return (span[0] + span[1]) / 2, functional.binary_cross_entropy_with_logits(answerable, truth)


def optimiser_of(net: ReaderNet) -> torch.optim.Optimizer:
    """AdamW over layers and heads; embeddings stay upstream's, which saves time and keeps rare words as they were."""
    for part in (net.words, net.places, net.types, net.norm):
        part.requires_grad_(requires_grad=False)
    encoder = [p for p in net.layers.parameters() if p.dim() > 1]
    plain = [p for p in net.layers.parameters() if p.dim() == 1]
    heads = [p for part in (net.span, net.pool, net.answerable) for p in part.parameters()]
    groups = [
        {"params": encoder, "rate": RATE, "weight_decay": 0.01},
        {"params": plain, "rate": RATE, "weight_decay": 0.0},
        {"params": heads, "rate": HEAD_RATE, "weight_decay": 0.01},
    ]
    return torch.optim.AdamW(groups, lr=RATE, betas=(0.9, 0.98), fused=True)


def stream(tokenizer: Tokenizer, split: reader_data.Split) -> Iterator[tuple[int, list[Encoded]]]:
    """Batches without end, each epoch with windows drawn anew."""
    seed = 0
    while True:
        seed += 1
        drawn = list(reader_data.epoch(split, seed))
        print(f"epoch {seed}: {reader_data.digest(drawn)}", flush=True)
        for rows in batches(encode(tokenizer, drawn), BATCH, reader_data.seeded(f"batches {seed}")):
            yield seed, rows


def check(net: ReaderNet, rows: Sequence[Encoded]) -> dict[str, float]:
    """Losses, exact spans among the positives, and accuracy of `answerable`, on the calibration part."""
    net.eval()
    losses, exact, positives, right = [], 0, 0, 0
    with torch.no_grad():
        for chunk in batches(rows, 64, reader_data.seeded("check")):
            losses.append(sum(part.item() for part in loss_of(net, chunk, 0.0)))
            ids, types, mask = tensors(chunk)
            start, end, answerable = net(ids, types, mask, 0.0)
            closed = ~(types.bool() & mask.bool())
            starts, ends = (logits.masked_fill(closed, NEGATIVE).argmax(-1).tolist() for logits in (start, end))
            for row, a, b, score in zip(chunk, starts, ends, answerable.tolist(), strict=True):
                right += (score > 0) == row.answerable
                positives += row.start > 0
                exact += row.start > 0 and (a, b) == (row.start, row.end)
    net.train()
    return {"loss": sum(losses) / len(losses), "exact": exact / positives, "answerable": right / len(rows)}


def train(arguments: argparse.Namespace) -> None:
    """Train by the clock, note progress every half minute, save every ten."""
    torch.manual_seed(7)
    torch.set_flush_denormal(True)
    torch.set_num_threads(arguments.threads)
    net = ReaderNet()
    load_upstream(net, arguments.base / "model.safetensors")
    tokenizer = pair_tokenizer(arguments.base)
    parts = [reader_data.load(arguments.train, arguments.squad2, part) for part in ("train", "calibration")]
    held = encode(tokenizer, list(reader_data.epoch(parts[1], 0)))
    optimiser = optimiser_of(net)
    net.train()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with (arguments.out / "log.jsonl").open("w") as log:
        began = saved = noted = time.monotonic()
        means = [math.log(30.0), math.log(2.0)]
        seen = 0
        for step, (seed, rows) in enumerate(stream(tokenizer, parts[0]), 1):
            done = (time.monotonic() - began) / (60 * arguments.minutes)
            if done >= 1:
                break
            for group in optimiser.param_groups:
                group["lr"] = group["rate"] * min(done / WARM_UP, (1 - done) / (1 - WARM_UP))
            span, answerable = loss_of(net, rows, 0.0)
            optimiser.zero_grad(set_to_none=True)
            (span + 1.5 * answerable).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            seen += len(rows)
            means = [0.98 * mean + 0.02 * part.item() for mean, part in zip(means, (span, answerable), strict=True)]
            now = time.monotonic()
            if now - noted > 30:
                noted = now
                note = {"minutes": round((now - began) / 60, 2), "epoch": seed, "step": step, "seen": seen}
                note |= {"span": round(means[0], 4), "answerable": round(means[1], 4)}
                print(json.dumps(note), file=log, flush=True)
            if now - saved > 600:
                saved = now
                save_file(net.state_dict(), arguments.out / "reader.safetensors")
                print(json.dumps({"step": step, "held": check(net, held[::3])}), file=log, flush=True)
        save_file(net.state_dict(), arguments.out / "reader.safetensors")
        print(json.dumps({"step": step, "seen": seen, "held": check(net, held[::3])}), file=log, flush=True)


def main() -> None:
    """Read the command line and go."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("train", "squad2", "base", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--minutes", type=float, default=55)
    parser.add_argument("--threads", type=int, default=2)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
