"""shapes.npz to arrays; the first examples are for training, the rest are never trained on."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

TRAIN = 1600


def load(file: bytes) -> dict[str, NDArray[Any]]:
    """Unpack the examples.

    Shape:   images (2000, 1, 24, 24) uint8, labels (2000,), train (1600,), test (400,).
    Range:   0 is paper, 255 is ink.
    """
    with np.load(io.BytesIO(file), allow_pickle=False) as arrays:
        images, labels = arrays["images"], arrays["labels"]
    index = np.arange(len(images))
    return {"images": images, "labels": labels, "train": index[:TRAIN], "test": index[TRAIN:]}
