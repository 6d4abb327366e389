"""Random numbers in the order in which they are asked for; templates/js/draw.js draws the same."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, log1p, pi, sqrt

import numpy as np
from numpy.typing import NDArray

from generator.compute.noise import uniform

AT_ONCE = 4096


class Draw:
    """One sequence, from its start on."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._first = 0
        self._numbers: Iterator[float] = iter(())

    def _next(self) -> float:
        number = next(self._numbers, None)
        if number is None:
            self._numbers = iter(uniform(self._seed, self._first, AT_ONCE).tolist())
            self._first += AT_ONCE
            number = next(self._numbers)
        return number

    def between(self, low: float, high: float) -> float:
        """One number in [low, high)."""
        return low + (high - low) * self._next()

    def normal(self) -> float:
        """One number with mean 0 and variance 1: Box and Muller's cosine."""
        size = sqrt(-2 * log1p(-self.between(0, 1)))
        return size * cos(2 * pi * self.between(0, 1))

    def normals(self, count: int) -> NDArray[np.float64]:
        """Many at once.

        Shape:   (count,).
        """
        return np.array([self.normal() for _ in range(count)])
