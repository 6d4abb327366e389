"""Who is near whom, and how well a layout keeps it."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.manifold import trustworthiness as sklearn_trustworthiness

from generator.compute.threads import single_thread

Points = NDArray[np.floating[Any]]
Metric = Literal["euclidean", "cosine"]
BLOCK = 256


@dataclass(frozen=True)
class Neighbours:
    """The k nearest other points of each point, nearest first: both (n, k)."""

    indices: NDArray[np.int32]
    distances: NDArray[np.float32]


def neighbours(values: Points, k: int, metric: Metric = "euclidean") -> Neighbours:
    """Find the k nearest of all other points, exactly; the lower index first where equal.

    euclidean |a - b| · cosine 1 - a.b / (|a| |b|), which is 1 where a or b is zero.

    Shape:   (n, ...), the rest flattened; see `Neighbours`.
    Units:   those of the values, or none for cosine.
    Range:   0 upwards; cosine 0 to 2.
    Raises:  ValueError for k outside 1 … n - 1.
    """
    flat = values.reshape(len(values), -1).astype(np.float64)
    if not 1 <= k < len(flat):
        raise ValueError(f"k is {k}; there are {len(flat) - 1} others")
    if metric == "cosine":
        lengths = np.linalg.norm(flat, axis=1, keepdims=True)
        flat = flat / np.where(lengths > 0, lengths, 1.0)
    squares = (flat**2).sum(axis=1)
    indices = np.empty((len(flat), k), np.int32)
    distances = np.empty((len(flat), k), np.float32)
    with single_thread():
        for start in range(0, len(flat), BLOCK):
            rows = slice(start, min(start + BLOCK, len(flat)))
            apart = squares[rows][:, None] + squares - 2 * (flat[rows] @ flat.T)
            if metric == "cosine":
                apart = 1 - flat[rows] @ flat.T
            apart[np.arange(apart.shape[0]), np.arange(rows.start, rows.stop)] = np.inf
            indices[rows], distances[rows] = _nearest(flat, rows, apart, k, metric)
    return Neighbours(indices, distances)


def _nearest(
    flat: NDArray[np.float64], rows: slice, apart: NDArray[np.float64], k: int, metric: Metric
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    # The matrix product cancels digits; candidates are measured again by their differences.
    candidates = min(apart.shape[1] - 1, 2 * k + 8)
    near = np.sort(np.argsort(apart, axis=1, kind="stable")[:, :candidates], axis=1)
    exact = np.empty(near.shape)
    for row, point in enumerate(flat[rows]):
        if metric == "cosine":
            exact[row] = 1 - flat[near[row]] @ point
        else:
            exact[row] = np.linalg.norm(flat[near[row]] - point, axis=1)
    order = np.argsort(exact, axis=1, kind="stable")[:, :k]
    return np.take_along_axis(near, order, 1), np.take_along_axis(exact, order, 1)


def trustworthiness(values: Points, layout: Points, k: int = 10) -> float:
    """How far the layout's neighbours can be believed: 1 - share of intruders, by their rank.

    Shape:   values (n, ...), layout (n, d).
    Range:   0 to 1; 1 where each point's k nearest in the layout are its k nearest originally.
    Raises:  ValueError for k of n / 2 or more.
    Source:  Venna and Kaski 2001, doi:10.1007/3-540-44668-0_68; scikit-learn's implementation.
    """
    flat = values.reshape(len(values), -1)
    with single_thread():
        return float(sklearn_trustworthiness(flat, layout, n_neighbors=k))


def neighbourhood_hit(layout: Points, labels: NDArray[np.integer[Any]], k: int = 10) -> float:
    """Mean share of a point's k nearest in the layout that carry its label.

    Shape:   layout (n, d), labels (n,).
    Range:   0 to 1; about the sum of squared label frequencies for points without order.
    Raises:  ValueError for k outside 1 … n - 1.
    Source:  Paulovich, Nonato, Minghim and Levkowitz 2008, doi:10.1109/TVCG.2007.70443.
    """
    near = neighbours(layout, k).indices
    return float((labels[near] == labels[:, None]).mean())
