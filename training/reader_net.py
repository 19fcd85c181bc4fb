"""The reader's network in torch, and where its weights come from: upstream's embedder, or a reader published before."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

if TYPE_CHECKING:
    from pathlib import Path

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
HIDDEN, HEADS, LAYERS = 384, 12, 6
PARTS = ("span", "pool", "answerable", "judge", "support")
"""The heads, by the names of their layers."""


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

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Attend and transform; `mask` is broadcast to rows x heads x tokens x tokens."""
        rows, length, _ = x.shape
        q, k, v = self.qkv(x).view(rows, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        seen = self.mixed(seen.transpose(1, 2).reshape(rows, length, HIDDEN))
        x = self.norm1(x + seen)
        return self.norm2(x + self.down(functional.gelu(self.up(x))))


class ReaderNet(nn.Module):
    """The encoder with three heads: start and end of the span for each token; answerable and support from [CLS]."""

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
        self.judge = nn.Linear(HIDDEN, HIDDEN)
        self.support = nn.Linear(HIDDEN, 3)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Give start and end logits (rows x tokens), the answerable logit (rows) and support logits (rows x 3).

        Support is of a statement in the question's place: entailed by the window, neither, contradicted.
        """
        with torch.no_grad():
            x = self.norm(self.words(ids) + self.places.weight[: ids.shape[1]] + self.types(types))
        seen = mask[:, None, None, :].bool()
        for layer in self.layers:
            x = layer(x, seen)
        start, end = self.span(x).unbind(-1)
        answerable = self.answerable(torch.tanh(self.pool(x[:, 0]))).squeeze(-1)
        return start, end, answerable, self.support(torch.tanh(self.judge(x[:, 0])))


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
    layers = {new: old for new, old in published_names().items() if new not in PARTS and not new.endswith(".qkv")}
    names = {"norm": "embeddings.LayerNorm"} | layers
    for n in range(LAYERS):
        old, new = f"encoder.layer.{n}", f"layers.{n}"
        for kind in ("weight", "bias"):
            parts = [there[f"{old}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            here[f"{new}.qkv.{kind}"] = torch.cat(parts)
    for new, old in names.items():
        here |= {f"{new}.{kind}": there[f"{old}.{kind}"] for kind in ("weight", "bias")}
    missing = net.load_state_dict(here, strict=False)
    assert all(name.split(".")[0] in PARTS for name in missing.missing_keys), missing
    assert not missing.unexpected_keys, missing


def load_published(net: ReaderNet, path: Path) -> None:
    """Go on from a published int8 reader: its layers and heads, multiplied out, on embeddings that are upstream's.

    A head that the published reader does not have keeps its random start.
    """
    there = {tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load(str(path)).graph.initializer}
    own = net.state_dict()
    for new, old in published_names().items():
        if f"{old}.bias" not in there:
            continue
        own[f"{new}.bias"] = torch.tensor(there[f"{old}.bias"])
        if f"{old}.weight.int8" in there:
            weight = there[f"{old}.weight.int8"].astype("float32") * there[f"{old}.weight.scales"]
        else:
            weight = there[f"{old}.weight"]
        own[f"{new}.weight"] = torch.tensor(weight.T)
    net.load_state_dict(own)


def published_names() -> dict[str, str]:
    """Name of each trained part in the published file, by its name here; embeddings are left out."""
    names = {part: part for part in PARTS}
    for n in range(LAYERS):
        old, new = f"encoder.layer.{n}", f"layers.{n}"
        names |= {
            f"{new}.qkv": f"{old}.qkv",
            f"{new}.mixed": f"{old}.attention.output.dense",
            f"{new}.norm1": f"{old}.attention.output.LayerNorm",
            f"{new}.up": f"{old}.intermediate.dense",
            f"{new}.down": f"{old}.output.dense",
            f"{new}.norm2": f"{old}.output.LayerNorm",
        }
    return names
