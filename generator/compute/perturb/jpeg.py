"""What JPEG leaves of a picture: the lossy half of the format, without its files.

Colours become brightness and two colour differences at full size; every 8 by 8 block becomes its
cosines, and each of these is rounded to a multiple of its entry in a table.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
BLOCK = 8
NUDGE = 1e-9
"""Halves are common here, and which side they fall on must not hang on the last bit."""

BRIGHTNESS = (
    (16, 11, 10, 16, 24, 40, 51, 61),
    (12, 12, 14, 19, 26, 58, 60, 55),
    (14, 13, 16, 24, 40, 57, 69, 56),
    (14, 17, 22, 29, 51, 87, 80, 62),
    (18, 22, 37, 56, 68, 109, 103, 77),
    (24, 35, 55, 64, 81, 104, 113, 92),
    (49, 64, 78, 87, 103, 121, 120, 101),
    (72, 92, 95, 98, 112, 100, 103, 99),
)
COLOUR = (
    (17, 18, 24, 47, 99, 99, 99, 99),
    (18, 21, 26, 66, 99, 99, 99, 99),
    (24, 26, 56, 99, 99, 99, 99, 99),
    (47, 66, 99, 99, 99, 99, 99, 99),
    *((99,) * 8,) * 4,
)
TO_YCC = np.array(
    [
        [0.299, 0.587, 0.114],
        [-0.168736, -0.331264, 0.5],
        [0.5, -0.418688, -0.081312],
    ]
)
FROM_YCC = np.array([[1, 0, 1.402], [1, -0.344136, -0.714136], [1, 1.772, 0]])


def nearest(values: Numbers) -> Numbers:
    """Whole numbers; halves go up, also those that miss the half by a last bit."""
    return np.floor(values + (0.5 + NUDGE))


def table(quality: int, colour: bool) -> Numbers:
    """Steps of the cosines at a quality from 1 to 100, (8, 8).

    Source:  ITU-T T.81, annex K.1, scaled as the Independent JPEG Group's library scales it.
    """
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    base = np.array(COLOUR if colour else BRIGHTNESS, np.float64)
    return np.asarray(np.clip(np.floor((base * scale + 50) / 100), 1, 255))


@lru_cache(maxsize=1)
def cosines() -> Numbers:
    """The orthonormal cosine transform of eight numbers, (frequency, place)."""
    k, i = np.arange(BLOCK)[:, None], np.arange(BLOCK)[None]
    waves = np.sqrt(2 / BLOCK) * np.cos((2 * i + 1) * k * np.pi / (2 * BLOCK))
    waves[0] /= np.sqrt(2)
    return np.asarray(waves, np.float64)


def jpeg(pictures: NDArray[np.floating], quality: int) -> Numbers:
    """Pictures after a JPEG of this quality; three channels are red, green and blue.

    Shape:   (n, channels, height, width) in and out; edges are continued to whole blocks.
    Range:   0…1 in and out, multiples of 1/255 out.
    Error:   against a library's files at full colour resolution a few levels of 255 at most, since
             those compute with whole numbers.
    Source:  Wallace 1992, doi:10.1109/30.125072.
    """
    _, count, height, width = pictures.shape
    levels = nearest(255 * pictures.astype(np.float64)) - 128
    colour = count == 3
    if colour:
        levels = nearest(np.einsum("ij,njhw->nihw", TO_YCC, levels))
    down, across = -height % BLOCK, -width % BLOCK
    wide = np.pad(levels, ((0, 0), (0, 0), (0, down), (0, across)), mode="edge")
    steps = np.stack([table(quality, colour and c > 0) for c in range(count)])
    blocks = _blocks(wide)
    waves = cosines()
    found = waves @ blocks @ waves.T
    kept = nearest(found / steps[:, None, None]) * steps[:, None, None]
    back = _joined(waves.T @ kept @ waves)[:, :, :height, :width]
    back = np.clip(nearest(back), -128, 127)
    if colour:
        back = np.einsum("ij,njhw->nihw", FROM_YCC, back)
    return np.clip(nearest(back + 128), 0, 255) / 255


def _blocks(wide: Numbers) -> Numbers:
    """(n, c, height, width) as (n, c, rows, columns, 8, 8)."""
    n, c, height, width = wide.shape
    parts = wide.reshape(n, c, height // BLOCK, BLOCK, width // BLOCK, BLOCK)
    return parts.swapaxes(3, 4)


def _joined(blocks: Numbers) -> Numbers:
    n, c, rows, columns = blocks.shape[:4]
    return blocks.swapaxes(3, 4).reshape(n, c, rows * BLOCK, columns * BLOCK)
