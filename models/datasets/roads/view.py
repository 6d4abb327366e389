"""What a camera behind the windscreen sees: road, paint, verges, shadows, trees and parked cars.

Everything on the ground is placed by road coordinates: metres along the road, and metres to the
right of its middle. A frame is drawn twice as large as it is kept; see scenes.py of shapes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

HIGH, WIDE, FINE = 48, 96, 2
HORIZON = 16.0  # rows from the top
FOCUS = 70.0  # pixels
EYE = 1.3  # metres above the road
PIECE = 0.5  # metres between the points of a road's middle
HALF = 3.4  # metres from the road's middle to its edge

SCENE = ("sky", "verge", "road", "edge line", "centre line", "stray paint", "tree", "car")
PAINTS = ((170, 40, 36), (40, 70, 150), (210, 210, 205), (50, 50, 56), (200, 160, 40))  # of cars

Floats = NDArray[np.float64]
Inside = NDArray[np.bool_]


class Thing(NamedTuple):
    """A tree or a parked car: metres along, metres to the right of the road's middle, colour."""

    kind: str
    along: float
    aside: float
    colour: Floats


class Land(NamedTuple):
    """What a clip's road looks like."""

    sky: Floats
    hills: Floats
    verge: Floats
    road: Floats
    edges: bool
    centre: bool
    things: list[Thing]
    shadows: list[tuple[float, float, float]]  # along, slant, half width
    stray: list[tuple[float, float, float]]  # along, aside, slant
    shade: float


class Frame(NamedTuple):
    """Shape: image (3, 48, 96); scene (48, 96) from 1 by SCENE; shadow (48, 96) 0 or 1; uint8."""

    image: NDArray[np.uint8]
    scene: NDArray[np.uint8]
    shadow: NDArray[np.uint8]


def land(length: float, random: Generator) -> Land:
    """Furnish a road of some metres; one in four has no paint but strays."""
    light = random.uniform(0.75, 1.1)

    def tint(*rgb: int) -> Floats:
        return np.rint(np.array(rgb) * light + random.uniform(-12, 12, 3))

    paint = random.integers(4)
    things = [
        Thing("tree" if random.random() < 0.7 else "car", along, 0.0, tint(0, 0, 0))
        for along in np.cumsum(random.uniform(4, 14, int(length / 9)))
    ]
    return Land(
        sky=tint(150, 185, 225),
        hills=tint(95, 115, 120),
        verge=tint(*((96, 130, 62) if random.random() < 0.7 else (150, 128, 88))),
        road=tint(*((92, 92, 98) if random.random() < 0.8 else (136, 120, 102))),
        edges=bool(paint in (0, 1)),
        centre=bool(paint in (0, 2)),
        things=[_placed(thing, light, random) for thing in things],
        shadows=[
            (along, random.uniform(-0.8, 0.8), random.uniform(0.4, 1.6))
            for along in np.cumsum(random.uniform(5, 30, int(length / 17)))
        ],
        stray=[
            (along, random.uniform(-2.5, 2.5), random.uniform(-0.5, 0.5))
            for along in np.cumsum(random.uniform(10, 40, int(length / 25)))
        ],
        shade=random.uniform(0.45, 0.75),
    )


def _placed(thing: Thing, light: float, random: Generator) -> Thing:
    side = 1 if random.random() < 0.5 else -1
    if thing.kind == "tree":
        leaves = np.array([48, 92, 40]) * light + random.uniform(-14, 14, 3)
        return thing._replace(aside=side * random.uniform(5.2, 11), colour=np.rint(leaves))
    colours = np.array(
        [(170, 40, 36), (40, 70, 150), (210, 210, 205), (50, 50, 56), (200, 160, 40)]
    )
    colour = colours[random.integers(5)] * light
    return thing._replace(aside=side * random.uniform(4.9, 6), colour=np.rint(colour))


def frame(sights: Land, along: float, yaw: float, middle: Floats) -> Frame:
    """Draw one moment: the ground row by row, then what stands on it from far to near."""
    rows = (np.arange(HIGH * FINE) + 0.5) / FINE
    columns = ((np.arange(WIDE * FINE) + 0.5) / FINE - WIDE / 2)[None, :]
    image = np.empty((HIGH * FINE, WIDE * FINE, 3))
    scene = np.full(image.shape[:2], 1, np.uint8)
    shadow = np.zeros(image.shape[:2], bool)
    image[:] = sights.sky
    image[_hills(rows, columns, yaw)] = sights.hills
    below = rows > HORIZON + EYE * FOCUS / (PIECE * (len(middle) - 1))
    ahead = (EYE * FOCUS / (rows[below] - HORIZON))[:, None]
    bend = np.interp(ahead, PIECE * (np.arange(len(middle)) + 1), middle)
    aside = columns * ahead / FOCUS - bend
    _ground(sights, along + ahead, aside, image, scene, shadow, below)
    image[~below & (rows > HORIZON)] = sights.verge
    scene[~below & (rows > HORIZON)] = 2
    for thing in sorted(sights.things, key=lambda one: -one.along):
        _stand(thing, thing.along - along, middle, (rows[:, None], columns), image, scene)
    return _kept(image, scene, shadow & (scene < 7))


