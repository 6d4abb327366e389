"""Weights shared by every graph of a model: initializers that point into its safetensors file.

A tensor whose every number is a half float travels as half floats, and whoever opens the file makes
floats of them: graphs point into the file as it is then. ``templates/js/widen.js`` does in the page
what `widened` does here, byte for byte.
"""

import json
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import onnx
from onnx import TensorProto
from safetensors.torch import save
from torch import Tensor, float32

from generator.errors import GraphError

TYPES = {
    "F32": TensorProto.FLOAT,
    "F64": TensorProto.DOUBLE,
    "F16": TensorProto.FLOAT,
    "I64": TensorProto.INT64,
    "I32": TensorProto.INT32,
    "U8": TensorProto.UINT8,
    "BOOL": TensorProto.BOOL,
}


@dataclass(frozen=True)
class Slot:
    """Where one tensor lies in the widened file: `length` bytes from `offset`."""

    type: int
    shape: tuple[int, ...]
    offset: int
    length: int


def weights_file(weights: Mapping[str, Tensor]) -> bytes:
    """Weights as a safetensors file, names in order, as half floats where that loses nothing."""
    return save({name: _narrowed(weights[name]) for name in sorted(weights)})


def _narrowed(tensor: Tensor) -> Tensor:
    if tensor.dtype != float32:
        return tensor
    half = tensor.half()
    return half if bool((half.to(float32) == tensor).all()) else tensor


def widened(file: bytes) -> bytes:
    """The file with every half float as a float: the header as it is, then each tensor in turn.

    Raises:  GraphError as `slots`.
    """
    header, entries = _contents(file)
    parts = [file[:header]]
    for dtype, _, first, last in entries.values():
        data = file[header + first : header + last]
        half = dtype == "F16"
        parts.append(np.frombuffer(data, "<f2").astype("<f4").tobytes() if half else data)
    return b"".join(parts)


def slots(file: bytes) -> dict[str, Slot]:
    """The table of contents of a safetensors file, once it is widened.

    Layout:  8 bytes little-endian header length, a JSON header, then the tensors, little-endian.
    Raises:  GraphError if the file is shorter than its header says, or has a type unknown to ONNX.
    """
    place, entries = _contents(file)
    found = {}
    for name, (dtype, shape, first, last) in entries.items():
        length = (last - first) * (2 if dtype == "F16" else 1)
        found[name] = Slot(TYPES[dtype], shape, place, length)
        place += length
    return found


def _contents(file: bytes) -> tuple[int, dict[str, tuple[str, tuple[int, ...], int, int]]]:
    """Where the header ends; type, shape, first and last byte of each tensor, in their order."""
    if len(file) < 8 or len(file) < (start := 8 + struct.unpack("<Q", file[:8])[0]):
        raise GraphError("the weights file ends within its header")
    header = json.loads(file[8:start])
    header.pop("__metadata__", None)
    found = {}
    for name, entry in sorted(header.items(), key=lambda item: tuple(item[1]["data_offsets"])):
        first, last = entry["data_offsets"]
        if entry["dtype"] not in TYPES or start + last > len(file):
            raise GraphError(f"the weights file has no usable tensor {name!r}")
        found[name] = (entry["dtype"], tuple(entry["shape"]), first, last)
    return start, found


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
