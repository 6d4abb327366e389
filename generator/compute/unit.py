"""A unit, the values it reads, and what it makes of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.compute.architecture import Architecture, Layer

Arrays = Mapping[str, NDArray[np.floating[Any]]]


@dataclass(frozen=True)
class Term:
    """One value that a unit reads, and what the unit makes of it: product = value * weight."""

    layer: str
    channel: int
    y: int
    x: int
    value: float
    weight: float
    product: float


@dataclass(frozen=True)
class Explanation:
    """How one unit got its value: sum = terms' products, result = f(sum + bias).

    In a maximum pooling the winner (the first of equals) has weight 1 and the others 0. In a
    softmax each product is exp(value - greatest), and the result is the unit's share of the sum;
    in a log-softmax its logarithm. Everywhere else f is the layer's function, or nothing.
    """

    layer: str
    channel: int
    y: int
    x: int
    terms: tuple[Term, ...]
    bias: float
    sum: float
    result: float


@dataclass(frozen=True)
class Unit:
    """A unit to explain, with all that may be read on the way."""

    architecture: Architecture
    layer: Layer
    channel: int
    y: int
    x: int
    values: Arrays
    weights: Arrays

    def term(self, place: tuple[int, int, int], weight: float, source: int = 0) -> Term:
        """Term for the unit at (channel, y, x) of the `source`-th input."""
        layer, channel, y, x = _seen(self.architecture, self.layer.inputs[source], place)
        held = self.values[layer]
        value = float(held[channel, y, x] if held.ndim == 3 else held[channel])
        return Term(layer, channel, y, x, value, weight, value * weight)

    def tensor(self, role: str) -> NDArray[np.floating[Any]] | None:
        """The layer's weight, bias, mean or variance; None where it has none."""
        name = self.layer.tensors.get(role)
        return None if name is None else self.weights[name]


def _seen(
    architecture: Architecture, name: str, place: tuple[int, int, int]
) -> tuple[str, int, int, int]:
    layer = architecture[name]
    channel, y, x = place
    while layer.op in ("flatten", "identity"):
        before = architecture[layer.inputs[0]]
        if len(before.shape) == 3 and len(layer.shape) == 1:
            channel, y, x = (int(i) for i in np.unravel_index(channel, before.shape))
        layer = before
    return layer.name, channel, y, x
