"""How much there is of a network: weights, units, multiplications."""

from collections.abc import Mapping
from math import prod

from torch import Tensor

from generator.compute.architecture import Architecture, Layer


def parameters(layer: Layer, weights: Mapping[str, Tensor]) -> int:
    """Learned numbers of one layer; running statistics are measured and not counted."""
    learned = (name for role, name in layer.tensors.items() if role in ("weight", "bias"))
    return sum(weights[name].numel() for name in learned)


def multiply_adds(layer: Layer, weights: Mapping[str, Tensor]) -> int:
    """Products that a convolution or a dense layer adds up for one input; 0 for other layers.

    units x weights that each of them reads; a convolution's padding is counted like its inside.
    """
    if layer.op not in ("conv", "linear"):
        return 0
    return prod(layer.shape) * weights[layer.tensors["weight"]][0].numel()


def totals(architecture: Architecture, weights: Mapping[str, Tensor]) -> dict[str, int]:
    """Parameters, multiply-adds and units of the whole network; the input's are no units."""
    layers = architecture.layers[1:]
    held = {layer.tensors.get("weight", layer.name): layer for layer in layers}
    return {
        # A layer that is used twice has its weights once.
        "parameters": sum(parameters(layer, weights) for layer in held.values()),
        "multiply_adds": sum(multiply_adds(layer, weights) for layer in layers),
        "units": sum(prod(layer.shape) for layer in layers),
    }
