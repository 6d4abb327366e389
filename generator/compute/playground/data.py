"""Points of the plane with what is to be learned of them, and the inputs computed of them.

``templates/figures/playground/data.js`` draws the same points from the same seed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, exp, pi, sin

import numpy as np
from numpy.typing import NDArray

from generator.compute.draw import Draw

COUNT = 500
"""Points of a set, for training and testing together."""
REACH = 6.0
"""Half the side of the square that is drawn."""
CLASSES = {
    "circle": 2,
    "xor": 2,
    "gauss": 2,
    "spiral": 2,
    "blobs": 4,
    "arms": 3,
    "plane": 0,
    "hills": 0,
}
"""Classes of every set; 0: a number is learned."""
INPUTS: dict[str, Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]] = {
    "x": lambda x, _: x,
    "y": lambda _, y: y,
    "xx": lambda x, _: x * x,
    "yy": lambda _, y: y * y,
    "xy": lambda x, y: x * y,
    "sin-x": lambda x, _: np.sin(x),
    "sin-y": lambda _, y: np.sin(y),
}
HILLS = (
    (-3.4, 2.8, 1),
    (0.0, 2.8, -1),
    (3.4, 2.8, 1),
    (-3.4, -2.8, -1),
    (0.0, -2.8, 1),
    (3.4, -2.8, -1),
)
"""Middle and sign of each hill and hollow."""

Point = tuple[float, float, float]


@dataclass(frozen=True)
class Points:
    """Places and labels in float32, those for training first.

    Shape:   (points,) each.
    Range:   places -6 to 6; labels -1 and 1 for two classes, 0, 1, 2 … for more, -1 to 1 for a
             number.
    """

    xs: NDArray[np.float32]
    ys: NDArray[np.float32]
    labels: NDArray[np.float32]


def _circle(draw: Draw, i: int) -> Point:
    radius = draw.between(0, 2.5) if i % 2 else draw.between(3.5, 5)
    angle = draw.between(0, 2 * pi)
    return radius * cos(angle), radius * sin(angle), 1 if i % 2 else -1


def _xor(draw: Draw, _: int) -> Point:
    x, y = (at + (0.3 if at > 0 else -0.3) for at in (draw.between(-5, 5), draw.between(-5, 5)))
    return x, y, 1 if x * y >= 0 else -1


def _gauss(draw: Draw, i: int) -> Point:
    middle = 2 if i % 2 else -2
    return middle + 0.8 * draw.normal(), middle + 0.8 * draw.normal(), 1 if i % 2 else -1


def _arm(i: int, arms: int) -> tuple[float, float]:
    along = (i // arms) / (COUNT // arms)
    angle = (1.75 * along + (i % arms) / arms) * 2 * pi
    return 5 * along * sin(angle), 5 * along * cos(angle)


def _blobs(draw: Draw, i: int) -> Point:
    x, y = 2.5 if i & 1 else -2.5, 2.5 if i & 2 else -2.5
    return x + 0.8 * draw.normal(), y + 0.8 * draw.normal(), i % 4


def _plane(draw: Draw, _: int) -> Point:
    x, y = draw.between(-5, 5), draw.between(-5, 5)
    return x, y, (x + y) / 10


def _hills(draw: Draw, _: int) -> Point:
    x, y = draw.between(-5, 5), draw.between(-5, 5)
    height = sum(sign * exp(-((x - left) ** 2 + (y - up) ** 2) / 2.4) for left, up, sign in HILLS)
    return x, y, height


MAKERS: dict[str, Callable[[Draw, int], Point]] = {
    "circle": _circle,
    "xor": _xor,
    "gauss": _gauss,
    "spiral": lambda _, i: (*_arm(i, 2), -1 if i % 2 else 1),
    "blobs": _blobs,
    "arms": lambda _, i: (*_arm(i, 3), i % 3),
    "plane": _plane,
    "hills": _hills,
}


def sample(name: str, noise: float, seed: int) -> Points:
    """All points of a set in an order that is random already.

    Noise moves points, by three times as much on average, and never what they are called.

    Range:   noise 0 to 0.5.
    """
    make, draw = MAKERS[name], Draw(seed)
    made = []
    for i in range(COUNT):
        x, y, label = make(draw, i)
        right, up = draw.normal(), draw.normal()
        made.append((_within(x + 3 * noise * right), _within(y + 3 * noise * up), label))
    for i in range(COUNT - 1, 0, -1):
        j = int(draw.between(0, i + 1))
        made[i], made[j] = made[j], made[i]
    return Points(*np.array(made, np.float32).T.copy())


def _within(at: float) -> float:
    return min(REACH, max(-REACH, at))


def features(
    names: tuple[str, ...], xs: NDArray[np.float32], ys: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Inputs of every point, in the order of `INPUTS` whatever that of `names`.

    Shape:   (points, inputs).
    """
    wide = xs.astype(np.float64), ys.astype(np.float64)
    columns = [of(*wide) for name, of in INPUTS.items() if name in names]
    found: NDArray[np.float32] = np.stack(columns, axis=1).astype(np.float32)
    return found
