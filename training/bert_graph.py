"""Write a BERT encoder down as an ONNX graph, from bare weight arrays: numpy and onnx, no torch.

The graph is that of Devlin et al. 2019 (arXiv:1810.04805) as the published checkpoints have it: post-norm layers,
learned positions, exact (erf) GELU. Weight names are those of the published `model.safetensors` files.

    encoder = build_encoder(weights)                       # output: one vector for each token
    graph = encoder.graph
    logits = graph.add("MatMul", encoder.output, graph.constant("head.weight", head))
    save_model(graph, {"logits": logits}, path, {"logits": ["batch", "tokens", 2]})
    quantise(path, smaller_path)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

if TYPE_CHECKING:
    from pathlib import Path

OPSET = 20
"""First operator set with Gelu; onnxruntime 1.17 and later read it."""

IR_VERSION = 9
"""The file format that belongs to operator set 20; a newer one would lock older runtimes out for nothing."""

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
"""Inputs of every graph made here: int64 [batch, tokens], both dimensions free, at most 512 tokens."""

WEIGHT_LIMIT = 64
"""Largest int8 weight. Processors without VNNI add two products of 8-bit numbers in 16 bits: 2 * 255 * 64 just fits,
and 127 would saturate there and give other, bad results."""

SMALL = 64
"""Matrices with fewer columns, and tables with fewer rows, are not worth quantising."""

Array = npt.NDArray[np.generic]
Weights = Mapping[str, Array]


@dataclass(slots=True)
class Graph:
    """An ONNX graph while it is being written."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    initializers: list[onnx.TensorProto] = field(default_factory=list)

    def add(self, kind: str, *inputs: str, name: str = "", **attributes: Any) -> str:
        """Append one operator with a single output; returns the output's name."""
        return self.add_many(kind, 1, *inputs, name=name, **attributes)[0]

    def add_many(self, kind: str, outputs: int, *inputs: str, name: str = "", **attributes: Any) -> list[str]:
        """Append one operator with several outputs; returns their names."""
        name = name or f"{kind.lower()}_{len(self.nodes)}"
        names = [name] if outputs == 1 else [f"{name}_{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=f"node_{name}", **attributes))
        return names

    def constant(self, name: str, value: npt.ArrayLike) -> str:
        """Store an array (weights, a shape, a number) under `name`, once; returns the name. Floats become float32."""
        if all(tensor.name != name for tensor in self.initializers):
            array = np.asarray(value)
            array = array.astype(np.float32) if array.dtype.kind == "f" else array
            self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name


@dataclass(frozen=True, slots=True)
class Encoder:
    """The body of a BERT model, ready for a head."""

    graph: Graph
    """Holds the body's nodes and initializers; a head appends its own."""
    output: str
    """Name of the last hidden states, float32 [batch, tokens, hidden]."""
    hidden: int
    """Width of a token vector (384 in MiniLM)."""


def build_encoder(weights: Weights, *, prefix: str = "", heads: int = 12, epsilon: float = 1e-12) -> Encoder:
    """Build embeddings and all transformer layers; how many layers is read off `weights`.

    `prefix` stands before every weight name ("" or "bert."); `heads` divides the hidden width; `epsilon` is the
    config's `layer_norm_eps`. Raises KeyError if a weight is missing.
    """
    weights = {key.removeprefix(prefix): value for key, value in weights.items() if key.startswith(prefix)}
    body = _Body(Graph(), weights, heads, epsilon)
    states = body.embed()
    bias = body.mask_bias()
    layer = 0
    while f"encoder.layer.{layer}.output.dense.weight" in weights:
        part = f"encoder.layer.{layer}"
        attended = body.attend(part, states, bias)
        states = body.normalise(f"{part}.attention.output.LayerNorm", states, attended)
        wide = body.graph.add("Gelu", body.linear(f"{part}.intermediate.dense", states))
        states = body.normalise(f"{part}.output.LayerNorm", states, body.linear(f"{part}.output.dense", wide))
        layer += 1
    return Encoder(body.graph, states, weights["embeddings.word_embeddings.weight"].shape[1])


def save_model(graph: Graph, outputs: Mapping[str, str], path: Path, shapes: Mapping[str, list[str | int]]) -> None:
    """Check the graph and write it to `path`.

    `outputs` maps the public name of each float32 output to the tensor in the graph that becomes it; `shapes` gives
    each output's dimensions, e.g. `["batch", "tokens"]`. Raises onnx.checker.ValidationError if the graph is not well
    formed.
    """
    for public, inner in outputs.items():
        graph.add("Identity", inner, name=public)
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "bert",
            [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"]) for name in INPUTS],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shapes[name]) for name in outputs],
            graph.initializers,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="byline",
    )
    onnx.checker.check_model(model, full_check=True)
    onnx.save_model(model, str(path))


def quantise(path_in: Path, path_out: Path) -> None:
    """Rewrite an ONNX file made here with int8 weights, a quarter of the size; standard operators only.

    Weights get one scale for each output column, word vectors one for each word, and activations one for each token,
    found while the model runs (Yao et al. 2022, arXiv:2206.01861). With one activation scale for a whole batch, which
    is what onnxruntime's `quantize_dynamic` does, a text's result would depend on the texts beside it in the batch.
    """
    model = onnx.load_model(str(path_in))
    floats = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    graph = Graph()
    for node in model.graph.node:
        matrix = floats.get(node.input[1]) if node.op_type == "MatMul" else None
        table = floats.get(node.input[0]) if node.op_type == "Gather" else None
        if matrix is not None and matrix.shape[1] >= SMALL:
            _quantise_product(graph, node, matrix)
        elif table is not None and table.ndim == 2 and len(table) >= SMALL:
            _quantise_lookup(graph, node, table)
        else:
            graph.nodes.append(node)
    used = {name for node in graph.nodes for name in node.input}
    for name, array in floats.items():
        if name in used:
            graph.constant(name, array)
    del model.graph.node[:], model.graph.initializer[:]
    model.graph.node.extend(graph.nodes)
    model.graph.initializer.extend(graph.initializers)
    onnx.checker.check_model(model, full_check=True)
    onnx.save_model(model, str(path_out))


def _quantise_product(graph: Graph, node: onnx.NodeProto, matrix: Array) -> None:
    """states @ matrix, with int8 numbers and int32 sums."""
    states, name, result = node.input[0], node.input[1], node.output[0]
    scales = np.abs(matrix).max(axis=0) / WEIGHT_LIMIT
    whole = graph.constant(f"{name}.int8", np.round(matrix / scales).astype(np.int8))
    rows, columns = matrix.shape
    last = graph.constant("int8.last", np.array([1]))
    flat = graph.add("Reshape", states, graph.constant(f"int8.flat.{rows}", [-1, rows]), name=f"{result}.flat")
    largest = graph.add("ReduceMax", graph.add("Abs", flat, name=f"{result}.abs"), last, name=f"{result}.max")
    scale = graph.add("Mul", largest, graph.constant("int8.step", 1 / 127), name=f"{result}.scale")
    vector = graph.add("Squeeze", scale, last, name=f"{result}.vector")
    middle = graph.constant("int8.middle", np.uint8(128))
    middles = graph.add("Expand", middle, graph.add("Shape", vector, name=f"{result}.count"), name=f"{result}.middles")
    tokens = graph.add("QuantizeLinear", flat, vector, middles, name=f"{result}.uint8", axis=0)
    sums = graph.add("MatMulInteger", tokens, whole, middle, name=f"{result}.int32")
    product = graph.add("Cast", sums, name=f"{result}.float", to=TensorProto.FLOAT)
    product = graph.add("Mul", product, graph.constant(f"{name}.scales", scales), name=f"{result}.columns")
    product = graph.add("Mul", product, scale, name=f"{result}.rows")
    outer = graph.add("Shape", states, name=f"{result}.outer", start=0, end=-1)
    width = graph.constant(f"int8.width.{columns}", [columns])
    shape = graph.add("Concat", outer, width, name=f"{result}.shape", axis=0)
    graph.add("Reshape", product, shape, name=result)


def _quantise_lookup(graph: Graph, node: onnx.NodeProto, table: Array) -> None:
    """Rows of a table of vectors."""
    name, index, result = node.input[0], node.input[1], node.output[0]
    scales = np.abs(table).max(axis=1, keepdims=True) / 127
    scales[scales == 0] = 1
    whole = graph.constant(f"{name}.int8", np.round(table / scales).astype(np.int8))
    row = graph.add("Gather", whole, index, name=f"{result}.int8")
    row = graph.add("Cast", row, name=f"{result}.float", to=TensorProto.FLOAT)
    scale = graph.add("Gather", graph.constant(f"{name}.scales", scales), index, name=f"{result}.scale")
    graph.add("Mul", row, scale, name=result)


@dataclass(frozen=True, slots=True)
class _Body:
    """The parts of the encoder; each method appends to the graph and returns the name of what it computes."""

    graph: Graph
    weights: Weights
    heads: int
    epsilon: float

    def embed(self) -> str:
        """Word, position and token type vectors, summed and normalised."""
        add, constant, weights = self.graph.add, self.graph.constant, self.weights
        words = constant("embeddings.word", weights["embeddings.word_embeddings.weight"])
        types = constant("embeddings.type", weights["embeddings.token_type_embeddings.weight"])
        positions = constant("embeddings.position", weights["embeddings.position_embeddings.weight"])
        length = add("Shape", "input_ids", start=1, end=2)
        position = add("Slice", positions, constant("zero", [0]), length)
        word = add("Gather", words, "input_ids")
        kind = add("Gather", types, "token_type_ids")
        return self.normalise("embeddings.LayerNorm", add("Add", word, kind), position)

    def mask_bias(self) -> str:
        """0 for a token, -10000 for padding, [batch, 1, 1, tokens]: added to attention scores before the softmax."""
        add, constant = self.graph.add, self.graph.constant
        mask = add("Cast", "attention_mask", to=TensorProto.FLOAT)
        bias = add("Mul", add("Sub", constant("one", 1.0), mask), constant("mask.bias", -10000.0))
        return add("Unsqueeze", bias, constant("mask.axes", [1, 2]))

    def attend(self, part: str, states: str, bias: str) -> str:
        """Multi-head self-attention. One matrix product makes queries, keys and values: faster than three."""
        add, constant, heads = self.graph.add, self.graph.constant, self.heads
        names = [f"{part}.attention.self.{role}" for role in ("query", "key", "value")]
        weight = np.concatenate([self.weights[f"{name}.weight"] for name in names])
        shift = np.concatenate([self.weights[f"{name}.bias"] for name in names])
        hidden = weight.shape[1]
        product = add("MatMul", states, constant(f"{part}.qkv.weight", weight.T))
        thirds = self.graph.add_many(
            "Split", 3, add("Add", product, constant(f"{part}.qkv.bias", shift)), axis=2, num_outputs=3
        )
        split = constant("heads.split", [0, 0, heads, hidden // heads])
        query, key, value = (add("Reshape", third, split) for third in thirds)
        query = add("Transpose", query, perm=[0, 2, 1, 3])
        key = add("Transpose", key, perm=[0, 2, 3, 1])
        value = add("Transpose", value, perm=[0, 2, 1, 3])
        query = add("Mul", query, constant("heads.scale", (hidden // heads) ** -0.5))
        scores = add("Add", add("MatMul", query, key), bias)
        mixed = add("MatMul", add("Softmax", scores, axis=-1), value)
        mixed = add("Transpose", mixed, perm=[0, 2, 1, 3])
        mixed = add("Reshape", mixed, constant("heads.join", [0, 0, hidden]))
        return self.linear(f"{part}.attention.output.dense", mixed)

    def linear(self, name: str, states: str) -> str:
        """states @ weight.T + bias; the files hold weights as [out, in]."""
        weight = self.graph.constant(f"{name}.weight", self.weights[f"{name}.weight"].T)
        bias = self.graph.constant(f"{name}.bias", self.weights[f"{name}.bias"])
        return self.graph.add("Add", self.graph.add("MatMul", states, weight), bias)

    def normalise(self, name: str, states: str, update: str) -> str:
        """Layer norm of states + update."""
        scale = self.graph.constant(f"{name}.weight", self.weights[f"{name}.weight"])
        shift = self.graph.constant(f"{name}.bias", self.weights[f"{name}.bias"])
        total = self.graph.add("Add", states, update)
        return self.graph.add("LayerNormalization", total, scale, shift, axis=-1, epsilon=self.epsilon)
