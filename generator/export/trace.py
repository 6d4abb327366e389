"""A PyTorch function as a flat list of ATen operators that ONNX knows."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.fx import GraphModule
from torch.fx.experimental.proxy_tensor import make_fx
from torch.fx.experimental.symbolic_shapes import GuardOnDataDependentSymNode
from torch.nn.attention import SDPBackend, sdpa_kernel

from generator.errors import GraphError
from generator.export.decompositions import table
from generator.export.layers import Layers

Tensors = Mapping[str, Tensor]


@dataclass(frozen=True)
class Trace:
    """A function unrolled; its arguments, in order, are its weights and then its inputs."""

    module: GraphModule
    arguments: tuple[Tensor, ...]
    outputs: tuple[str, ...]
    layers: Layers


def trace(
    function: Callable[[Tensors, Tensors], Tensors], weights: Tensors, inputs: Tensors
) -> Trace:
    """Run `function` on shapes alone and record every operator, autograd's included.

    Weights are arguments like any other, so nothing can be folded into them.

    Raises:  GraphError for an operator without derivative or whose result's shape depends on
             values, and for a function that does not answer a dict of tensors.
    """
    arguments = tuple(_row_major(value) for value in (*weights.values(), *inputs.values()))
    outputs: list[str] = []
    layers = Layers()

    def flat(*values: Tensor) -> list[Tensor]:
        # Copies, so that a layer that writes in place writes to its own.
        given = dict(zip((*weights, *inputs), (value.clone() for value in values), strict=True))
        with layers.watching():
            result = function(
                {name: given[name] for name in weights}, {name: given[name] for name in inputs}
            )
        outputs.extend(_checked(result))
        return list(result.values())

    with _explained(layers), _plain_kernels():
        # A tensor that the function encloses becomes a constant, for the exporter to judge.
        module = make_fx(
            flat, decomposition_table=table(), tracing_mode="fake", _allow_non_fake_inputs=True
        )(*arguments)
    layers.adopt(module.graph)
    module.eval()
    return Trace(module, arguments, tuple(outputs), layers)


@contextmanager
def _plain_kernels() -> Iterator[None]:
    """Attention and recurrence as the sums and products they are, not as one fused kernel."""
    fused = torch.backends.mkldnn.enabled
    torch.backends.mkldnn.enabled = False  # type: ignore[assignment]
    try:
        with sdpa_kernel(SDPBackend.MATH):
            yield
    finally:
        torch.backends.mkldnn.enabled = fused


@contextmanager
def _explained(layers: Layers) -> Iterator[None]:
    """Say in which layer a trace ended that PyTorch cannot take further."""
    try:
        yield
    except NotImplementedError as error:
        found = re.search(r"derivative for '?(?:aten::)?(\w+)", str(error))
        if not found:
            raise
        raise layers.refuse(found[1], "has no derivative in PyTorch") from error
    except GuardOnDataDependentSymNode as error:
        raise layers.refuse(
            layers.last, "is followed by a branch on its value, which no graph can hold"
        ) from error


def _row_major(value: Tensor) -> Tensor:
    """The same values with the usual strides: an axis of length one may carry any, and PyTorch
    would take those of a grey image for another memory format, which a later view cannot undo."""
    return torch.empty(value.shape, dtype=value.dtype).copy_(value)


def _checked(result: object) -> Tensors:
    """The function's answer, if it is what a graph can have: tensors by name."""
    if not isinstance(result, Mapping) or not result:
        raise GraphError("a graph's function must return a dict of tensors, and not an empty one")
    for name, value in result.items():
        if not isinstance(value, Tensor):
            raise GraphError(f"output {name!r} is no tensor but a {type(value).__name__}")
    return result
