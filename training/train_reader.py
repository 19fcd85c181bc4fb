# /// script
# requires-python = ">=3.11"
# dependencies = ["torch>=2.4", "numpy", "onnx>=1.16", "safetensors", "tokenizers>=0.20"]
# ///
"""Fine-tune all-MiniLM-L6-v2 into the reader: spans that answer, whether a window does, what it makes of a statement.

    python training/train_reader.py TRAIN_FOLDER SQUAD2_FOLDER BASE_FOLDER OUT_FOLDER [--minutes 55] [--from FILE]

BASE_FOLDER holds upstream's model.safetensors and tokenizer.json; `--from` goes on from a published model.onnx or a
reader.safetensors. The learning rate falls with the clock, so that the run ends on time on any machine; OUT_FOLDER gets
reader.safetensors, rewritten every ten minutes, and log.jsonl.
On a busy machine set OMP_WAIT_POLICY=PASSIVE: threads that spin while they wait halved the speed.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from training import own_news, reader_data, selected
from training.encoded import Encoded, batches, encode, encode_statements, pair_tokenizer, size_of, tensors
from training.own_contrast import contrasts
from training.own_pairs import load_pairs
from training.own_statements import load_own
from training.reader_net import ReaderNet, load_published, load_upstream
from training.statements import load_statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tokenizers import Tokenizer

    from training.statements import Statement

RATE, HEAD_RATE, WARM_UP, BATCH = 2e-4, 1e-3, 0.06, 24
NEGATIVE = -1e4
PORTIONS = (1.0, 4.0, 4.0, 4.0)
"""How often the statements of others, our own, our own pairs and those of them that deceived are in an epoch."""


def loss_of(net: ReaderNet, rows: Sequence[Encoded]) -> tuple[Tensor, Tensor]:
    """Span loss (cross-entropy over [CLS] and the window, [CLS] meaning none) and answerable loss (BCE)."""
    ids, types, mask = tensors(rows)
    start, end, answerable = (logits.float() for logits in net(ids, types, mask)[:3])
    open_to = types.bool() & mask.bool()
    open_to[:, 0] = True
    starts, ends = (torch.tensor([getattr(row, name) for row in rows]) for name in ("start", "end"))
    span = [
        functional.cross_entropy(logits.masked_fill(~open_to, NEGATIVE), gold, ignore_index=-1)
        for logits, gold in ((start, starts), (end, ends))
    ]
    truth = torch.tensor([float(row.answerable) for row in rows])
    return (span[0] + span[1]) / 2, functional.binary_cross_entropy_with_logits(answerable, truth)


def statement_loss(net: ReaderNet, rows: Sequence[tuple[Encoded, int]]) -> Tensor:
    """Cross-entropy of the three things that a text can make of a statement."""
    support = net(*tensors([row for row, _ in rows]))[3]
    return functional.cross_entropy(support.float(), torch.tensor([label for _, label in rows]))


def optimiser_of(net: ReaderNet) -> torch.optim.Optimizer:
    """AdamW over layers and heads; embeddings stay upstream's, which saves time and keeps rare words as they were."""
    for part in (net.words, net.places, net.types, net.norm):
        part.requires_grad_(requires_grad=False)
    encoder = [p for p in net.layers.parameters() if p.dim() > 1]
    plain = [p for p in net.layers.parameters() if p.dim() == 1]
    heads = [p for part in (net.span, net.pool, net.answerable, net.judge, net.support) for p in part.parameters()]
    groups = [
        {"params": encoder, "rate": RATE, "weight_decay": 0.01},
        {"params": plain, "rate": RATE, "weight_decay": 0.0},
        {"params": heads, "rate": HEAD_RATE, "weight_decay": 0.01},
    ]
    return torch.optim.AdamW(groups, lr=RATE, betas=(0.9, 0.98), fused=True)


