"""small.png to arrays: a row is a label and 64 grey values."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def load(file: bytes) -> dict[str, NDArray[Any]]:
    """Shape: images (600, 1, 8, 8), labels (600,), train (450,), test (150,)."""
    rows = np.array(Image.open(io.BytesIO(file)))
    return {
        "images": rows[:, 1:].reshape(-1, 1, 8, 8),
        "labels": rows[:, 0].astype(np.int64),
        "train": np.arange(450),
        "test": np.arange(450, len(rows)),
    }
