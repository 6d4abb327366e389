"""What a graph asks of the engine that runs it, and whether the page's own small one can.

The page has two engines: a light one (``templates/js/engine/``) for small graphs of operators that
it knows, and onnxruntime-web for all others. Whatever is not listed here goes to the second.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onnx import ModelProto, NodeProto, TensorProto, helper
from onnx.numpy_helper import to_array
from onnx.shape_inference import infer_shapes

from generator.export.convert import OPSET

# The keys of OPERATORS in templates/js/engine/operators.js, which a test compares.
NAMES = """
Abs Add And AveragePool Cast CastLike Ceil Clip Concat ConstantOfShape Conv ConvTranspose Cos Div
Elu Equal Erf Exp Expand Flatten Floor Gather GatherElements GatherND Gelu Gemm Greater
GreaterOrEqual Identity InstanceNormalization LayerNormalization LeakyRelu Less LessOrEqual Log
LogSoftmax MatMul Max MaxPool Min Mod Mul Neg Not Or Pad Pow Reciprocal ReduceMax ReduceMean
ReduceMin ReduceProd ReduceSum Relu Reshape Round ScatterElements ScatterND Shape Sigmoid Sign Sin
Slice Softmax Split Sqrt Squeeze Sub Tanh Tile Transpose Unsqueeze Where
"""
OPERATORS = frozenset(NAMES.split())
TYPES: dict[int, int] = {
    TensorProto.FLOAT: 4,
    TensorProto.INT64: 8,
    TensorProto.INT32: 4,
    TensorProto.BOOL: 1,
}
MEMORY = 128 * 2**20  # bytes of all tensors together; the engine itself stops at twice as much
# Inputs that say a shape, an axis or a place: they must be known before the graph runs.
FIXED = {
    "ConstantOfShape": (0,),
    "Expand": (1,),
    "Pad": (1, 3),
    "Reshape": (1,),
    "Slice": (1, 2, 3, 4),
    "Split": (1,),
    "Squeeze": (1,),
    "Tile": (1,),
    "Unsqueeze": (1,),
    **{name: (1,) for name in OPERATORS if name.startswith("Reduce")},
}
# Of these attributes the light engine knows these values alone.
ALONE = {
    "auto_pad": (b"NOTSET",),
    "mode": (b"constant",),
    "output_shape": (),
    "storage_order": (0,),
}
SLIDING = ("AveragePool", "Conv", "ConvTranspose", "MaxPool")
EXACT = 2**53

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Work:
    """A graph's operators by name, its multiply-adds, and why the light engine cannot run it."""

    operators: tuple[str, ...]
    multiply_adds: int
    refused: str


def work(model: ModelProto) -> Work:
    """What one run of a graph takes: Conv, ConvTranspose, Gemm and MatMul count their products,
    poolings what they look at, every other operator its answers.

    Where an operator is unknown or a shape depends on values, nothing is counted.
    """
    nodes = model.graph.node
    names = tuple(sorted({node.op_type for node in nodes}))
    for node in nodes:
        if node.domain or node.op_type not in OPERATORS:
            return Work(names, 0, f"it has the operator {node.op_type}")
    ports = _ports(model)
    open_ = [name for node in nodes for name in node.output if name and name not in ports]
    if open_:
        return Work(names, 0, f"the shape of {open_[0]} depends on values")
    shapes = {name: shape for name, (_, shape) in ports.items()}
    total = sum(_products(node, shapes) for node in nodes)
    return Work(names, total, next(_reasons(model, ports), ""))


def _ports(model: ModelProto) -> dict[str, tuple[int, Shape]]:
    """Type and shape of every value that has a fixed one."""
    graph = infer_shapes(model, data_prop=True).graph
    found = {one.name: (one.data_type, tuple(one.dims)) for one in model.graph.initializer}
    for value in (*graph.input, *graph.value_info, *graph.output):
        tensor = value.type.tensor_type
        axes = tensor.shape.dim
        if tensor.HasField("shape") and all(axis.HasField("dim_value") for axis in axes):
            found[value.name] = (tensor.elem_type, tuple(axis.dim_value for axis in axes))
    return found


def _products(node: NodeProto, shapes: Mapping[str, Shape]) -> int:
    given = [shapes.get(name, ()) for name in node.input]
    answers = sum(math.prod(shapes[name]) for name in node.output if name)
    first = math.prod(shapes[node.output[0]]) if node.output[0] else 0
    match node.op_type:
        case "Conv":
            return answers + first * math.prod(given[1][1:])
        case "ConvTranspose":
            return answers + math.prod(given[0]) * math.prod(given[1][1:])
        case "Gemm":
            return answers + first * given[0][0 if _attributes(node).get("transA", 0) else 1]
        case "MatMul":
            return answers + first * given[0][-1]
        case "MaxPool" | "AveragePool":
            kernel: list[int] = _attributes(node)["kernel_shape"]
            return answers + first * math.prod(kernel)
    return answers


def _reasons(model: ModelProto, ports: Mapping[str, tuple[int, Shape]]) -> Iterator[str]:
    """Everything that keeps a graph from the light engine."""
    if [(one.domain, one.version) for one in model.opset_import] != [("", OPSET)]:
        yield f"it is not of operator set {OPSET} alone"
    for type_, _ in ports.values():
        if type_ not in TYPES:
            yield f"it has numbers of type {TensorProto.DataType.Name(type_).lower()}"
    if sum(TYPES.get(type_, 8) * math.prod(shape) for type_, shape in ports.values()) > MEMORY:
        yield f"its tensors fill more than {MEMORY >> 20} MB"
    known = {one.name for one in model.graph.initializer}
    wide = {one.name for one in model.graph.initializer if _is_wide(one)}
    for node in model.graph.node:
        where = f"{node.op_type}, which makes {next(iter(node.output), 'nothing')}, "
        for index in FIXED.get(node.op_type, ()):
            if len(node.input) > index and node.input[index] and node.input[index] not in known:
                yield where + "has an axis or a shape that is made in the graph"
        if node.op_type != "Slice" and wide.intersection(node.input):
            yield where + "has an integer beyond 2^53"
        rank = len(ports[node.input[0]][1]) if node.input and node.input[0] in ports else 0
        if node.op_type in SLIDING and rank > 4:
            yield where + "slides over more than two axes"
        yield from (where + what for what in _undone(node))
        if all(name in known for name in node.input) or node.op_type == "Shape":
            known.update(node.output)


def _undone(node: NodeProto) -> Iterator[str]:
    """What of a node that has a known name the light engine does not do."""
    for name, value in _attributes(node).items():
        if name in ALONE and value not in ALONE[name]:
            yield f"has {name}"


def _is_wide(tensor: TensorProto) -> bool:
    """Whether a constant of the graph holds an integer that a double cannot hold."""
    if tensor.data_type != TensorProto.INT64 or tensor.external_data:
        return False
    return bool((abs(to_array(tensor).astype(float)) > EXACT).any())


def _attributes(node: NodeProto) -> dict[str, Any]:
    return {one.name: helper.get_attribute_value(one) for one in node.attribute}
