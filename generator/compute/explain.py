"""One unit computed by hand: every value it reads, what it is multiplied by, and the sum.

This is the arithmetic that the page shows; its JavaScript twin is tested against it.
"""

from generator.compute.architecture import Architecture
from generator.compute.arithmetic import ARITHMETIC
from generator.compute.unit import Arrays, Explanation, Unit


def explain(
    architecture: Architecture,
    place: tuple[str, int, int, int],
    values: Arrays,
    weights: Arrays,
) -> Explanation:
    """Compute the unit at `place` = (layer, channel, y, x) from the values that it reads.

    A flatten or an identity before the layer is looked through, so that the terms of a dense layer
    name channel, row and column of the map that was flattened. Values in padding give no term.

    Shape:   values: layer -> (c, h, w) or (c,), of one example; y = x = 0 in a layer without
             extent. weights: the model's state dict.
    Error:   summed in float64; agrees with a float32 pass to its rounding.
    Raises:  ModelError for an unknown layer, IndexError for a unit outside it, ValueError for the
             input layer, which is given and not computed.
    """
    layer = architecture[place[0]]
    channel, y, x = place[1:]
    height, width = layer.size
    if not (0 <= channel < layer.channels and 0 <= y < height and 0 <= x < width):
        raise IndexError(f"{layer.name} has no unit ({channel}, {y}, {x})")
    if layer.op == "input":
        raise ValueError("the input is given, not computed")
    unit = Unit(architecture, layer, channel, y, x, values, weights)
    return ARITHMETIC[layer.op](unit)
