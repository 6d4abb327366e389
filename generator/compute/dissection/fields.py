"""How far a unit really looks: where a patch that is covered changes its answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from torch import nn

from generator.compute.activations import activations

Floats = NDArray[np.float32]
LEAST = 0.2
"""Share of the greatest change from which a place counts as looked at."""


@dataclass(frozen=True)
class Slid:
    """Places of the cover, relative to the unit's own: `offsets` (m,) pixels, down and across."""

    side: int
    offsets: NDArray[np.int64]


def slid(side: int, field: int) -> Slid:
    """A square of `side` pixels moved by two thirds of it over all that a field can see."""
    step = max(1, round(side * 2 / 3))
    reach = -(-(field + side) // 2 // step) * step
    return Slid(side, np.arange(-reach, reach + 1, step))


def changes(
    module: nn.Module, layer: str, images: Floats, unit: int, places: NDArray[np.integer],
    centres: Floats, cover: Slid, fill: Floats,
) -> Floats:  # fmt: skip
    """Mean of |a(image) - a(image with the cover)| over the images that have room for it.

    The maps of several images lie over each other by the unit's own place.

    Shape:   images (k, channels, height, width); places (k, 2) of the unit in its map, centres
             (k, 2) in pixels; fill (channels,); answer (m, m) for offsets down and across; 0 where
             no image has room.
    Units:   activations.
    Source:  Zhou et al. 2014, arXiv:1412.6856, section 3.2.
    """
    height, width = images.shape[2:]
    total = np.zeros((len(cover.offsets),) * 2)
    count = np.zeros_like(total)
    for image, (y, x), centre in zip(images, places, centres, strict=True):
        covered, at = [image], []
        for i, down in enumerate(cover.offsets):
            for j, across in enumerate(cover.offsets):
                middle = np.rint(centre + (down, across)).astype(int)
                if not (0 <= middle[0] < height and 0 <= middle[1] < width):
                    continue
                top, left = np.maximum(middle - cover.side // 2, 0)
                bottom, right = middle - cover.side // 2 + cover.side
                one = image.copy()
                one[:, top:bottom, left:right] = fill[:, None, None]
                covered.append(one)
                at.append((i, j))
        answers = activations(module, np.stack(covered), [layer])[layer][:, unit, y, x]
        rows, columns = np.array(at).T
        total[rows, columns] += np.abs(answers[1:] - answers[0])
        count[rows, columns] += 1
    return (total / np.maximum(count, 1)).astype(np.float32)


def extent(found: Floats, cover: Slid) -> float:
    """Side of a square as large as all places that change at least a fifth as much as the best.

    The cover's own width is taken off: a unit that reads one pixel is changed wherever the cover
    lies on it.

    Units:   pixels, at least 1; 0 where nothing changes anything.
    Error:   about one step of the cover.
    """
    most = float(found.max())
    if most <= 0:
        return 0.0
    step = int(cover.offsets[1] - cover.offsets[0])
    across = float(np.sqrt((found >= LEAST * most).sum()) * step)
    return max(1.0, across - cover.side + 1)
