"""Many small pictures in one: an atlas that the page cuts apart again."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from math import ceil, isqrt
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch.nn import functional

# What the pictures may weigh, so that with maps and neighbours a first load stays within 1 MB.
HEAVIEST = 450_000
LARGEST_SIDE = 28
SMALLEST_SIDE = 8
SHRINK = 0.8


@dataclass(frozen=True)
class Tiles:
    """Pictures side by side, `columns` in a row, in the order given.

    Shape:   pictures (n, height, width) ink or (n, height, width, 3) colour; `atlas` the whole.
    """

    pictures: NDArray[np.uint8]
    columns: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of one picture in pixels."""
        return self.pictures.shape[2], self.pictures.shape[1]

    @property
    def channels(self) -> int:
        """1 for ink, 3 for pictures with colours of their own."""
        return 1 if self.pictures.ndim == 3 else 3

    def atlas(self) -> NDArray[np.uint8]:
        """All pictures in one, row by row; the last row is filled up with zeros."""
        count, height, width, *colour = self.pictures.shape
        rows = ceil(count / self.columns)
        sheet = np.zeros((rows * self.columns, height, width, *colour), np.uint8)
        sheet[:count] = self.pictures
        grid = sheet.reshape(rows, self.columns, height, width, *colour).swapaxes(1, 2)
        return np.ascontiguousarray(grid.reshape(rows * height, self.columns * width, *colour))


def tiles(images: NDArray[np.uint8], heaviest: int = HEAVIEST) -> Tiles:
    """Shrink examples until their atlas, as lossless WebP, weighs at most `heaviest` bytes.

    Shape:   images (n, channels, height, width); three channels keep their colours, any other
             number is shown as its mean.
    Range:   the longer side ends between 8 and 28 pixels; the shape of the picture is kept.
    Error:   area means of the original pixels, rounded; nothing changes where nothing shrinks.
    """
    colour = images if images.shape[1] == 3 else _mean(images)
    side = min(LARGEST_SIDE, max(images.shape[2:]))
    while True:
        made = Tiles(_shrunk(colour, side), isqrt(len(images) - 1) + 1)
        if side <= SMALLEST_SIDE or _weight(made.atlas()) <= heaviest:
            return made
        side = max(SMALLEST_SIDE, int(side * SHRINK))


def _mean(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    mean: NDArray[np.uint8] = np.rint(images.mean(1, keepdims=True)).astype(np.uint8)
    return mean


def _shrunk(images: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    height, width = images.shape[2:]
    scale = side / max(height, width)
    if scale < 1:
        size = max(1, round(height * scale)), max(1, round(width * scale))
        small = functional.interpolate(torch.from_numpy(images).float(), size, mode="area")
        images = small.round().to(torch.uint8).numpy()
    return images[:, 0] if images.shape[1] == 1 else images.transpose(0, 2, 3, 1)


def _weight(atlas: NDArray[Any]) -> int:
    file = BytesIO()
    Image.fromarray(atlas).save(file, "WEBP", lossless=True, method=4)
    return len(file.getvalue())
