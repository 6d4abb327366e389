"""What a picture is asked for: how each answer of a layer counts, as `slope.worth` reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Literal

import numpy as np
from numpy.typing import NDArray

GoalName = Literal["channel", "unit", "class", "layer", "direction", "code", "guide"]
Floats = NDArray[np.float32]
ONE_OF = ("channel", "unit", "class")
"""Goals that name one channel, and may name a second one."""


@dataclass(frozen=True)
class Goal:
    """direction . answer + energy * mean(answer^2); direction has the shape of the layer."""

    direction: Floats
    energy: float = 0.0


@dataclass(frozen=True)
class Guide:
    """A goal that follows the answer: each place goes towards the guide's place most like it.

    mean over places p of max over q of answer_p . guide_q, over the mean of |guide_q|^2, with the
    q of the answer of the step before.

    Shape:   held (channels, height, width), what the layer answers to the guide.
    Source:  Mordvintsev, Olah and Tyka 2015, the notebook beside "Inceptionism", guided dreams.
    """

    held: Floats

    def at(self, answer: Floats) -> Goal:
        """The goal of a picture that was answered so, (channels, height, width)."""
        flat = self.held.reshape(len(self.held), -1)
        best = (answer.reshape(len(answer), -1).T @ flat).argmax(1)
        square = float((self.held.astype(np.float64) ** 2).sum())
        return Goal((flat[:, best] / square).reshape(self.held.shape).astype(np.float32))


def offered(shape: Sequence[int], last: bool, classes: bool) -> list[GoalName]:
    """The goals that a layer of this shape has, the plainest first.

    Maps have channels; single units are units, and those of the last layer classes, which are of no
    use together. Directions are made of what examples of a class have in common.
    """
    if last and len(shape) == 1:
        return ["class", "code"]
    first: list[GoalName] = ["channel", "unit"] if len(shape) == 3 else ["unit"]
    middle: list[GoalName] = ["layer", "direction"] if classes else ["layer"]
    pictures: list[GoalName] = ["code", "guide"] if len(shape) == 3 else ["code"]
    return [*first, *middle, *pictures]


def one_of(name: GoalName, shape: Sequence[int], channel: int) -> Goal:
    """Mean of a channel, its unit in the middle, or a class: one channel alone counts."""
    found = np.zeros(shape, np.float32)
    if len(shape) == 1:
        found[channel] = 1
    elif name == "unit":
        found[channel, shape[1] // 2, shape[2] // 2] = 1
    else:
        found[channel] = 1 / prod(shape[1:])
    return Goal(found)


def between(one: Goal, other: Goal, mix: float) -> Goal:
    """Both at once: all of the first at 0, all of the second at 1."""
    return Goal(np.asarray((1 - mix) * one.direction + mix * other.direction, np.float32))


def whole(shape: Sequence[int]) -> Goal:
    """Mean square of all answers of a layer: whatever they say, let them say more.

    Source:  as `objectives.layer`.
    """
    return Goal(np.zeros(shape, np.float32), 1.0)


def along(shape: Sequence[int], axis: Floats) -> Goal:
    """Mean over all places of the share along one axis, (channels,)."""
    wide = axis.reshape(-1, *[1] * (len(shape) - 1))
    return Goal((np.broadcast_to(wide, shape) / prod(shape[1:])).astype(np.float32))


def code(answer: Floats) -> Goal:
    """1 - |a - code|^2 / |code|^2: at 1 the picture is answered as the code's own was.

    Shape:   answer as of the layer, without the batch.
    Raises:  ValueError for a code of zeros alone, which nothing can be compared with.
    Source:  Mahendran and Vedaldi 2015, arXiv:1412.0035, equation 2.
    """
    square = float((answer.astype(np.float64) ** 2).sum())
    if not square:
        raise ValueError("a code of zeros alone")
    return Goal((2 * answer / square).astype(np.float32), -answer.size / square)


def error(worth: float) -> float:
    """|a - code| / |code| of a goal made by `code`."""
    return float(max(0.0, 1 - worth) ** 0.5)
