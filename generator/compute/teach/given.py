"""Which examples of a dataset a machine is taught at first, and which it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from generator.errors import FigureError, nearest

if TYPE_CHECKING:
    from generator.datasets import Dataset

Indices = NDArray[np.int64]
Chosen = Mapping[str, int | tuple[int, ...]]
FIRST = 3
"""Classes that are taught where an article names none, and how often each."""
OFTEN = 6


def taught(
    dataset: Dataset, chosen: Chosen, examples: tuple[int, ...], seed: int
) -> dict[str, Indices]:
    """Examples of each class: those that are named, or so many of the dataset's class of that name.

    They come from the training part as far as there is one, never from `examples`.

    Raises:  FigureError for a number of a class that the dataset does not have, and for more
             examples than it has.
    """
    classes = dataset.card.classes if len(dataset.labels) else ()
    chosen = chosen or dict.fromkeys(classes[:FIRST], OFTEN)
    order = np.random.default_rng(seed).permutation(_source(dataset))
    free = order[~np.isin(order, examples)]
    found = {}
    for name, what in chosen.items():
        if isinstance(what, tuple):
            found[name] = np.array(what, np.int64)
            continue
        if what and name not in classes:
            raise FigureError(
                f"{dataset.card.name!r} has no class {name!r}, of which {what} examples are wanted",
                hint=nearest(name, classes) if classes else "name examples: {NAME: [0, 1]}",
            )
        own = free[dataset.labels[free] == classes.index(name)] if what else free[:0]
        if len(own) < what:
            raise FigureError(
                f"{dataset.card.name!r} has {len(own)} examples of {name!r} to teach, not {what}",
                hint="ask for fewer",
            )
        found[name] = own[:what]
    return found


def _source(dataset: Dataset) -> Indices:
    return dataset.train if len(dataset.train) else dataset.test


def shown(dataset: Dataset, used: dict[str, Indices], count: int, seed: int) -> Indices:
    """Test examples that were not taught, those of the classes that are taught in turn."""
    taken = np.concatenate([np.empty(0, np.int64), *used.values()])
    order = np.random.default_rng(seed).permutation(dataset.test)
    free = order[~np.isin(order, taken)]
    if not len(dataset.labels):
        return free[:count]
    classes = dataset.card.classes
    labels = [classes.index(name) for name in used if name in classes]
    queues = [list(free[dataset.labels[free] == label]) for label in labels]
    found: list[int] = []
    while len(found) < count and any(queues):
        found += [int(queue.pop(0)) for queue in queues if queue]
    rest = [int(one) for one in free if one not in found]
    return np.array([*found, *rest][:count], np.int64)
