# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy", "onnx>=1.16", "onnxruntime>=1.22", "safetensors"]
# ///
"""Write the trained reader as an int8 ONNX file.

    python training/export_reader.py TRAINED_FOLDER qa/models/reader [--fp32 FILE]

TRAINED_FOLDER is the OUT_FOLDER of train_reader.py. Outputs of the graph: `start` and `end`, a logit for each
token, [batch, tokens], where token 0 stands for "no answer"; `answerable`, one logit a row, [batch]; `support`, three
logits a row for a statement in the question's place, [batch, 3]: entailed, open, contradicted.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from training.bert_graph import Array, build_encoder, quantise, save_model

LAYERS = 6
SHAPES: dict[str, list[str | int]] = {
    "start": ["batch", "tokens"],
    "end": ["batch", "tokens"],
    "answerable": ["batch"],
    "support": ["batch", 3],
}


def upstream_names(trained: dict[str, Array]) -> dict[str, Array]:
    """Give the trained weights the names that published BERT files use; the heads are left out."""
    found = {
        "embeddings.word_embeddings.weight": trained["words.weight"],
        "embeddings.position_embeddings.weight": trained["places.weight"],
        "embeddings.token_type_embeddings.weight": trained["types.weight"],
    }
    pairs = {"embeddings.LayerNorm": "norm"}
    for n in range(LAYERS):
        old, new = f"encoder.layer.{n}", f"layers.{n}"
        pairs |= {
            f"{old}.attention.output.dense": f"{new}.mixed",
            f"{old}.attention.output.LayerNorm": f"{new}.norm1",
            f"{old}.intermediate.dense": f"{new}.up",
            f"{old}.output.dense": f"{new}.down",
            f"{old}.output.LayerNorm": f"{new}.norm2",
        }
        for kind in ("weight", "bias"):
            thirds = np.split(trained[f"{new}.qkv.{kind}"], 3)
            for role, third in zip(("query", "key", "value"), thirds, strict=True):
                found[f"{old}.attention.self.{role}.{kind}"] = third
    for old, new in pairs.items():
        found |= {f"{old}.{kind}": trained[f"{new}.{kind}"] for kind in ("weight", "bias")}
    return found


def write_fp32(trained: dict[str, Array], path: Path) -> None:
    """Build encoder and heads; the span head on every token, the answerable head on [CLS]."""
    encoder = build_encoder(upstream_names(trained))
    graph = encoder.graph

    def head(name: str, states: str) -> str:
        weight = graph.constant(f"{name}.weight", trained[f"{name}.weight"].T)
        bias = graph.constant(f"{name}.bias", trained[f"{name}.bias"])
        return graph.add("Add", graph.add("MatMul", states, weight), bias)

    last = graph.constant("last", [-1])
    both = graph.add_many("Split", 2, head("span", encoder.output), axis=2, num_outputs=2)
    first = graph.add("Gather", encoder.output, graph.constant("cls", [0]), axis=1)
    outputs = {name: graph.add("Squeeze", part, last) for name, part in zip(("start", "end"), both, strict=True)}
    answerable = head("answerable", graph.add("Tanh", head("pool", first)))
    outputs["answerable"] = graph.add("Squeeze", answerable, graph.constant("both", [1, 2]))
    support = head("support", graph.add("Tanh", head("judge", first)))
    outputs["support"] = graph.add("Squeeze", support, graph.constant("one row", [1]))
    save_model(graph, outputs, path, SHAPES)


def main() -> None:
    """Read the command line and go."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("trained", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--fp32", type=Path, help="keep the unquantised graph here")
    arguments = parser.parse_args()
    trained = dict(load_file(arguments.trained / "reader.safetensors"))
    with tempfile.TemporaryDirectory() as folder:
        full = arguments.fp32 or Path(folder) / "reader.onnx"
        write_fp32(trained, full)
        arguments.out.mkdir(parents=True, exist_ok=True)
        quantise(full, arguments.out / "model.onnx")
    data = (arguments.out / "model.onnx").read_bytes()
    print(f"{len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
