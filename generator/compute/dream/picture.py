"""From the numbers that climb to the picture that they stand for: pixel by pixel, or in waves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from generator.compute.noise import normal
from generator.compute.parametrization import AMPLITUDE

FAINT = 0.1
"""Share of the noise where a run starts from an example, so that several still differ."""
NOISE = 0.3
"""Of the numbers at the start: so much that two runs find different optima."""
DECAY = 1.2
"""How the share of a wave falls with its frequency, as in `ascent.Ascent`."""
ROOM = 0.02
"""How far from black and white the pictures of others begin, so that a logistic can move them."""
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Parts:
    """What makes numbers (n, channels, height, width) a picture.

    sigmoid(base + colours . (down (shares * numbers) across^T))

    down     (height, height), across (width, width): one wave a column, or the identity
    shares   (height, width): how much a wave counts
    colours  (channels, channels): one axis a column
    base     (1, channels, height, width): logits of the picture that all numbers at 0 stand for
    """

    base: Tensor
    down: Tensor
    across: Tensor
    shares: Tensor
    colours: Tensor

    def feeds(self) -> dict[str, Tensor]:
        """All by name."""
        names = ("base", "down", "across", "shares", "colours")
        return {name: getattr(self, name) for name in names}


def waves(size: int) -> Floats:
    """Waves along one axis, one a column: the constant, then cosine and sine of 1, 2 … periods.

    Shape:   (size, size), column 2 m - 1 the cosine and 2 m the sine of m periods.
    Range:   every column has a mean square of 1, and is orthogonal to all others.
    """
    place = (np.arange(size) + 0.5) / size
    columns = [np.ones(size)]
    for periods in range(1, size // 2 + 1):
        columns.append(np.sqrt(2) * np.cos(2 * np.pi * periods * place))
        columns.append(np.sqrt(2) * np.sin(2 * np.pi * periods * place))
    found = np.stack(columns[:size], 1)
    if size % 2 == 0:
        # Half-way between pixels the fastest cosine is 0 everywhere; the sine is +1, -1, +1 …
        found[:, -1] = np.where(np.arange(size) % 2, -1.0, 1.0)
    return found.astype(np.float32)


def periods(size: int) -> NDArray[np.int64]:
    """Of each column of `waves`, (size,)."""
    return (np.arange(size) + 1) // 2


def wave_shares(height: int, width: int, decay: float = DECAY) -> Floats:
    """max(m, 1)^-decay for a wave with m periods across the longer side, as in photographs.

    One step along the gradient then changes coarse and fine detail alike.

    Shape:   (height, width).
    Source:  Olah, Mordvintsev and Schubert 2017, doi:10.23915/distill.00007, "Preconditioning and
             Parameterization"; as strong as `parametrization.fourier`.
    """
    side = max(height, width)
    count = side * np.hypot(periods(height)[:, None] / height, periods(width)[None] / width)
    found = np.sqrt(2) * AMPLITUDE * np.maximum(count, 1) ** -decay
    return np.asarray(found, np.float32)


def parts(base: Floats, in_waves: bool, colours: NDArray[np.floating]) -> Parts:
    """What makes numbers a picture that begins at `base`, logits (channels, height, width)."""
    _, height, width = base.shape
    down, across = (waves(height), waves(width)) if in_waves else (np.eye(height), np.eye(width))
    shares = wave_shares(height, width) if in_waves else np.ones((height, width))
    made = (base[None], down, across, shares, colours)
    return Parts(*(torch.from_numpy(np.ascontiguousarray(one, np.float32)) for one in made))


def logits(picture: NDArray[np.floating], room: float = ROOM) -> Floats:
    """log(p / (1 - p)) of a picture of shares, at least `room` away from 0 and 1."""
    clear = np.clip(picture.astype(np.float64), room, 1 - room)
    return np.log(clear / (1 - clear)).astype(np.float32)


def noise(shape: tuple[int, int, int], seed: int, share: float = 1.0) -> Floats:
    """The numbers that a run starts from; `share` of the noise."""
    return (share * NOISE * normal(seed, 0, int(np.prod(shape)))).reshape(shape).astype(np.float32)


def drawn(numbers: Tensor, given: dict[str, Tensor]) -> Tensor:
    """The picture of numbers, (n, channels, height, width) in and out; `given` as `Parts.feeds`."""
    spread = given["down"] @ (given["shares"] * numbers) @ given["across"].T
    count, channels, height, width = spread.shape
    mixed = given["colours"] @ spread.reshape(count, channels, height * width)
    return torch.sigmoid(given["base"] + mixed.reshape(spread.shape))
