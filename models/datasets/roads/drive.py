"""A drive: a winding road, a car on it that is pushed about, and the angle that leads it back.

The driver looks at a point of the road ahead and turns the wheel for the circle that leads there:

    curvature = 2 x / AHEAD^2,    angle = RATIO atan(WHEELBASE curvature)

with x the distance by which that point lies to the right. Angles between car and road are small, so
that a slope stands for its angle.
Source: Coulter 1992, Implementation of the Pure Pursuit Path Tracking Algorithm (CMU-RI-TR-92-01).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

RATE = 10  # frames a second
SPEED = 12.0  # metres a second
AHEAD = 10.0  # metres to the point that the driver looks at
WHEELBASE = 2.7
RATIO = 15.0  # turns of the wheel to one of the tyres
SHARPEST = 0.028  # curvature of the road, per metre
SIGHT = 90.0  # metres that are seen
PIECE = 0.5  # metres, the step of all sums along the road

Floats = NDArray[np.float64]


class Moment(NamedTuple):
    """What the car's surroundings are in one frame.

    along    metres driven since the clip began
    yaw      where the car points, as a slope against the beginning of the road
    middle   how far the road's middle lies to the right, every PIECE metres ahead
    angle    of the steering wheel, in degrees; positive turns right
    """

    along: float
    yaw: float
    middle: Floats
    angle: float


def drive(frames: int, random: Generator) -> list[Moment]:
    """Drive a new road for some frames, from a place and a direction that are a little off."""
    step = SPEED / RATE
    bends = _bends(int((frames * step + SIGHT) / PIECE) + 2, random)
    slopes = np.cumsum(bends) * PIECE
    aside, yaw = random.uniform(-1.2, 1.2), random.uniform(-0.08, 0.08)
    push, moments = 0.0, []
    for frame in range(frames):
        along = frame * step
        first = int(along / PIECE)
        ahead = slopes[first : first + int(SIGHT / PIECE)]
        middle = np.cumsum(ahead - yaw) * PIECE - aside
        curvature = 2 * middle[int(AHEAD / PIECE)] / AHEAD**2
        moments.append(Moment(along, yaw, middle, degrees(curvature)))
        push = 0.8 * push + random.normal(0, 0.004)
        aside += (yaw - slopes[first]) * step
        yaw += (curvature + push) * step
    return moments


def degrees(curvature: float) -> float:
    """The wheel's angle for a curvature, at most 90 degrees to either side."""
    angle = RATIO * math.degrees(math.atan(WHEELBASE * curvature))
    return min(90.0, max(-90.0, angle))


def _bends(pieces: int, random: Generator) -> Floats:
    """Curvature of the road at every piece: bends and straights of 15 to 60 metres, eased."""
    bends = np.empty(0)
    while len(bends) < pieces + 40:
        length = int(random.uniform(15, 60) / PIECE)
        bend = random.uniform(-SHARPEST, SHARPEST) * (random.random() < 0.75)
        bends = np.concatenate([bends, np.full(length, bend)])
    eased: Floats = np.convolve(bends, np.full(20, 1 / 20), "valid")[:pieces]
    return eased
