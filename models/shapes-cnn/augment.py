"""Scenes as they might as well have been: what training shows instead of the same 2,880."""

from __future__ import annotations

import torch
from torch import Generator, Tensor

SHIFT = 4  # pixels at most, the edge repeated
LIGHT = 0.08  # standard deviations of brightness and grain
CONTRAST = 0.12
GRAIN = 0.02


def varied(images: Tensor, random: Generator) -> Tensor:
    """Mirror, move, and change the light; the object stays what it is.

    Shape:   (n, 3, size, size) in and out.
    Range:   0 for dark to 1 for light.
    """
    n, size = len(images), images.shape[-1]
    mirror, down, across = (
        torch.randint(high, (n,), generator=random) for high in (2, 2 * SHIFT + 1, 2 * SHIFT + 1)
    )
    images = torch.where((mirror == 1)[:, None, None, None], images.flip(-1), images)
    axis = torch.arange(size)
    rows = (axis + down[:, None] - SHIFT).clamp(0, size - 1)
    columns = (axis + across[:, None] - SHIFT).clamp(0, size - 1)
    one = torch.arange(n)[:, None, None, None]
    channel = torch.arange(images.shape[1])[None, :, None, None]
    moved = images[one, channel, rows[:, None, :, None], columns[:, None, None, :]]
    contrast = 1 + CONTRAST * torch.randn(n, 1, 1, 1, generator=random)
    light = LIGHT * torch.randn(n, 1, 1, 1, generator=random)
    grain = GRAIN * torch.randn(images.shape, generator=random)
    return ((moved - 0.5) * contrast + 0.5 + light + grain).clamp(0, 1)
