"""Receptive fields: the input pixels that can change a unit.

A field is followed backwards through the architecture as sets of channels, rows and columns. Every
operation reads a product of such sets, so the field's edges are exact; where branches meet, the
field is the rectangle around their union.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.compute.architecture import Architecture, Layer
from generator.compute.windows import POINTWISE, WINDOWED, window

Indices = frozenset[int]


@dataclass(frozen=True)
class Box:
    """Rows top … bottom - 1 and columns left … right - 1, in input pixels from the upper left."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Region:
    """Units of one layer."""

    channels: Indices
    rows: Indices
    columns: Indices

    def __or__(self, other: "Region") -> "Region":
        """Smallest product of sets that holds both."""
        return Region(
            self.channels | other.channels, self.rows | other.rows, self.columns | other.columns
        )


def receptive_field(
    architecture: Architecture, layer: str, y: int = 0, x: int = 0, channel: int | None = None
) -> Box:
    """Smallest rectangle of input pixels outside which nothing reaches the unit.

    Without a channel: of all channels of the layer together, which differ only behind groups and
    concatenations. A unit behind a dense layer sees the whole image.

    Units:   input pixels, clipped to the image; a unit that reads nothing but zero padding has
             an empty field, (0, 0, 0, 0).
    Error:   exact for the architecture; single weights that are zero do not shrink it.
    Raises:  ModelError for an unknown layer, IndexError for a unit outside it.
    Source:  Araujo, Norris and Sim 2019, doi:10.23915/distill.00021, sections 2 and 3.
    """
    found = architecture[layer]
    height, width = found.size
    channels = _channels(found, channel)
    if not (0 <= y < height and 0 <= x < width):
        raise IndexError(f"{layer} has no unit ({channel}, {y}, {x})")
    return _box(architecture, found, Region(channels, frozenset({y}), frozenset({x})))


def receptive_spans(
    architecture: Architecture, layer: str, channel: int | None = None
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Receptive fields of all units of a layer, as one table for rows and one for columns.

    The field of unit (y, x) is rows[y, 0] … rows[y, 1] - 1 by columns[x, 0] … columns[x, 1] - 1.

    Shape:   rows (height, 2), columns (width, 2).
    Units, error, raises: as `receptive_field`.
    """
    found = architecture[layer]
    channels = _channels(found, channel)
    every = [frozenset(range(length)) for length in found.size]
    rows = [_box(architecture, found, Region(channels, frozenset({y}), every[1])) for y in every[0]]
    columns = [
        _box(architecture, found, Region(channels, every[0], frozenset({x}))) for x in every[1]
    ]
    return (
        np.array([(box.top, box.bottom) for box in rows], np.int32),
        np.array([(box.left, box.right) for box in columns], np.int32),
    )


def _channels(layer: Layer, channel: int | None) -> Indices:
    every = frozenset(range(layer.channels))
    if channel is not None and channel not in every:
        raise IndexError(f"{layer.name} has no channel {channel}")
    return every if channel is None else frozenset({channel})


def _box(architecture: Architecture, layer: Layer, region: Region) -> Box:
    regions = {layer.name: region}
    for current in reversed(architecture.layers):
        if current.op == "input" or current.name not in regions:
            continue
        for name, read in _reads(architecture, current, regions.pop(current.name)):
            if not (read.rows and read.columns):  # a window in the padding
                continue
            regions[name] = regions[name] | read if name in regions else read
    seen = regions.get("input")
    if seen is None:
        return Box(0, 0, 0, 0)
    return Box(min(seen.rows), min(seen.columns), max(seen.rows) + 1, max(seen.columns) + 1)


def _reads(architecture: Architecture, layer: Layer, region: Region) -> list[tuple[str, Region]]:
    inputs = [architecture[name] for name in layer.inputs]
    if layer.op == "cat":
        return _cat(inputs, region)
    return [(source.name, READS[layer.op](layer, source, region)) for source in inputs]


def _windowed(layer: Layer, source: Layer, region: Region) -> Region:
    def positions(axis: int, wanted: Indices) -> Indices:
        length = source.size[axis]
        taps = (window(layer, axis, position, length).taps() for position in wanted)
        return frozenset(position for part in taps for _, position in part)

    return Region(
        _conv_channels(layer, source, region.channels) if layer.op == "conv" else region.channels,
        positions(0, region.rows),
        positions(1, region.columns),
    )


def _conv_channels(layer: Layer, source: Layer, wanted: Indices) -> Indices:
    groups = layer.attributes["groups"]
    given, read = layer.channels // groups, source.channels // groups
    return frozenset(
        channel
        for group in {channel // given for channel in wanted}
        for channel in range(group * read, (group + 1) * read)
    )


def _pointwise(layer: Layer, source: Layer, region: Region) -> Region:
    if layer.op in ("softmax", "log_softmax"):
        return Region(frozenset(range(source.channels)), region.rows, region.columns)
    return region


def _flatten(layer: Layer, source: Layer, region: Region) -> Region:
    if len(source.shape) == 1:
        return region
    places = np.unravel_index(sorted(region.channels), source.shape)
    return Region(*(frozenset(int(i) for i in axis) for axis in places))


def _linear(layer: Layer, source: Layer, region: Region) -> Region:
    return Region(frozenset(range(source.channels)), region.rows, region.columns)


def _cat(inputs: list[Layer], region: Region) -> list[tuple[str, Region]]:
    reads = []
    first = 0
    for source in inputs:
        own = frozenset(c - first for c in region.channels if 0 <= c - first < source.channels)
        if own:
            reads.append((source.name, Region(own, region.rows, region.columns)))
        first += source.channels
    return reads


READS: dict[str, Callable[[Layer, Layer, Region], Region]] = {
    **dict.fromkeys(WINDOWED, _windowed),
    **dict.fromkeys(POINTWISE, _pointwise),
    "linear": _linear,
    "flatten": _flatten,
}
