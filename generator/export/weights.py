"""Weights shared by every graph of a model: initializers that point into its safetensors file."""

import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass

import onnx
from onnx import TensorProto

from generator.errors import GraphError

TYPES = {
    "F32": TensorProto.FLOAT,
    "F64": TensorProto.DOUBLE,
    "F16": TensorProto.FLOAT16,
    "I64": TensorProto.INT64,
    "I32": TensorProto.INT32,
    "U8": TensorProto.UINT8,
    "BOOL": TensorProto.BOOL,
}


@dataclass(frozen=True)
class Slot:
    """Where one tensor lies in the file: `length` bytes from `offset`."""

    type: int
    shape: tuple[int, ...]
    offset: int
    length: int


def slots(file: bytes) -> dict[str, Slot]:
    """The table of contents of a safetensors file.

    Layout:  8 bytes little-endian header length, a JSON header, then the tensors, little-endian.
    Raises:  GraphError if the file is shorter than its header says, or has a type unknown to ONNX.
    """
    if len(file) < 8 or len(file) < (start := 8 + struct.unpack("<Q", file[:8])[0]):
        raise GraphError("the weights file ends within its header")
    found = {}
    for name, entry in json.loads(file[8:start]).items():
        if name == "__metadata__":
            continue
        first, last = entry["data_offsets"]
        if entry["dtype"] not in TYPES or start + last > len(file):
            raise GraphError(f"the weights file has no usable tensor {name!r}")
        found[name] = Slot(
            TYPES[entry["dtype"]], tuple(entry["shape"]), start + first, last - first
        )
    return found


def share(model: onnx.ModelProto, names: Iterable[str], file: bytes, location: str) -> None:
    """Turn the inputs `names` of a graph into initializers that lie in `file`, stored elsewhere.

    Inputs that no operator reads are dropped: a graph of two layers needs no third one's weights.

    Raises:  GraphError if a weight is missing from the file, or has another type or shape there.
    """
    graph = model.graph
    contents, wanted = slots(file), set(names)
    read = {name for node in graph.node for name in node.input}
    inputs = [value for value in graph.input if value.name in wanted]
    for value in inputs:
        graph.input.remove(value)
        if value.name not in read:
            continue
        slot = contents.get(value.name)
        tensor = value.type.tensor_type
        shape = tuple(axis.dim_value for axis in tensor.shape.dim)
        if slot is None or (slot.type, slot.shape) != (tensor.elem_type, shape):
            raise GraphError(
                f"weight {value.name!r} of shape {shape} is not so in the weights file",
                hint="the file must hold the float32 tensors that the function was given",
            )
        graph.initializer.append(_pointer(value.name, slot, location))


def _pointer(name: str, slot: Slot, location: str) -> TensorProto:
    """A tensor whose bytes are elsewhere."""
    tensor = TensorProto(
        name=name, data_type=slot.type, dims=slot.shape, data_location=TensorProto.EXTERNAL
    )
    for key, value in (("location", location), ("offset", slot.offset), ("length", slot.length)):
        tensor.external_data.add(key=key, value=str(value))
    return tensor
