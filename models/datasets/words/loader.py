"""words.npz to vectors; its order is that of frequency (see make.py)."""

from __future__ import annotations

import io
from typing import Any

import numpy as np


def load(file: bytes) -> dict[str, Any]:
    """Unpack the words.

    Shape:   vectors (10000, 100) float32, labels (10000,), two columns of 10,000 entries.
    """
    with np.load(io.BytesIO(file), allow_pickle=False) as arrays:
        words = arrays["words"].tobytes().decode("ascii").split("\n")
        vectors = arrays["numbers"].astype(np.float32) * arrays["scale"][:, None]
        labels = arrays["labels"].astype(np.int64)
    order = np.arange(len(words))
    return {
        "vectors": vectors,
        "labels": labels,
        "columns": {"word": words, "frequency": order + 1},
        "train": order[:0],
        "test": order,
    }
