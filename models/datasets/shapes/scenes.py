"""Scenes of one object on a cluttered ground, and of every pixel what it belongs to.

A scene is drawn twice as large as it is kept: a pixel has the mean paint of its four
points, and it belongs to whatever covers at least half of it. Points are tested by sums, products
and comparisons alone, so that every machine draws the same bytes.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

SIZE = 48
FINE = 2  # points along a pixel's side
LEAN = math.radians(15)  # how far an object leans to either side

SHAPES = ("disc", "square", "triangle", "cross")
COLOURS = ("red", "yellow", "green", "blue")
TEXTURES = ("plain", "striped", "dotted")
CLUTTER = ("line", "spot")

PAINT = np.array([(206, 48, 44), (230, 186, 40), (52, 148, 74), (46, 98, 200)], float)
GROUND, OBJECT, FIRST_CLUTTER = 0, 1, 2  # part = FIRST_CLUTTER + 5 * kind + colour, colour 4: grey

Points = NDArray[np.float64]
Inside = NDArray[np.bool_]

_AXIS = (np.arange(SIZE * FINE) + 0.5) / FINE  # in pixels


class Facts(NamedTuple):
    """What the object is: places in SHAPES, COLOURS and TEXTURES."""

    shape: int
    colour: int
    texture: int


class Scene(NamedTuple):
    """A picture and its parts.

    Shape:   image (3, 48, 48) uint8; parts (48, 48) uint8, see GROUND, OBJECT and FIRST_CLUTTER.
    """

    image: NDArray[np.uint8]
    parts: NDArray[np.uint8]


def scene(facts: Facts, random: Generator) -> Scene:
    """Draw ground, clutter and, over both, one object that lies wholly inside the picture."""
    image = _ground(random)
    parts = np.zeros((SIZE, SIZE), np.uint8)
    for _ in range(random.integers(3, 7)):
        kind, colour = random.integers(len(CLUTTER)), random.integers(len(COLOURS) + 1)
        paint = _paint(colour, random)
        _lay(image, parts, _clutter(kind, random), paint, FIRST_CLUTTER + 5 * kind + colour)
    radius = random.uniform(9.5, 14)
    centre = random.uniform(radius + 1, SIZE - radius - 1, 2)
    turn, shift = random.uniform(-LEAN, LEAN), random.uniform(0, 1, 2)
    u, v = _turned(centre, turn)
    inside = _inside(facts.shape, u / radius, v / radius)
    paint = _paint(facts.colour, random)
    _lay(image, parts, inside, paint, OBJECT)
    worn = _pattern(facts.texture, u, v, shift)
    if worn is not None:
        shade = paint * 0.5 if TEXTURES[facts.texture] == "striped" else paint * 0.25 + 191
        _lay(image, parts, inside & worn, shade, OBJECT)
    return Scene(np.rint(image).astype(np.uint8).transpose(2, 0, 1), parts)


def _ground(random: Generator) -> Points:
    """A muted colour that grows lighter towards one side, in whole steps, (48, 48, 3)."""
    grey, light = random.uniform(70, 190), random.uniform(5, 40)
    tint = np.rint(grey + random.uniform(-18, 18, 3))
    across, down = random.uniform(-1, 1, 2)
    axis = (np.arange(SIZE) + 0.5) / SIZE - 0.5
    share = 0.5 + across * axis[None, :] + down * axis[:, None]
    # Whole steps, alike in all three channels, are half the bytes of a file without loss.
    return tint + np.rint(light * share)[:, :, None]


def _paint(colour: int, random: Generator) -> Points:
    """A colour, or grey where there is none of that number, a little lighter or darker."""
    grey = random.uniform(20, 235)
    pure = PAINT[colour] if colour < len(PAINT) else np.full(3, grey)
    return np.rint(pure * random.uniform(0.82, 1.1) + random.uniform(-10, 10, 3)).clip(0, 255)


def _turned(centre: Points, turn: float) -> tuple[Points, Points]:
    """Points of the picture as seen from a turned object at `centre`, in pixels."""
    x, y = _AXIS[None, :] - centre[0], _AXIS[:, None] - centre[1]
    cos, sin = math.cos(turn), math.sin(turn)
    return x * cos + y * sin, y * cos - x * sin


def _inside(shape: int, u: Points, v: Points) -> Inside:
    """Where an object of radius 1 lies; the four cover similar areas."""
    match SHAPES[shape]:
        case "disc":
            return u * u + v * v <= 0.8**2
        case "square":
            return np.maximum(abs(u), abs(v)) <= 0.7
        case "triangle":
            slant = 3**0.5 / 2 * abs(u) - 0.5 * v  # v runs downwards: one corner is above
            return np.maximum(slant, v) <= 0.5
    narrow, wide = np.minimum(abs(u), abs(v)), np.maximum(abs(u), abs(v))
    return (narrow <= 0.3) & (wide <= 0.95)


def _pattern(texture: int, u: Points, v: Points, shift: Points) -> Inside | None:
    """Where a texture has its second shade: bands of 2.4 pixels, or spots in a grid of 5."""
    if TEXTURES[texture] == "striped":
        return np.mod(v / 4.8 + shift[0], 1) < 0.5
    if TEXTURES[texture] == "dotted":
        a, b = np.mod(u / 5 + shift[0], 1) - 0.5, np.mod(v / 5 + shift[1], 1) - 0.5
        return a * a + b * b < 0.32**2
    return None


def _clutter(kind: int, random: Generator) -> Inside:
    """A line of 8 to 18 pixels or a spot of 2 to 5, anywhere."""
    u, v = _turned(random.uniform(0, SIZE, 2), random.uniform(0, 2 * math.pi))
    if CLUTTER[kind] == "line":
        return (abs(u) <= random.uniform(4, 9)) & (abs(v) <= random.uniform(0.6, 1.1))
    return u * u + v * v <= random.uniform(1.1, 2.4) ** 2


def _lay(image: Points, parts: NDArray[np.uint8], inside: Inside, paint: Points, part: int) -> None:
    """Paint over what is there, by the share of each pixel that is covered."""
    share = inside.reshape(SIZE, FINE, SIZE, FINE).sum((1, 3)) / FINE**2
    image += (paint - image) * share[:, :, None]
    parts[share >= 0.5] = part