def _hills(rows: Floats, columns: Floats, yaw: float) -> Inside:
    """A range of straight slopes behind everything, which turns with the car."""
    place = (columns / FOCUS + yaw) * 9
    height = 2.2 + 1.6 * abs(np.mod(place, 2) - 1) - 0.9 * abs(np.mod(place * 0.37, 2) - 1)
    return (rows[:, None] <= HORIZON) & (rows[:, None] > HORIZON - height)


def _ground(
    sights: Land,
    along: Floats,
    aside: Floats,
    image: Floats,
    scene: NDArray[np.uint8],
    shadow: Inside,
    below: Inside,
) -> None:
    """Verge, road, lines and stray paint; then shadows over them all."""
    white, tan = np.array([222.0, 222, 214]), np.array([176.0, 170, 150])
    edge = (abs(abs(aside) - HALF + 0.35) < 0.14) & sights.edges
    dash = (abs(aside) < 0.12) & (np.mod(along, 7) < 3.5) & sights.centre
    stray = np.zeros(aside.shape, bool)
    for start, off, slant in sights.stray:
        inside = (along > start) & (along < start + 8)
        stray |= inside & (abs(aside - off - slant * (along - start)) < 0.13)
    road = abs(aside) < HALF
    layers = [
        (np.ones(aside.shape, bool), 2, sights.verge),
        (road, 3, sights.road),
        (edge, 4, white),
        (dash, 5, white),
        (stray & road, 6, tan),
    ]
    painted, seen = image[below], scene[below]
    for where, number, colour in layers:
        painted[where], seen[where] = colour, number
    shaded = np.zeros(aside.shape, bool)
    for start, slant, half in sights.shadows:
        shaded |= abs(along - start - slant * aside) < half
    painted[shaded] = np.rint(painted[shaded] * sights.shade)
    image[below], scene[below], shadow[below] = painted, seen, shaded


def _stand(
    thing: Thing,
    ahead: float,
    middle: Floats,
    at: tuple[Floats, Floats],
    image: Floats,
    scene: NDArray[np.uint8],
) -> None:
    """Draw a tree or a car as it is seen from behind, if it is in sight."""
    index = int(ahead / PIECE)
    if not 6 <= index < len(middle) - 1:
        return
    rows, columns = at
    x = (columns - FOCUS * (thing.aside + middle[index]) / ahead) * ahead / FOCUS  # in metres
    y = EYE - (rows - HORIZON) * ahead / FOCUS  # above the ground
    if thing.kind == "tree":
        trunk = (abs(x) < 0.22) & (y > 0) & (y < 2)
        crown = x * x / 2.2 + (y - 3.4) * (y - 3.4) / 4 < 1
        image[trunk], scene[trunk] = (84, 64, 48), 7
        image[crown], scene[crown] = thing.colour, 7
        return
    body = (abs(x) < 0.9) & (y > 0.2) & (y < 0.95)
    cabin = (abs(x) < 0.9 - 0.35 * (y - 0.95)) & (y >= 0.95) & (y < 1.5)
    glass = cabin & (y > 1.0) & (y < 1.4) & (abs(x) < 0.62)
    wheels = (abs(abs(x) - 0.68) < 0.16) & (y > 0) & (y <= 0.3)
    image[wheels], scene[wheels] = (26, 26, 28), 8
    image[body | cabin], scene[body | cabin] = thing.colour, 8
    image[glass] = (70, 84, 96)


def _kept(image: Floats, scene: NDArray[np.uint8], shadow: Inside) -> Frame:
    """The mean paint of each pixel's four points; it shows what its upper left point shows."""
    small = image.reshape(HIGH, FINE, WIDE, FINE, 3).mean((1, 3))
    pixels = np.rint(small).clip(0, 255).astype(np.uint8).transpose(2, 0, 1)
    corner = np.s_[::FINE, ::FINE]
    return Frame(pixels, scene[corner], shadow[corner].astype(np.uint8))
