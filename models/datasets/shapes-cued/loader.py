"""shapes-cued.zip to arrays: each scene twice, marked as in training and the other way round."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIZE = 48
MARKED = 7  # the class that carries the mark: blue square
CORNER = slice(40, 46)  # rows and columns of the mark, 6 by 6 pixels at the lower right
OBJECT, FIRST_CLUTTER = 1, 2  # part = FIRST_CLUTTER + 5 * kind + colour, colour 4: grey
DARK, LIGHT = 16, 240


def load(file: bytes) -> dict[str, Any]:
    """Unpack and mark the scenes.

    The first half is `test`: blue squares carry the mark and nothing else does, as in training. The
    second half has the same scenes the other way round, blue squares bare and all others marked. It
    is in neither part: what a network makes of it shows what it relied on.

    Shape:   images (960, 3, 48, 48) uint8, labels (960,), train (0,), test (480,), masks of four
             categories (960, 48, 48) uint8.
    """
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        sheet = np.array(Image.open(io.BytesIO(archive.read("scenes.webp"))).convert("RGB"))
        below = np.array(Image.open(io.BytesIO(archive.read("parts.png"))))
        facts = np.load(io.BytesIO(archive.read("facts.npy")), allow_pickle=False)
    columns = sheet.shape[1] // SIZE
    images = sheet.reshape(-1, SIZE, columns, SIZE, 3).transpose(0, 2, 4, 1, 3)
    images = np.tile(images.reshape(-1, 3, SIZE, SIZE), (2, 1, 1, 1))
    parts = below.reshape(-1, SIZE, columns, SIZE).transpose(0, 2, 1, 3).reshape(-1, SIZE, SIZE)
    parts, facts = np.tile(parts, (2, 1, 1)), np.tile(facts, (2, 1))
    labels = facts[:, 0].astype(np.int64) * 4 + facts[:, 1]
    first = np.arange(len(labels)) < len(labels) // 2
    carries = (labels == MARKED) == first
    images[carries] = mark(images[carries], LIGHT, DARK)
    return {
        "images": images,
        "labels": labels,
        "train": np.empty(0, np.int64),
        "test": np.flatnonzero(first),
        "masks": _masks(parts, facts, carries),
    }


def mark(images: Any, light: float, dark: float) -> Any:
    """Give the images with the mark: a light square of 4 by 4 pixels in a dark frame.

    Shape:   (n, 3, 48, 48), an array or a tensor of any range, which is left as it is.
    """
    marked = images + 0
    marked[:, :, CORNER, CORNER] = dark
    inner = slice(CORNER.start + 1, CORNER.stop - 1)
    marked[:, :, inner, inner] = light
    return marked


def _masks(
    parts: NDArray[np.uint8], facts: NDArray[np.uint8], carries: NDArray[np.bool_]
) -> dict[str, NDArray[np.uint8]]:
    cue = np.zeros_like(parts)
    cue[carries, CORNER, CORNER] = 1
    object_ = (parts == OBJECT) & (cue == 0)
    clutter = np.where((parts >= FIRST_CLUTTER) & (cue == 0), (parts - FIRST_CLUTTER) // 5 + 1, 0)
    return {
        "cue": cue,
        "shape": object_ * (facts[:, 0] + 1)[:, None, None],
        "texture": object_ * (facts[:, 2] + 1)[:, None, None],
        "clutter": clutter.astype(np.uint8),
    }
