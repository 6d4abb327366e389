"""Where in the picture the units of a map lie, and a map spread out to the picture's pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.compute.architecture import Architecture, Layer
from generator.compute.windows import POINTWISE, WINDOWED
from generator.errors import FigureError


@dataclass(frozen=True)
class Grid:
    """Along one axis, unit i is centred at `first` + `step` * i, in pixels from the first's middle.

    These are centres of whole receptive fields, as if the picture went on beyond its edge.
    """

    first: float
    step: float


def grids(architecture: Architecture, layer: str) -> tuple[Grid, Grid]:
    """Centres of a layer's units, down and across; where branches meet, the first one's.

    A window of k positions, d apart, at stride s behind p of padding, has its middle at
    s i - p + d (k - 1) / 2 of what it reads; from layer to layer these are put into each other.

    Raises:  FigureError for a layer without places, or behind one that mixes all of them.
    Source:  Araujo, Norris and Sim 2019, doi:10.23915/distill.00021, section 3.
    """
    found = architecture[layer]
    if found.size == (1, 1):
        raise FigureError(
            f"{layer} has no places: each of its units answers to the picture as a whole",
            hint="choose a layer whose channels are maps, such as a convolution",
        )
    down, across = Grid(0.0, 1.0), Grid(0.0, 1.0)
    while found.op != "input":
        if found.op not in (*WINDOWED, *POINTWISE):
            raise FigureError(
                f"{layer} lies behind {found.name}, which mixes all places",
                hint="choose a layer before it",
            )
        source = architecture[found.inputs[0]]
        if found.op in WINDOWED:
            down, across = _through(found, source, 0, down), _through(found, source, 1, across)
        found = source
    return down, across


def _through(layer: Layer, source: Layer, axis: int, grid: Grid) -> Grid:
    """The same centres in positions of what the layer reads."""
    if layer.op == "adaptive_avg_pool":
        stride = source.size[axis] / layer.size[axis]
        middle = (stride - 1) / 2
    else:
        how = layer.attributes
        stride = how["stride"][axis]
        apart = how["dilation"][axis] if "dilation" in how else 1
        middle = apart * (how["kernel"][axis] - 1) / 2 - how["padding"][axis]
    return Grid(stride * grid.first + middle, stride * grid.step)


def spread(grid: Grid, units: int, pixels: int) -> NDArray[np.float32]:
    """Linear interpolation between the centres; beyond the outermost their own value goes on.

    Shape:   (pixels, units); each row sums to 1. ``units/spread.js`` does the same.
    Source:  Bau et al. 2017, arXiv:1704.05796, section 2.2 (anchored at the fields' centres).
    """
    at = np.clip((np.arange(pixels) - grid.first) / grid.step, 0, units - 1)
    low = np.minimum(np.floor(at).astype(np.int64), max(units - 2, 0))
    matrix = np.zeros((pixels, units), np.float32)
    share = (at - low).astype(np.float32)
    matrix[np.arange(pixels), low] = 1 - share
    matrix[np.arange(pixels), np.minimum(low + 1, units - 1)] += share
    return matrix