def stream(tokenizer: Tokenizer, split: reader_data.Split, arguments: argparse.Namespace) -> Iterator[list[Encoded]]:
    """Batches of questions without end, each epoch with windows drawn anew; our own in each."""
    events = own_news.load(arguments.news, "train") if arguments.news else []
    hard = own_news.read_hard(arguments.hard) if arguments.hard else {}
    for seed in itertools.count(1):
        drawn = list(reader_data.epoch(split, seed))
        if arguments.news:
            drawn = reader_data.seeded(f"share {seed}").sample(drawn, round(arguments.share * len(drawn)))
            drawn += [*selected.examples(arguments.train, seed)]
        for n in range(arguments.times):
            drawn += own_news.examples(events, hard, arguments.times * seed + n)
        for n in range(2 if arguments.contrast else 0):
            drawn += contrasts(arguments.contrast, "train", 2 * seed + n)
        if arguments.mixed < 1:
            drawn = reader_data.seeded(f"mixed {seed}").sample(drawn, round(arguments.mixed * len(drawn)))
            for n in range(arguments.favoured):
                drawn += own_news.examples(events, hard, 1000 * seed + n, own_news.IN_OTHER_WORDS)
        print(f"epoch {seed}: {Counter(example.kind for example in drawn)}", flush=True)
        yield from batches(encode(tokenizer, drawn), BATCH, reader_data.seeded(f"batches {seed}"), size_of)


def statement_stream(
    tokenizer: Tokenizer, sets: Sequence[Sequence[Statement]], portions: Sequence[float]
) -> Iterator[list[tuple[Encoded, int]]]:
    """Batches of statements without end; in each epoch every set as often as its portion says."""
    encoded = [encode_statements(tokenizer, statements) for statements in sets]
    for seed in itertools.count(1):
        rng, rows = reader_data.seeded(f"statements {seed}"), list[tuple[Encoded, int]]()
        for of_set, portion in zip(encoded, portions, strict=True):
            rows += int(portion) * of_set + rng.sample(of_set, int(portion % 1 * len(of_set)))
        yield from batches(rows, BATCH, rng, lambda row: len(row[0].ids))


def statements_of(arguments: argparse.Namespace) -> tuple[list[list[Statement]], list[Statement]]:
    """Read the sets of statements to teach, and those held out: our own where there are any."""
    taught, tested = [load_statements(arguments.train, "train")], load_statements(arguments.train, "test")[::5]
    taught.append(load_own(arguments.own, "train") if arguments.own else [])
    tested = load_own(arguments.own, "test")[::4] if arguments.own else tested
    for chosen in (False, True):
        pairs, news = arguments.pairs, arguments.news
        taught.append(load_pairs(pairs, news, "train", chosen=chosen) if pairs else [])
    return taught, tested


def check(net: ReaderNet, rows: Sequence[Encoded], statements: Sequence[tuple[Encoded, int]]) -> dict[str, float]:
    """Exact spans among the positives, accuracy of `answerable` and of `support`, on parts held out."""
    net.eval()
    exact, positives, right, told = 0, 0, 0, 0
    with torch.no_grad():
        for chunk in batches(rows, 64, reader_data.seeded("check"), size_of):
            ids, types, mask = tensors(chunk)
            start, end, answerable, _ = net(ids, types, mask)
            closed = ~(types.bool() & mask.bool())
            starts, ends = (logits.masked_fill(closed, NEGATIVE).argmax(-1).tolist() for logits in (start, end))
            for row, a, b, score in zip(chunk, starts, ends, answerable.tolist(), strict=True):
                right += (score > 0) == row.answerable
                positives += row.start > 0
                exact += row.start > 0 and (a, b) == (row.start, row.end)
        for at in range(0, len(statements), 64):
            part = statements[at : at + 64]
            best = net(*tensors([row for row, _ in part]))[3].argmax(-1).tolist()
            told += sum(guess == label for guess, (_, label) in zip(best, part, strict=True))
    net.train()
    return {"exact": exact / positives, "answerable": right / len(rows), "support": told / len(statements)}


def train(arguments: argparse.Namespace) -> None:
    """Train by the clock, note progress every half minute, save every ten."""
    torch.manual_seed(7)
    torch.set_flush_denormal(True)
    torch.set_num_threads(arguments.threads)
    net = ReaderNet()
    load_upstream(net, arguments.base / "model.safetensors")
    if arguments.start:
        if arguments.start.suffix == ".onnx":
            load_published(net, arguments.start)
        else:
            net.load_state_dict(load_file(arguments.start))
    tokenizer = pair_tokenizer(arguments.base)
    parts = [reader_data.load(arguments.train, arguments.squad2, part) for part in ("train", "calibration")]
    held = encode(tokenizer, list(reader_data.epoch(parts[1], 0)))[::3]
    if arguments.contrast:
        held = encode(tokenizer, list(contrasts(arguments.contrast, "test", 0)))
    taught, tested = statements_of(arguments)
    held_statements = encode_statements(tokenizer, tested)
    questions = stream(tokenizer, parts[0], arguments)
    statements = statement_stream(tokenizer, taught, arguments.portions)
    optimiser = optimiser_of(net)
    net.train()
    diary = Diary(arguments.out, arguments.minutes, lambda: check(net, held, held_statements))
    for step in itertools.count(1):
        done = diary.done()
        if done >= 1:
            break
        for group in optimiser.param_groups:
            fallen = 1 - (1 - arguments.floor) * (done - WARM_UP) / (1 - WARM_UP)
            group["lr"] = arguments.rate * group["rate"] * min(done / WARM_UP, fallen)
        optimiser.zero_grad(set_to_none=True)
        if step % arguments.statements == 0:
            with half(arguments):
                support = statement_loss(net, next(statements))
            support.backward()
            losses = {"support": support.item()}
        else:
            rows = next(questions)
            with half(arguments):
                span, answerable = loss_of(net, rows)
            (span + 1.5 * answerable).backward()
            losses = {"span": span.item(), "answerable": answerable.item(), "questions": len(rows)}
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        diary.note(step, losses, net)
    diary.save(step, net)


