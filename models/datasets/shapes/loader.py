"""shapes.zip to arrays; its order is the split (see make.py)."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIZE = 48
TRAIN = 2880
OBJECT, FIRST_CLUTTER = 1, 2  # part = FIRST_CLUTTER + 5 * kind + colour, colour 4: grey


def load(file: bytes) -> dict[str, Any]:
    """Unpack the scenes and say of each pixel what it shows.

    The object is of a shape, a colour and a texture and lies in a quarter; pixels of clutter have
    a colour as well, unless they are grey.

    Shape:   images (3840, 3, 48, 48) uint8, labels (3840,), train (2880,), test (960,), masks of
             five categories (3840, 48, 48) uint8.
    """
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        sheet = np.array(Image.open(io.BytesIO(archive.read("scenes.webp"))).convert("RGB"))
        below = np.array(Image.open(io.BytesIO(archive.read("parts.png"))))
        facts = np.load(io.BytesIO(archive.read("facts.npy")), allow_pickle=False)
    columns = sheet.shape[1] // SIZE
    images = sheet.reshape(-1, SIZE, columns, SIZE, 3).transpose(0, 2, 4, 1, 3)
    parts = below.reshape(-1, SIZE, columns, SIZE).transpose(0, 2, 1, 3).reshape(-1, SIZE, SIZE)
    index = np.arange(len(facts))
    return {
        "images": np.ascontiguousarray(images).reshape(-1, 3, SIZE, SIZE),
        "labels": facts[:, 0].astype(np.int64) * 4 + facts[:, 1],
        "train": index[:TRAIN],
        "test": index[TRAIN:],
        "masks": masks(parts, facts),
    }


def masks(parts: NDArray[np.uint8], facts: NDArray[np.uint8]) -> dict[str, NDArray[np.uint8]]:
    """Number what each pixel shows from 1, category by category; 0 where it shows none of them."""
    object_ = parts == OBJECT
    shape, colour, texture = ((facts[:, i] + 1)[:, None, None] for i in range(3))
    clutter = np.where(parts >= FIRST_CLUTTER, (parts - FIRST_CLUTTER) // 5 + 1, 0)
    painted = np.where(parts >= FIRST_CLUTTER, ((parts - FIRST_CLUTTER) % 5 + 1) % 5, 0)
    return {
        "shape": object_ * shape,
        "colour": (object_ * colour + painted).astype(np.uint8),
        "texture": object_ * texture,
        "position": object_ * _quarter(object_)[:, None, None],
        "clutter": clutter.astype(np.uint8),
    }


def _quarter(object_: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """The quarter that holds an object's centre: 1 and 2 above, 3 and 4 below, odd on the left."""
    axis = np.arange(SIZE) - (SIZE - 1) / 2
    area = object_.sum((1, 2))
    low = object_.sum(2) @ axis > 0
    right = object_.sum(1) @ axis > 0
    return np.where(area > 0, 1 + 2 * low + right, 0).astype(np.uint8)
