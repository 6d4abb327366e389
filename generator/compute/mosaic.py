"""Channels of layers as one picture, for the still of a figure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.compute.tiling import Tiling

Pixels = NDArray[np.uint8]
Colours = Callable[[NDArray[np.floating[Any]]], Pixels]


@dataclass(frozen=True)
class Panel:
    """One layer's tiles with their place in the picture.

    Shape:   values (channels, height, width) or (channels,); `colours` turns any shape into the
             same with a last axis of 3. Whole pictures in colour have one tile and (3, h, w).
    """

    values: NDArray[np.floating[Any]]
    tiles: Tiling
    left: float
    top: float
    colours: Colours
    whole: bool = False


def mosaic(panels: Sequence[Panel], size: tuple[int, int], density: int = 2) -> Pixels:
    """Draw every tile by its nearest values, on nothing: RGBA.

    Shape:   (height, width, 4) times `density`, for a drawing of `size` = (width, height).
    """
    width, height = size
    picture = np.zeros((height * density, width * density, 4), np.uint8)
    for panel in panels:
        colours = panel.colours(panel.values if panel.whole else _maps(panel.values))
        for channel, tile in enumerate(colours[None] if panel.whole else colours):
            left, top = panel.tiles.corner(channel)
            box = (panel.left + left, panel.top + top, panel.tiles.width, panel.tiles.height)
            _place(picture, tile, [value * density for value in box])
    return picture


def _maps(values: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    return values.reshape(*values.shape, *[1] * (3 - values.ndim))


def _place(picture: Pixels, tile: Pixels, box: Sequence[float]) -> None:
    left, top, width, height = (round(value) for value in box)
    rows = np.arange(height) * tile.shape[0] // height
    columns = np.arange(width) * tile.shape[1] // width
    where = np.s_[top : top + height, left : left + width]
    picture[where][..., :3] = tile[rows][:, columns]
    picture[where][..., 3] = 255
