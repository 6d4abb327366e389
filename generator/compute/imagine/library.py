"""The shapes that a reader can choose from, and examples of them to learn from."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from generator.compute.noise import normal, uniform

Floats = NDArray[np.float32]
Points = NDArray[np.float64]
SIDE = 24
FINE = 4
"""Points along a pixel's side that say how much of the pixel a shape covers."""
REACH = 7.0
"""From the middle of a shape to its edge, in pixels."""
LINE = 2.0
"""Width of a line."""
STREAM = 104_729
"""Examples are drawn from other sequences than weights."""
MANY = 20_011
"""Sequences between two seeds: more than one experiment draws examples."""
SHIFT = 2
FAINTEST, ROUGH = 0.6, 0.25
"""Ink of the faintest example, and the standard deviation of the noise over all."""


def _box(x: Points, y: Points, reach: float = REACH) -> Points:
    far: Points = np.maximum(np.abs(x), np.abs(y)) - reach
    return far


def _disc(x: Points, y: Points, reach: float = REACH) -> Points:
    distance: Points = np.hypot(x, y) - reach
    return distance


def _triangle(x: Points, y: Points, reach: float = REACH) -> Points:
    """Its tip above, its base below; both sides as steep as 2 to 1."""
    far: Points = np.maximum(y - reach, (2 * np.abs(x) - y - reach) / np.sqrt(5))
    return far


def _rim(inside: Callable[..., Points]) -> Callable[[Points, Points], Points]:
    """Only what lies within a line's width of the edge."""
    return lambda x, y: np.abs(inside(x, y) + LINE / 2) - LINE / 2


def _both(x: Points, y: Points) -> Points:
    """An upright and a level line, one over the other."""
    across = REACH / (LINE / 2)
    far: Points = np.minimum(_box(x, y * across), _box(x * across, y))
    return far


SHAPES: dict[str, Callable[[Points, Points], Points]] = {
    "nothing": lambda x, y: np.ones_like(x + y),
    "box": _box,
    "hollow-box": _rim(_box),
    "corner": lambda x, y: np.maximum(
        _rim(_box)(x, y), np.minimum(x + REACH - LINE, REACH - LINE - y)
    ),
    "disc": _disc,
    "ring": _rim(_disc),
    "triangle": _triangle,
    "hollow-triangle": _rim(_triangle),
    "house": lambda x, y: np.minimum(
        np.maximum(np.abs(x) - REACH + 2, np.abs(y - REACH / 2) - REACH / 2),
        np.maximum(y, np.abs(x) - y - REACH),
    ),
    "cross": _both,
    "upright-line": lambda x, y: np.maximum(np.abs(x) - LINE / 2, np.abs(y) - REACH),
    "level-line": lambda x, y: np.maximum(np.abs(x) - REACH, np.abs(y) - LINE / 2),
}
"""By name, where a shape is: below 0 inside it. (0, 0) is the middle, y grows downwards."""
NAMES = tuple(SHAPES)


def library() -> NDArray[np.uint8]:
    """Every shape in the middle, as bytes: how much of each pixel it covers.

    Shape:   (shapes, 24, 24).
    """
    place = (np.arange(SIDE * FINE) + 0.5) / FINE - SIDE / 2
    x, y = place[None, :], place[:, None]
    covered = np.stack([np.broadcast_to(inside(x, y) < 0, (len(place),) * 2)
                        for inside in SHAPES.values()])  # fmt: skip
    grid = covered.reshape(len(SHAPES), SIDE, FINE, SIDE, FINE).mean((2, 4))
    found: NDArray[np.uint8] = np.rint(255 * grid).astype(np.uint8)
    return found


def examples(
    masters: NDArray[np.uint8], classes: list[int], first: int, count: int, seed: int
) -> tuple[Floats, NDArray[np.int64]]:
    """Examples `first` and so on: classes in turn, each moved, fainter and under noise of its own.

    Shape:   masters (shapes, 24, 24); answer (count, 1, 24, 24) and (count,), numbers of shapes.
    """
    made = [
        _example(masters[classes[k % len(classes)]], k, seed) for k in range(first, first + count)
    ]
    labels = np.array([classes[k % len(classes)] for k in range(first, first + count)], np.int64)
    return np.stack(made)[:, None], labels


def _example(master: NDArray[np.uint8], k: int, seed: int) -> Floats:
    """The picture `k` of a seed; what a shift moves in from outside is paper."""
    stream = STREAM + MANY * seed + k
    down, right, ink = uniform(stream, 0, 3)
    low, left = (int(share * (2 * SHIFT + 1)) - SHIFT for share in (down, right))
    room = np.zeros((SIDE + 2 * SHIFT, SIDE + 2 * SHIFT))
    room[SHIFT : SHIFT + SIDE, SHIFT : SHIFT + SIDE] = master / 255
    moved = room[SHIFT - low : SHIFT - low + SIDE, SHIFT - left : SHIFT - left + SIDE]
    noise = ROUGH * normal(stream, 8, SIDE * SIDE).reshape(SIDE, SIDE)
    inked = (FAINTEST + (1 - FAINTEST) * ink) * moved
    found: Floats = np.clip(inked + noise, 0, 1).astype(np.float32)
    return found
