"""tiles.png to arrays: rows of four tiles, one of each class."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def load(file: bytes) -> dict[str, NDArray[Any]]:
    """Shape: images (320, 3, 24, 24), labels (320,), train (256,), test (64,)."""
    sheet = np.array(Image.open(io.BytesIO(file)))
    tiles = sheet.reshape(-1, 24, 4, 24, 3).swapaxes(1, 2).reshape(-1, 24, 24, 3)
    index = np.arange(len(tiles))
    return {
        "images": np.ascontiguousarray(tiles.transpose(0, 3, 1, 2)),
        "labels": index % 4,
        "train": index[:256],
        "test": index[256:],
    }
