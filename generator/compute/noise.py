"""Random numbers that the page draws too: templates/js/noise.js has the same, number for number."""

import numpy as np
from numpy.typing import NDArray

STEP = np.uint32(0x6D2B79F5)


def uniform(seed: int, first: int, count: int) -> NDArray[np.float64]:
    """Numbers `first` … of the sequence `seed`, each in [0, 1): mulberry32 of a running counter.

    Shape:   (count,).
    Source:  Tommy Ettinger's mulberry32, in the public domain.
    """
    with np.errstate(over="ignore"):
        place = np.arange(first + 1, first + 1 + count, dtype=np.uint32)
        t = np.uint32(seed) + place * STEP
        t = (t ^ (t >> np.uint32(15))) * (t | np.uint32(1))
        t ^= t + (t ^ (t >> np.uint32(7))) * (t | np.uint32(61))
        found: NDArray[np.float64] = (t ^ (t >> np.uint32(14))).astype(np.float64) / 2.0**32
    return found


def normal(seed: int, first: int, count: int) -> NDArray[np.float64]:
    """Normal numbers with mean 0 and variance 1: Box and Muller's cosine of two uniform ones.

    Shape:   (count,).
    """
    pairs = uniform(seed, 2 * first, 2 * count).reshape(count, 2)
    found: NDArray[np.float64] = np.sqrt(-2 * np.log1p(-pairs[:, 0])) * np.cos(
        2 * np.pi * pairs[:, 1]
    )
    return found


def shuffle(seed: int, count: int) -> NDArray[np.int64]:
    """An order of 0 … count − 1, by the size of uniform numbers; equal ones keep their order.

    Shape:   (count,).
    """
    found: NDArray[np.int64] = np.argsort(uniform(seed, 0, count), kind="stable")
    return found
