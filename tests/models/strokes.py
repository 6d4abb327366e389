"""What the drawing pad does to a pen's strokes, as the one definition that its script repeats.

A drawing is a list of strokes; a stroke is the points (x, y) of the pen in pad pixels, x to the
right and y downwards, joined by straight lines; one point alone is a dot. `picture` goes from there
to what a model sees, in four steps that leave nothing open:

1. **Extent.** Over all points of all strokes: `left`, `right`, `top`, `bottom`, and
   `side = max(right - left, bottom - top)`.
2. **Scale.** `scale = (box - pen) / max(side, FLOOR * pad)`: the *ink* (line ends stick out half a
   pen) then fills `box` pixels on its longer side. `FLOOR` bounds the magnification, so that a
   drawing smaller than that share of the pad stays small and a dot stays a dot.
3. **Ink.** Pixel (row, column) covers the unit square whose middle is (column + 1/2, row + 1/2).
   Its intensity is `clamp(pen / 2 + 1/2 - distance, 0, 1)`, where `distance` is from that middle
   to the nearest point of the scaled polylines: a round pen with a one-pixel soft edge. Strokes
   that cross do not add up.
4. **Centre.** The ink is drawn twice. First with the middle of the extent at the middle of the
   picture; the first moments of that picture, over pixel middles, give the centre of mass (mx, my).
   Then again with everything moved by (size / 2 - mx, size / 2 - my), a fraction of a pixel and
   all. A drawing without points is a blank picture.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

FLOOR = 0.08


def picture(
    strokes: list[Points], *, pad: float, box: float, pen: float, size: int = 28
) -> NDArray[np.float32]:
    """What a model is given for these strokes on a square pad of `pad` pixels.

    Shape:   strokes (points, 2) each; picture (size, size).
    Range:   0 for paper to 1 for ink.
    """
    if not strokes:
        return np.zeros((size, size), np.float32)
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (box - pen) / max(float((high - low).max()), FLOOR * pad)
    middle = np.full(2, size / 2)
    scaled = [(stroke - (low + high) / 2) * scale + middle for stroke in strokes]
    first = ink(scaled, pen, size)
    shift = middle - centre_of_mass(first)
    return ink([stroke + shift for stroke in scaled], pen, size).astype(np.float32)


def ink(strokes: list[Points], pen: float, size: int) -> NDArray[np.float64]:
    """Rasterise polylines that are already in picture pixels; see step 3 above."""
    axis = np.arange(size) + 0.5
    nearest = np.full((size, size), np.inf)
    for stroke in strokes:
        start, end = (stroke[:-1], stroke[1:]) if len(stroke) > 1 else (stroke, stroke)
        dx, dy = (end - start).T[:, :, None, None]
        x = axis[None, None, :] - start[:, 0, None, None]
        y = axis[None, :, None] - start[:, 1, None, None]
        length2 = dx**2 + dy**2
        share = np.clip((x * dx + y * dy) / np.where(length2 > 0, length2, 1), 0, 1)
        squared = (x - share * dx) ** 2 + (y - share * dy) ** 2
        nearest = np.minimum(nearest, np.sqrt(squared.min(axis=0)))
    return np.asarray(np.clip(pen / 2 + 0.5 - nearest, 0, 1), np.float64)


def centre_of_mass(image: NDArray[np.float64]) -> Points:
    """First moments (x, y) over pixel middles, in pixels; image must have some ink."""
    axis = np.arange(image.shape[0]) + 0.5
    moments: Points = np.array([image.sum(0) @ axis, image.sum(1) @ axis])
    return moments / float(image.sum())


def smooth(points: Points, pieces: int = 8) -> Points:
    """A Catmull-Rom spline through the points, `pieces` lines to a span: how a hand moves.

    Shape:   (n, 2) in, ((n - 1) * pieces + 1, 2) out; the ends are doubled.
    """
    padded = np.concatenate([points[:1], points, points[-1:]])
    before, start, end, after = (padded[i : len(points) - 1 + i, None] for i in range(4))
    t = (np.arange(pieces) / pieces)[:, None]
    curve = 0.5 * (
        2 * start
        + (end - before) * t
        + (2 * before - 5 * start + 4 * end - after) * t**2
        + (3 * start - before - 3 * end + after) * t**3
    )
    return np.concatenate([curve.reshape(-1, 2), points[-1:]])
