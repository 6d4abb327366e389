"""Draw the examples: outlines of four shapes, each of its own size, place and turn.

    python models/datasets/shapes/make.py

A shape is given by how far each point of the plane is from its outline, which makes smooth lines
of any width. Change a shape or add one here, name it in dataset.toml, and train again.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from generator.sign import sign
from numpy.typing import NDArray

Plane = NDArray[np.float64]

FOLDER = Path(__file__).resolve().parent
SEED, COUNT, SIDE = 0, 2000, 24


def circle(x: Plane, y: Plane) -> Plane:
    """Distance from the circle of radius 1."""
    return np.abs(np.hypot(x, y) - 1)


def square(x: Plane, y: Plane) -> Plane:
    """Distance from the outline of the square with half a side of 0.85."""
    return np.abs(np.maximum(np.abs(x), np.abs(y)) - 0.85)


def triangle(x: Plane, y: Plane) -> Plane:
    """Distance from the outline of an equilateral triangle, measured across each side."""
    corners = 2 * np.pi / 3 * np.arange(3)
    return np.abs(np.max([x * np.sin(a) - y * np.cos(a) for a in corners], axis=0) - 0.55)


def cross(x: Plane, y: Plane) -> Plane:
    """Distance from two strokes that cross in the middle."""
    one = np.hypot(x, np.maximum(np.abs(y) - 1, 0))
    other = np.hypot(np.maximum(np.abs(x) - 1, 0), y)
    return np.minimum(one, other)


SHAPES: tuple[Callable[[Plane, Plane], Plane], ...] = (circle, square, triangle, cross)


def drawn(shape: Callable[[Plane, Plane], Plane], random: np.random.Generator) -> Plane:
    """One example, from 0 (paper) to 1 (ink)."""
    size, turn = random.uniform(3, 9.5), random.uniform(-0.6, 0.6)
    across, down = random.uniform(-3, 3, 2)
    width = random.uniform(0.6, 1.6)
    row, column = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2
    x, y = (column - across) / size, (row - down) / size
    x, y = x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)
    ink: Plane = np.clip(width + 0.5 - shape(x, y) * size, 0, 1)
    # Part of the line is rubbed out, as in drawings made in haste.
    gap = np.hypot(row - random.uniform(-9, 9), column - random.uniform(-9, 9)) < 3
    ink[gap] *= 0.1
    return ink


def main() -> None:
    """Write the file and its checksum into the card."""
    random = np.random.default_rng(SEED)
    labels = np.arange(COUNT) % len(SHAPES)
    images = np.stack([drawn(SHAPES[label], random) for label in labels])[:, None]
    pixels = np.round(255 * images).astype(np.uint8)
    np.savez_compressed(FOLDER / "shapes.npz", images=pixels, labels=labels)
    sign(FOLDER)
    print(f"{COUNT} pictures of {len(SHAPES)} shapes")


if __name__ == "__main__":
    main()
