"""Layouts of the same points turned to match, so that moving from one to the next is readable."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Layout = NDArray[np.floating[Any]]


def procrustes(points: Layout, target: Layout) -> NDArray[np.float64]:
    """Turn or mirror `points` to lie as near to `target` as they can: points Q, Q orthogonal.

    Q = U V^T with U S V^T = points^T target, which minimizes the sum of squared distances.

    Shape:   (n, d) both, and the result.
    Units:   those of `points`; neither moved nor stretched.
    Raises:  ValueError for different shapes.
    Source:  Schönemann 1966, doi:10.1007/BF02289451.
    """
    if points.shape != target.shape:
        raise ValueError(f"cannot align {points.shape} with {target.shape}")
    left, _, right = np.linalg.svd(points.astype(np.float64).T @ target.astype(np.float64))
    turned: NDArray[np.float64] = points.astype(np.float64) @ (left @ right)
    return turned


def aligned(layouts: Sequence[Layout]) -> list[NDArray[np.float32]]:
    """Centre all layouts, give them one size, turn each to its predecessor, and fit [-1, 1].

    One size means the same root mean square distance from the centre. The scale that would fit best
    is not used: it shrinks a layout the more, the less it resembles its predecessor.

    Shape:   each (n, d), the same points in the same order.
    Range:   [-1, 1], reached by the outermost coordinate of the whole sequence; all zero where a
             layout has no extent.
    Raises:  ValueError for layouts of different shapes.
    """
    results: list[NDArray[np.float64]] = []
    for layout in layouts:
        points = _normalized(layout)
        results.append(procrustes(points, results[-1]) if results else points)
    greatest = max((float(np.abs(points).max()) for points in results), default=0.0)
    return [(points / (greatest or 1.0)).astype(np.float32) for points in results]


def _normalized(layout: Layout) -> NDArray[np.float64]:
    centred = layout.astype(np.float64) - layout.astype(np.float64).mean(axis=0)
    radius = float(np.sqrt((centred**2).sum(axis=1).mean()))
    normalized: NDArray[np.float64] = centred / (radius or 1.0)
    return normalized
