"""A map of pictures as pixels, for the still of a figure."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

# Thin pens fade when a picture is drawn small; this much more ink brings them back.
INK = 1.35


def scatter(
    places: NDArray[np.float64],
    pictures: NDArray[np.uint8],
    colours: NDArray[np.uint8],
    size: tuple[int, int],
    side: int,
) -> NDArray[np.uint8]:
    """Pictures laid over one another in the order given, on nothing: RGBA.

    Shape:   places (n, 2), the middle of each picture as x and y in 0…1 of the drawing; pictures
             (n, height, width) ink, tinted, or (n, height, width, 3), framed; colours (n, 3);
             size: width and height of the drawing, which is (height, width, 4).
    Units:   `side` is the longer side of a picture on the drawing, in pixels.
    Range:   pictures that reach over the edge are cut.
    """
    stamps = _stamps(pictures, colours, side)
    width, height = size
    _, rows, columns, _ = stamps.shape
    # With a border as wide as a stamp, no stamp needs a case of its own.
    over = np.zeros((height + 2 * rows, width + 2 * columns, 4), np.float32)
    for (x, y), stamp in zip(places, stamps, strict=True):
        left = int(np.clip(round(x * width + columns / 2), 0, width + columns))
        top = int(np.clip(round(y * height + rows / 2), 0, height + rows))
        under = over[top : top + rows, left : left + columns]
        under *= 1 - stamp[..., 3:]
        under += stamp
    drawing = over[rows : rows + height, columns : columns + width]
    alpha = drawing[..., 3:]
    drawing[..., :3] /= np.maximum(alpha, 1e-6)
    scale = np.array([1, 1, 1, 255], np.float32)
    return np.clip(np.rint(drawing * scale), 0, 255).astype(np.uint8)


def _stamps(
    pictures: NDArray[np.uint8], colours: NDArray[np.uint8], side: int
) -> NDArray[np.float32]:
    """Pictures at their drawn size, colour times opacity, and opacity in 0…1."""
    ink = pictures.ndim == 3
    planes = torch.from_numpy(pictures[..., None] if ink else pictures).float().movedim(3, 1)
    height, width = planes.shape[2:]
    scale = side / max(height, width)
    new = max(1, round(height * scale)), max(1, round(width * scale))
    small = functional.interpolate(planes, new, mode="bilinear", antialias=True)
    values = small.movedim(1, 3).numpy()
    if ink:
        alpha = np.clip(values * (INK / 255), 0, 1)
        colour = np.broadcast_to(colours[:, None, None], (*alpha.shape[:3], 3)) * alpha
    else:
        alpha = np.ones((*values.shape[:3], 1), np.float32)
        colour = np.broadcast_to(colours[:, None, None], values.shape).astype(np.float32)
        edge = max(1, side // 12)
        inner = slice(edge, new[0] - edge), slice(edge, new[1] - edge)
        colour[:, *inner] = values[:, *inner]
    return np.concatenate([colour, alpha], 3).astype(np.float32)
