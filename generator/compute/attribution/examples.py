"""Which examples a reader can ask about, and the masks that say what their pixels show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from generator.compute.picks import picks

if TYPE_CHECKING:
    from generator.datasets import Dataset

Indices = NDArray[np.int64]
WHOLE = 0.9
SHELF = 2000
"""Test examples that picks are taken from."""


def chosen(dataset: Dataset, guesses: Indices, count: int, seed: int, category: str) -> Indices:
    """Choose test examples: of every class, some misread; of a quantity, from end to end.

    Where not all of them show something of the mask's category, the first one does.

    Shape:   guesses (tests,) of the first 2,000 test examples, empty for a quantity; answer
             (count,) at most, as the dataset numbers them.
    """
    test = dataset.test[:SHELF]
    if len(dataset.labels):
        found = test[picks(dataset.labels[test], guesses, count, seed)]
    else:
        order = test[np.argsort(dataset.targets[test], kind="stable")]
        at = np.linspace(0, len(order) - 1, min(count, len(order))).round().astype(int)
        found = order[at]
    if category:
        showing = shown(dataset, test, category)
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
    test = dataset.test[:SHELF]
    kept: list[str] = []
    for name in categories or dataset.card.concepts:
        mask = dataset.masks[name][test] > 0
        if categories or (
            mask.mean() < WHOLE
            and not any((mask == (dataset.masks[one][test] > 0)).all() for one in kept)
        ):
            kept.append(name)
    return tuple(kept)
