"""Axes along which the colours of pictures vary independently."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

# Light against dark, orange against blue, green against magenta, by how much photographs vary
# along them: Ruderman, Cronin and Chiao 1998, doi:10.1364/JOSAA.15.002036, find these axes.
PHOTOGRAPHS = np.array(
    [
        [1 / 3**0.5, 0.3 / 2**0.5, 0.1 / 6**0.5],
        [1 / 3**0.5, 0.0, -0.2 / 6**0.5],
        [1 / 3**0.5, -0.3 / 2**0.5, 0.1 / 6**0.5],
    ]
)


def colour_axes(images: NDArray[Any]) -> NDArray[np.float64]:
    """A such that A A^T is the covariance of the pixels' colours, up to one factor.

    Numbers that vary independently and alike, times A, vary together as the pictures' colours do.

    Shape:   images (n, channels, height, width) to (channels, channels); one axis a column.
    Units:   none; the longest axis has length 1.
    Range:   no axis sums to less than 0, so that each points to light.
    Raises:  ValueError for images of one flat colour.
    Source:  Olah, Mordvintsev and Schubert 2017, doi:10.23915/distill.00007, "Preconditioning and
             Parameterization".
    """
    pixels = images.transpose(1, 0, 2, 3).reshape(images.shape[1], -1).astype(np.float64)
    variances, axes = np.linalg.eigh(np.atleast_2d(np.cov(pixels)))
    if variances[-1] <= 0:
        raise ValueError("images of one flat colour have no axes of variation")
    lengths = np.sqrt(np.clip(variances[::-1] / variances[-1], 0, None))
    columns = axes[:, ::-1] * lengths
    signs = np.where(columns.sum(axis=0) < 0, -1.0, 1.0)
    result: NDArray[np.float64] = columns * signs
    return result