def half(arguments: argparse.Namespace) -> torch.autocast:
    """Multiply in bfloat16 where asked to: half again as fast where the processor knows it."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=arguments.half)


class Diary:
    """The clock of a run, its log, and the weights saved on the way."""

    def __init__(self, folder: Path, minutes: float, check_: Callable[[], dict[str, float]]) -> None:
        """Start the clock."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "log.jsonl").write_text("")
        self._folder, self._minutes, self._check = folder, minutes, check_
        self._began = self._saved = self._noted = time.monotonic()
        self._means: dict[str, float] = {}
        self._questions = 0

    def done(self) -> float:
        """Return the share of the time that is over; 1 or more at the end."""
        return (time.monotonic() - self._began) / (60 * self._minutes)

    def note(self, step: int, losses: dict[str, float], net: nn.Module) -> None:
        """Take a step down, and write what is due."""
        self._questions += int(losses.pop("questions", 0))
        for name, loss in losses.items():
            self._means[name] = 0.98 * self._means.get(name, loss) + 0.02 * loss
        now = time.monotonic()
        if now - self._noted > 30:
            self._noted = now
            self._write(step, {name: round(mean, 4) for name, mean in self._means.items()})
        if now - self._saved > 600:
            self.save(step, net)
            self._saved = now

    def save(self, step: int, net: nn.Module) -> None:
        """Save the weights and write down how good they are on the parts held out."""
        save_file(net.state_dict(), self._folder / "reader.safetensors")
        self._write(step, self._check())

    def _write(self, step: int, figures: dict[str, float]) -> None:
        minutes = round((time.monotonic() - self._began) / 60, 2)
        with (self._folder / "log.jsonl").open("a") as log:
            print(json.dumps({"minutes": minutes, "step": step, "questions": self._questions} | figures), file=log)


def main() -> None:
    """Read the command line and go."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("train", "squad2", "base", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--minutes", type=float, default=55)
    parser.add_argument("--from", dest="start", type=Path, help="a model.onnx or reader.safetensors to go on from")
    parser.add_argument("--news", type=Path, help="folder of our own news, training/news; adds selected sentences too")
    parser.add_argument("--hard", type=Path, help="what training/own_news.py wrote about it")
    parser.add_argument("--times", type=int, default=2, help="how often the news are drawn in an epoch")
    parser.add_argument("--contrast", type=Path, help="folder of our own contrasts, training/contrast")
    parser.add_argument("--own", type=Path, help="folder of our own statements, training/statements")
    parser.add_argument("--pairs", type=Path, help="folder of our own pairs, training/pairs; needs --news")
    parser.add_argument("--share", type=float, default=0.6, help="of the other sets, in an epoch with news")
    parser.add_argument("--portions", type=float, nargs=4, default=PORTIONS, help="of the statements' sets in an epoch")
    parser.add_argument(
        "--mixed", type=float, default=1.0, help="of all that, where our own in other words come on top"
    )
    parser.add_argument("--favoured", type=int, default=2, help="how often these are drawn then; needs --mixed")
    parser.add_argument("--rate", type=float, default=1.0, help="times the usual learning rates")
    parser.add_argument("--floor", type=float, default=0.0, help="share of the rates that is left at the end")
    parser.add_argument("--statements", type=int, default=4, help="one batch in so many is of statements")
    parser.add_argument("--half", action="store_true", help="multiply in bfloat16")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    if arguments.pairs and not arguments.news:
        parser.error("--pairs names sentences of the news; give --news, too")
    train(arguments)


if __name__ == "__main__":
    main()
