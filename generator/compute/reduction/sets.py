"""Points whose shape is known, so that it can be seen what a map makes of it.

The sets are those of Wattenberg, Viégas and Johnson 2016, doi:10.23915/distill.00002.
``templates/figures/reduction/sets.js`` makes the same points from the same seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import atan2, cos, floor, pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from generator.compute.draw import Draw

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """Points, which group each belongs to, and where on its curve it lies, 0 to 1.

    Shape:   rows (n, width); labels and tones (n,) or None.
    """

    rows: Floats
    labels: NDArray[np.int64] | None = None
    tones: Floats | None = None
    ring: bool = False


@dataclass(frozen=True)
class Asked:
    """Points, dimensions, scale, and where random numbers come from."""

    n: int
    w: int
    s: float
    draw: Draw

    def around(self, spread: float, right: float) -> Floats:
        """One normal point around (right, 0, 0 …)."""
        point = spread * self.draw.normals(self.w)
        point[0] += right
        return point


def _groups(asked: Asked, *groups: tuple[float, float]) -> Sample:
    labels = np.arange(asked.n) * len(groups) // asked.n
    return Sample(np.array([asked.around(*groups[label]) for label in labels]), labels)


def _closed(curve: Callable[[float], tuple[float, ...]], tones: list[float]) -> Sample:
    points = np.array([curve(2 * pi * tone) for tone in tones])
    return Sample(points, tones=np.array(tones), ring=True)


def _evenly(n: int) -> list[float]:
    return [i / n for i in range(n)]


def _halves(n: int) -> Iterator[tuple[int, int, int]]:
    """Which half each point is in, its place there, and how many there are."""
    half = (n + 1) // 2
    for i in range(n):
        yield (1, i - half, n - half) if i >= half else (0, i, half)


def _rings(asked: Asked, apart: float, tilt: float = 0.4) -> Sample:
    points, labels = [], []
    for label, i, count in _halves(asked.n):
        t = 2 * pi * i / count
        turned = (apart + cos(t), sin(tilt) * sin(t), cos(tilt) * sin(t))
        points.append(turned if label else (cos(t), sin(t), 0.0))
        labels.append(label)
    return Sample(np.array(points), np.array(labels))


def _lines(asked: Asked) -> Sample:
    points, labels = [], []
    half = (asked.n + 1) // 2
    for label, i, _ in _halves(asked.n):
        along, aside = 100 * i / half, 10 if label else -10
        x = along + aside + 2 * asked.draw.normal()
        points.append((x, along - aside + 2 * asked.draw.normal()))
        labels.append(label)
    return Sample(np.array(points), np.array(labels))


def _walk(asked: Asked, noise: float) -> Sample:
    points, now = [], np.zeros(asked.w)
    for _ in range(asked.n):
        now = now + asked.draw.normals(asked.w)
        points.append(now + noise * asked.draw.normals(asked.w) if noise else now)
    return Sample(np.array(points), tones=np.arange(asked.n) / (asked.n - 1))


def _grid(asked: Asked) -> Sample:
    side = floor(sqrt(asked.n))
    points = [(float(i % side), float(i // side)) for i in range(side * side)]
    middle = (side - 1) / 2
    tones = [atan2(y - middle, x - middle) / (2 * pi) + 0.5 for x, y in points]
    return Sample(np.array(points), tones=np.array(tones), ring=True)


def _trefoil(t: float) -> tuple[float, ...]:
    return sin(t) + 2 * sin(2 * t), cos(t) - 2 * cos(2 * t), -sin(3 * t)


def _circle(t: float) -> tuple[float, ...]:
    return cos(t), sin(t)


MAKERS: dict[str, Callable[[Asked], Sample]] = {
    "clusters": lambda a: _groups(a, (1, 0), (1, 10)),
    "sizes": lambda a: _groups(a, (1, 0), (1 / a.s, 20)),
    "three": lambda a: _groups(a, (1, 0), (1, 10), (1, 10 + 10 * a.s)),
    "inner": lambda a: _groups(a, (1, 0), (a.s, 0)),
    "lines": _lines,
    "cloud": lambda a: Sample(np.array([a.around(1, 0) for _ in range(a.n)])),
    "ellipse": lambda a: Sample(
        np.array([a.draw.normals(a.w) / np.arange(1, a.w + 1) for _ in range(a.n)])
    ),
    "cube": lambda a: Sample(
        np.array([[a.draw.between(0, 1) for _ in range(a.w)] for _ in range(a.n)])
    ),
    "grid": _grid,
    "circle": lambda a: _closed(_circle, _evenly(a.n)),
    "random-circle": lambda a: _closed(_circle, [a.draw.between(0, 1) for _ in range(a.n)]),
    "trefoil": lambda a: _closed(_trefoil, _evenly(a.n)),
    "linked": lambda a: _rings(a, 1),
    "unlinked": lambda a: _rings(a, 3),
    "steps": lambda a: Sample(np.tri(a.n, k=-1), tones=np.arange(a.n) / (a.n - 1)),
    "walk": lambda a: _walk(a, 0),
    "jump": lambda a: _walk(a, sqrt(a.w)),
    "simplex": lambda a: Sample(np.eye(a.n)),
}


def sample(name: str, points: int, dims: int, scale: float, seed: int) -> Sample:
    """The points of a set.

    Range:   what the set lets choose, as ``RANGES`` of the kind says; the rest means nothing to it.
    """
    return MAKERS[name](Asked(points, dims, scale, Draw(seed)))
