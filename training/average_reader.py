# /// script
# requires-python = ">=3.11"
# dependencies = ["torch>=2.4", "numpy", "onnx>=1.16", "safetensors"]
# ///
"""Average a trained reader with the one that it was trained from (Wortsman et al. 2022, arXiv:2109.01903).

    python training/average_reader.py BASE_FOLDER BEFORE TRAINED_FOLDER OUT_FOLDER [--share 0.65]

BEFORE is a published model.onnx or a reader.safetensors that was not rounded. The average is better than both where
each has forgotten a little. Heads that the reader before lacks are taken as they were trained. OUT_FOLDER gets
reader.safetensors, as `training/export_reader.py` takes it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import onnx
from safetensors.torch import load_file, save_file

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from training.reader_net import PARTS, ReaderNet, load_published, load_upstream

if TYPE_CHECKING:
    from torch import Tensor


def main() -> None:
    """Read the command line and go."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("base", "before", "trained", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--share", type=float, default=0.65, help="of the trained reader in the average")
    arguments = parser.parse_args()
    new = load_file(arguments.trained / "reader.safetensors")
    old, lacking = _weights(arguments.before, arguments.base)
    for name, weight in new.items():
        share = 1.0 if name.split(".")[0] in lacking else arguments.share
        new[name] = (share * weight + (1 - share) * old[name]).contiguous()
    arguments.out.mkdir(parents=True, exist_ok=True)
    save_file(new, arguments.out / "reader.safetensors")


def _weights(before: Path, base: Path) -> tuple[dict[str, Tensor], set[str]]:
    """Read the weights of a reader, and which heads it lacks."""
    if before.suffix == ".safetensors":
        return load_file(before), set()
    net = ReaderNet()
    load_upstream(net, base / "model.safetensors")
    load_published(net, before)
    there = {tensor.name.split(".")[0] for tensor in onnx.load(str(before)).graph.initializer}
    return net.state_dict(), set(PARTS) - there


if __name__ == "__main__":
    main()
