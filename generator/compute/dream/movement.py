"""How a picture is moved before the network sees it; what an ascent finds must survive it.

A movement is two matrices: rows @ picture @ columns^T. Jitter, scale and blur all are of that kind,
so one graph serves every choice of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.compute.noise import uniform

STREAM = 7919
"""Movements are drawn from another sequence than the noise at the start."""
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Moves:
    """What may be done to a picture.

    jitter   greatest shift each way, in whole pixels
    scale    greatest growth and shrinking, as a share of the size
    blur     standard deviation in pixels of the lens that the network looks through
    """

    jitter: int = 0
    scale: float = 0.0
    blur: float = 0.0

    def at(self, size: tuple[int, int], seed: int, step: int) -> tuple[Matrix, Matrix]:
        """The matrices of one step, (height, height) and (width, width)."""
        down, right, stretch = uniform(seed + STREAM, 3 * step, 3)
        grown = 1 + self.scale * (2 * stretch - 1)
        height, width = size
        rows = resampled(height, self._shift(down), grown) @ blurring(height, self.blur)
        return rows, resampled(width, self._shift(right), grown) @ blurring(width, self.blur)

    def _shift(self, share: float) -> int:
        return int(share * (2 * self.jitter + 1)) - self.jitter


def resampled(size: int, shift: int, grown: float) -> Matrix:
    """Row i weighs the pixels that are seen at place i: bilinear, and 0 comes in from outside.

    Shape:   (size, size).
    Units:   shift in pixels; grown above 1 looks at more than the picture.
    """
    middle = (size - 1) / 2
    place = (np.arange(size) - middle) * grown + middle + shift
    first = np.floor(place).astype(int)
    found = np.zeros((size, size))
    for offset in (0, 1):
        at = first + offset
        weight = 1 - np.abs(place - at)
        inside = (at >= 0) & (at < size)
        found[np.flatnonzero(inside), at[inside]] += weight[inside]
    return found


def blurring(size: int, sigma: float) -> Matrix:
    """Gaussian blur along one axis; beyond its edge a picture is its own mirror image.

    Shape:   (size, size), every row sums to 1.
    """
    if not sigma:
        return np.eye(size)
    reach = int(np.ceil(3 * sigma))
    offsets = np.arange(-reach, reach + 1)
    weights = np.exp(-0.5 * (offsets / sigma) ** 2)
    weights /= weights.sum()
    found = np.zeros((size, size))
    for offset, weight in zip(offsets, weights, strict=True):
        at = (np.arange(size) + offset) % (2 * size)
        found[np.arange(size), np.where(at < size, at, 2 * size - 1 - at)] += weight
    return found
