"""digits.npz to arrays; its order is the split (see make.py)."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

TRAIN = 8000


def load(file: bytes) -> dict[str, NDArray[Any]]:
    """Unpack the digits.

    Shape:   images (10000, 1, 28, 28) uint8, labels (10000,), train (8000,), test (2000,).
    Range:   0 is paper, 255 is ink.
    """
    with np.load(io.BytesIO(file), allow_pickle=False) as arrays:
        images, labels = arrays["images"], arrays["labels"]
    index = np.arange(len(images))
    return {
        "images": images[:, None],
        "labels": labels.astype(np.int64),
        "train": index[:TRAIN],
        "test": index[TRAIN:],
    }
