"""shapes.npz to arrays; every fifth row of five is for testing."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray


def load(file: bytes) -> dict[str, NDArray[Any]]:
    """Shape: images (500, 1, 20, 20), labels (500,), train (400,), test (100,)."""
    with np.load(io.BytesIO(file), allow_pickle=False) as arrays:
        images, labels = arrays["images"], arrays["labels"]
    tested = np.arange(len(images)) // 5 % 5 == 4
    return {
        "images": images[:, None],
        "labels": labels.astype(np.int64),
        "train": np.flatnonzero(~tested),
        "test": np.flatnonzero(tested),
    }
