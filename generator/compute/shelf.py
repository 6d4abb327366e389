"""Examples that a reader can pick from: which ones, what they are called, and their thumbnails."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from generator.compute.gallery import atlas_tiles
from generator.compute.guesses import guesses
from generator.compute.picks import picks
from generator.errors import FigureError

if TYPE_CHECKING:
    from generator.compute.answers import Answers
    from generator.compute.tiles import Tiles
    from generator.datasets import Dataset
    from generator.models import Model

Indices = NDArray[np.int64]
SHELF = 2000
"""Test examples that picks are taken from."""
THUMBNAILS = 60_000
"""Bytes that all thumbnails together may weigh."""


def check_examples(model: Model, dataset: Dataset, named: Sequence[int]) -> None:
    """See to it that the model can read a dataset's pictures, and that the named ones exist.

    Raises:  FigureError for pictures of another size, and for an example that there is not.
    """
    card = dataset.card
    if prod(card.shape) != prod(model.card.input) or len(card.shape) != 3:
        raise FigureError(
            f"examples of {card.name!r} have shape {card.shape}, {model.card.name!r} reads "
            f"{model.card.input}",
            hint="name a dataset of pictures that the model can read",
        )
    for index in named:
        if not 0 <= index < len(dataset.images):
            raise FigureError(
                f"{card.name!r} has no example {index}",
                hint=f"it has {len(dataset.images)}, counted from 0",
            )


def guessed(dataset: Dataset, asked: Answers) -> Indices:
    """The model's classes for the first 2,000 test examples, (tests,); none for a quantity."""
    if not len(dataset.labels):
        return np.empty(0, np.int64)
    return guesses(asked.of("", dataset.test[:SHELF]))[0]


def chosen(dataset: Dataset, guess: Indices, count: int, seed: int) -> Indices:
    """Choose test examples: of every class, some misread; of a quantity, from end to end.

    Shape:   guess (tests,) as of `guessed`; answer (count,) at most, as the dataset numbers them.
    """
    test = dataset.test[:SHELF]
    if len(dataset.labels):
        found: Indices = test[picks(dataset.labels[test], guess, count, seed)]
        return found
    order = test[np.argsort(dataset.targets[test], kind="stable")]
    at = np.linspace(0, len(order) - 1, min(count, len(order))).round().astype(int)
    ends: Indices = order[at]
    return ends


def label(dataset: Dataset, index: int) -> str:
    """What an example shows, in the dataset's own words."""
    if len(dataset.labels):
        return str(dataset.card.classes[dataset.labels[index]])
    quantity = dataset.card.quantity
    return f"{dataset.targets[index]:.1f} {quantity.unit if quantity else ''}".strip()


def thumbnails(dataset: Dataset, indices: Indices) -> Tiles:
    """Small pictures of the examples, in their order."""
    return atlas_tiles(dataset.images[indices], 1, THUMBNAILS)
