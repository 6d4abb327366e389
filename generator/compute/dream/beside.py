"""The test examples that stand beside a picture: those that a goal likes best, and how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from generator.compute.gallery import atlas_tiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.compute.dream.goals import GoalName
    from generator.compute.tiles import Tiles

Floats = NDArray[np.float32]
Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Summary:
    """What a layer answers to each example, without places.

    Shape:   mean and most (examples, channels), square (examples,).
    """

    mean: Floats
    most: Floats
    square: Floats

    @classmethod
    def of(cls, batches: Iterable[Floats]) -> Summary:
        """Read the answers of a layer, (batch, channels, ...) at a time."""
        mean, most, square = [], [], []
        for part in batches:
            flat = part.reshape(*part.shape[:2], -1)
            mean.append(flat.mean(2))
            most.append(flat.max(2))
            square.append(np.square(flat).mean((1, 2)))
        return cls(*(np.concatenate(all_) for all_ in (mean, most, square)))

    def axes(self, labels: Indices, classes: int) -> Floats:
        """Where the examples of each class lie, seen from the middle of all: length 1.

        Shape:   (classes, channels); zeros for a class without examples.
        """
        middle = self.mean.mean(0)
        found = np.zeros((classes, self.mean.shape[1]))
        for label in np.unique(labels):
            found[label] = self.mean[labels == label].mean(0) - middle
        length = np.sqrt(np.square(found).sum(1, keepdims=True))
        return (found / np.where(length, length, 1)).astype(np.float32)

    def worths(self, goal: GoalName, axes: Floats) -> Floats:
        """What every example is worth to each of a goal's pictures, (examples, pictures)."""
        if goal == "unit":
            return self.most
        if goal == "layer":
            return self.square[:, None]
        return self.mean @ axes.T if goal == "direction" else self.mean


@dataclass(frozen=True)
class Best:
    """The k best examples of each of a goal's pictures.

    Shape:   values and index (pictures, k); index numbers the dataset.
    """

    values: Floats
    index: Indices

    @property
    def reach(self) -> float:
        """What the best of all examples is worth, in the middle of all pictures; above 0."""
        return float(np.median(np.abs(self.values[:, 0]))) or 1.0


def best(worths: Floats, examples: Indices, k: int) -> Best:
    """Find them; of equal ones the first."""
    order = np.argsort(-worths, axis=0, kind="stable")[:k].T
    return Best(np.take_along_axis(worths.T, order, 1), examples[order])


def shown(
    found: Sequence[Best], images: NDArray[np.uint8], heaviest: int
) -> tuple[Tiles, list[Indices]]:
    """One atlas of all that stand beside a layer's pictures, and where each is in it."""
    every = np.concatenate([one.index.ravel() for one in found])
    distinct, places = np.unique(every, return_inverse=True)
    ends = np.cumsum([one.index.size for one in found])[:-1]
    tiles = [
        part.reshape(one.index.shape)
        for part, one in zip(np.split(places.ravel(), ends), found, strict=True)
    ]
    return atlas_tiles(images[distinct], 1, heaviest), tiles
