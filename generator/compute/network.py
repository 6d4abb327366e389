"""Which answers of a model a reader needs to see chosen layers and to compute them by hand."""

from collections.abc import Callable, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn

from generator.compute.architecture import Architecture, Layer
from generator.compute.expanded import expanded
from generator.compute.explain import explain
from generator.compute.graphs import forward
from generator.compute.operations import ELEMENTWISE

Tensors = Mapping[str, Tensor]
Function = Callable[[Tensors, Tensors], dict[str, Tensor]]
Arrays = Mapping[str, NDArray[np.float32]]


def needed(architecture: Architecture, shown: Iterable[str]) -> list[str]:
    """Names of the layers to tap, in order: those shown, the last, what these read, what follows.

    Flattening is looked through, and a function that follows a shown layer is named with it.
    """
    chosen = {*shown, architecture.layers[-1].name}
    behind = (one for one in architecture if one.op in ELEMENTWISE and one.inputs[0] in chosen)
    wanted = chosen | {layer.name for layer in behind}
    for name in tuple(wanted):
        wanted.update(_read(architecture, architecture[name]))
    return [layer.name for layer in architecture if layer.name in wanted and layer.op != "input"]


def _read(architecture: Architecture, layer: Layer) -> Iterable[str]:
    if layer.op == "identity":
        yield from _behind(architecture, layer)
    for name in layer.inputs:
        yield name
        yield from _behind(architecture, architecture[name])


def _behind(architecture: Architecture, layer: Layer) -> Iterable[str]:
    while layer.op in ("flatten", "identity"):
        layer = architecture[layer.inputs[0]]
        yield layer.name


def answers(module: nn.Module, shape: tuple[int, ...], layers: list[str]) -> Function:
    """What the layers of an architecture answer, function calls included; see `graphs.forward`."""
    return forward(expanded(module, shape), layers)


def oracle(module: nn.Module, shape: tuple[int, ...], layers: list[str]) -> Function:
    """The same by the original module, as far as it has modules of these names."""
    own = [name for name in layers if name in dict(module.named_modules())]
    others = [name for name in layers if name not in own]
    by_module = forward(module, own)
    by_graph = forward(expanded(module, shape), others) if others else None

    def function(weights: Tensors, inputs: Tensors) -> dict[str, Tensor]:
        found = by_module(weights, inputs)
        if by_graph:
            found |= by_graph(weights, inputs)
        return {name: found[name] for name in layers}

    return function


def contributions(
    architecture: Architecture, place: tuple[str, int, int, int], values: Arrays, weights: Arrays
) -> dict[tuple[str, int], float]:
    """What each channel that a unit reads adds to it: (layer, channel) -> sum of products."""
    found: dict[tuple[str, int], float] = {}
    if architecture[place[0]].op == "input":
        return found
    for term in explain(architecture, place, values, weights).terms:
        key = term.layer, term.channel
        found[key] = found.get(key, 0.0) + term.product
    return found


def strongest(activation: NDArray[np.float32]) -> tuple[int, int, int]:
    """Channel, row and column of the greatest value.

    Shape:   (channels, height, width) or (channels,); the latter answers row and column 0.
    """
    place = np.unravel_index(int(activation.argmax()), activation.shape)
    channel, row, column = (*(int(axis) for axis in place), 0, 0)[:3]
    return channel, row, column


def limit(values: NDArray[np.float32]) -> float:
    """Ends of a layer's colour scale: 99.9 % of its values are nearer to zero than that."""
    return float(np.quantile(np.abs(values), 0.999)) or 1.0
