"""LIME: the score near one picture as a straight line over superpixels that are on or off.

templates/figures/attribution/lime.js computes the same from the same random numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.compute.noise import uniform

WIDTH = 0.25
"""How fast pictures lose weight with their distance from the whole one."""
RIDGE = 1.0

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """A line fitted to answers.

    weights    (superpixels,), what each adds to the score when it is on
    base       its answer where all are off
    fit        R^2, the share of the answers' variance that it explains
    asked      pictures that were asked about
    """

    weights: Floats
    base: float
    fit: float
    asked: int

    @property
    def whole(self) -> float:
        """What the line says of the whole picture."""
        return self.base + float(self.weights.sum())


def draws(seed: int, count: int, each: int) -> NDArray[np.bool_]:
    """Which superpixels are on in each picture: all in the first, then each by a fair coin.

    Shape:   (1 + each * count, count).
    """
    on = np.ones((1 + each * count, count), bool)
    on[1:] = uniform(seed, 0, each * count * count).reshape(-1, count) < 0.5
    return on


def nearness(on: NDArray[np.bool_]) -> Floats:
    """How much a picture counts: w = exp(-d^2 / (2 * 0.25^2)), d = 1 - sqrt(share that is on).

    d is the cosine distance from the whole picture.

    Shape:   on (n, superpixels); answer (n,).
    Source:  Ribeiro et al. 2016, arXiv:1602.04938, section 3.4, with the width of their code.
    """
    away = 1 - np.sqrt(on.mean(1))
    return np.asarray(np.exp(-away * away / (2 * WIDTH * WIDTH)), np.float64)


def fitted(on: NDArray[np.bool_], scores: NDArray[np.floating]) -> Fit:
    """Fit scores = base + weights . on, pictures weighed by `nearness`.

    Least sum over n of w_n (score_n - base - weights . on_n)^2 + |weights|^2

    Shape:   on (n, superpixels), scores (n,).
    Range:   R^2 at most 1; 1 where no score differs from another.
    Source:  Ribeiro et al. 2016, arXiv:1602.04938, equation 2, with a ridge in place of a lasso.
    """
    near = nearness(on)
    share = near / near.sum()
    z, y = on.astype(np.float64), scores.astype(np.float64)
    middle, mean = share @ z, float(share @ y)
    z, y = z - middle, y - mean
    weights = np.linalg.solve((z * near[:, None]).T @ z + RIDGE * np.eye(z.shape[1]),
                              z.T @ (near * y))  # fmt: skip
    left, all_ = float(near @ (y - z @ weights) ** 2), float(near @ y**2)
    # What rounding leaves of scores that do not differ is no variance.
    fit = 1 - left / all_ if all_ > 1e-12 * float(near @ scores.astype(np.float64) ** 2) else 1.0
    return Fit(weights, mean - float(middle @ weights), fit, len(scores))
