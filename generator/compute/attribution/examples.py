"""Which examples a reader can ask about, and the masks that say what their pixels show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from generator.compute import shelf

if TYPE_CHECKING:
    from generator.datasets import Dataset

Indices = NDArray[np.int64]
WHOLE = 0.9
LEAST, MOST = 2, 8
FILLING = 300_000
"""Bytes of the pictures that windows are filled from; the page fetches them when asked."""


def chosen(dataset: Dataset, guess: Indices, count: int, seed: int, category: str) -> Indices:
    """Choose test examples as a shelf does; one that shows something of the mask's category leads.

    Shape:   guess (tests,) of the first 2,000 test examples, empty for a quantity; answer
             (count,) at most, as the dataset numbers them.
    """
    found = shelf.chosen(dataset, guess, count, seed)
    if category:
        showing = shown(dataset, dataset.test[: shelf.SHELF], category)
        both = found[np.isin(found, showing)]
        first = both[:1] if len(both) else showing[:1]
        found = np.concatenate([first, found[found != first]])[: len(found)]
    return found


def shown(dataset: Dataset, indices: Indices, category: str) -> Indices:
    """Those of the examples in which a mask's category shows something."""
    some: Indices = indices[dataset.masks[category][indices].any((1, 2))]
    return some


def distinct(dataset: Dataset, categories: Sequence[str]) -> tuple[str, ...]:
    """Named categories; or those whose masks cover other pixels than the ones before them.

    Masks that cover nearly all of every picture say nothing of where a map lies, and are left out.
    """
    test = dataset.test[: shelf.SHELF]
    kept: list[str] = []
    for name in categories or dataset.card.concepts:
        mask = dataset.masks[name][test] > 0
        if categories or (
            mask.mean() < WHOLE
            and not any((mask == (dataset.masks[one][test] > 0)).all() for one in kept)
        ):
            kept.append(name)
    return tuple(kept)


def fillers(dataset: Dataset) -> NDArray[np.uint8]:
    """Pictures whose windows stand for what else could be there: test examples, drawn by lot.

    Shape:   (k, channels, height, width), fewer where they are large.
    """
    count = int(np.clip(FILLING // np.prod(dataset.card.shape), LEAST, MOST))
    some = np.random.default_rng(0).permutation(dataset.test)[:count]
    found: NDArray[np.uint8] = dataset.images[np.sort(some)]
    return found
