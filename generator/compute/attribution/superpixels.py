"""A picture in superpixels: neighbouring pixels of like colour, the same in build and page.

templates/figures/attribution/superpixels.js makes the same, pixel for pixel: all sums are of whole
numbers, and what is not whole is computed in the same order in double precision.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

ROUNDS = 8
COMPACT = 0.04
"""How much place counts against colour: two cells apart are as far as a fifth of the range."""
COUNTS = (4, 9, 16, 25, 36, 49, 64, 100, 144)
USUAL = 36
LEAST = 2
"""Pixels across that a superpixel has at least, on average."""

Labels = NDArray[np.int64]


def counts(shape: Sequence[int]) -> list[int]:
    """Numbers of superpixels that a picture can be asked for; none where one alone would be left.

    Shape:   `shape` ends in height and width.
    """
    height, width = shape[-2:]
    return [
        count
        for count in COUNTS
        if count * LEAST**2 <= height * width and np.prod(grid(shape, count)) > 1
    ]


def usual(shape: Sequence[int]) -> int:
    """Superpixels that LIME has at first: 36, or as many as a small picture has room for."""
    return max((count for count in counts(shape) if count <= USUAL), default=0)


def grid(shape: Sequence[int], count: int) -> tuple[int, int]:
    """Rows and columns of about `count` cells that are nearly square.

    Shape:   `shape` ends in height and width.
    """
    height, width = shape[-2:]
    side = np.sqrt(height * width / count)
    return max(1, int(height / side + 0.5)), max(1, int(width / side + 0.5))


def superpixels(picture: NDArray[np.uint8], count: int) -> Labels:
    """Divide a picture by k-means over place and colour that starts from a grid.

    distance = mean over channels of (colour difference / 255)^2 + 0.04 (place difference / side)^2

    with side the square root of a cell's area. Pieces that are not connected become superpixels of
    their own, or, below a quarter of a cell, part of what stands left of them or above.

    Shape:   picture (channels, height, width); answer (height, width), numbered from 0 as they
             begin in reading order. There may be a few more or fewer than `count`.
    Source:  after Achanta et al. 2012, doi:10.1109/TPAMI.2012.120.
    """
    channels, height, width = picture.shape
    colours = picture.reshape(channels, -1).astype(np.int64)
    y, x = (axis.ravel() for axis in np.indices((height, width)))
    rows, columns = grid(picture.shape, count)
    label = (y * rows // height) * columns + x * columns // width
    features = np.stack([*colours, y, x])
    centres = np.zeros((len(features), rows * columns))
    area = height * width / (rows * columns)
    for _ in range(ROUNDS):
        members = np.bincount(label, minlength=rows * columns)
        sums = np.stack([np.bincount(label, one, rows * columns) for one in features])
        centres = np.where(members, sums / np.maximum(members, 1), centres)
        label = _nearest(features, centres, area)
    return _connected(label.reshape(height, width), area / 4)


def _nearest(features: NDArray[np.int64], centres: NDArray[np.float64], area: float) -> Labels:
    """The centre of least distance for each pixel; of equal ones the first."""
    count = len(features) - 2
    best = np.full(features.shape[1], np.inf)
    label = np.zeros(features.shape[1], np.int64)
    for k, centre in enumerate(centres.T):
        away = [(one - at) * (one - at) for one, at in zip(features, centre, strict=True)]
        colour = away[0]
        for one in away[1:count]:
            colour = colour + one
        distance = colour / (count * 65025) + COMPACT * (away[-2] + away[-1]) / area
        nearer = distance < best
        best[nearer], label[nearer] = distance[nearer], k
    return label


def _connected(label: Labels, least: float) -> Labels:
    """Number connected pieces in reading order; one below `least` pixels joins what precedes it."""
    height, width = label.shape
    kind = label.ravel().tolist()
    found = [-1] * len(kind)
    number = 0
    for first in range(len(kind)):
        if found[first] >= 0:
            continue
        # -2: seen, not numbered yet
        piece, found[first] = [first], -2
        for at in piece:
            for near, inside in (
                (at - 1, at % width > 0),
                (at + 1, at % width < width - 1),
                (at - width, at >= width),
                (at + width, at < len(kind) - width),
            ):
                if inside and found[near] == -1 and kind[near] == kind[first]:
                    found[near] = -2
                    piece.append(near)
        if len(piece) >= least or first == 0:
            own, number = number, number + 1
        else:
            own = found[first - 1] if first % width else found[first - width]
        for at in piece:
            found[at] = own
    return np.array(found, np.int64).reshape(height, width)
