"""Any PyTorch function of tensors, gradients and training steps included, as one ONNX graph."""

from collections.abc import Sequence
from dataclasses import dataclass

from onnx import ModelProto, TensorProto, ValueInfoProto, helper

from generator.errors import GraphError
from generator.export.canonical import canonical
from generator.export.convert import convert
from generator.export.light import Work, work
from generator.export.parity import disagreement
from generator.export.trace import trace
from generator.export.weights import share, widened
from generator.figure import Source

CONSTANTS = 16_384  # bytes a graph may hold: shapes, scalars and small tables, but no weights


@dataclass(frozen=True)
class Spec:
    """Shape and NumPy type of an input or output."""

    shape: tuple[int, ...]
    dtype: str


@dataclass(frozen=True)
class Graph:
    """An exported graph, for each output its largest error relative to PyTorch, and its work."""

    onnx: bytes
    inputs: dict[str, Spec]
    outputs: dict[str, Spec]
    errors: dict[str, float]
    work: Work


def export_graph(
    name: str,
    source: Source,
    weights_file: bytes | None = None,
    location: str = "weights.safetensors",
) -> Graph:
    """Trace, convert, strip and try a function; the bytes depend on nothing but the function.

    `weights_file` are the bytes of the model's safetensors file, which the page will know as
    `location`; only a graph with shared weights needs them.

    Error:   at most 1e-4 of each output's largest value, on every check, a random and a blank one.
    Raises:  GraphError naming the graph, and the output that disagrees with PyTorch or the
             operator that cannot be exported with the layer that used it.
    """
    try:
        return _export(name, source, weights_file, location)
    except GraphError as error:
        error.where = error.where or f"graph {name!r}"
        raise


def _export(name: str, source: Source, weights_file: bytes | None, location: str) -> Graph:
    """The exporter in the order of its work."""
    _check_names(source)
    traced = trace(source.function, source.weights, source.inputs)
    model = canonical(convert(traced, (*source.weights, *source.inputs)), name)
    files: dict[str, bytes] = {}
    if source.shared and source.weights:
        share(model, source.weights, weights_file or b"", location)
        files[location] = widened(weights_file or b"")
    _check_constants(model)
    onnx = model.SerializeToString(deterministic=True)
    oracle = source.oracle or source.function
    errors = disagreement(
        onnx,
        files,
        {} if source.shared else source.weights,
        lambda inputs: oracle(source.weights, inputs),
        source.checks,
    )
    ports = _specs(model.graph.input), _specs(model.graph.output)
    return Graph(onnx, *ports, errors, work(model))


def _check_names(source: Source) -> None:
    """Weights and inputs are values of one graph, and every check is an input like the example."""
    both = source.weights.keys() & source.inputs.keys()
    if both:
        raise GraphError(f"{sorted(both)[0]!r} names a weight and an input")
    if not source.checks:
        raise GraphError("there is no real input to check the graph on")
    for check in source.checks:
        for name, value in source.inputs.items():
            given = check.get(name)
            if given is None or (given.shape, given.dtype) != (value.shape, value.dtype):
                raise GraphError(f"a check has no input {name!r} of the shape of the example")


def _check_constants(model: ModelProto) -> None:
    """Refuse a graph that carries tensors which belong in the weights."""
    inside = [tensor for tensor in model.graph.initializer if not tensor.external_data]
    size = sum(tensor.ByteSize() for tensor in inside)
    if size > CONSTANTS:
        largest = max(inside, key=TensorProto.ByteSize)
        raise GraphError(
            f"{size} bytes of constants are inside the graph, one of shape {list(largest.dims)}",
            hint="hand tensors over as weights or inputs; a function must not enclose them",
        )


def _specs(values: Sequence[ValueInfoProto]) -> dict[str, Spec]:
    """Shapes and types of a graph's inputs or outputs."""
    found = {}
    for value in values:
        tensor = value.type.tensor_type
        if not all(axis.HasField("dim_value") for axis in tensor.shape.dim):
            raise GraphError(f"the shape of {value.name!r} depends on values")
        shape = tuple(axis.dim_value for axis in tensor.shape.dim)
        found[value.name] = Spec(shape, helper.tensor_dtype_to_np_dtype(tensor.elem_type).name)
    return found
