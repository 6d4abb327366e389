"""Between the bytes of a dataset and the numbers a model reads."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def from_bytes(
    images: NDArray[np.uint8], bounds: tuple[float, float] = (0.0, 1.0)
) -> NDArray[np.float32]:
    """low + (high - low) * byte / 255, what a model is given.

    Shape:   any shape in, the same shape out.
    Range:   0 gives `low` and 255 gives `high`.
    """
    low, high = bounds
    return (low + (high - low) * (images.astype(np.float64) / 255)).astype(np.float32)


def to_bytes(
    images: NDArray[np.floating[Any]], bounds: tuple[float, float] = (0.0, 1.0)
) -> NDArray[np.uint8]:
    """Inverse of `from_bytes`, rounded to the nearest byte.

    Shape:   any shape in, the same shape out.
    Range:   values outside `bounds` are clipped to them.
    """
    low, high = bounds
    scaled = (images.astype(np.float64) - low) / (high - low) * 255
    return np.clip(np.rint(scaled), 0, 255).astype(np.uint8)
