"""The units of a layer in another basis: the same space, seen along other axes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def rotation(units: int, seed: int) -> NDArray[np.float32]:
    """A random turn of the axes, every one as likely as every other; it may mirror them, too.

    The Q of the QR decomposition of Gaussian noise, its signs fixed by those of R's diagonal.

    Shape:   (units, units), orthogonal.
    Source:  Mezzadri 2007, arXiv:math-ph/0609050; Bau et al. 2017, arXiv:1704.05796, section 3.2.
    """
    noise = np.random.default_rng(seed).standard_normal((units, units))
    q, r = np.linalg.qr(noise)
    turned: NDArray[np.float32] = (q * np.where(np.diag(r) < 0, -1, 1)).astype(np.float32)
    return turned


def rotated(maps: NDArray[np.float32], seed: int) -> NDArray[np.float32]:
    """Every place's answers in the rotated basis; their squares have the same sum.

    Shape:   (n, units, h, w), in and out.
    """
    turn = rotation(maps.shape[1], seed)
    return np.ascontiguousarray(np.einsum("ou,nuhw->nohw", turn, maps, optimize=True), np.float32)
