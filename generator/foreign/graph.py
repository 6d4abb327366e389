"""An ONNX file to its nodes in order, with constants folded and one example as the batch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import onnx
from google.protobuf.message import DecodeError
from numpy.typing import NDArray

from generator.errors import ModelError

# Attributes became inputs, and softmax stopped flattening, in this version of the operators.
MODERN = 13
OTHERWISE = "write the model as model.py instead, which may be any PyTorch module"


@dataclass(frozen=True)
class Node:
    """One operator: its layer's name here and its own there, its inputs and output by name."""

    name: str
    said: str
    op: str
    inputs: tuple[str, ...]
    output: str
    attributes: Mapping[str, Any]


@dataclass(frozen=True)
class Graph:
    """What a file computes; `shape` is that of one input, empty where the file leaves it open."""

    nodes: tuple[Node, ...]
    constants: Mapping[str, NDArray[Any]]
    input: str
    output: str
    shape: tuple[int, ...]


def read_graph(content: bytes) -> Graph:
    """Check the file and fold what does not depend on the input.

    Raises:  ModelError for what is no ONNX, breaks its rules, keeps weights elsewhere, or has
             several inputs or outputs.
    """
    model = _checked(content)
    weights = {one.name for one in model.graph.initializer}
    inputs = [one for one in model.graph.input if one.name not in weights]
    for sort, ports in (("input", inputs), ("output", list(model.graph.output))):
        if len(ports) != 1:
            names = ", ".join(port.name for port in ports) or "none"
            raise ModelError(
                f"the graph has {len(ports)} {sort}s ({names}); read is one", hint=OTHERWISE
            )
    shape = _shape(inputs[0])
    folded = _folded(model)
    constants = {one.name: onnx.numpy_helper.to_array(one) for one in folded.graph.initializer}
    nodes = []
    for node, name in zip(folded.graph.node, _names(folded.graph), strict=True):
        values = {one.name: onnx.helper.get_attribute_value(one) for one in node.attribute}
        if node.op_type == "Constant":
            constants[node.output[0]] = onnx.numpy_helper.to_array(values["value"])
            continue
        said = node.name or f"{node.op_type} that makes {node.output[0]}"
        op = f"{node.domain}.{node.op_type}" if node.domain not in ("", "ai.onnx") else node.op_type
        nodes.append(Node(name, said, op, tuple(node.input), node.output[0], values))
    return Graph(tuple(nodes), constants, inputs[0].name, folded.graph.output[0].name, shape)


def _checked(content: bytes) -> onnx.ModelProto:
    try:
        model = onnx.load_model_from_string(content)
    except DecodeError:
        raise ModelError("this is no ONNX file", hint="export the model again") from None
    outside = [one.name for one in model.graph.initializer if one.data_location == one.EXTERNAL]
    if outside:
        hint = "save the model as one file"
        raise ModelError(f"the weights of {outside[0]} lie in another file", hint=hint)
    try:
        onnx.checker.check_model(model, full_check=True)
    except (onnx.checker.ValidationError, onnx.shape_inference.InferenceError) as problem:
        lines = [line for line in str(problem).splitlines() if line.strip()]
        raise ModelError(f"the graph breaks the rules of ONNX: {lines[0]}") from None
    return model


def _shape(port: onnx.ValueInfoProto) -> tuple[int, ...]:
    tensor = port.type.tensor_type
    if tensor.elem_type != onnx.TensorProto.FLOAT:
        raise ModelError(f"the input {port.name} is not of 32-bit floats", hint=OTHERWISE)
    sizes = [size.dim_value for size in tensor.shape.dim][1:]
    return tuple(sizes) if all(sizes) else ()


def _folded(model: onnx.ModelProto) -> onnx.ModelProto:
    """Fix the batch at one, so that shapes computed from it are constants, and fold those."""
    from onnxscript import optimizer

    opset = next((one.version for one in model.opset_import if one.domain in ("", "ai.onnx")), 0)
    if opset < MODERN:
        model = onnx.version_converter.convert_version(model, MODERN)
    weights = {one.name for one in model.graph.initializer}
    for port in (*model.graph.input, *model.graph.output):
        sizes = port.type.tensor_type.shape.dim
        if port.name not in weights and sizes:
            sizes[0].Clear()
            sizes[0].dim_value = 1
    del model.graph.value_info[:]
    inferred = onnx.shape_inference.infer_shapes(model, data_prop=True)
    folded: onnx.ModelProto = optimizer.optimize(inferred)
    return folded


def _names(graph: onnx.GraphProto) -> Iterator[str]:
    """Names for layers, from the nodes' own: /block/conv1/Conv becomes block_conv1."""
    used = {"input", "output", "training", "forward"}
    for node in graph.node:
        parts = [part for part in re.split(r"[^A-Za-z0-9_]+", node.name) if part]
        if len(parts) > 1 and parts[-1].rstrip("_0123456789") == node.op_type:
            parts.pop()
        stem = "_".join(parts) or node.op_type.lower()
        stem = f"layer_{stem}" if stem[0].isdigit() else stem
        name, count = stem, 1
        while name in used:
            count += 1
            name = f"{stem}_{count}"
        used.add(name)
        yield name
