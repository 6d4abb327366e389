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
OCTAVE = 1.4
"""How much smaller one octave sees a picture than the one before it."""
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Moves:
    """What may be done to a picture.

    jitter   greatest shift each way, in whole pixels
    scale    greatest growth and shrinking, as a share of the size
    blur     standard deviation in pixels of the lens that the network looks through
    octaves  sizes in which it is seen, in turn from step to step: whole, then smaller by 1.4 each,
             with copies of itself around

    Source:  octaves are those of DeepDream, Mordvintsev, Olah and Tyka 2015, "Inceptionism", which
             climbs through them once, from the smallest.
    """

    jitter: int = 0
    scale: float = 0.0
    blur: float = 0.0
    octaves: int = 1

    def at(self, size: tuple[int, int], seed: int, step: int) -> tuple[Matrix, Matrix]:
        """The matrices of one step, (height, height) and (width, width)."""
        down, right, stretch = uniform(seed + STREAM, 3 * step, 3)
        grown = 1 + self.scale * (2 * stretch - 1)
        height, width = size
        small = OCTAVE ** (step % self.octaves)
        return self._along(height, down, grown, small), self._along(width, right, grown, small)

    def _along(self, size: int, share: float, grown: float, small: float) -> Matrix:
        seen = resampled(size, self._shift(share), grown) @ blurring(size, self.blur)
        return seen if small == 1 else tiled(size, small) @ seen

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


def tiled(size: int, small: float) -> Matrix:
    """Row i weighs what falls into place i where a picture is `small` times smaller and repeats.

    Shape:   (size, size), every row sums to 1.
    Range:   small is 1 or more; each place shows the mean of what it covers.
    """
    start = (np.arange(size) - size / 2) * small + size / 2
    first = np.floor(start).astype(int)
    found = np.zeros((size, size))
    for offset in range(int(np.ceil(small)) + 1):
        at = first + offset
        covered = np.minimum(start + small, at + 1) - np.maximum(start, at)
        found[np.arange(size), at % size] += np.maximum(covered, 0) / small
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
