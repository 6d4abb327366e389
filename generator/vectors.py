"""Checks of what a loader gives where examples are vectors: numbers, and columns about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from generator.cards import DatasetCard
    from generator.datasets import Column


def vector_arrays(card: DatasetCard, parts: object) -> dict[str, Any]:
    """What a loader of vectors gave, in the types that `generator.datasets.Dataset` promises.

    Without `train` and `test`, all are for looking at; without classes there are no labels.

    Raises:  ValueError, saying what does not fit the card.
    """
    wanted = ("vectors", "columns", *(("labels",) if card.classes else ()))
    known = {"vectors", "columns", "labels", "train", "test"}
    if not isinstance(parts, Mapping) or not {*wanted} <= {*parts} <= known:
        raise ValueError(f"load() must return a dict with {', '.join(wanted)}")
    vectors = _vectors(card, parts["vectors"])
    count = len(vectors)
    order = np.arange(count)
    given = {"train": order[:0], "test": order} | {
        name: np.asarray(parts[name]) for name in ("train", "test") if name in parts
    }
    for name, some in given.items():
        if some.ndim != 1 or (len(some) and not (0 <= some.min() <= some.max() < count)):
            raise ValueError(f"{name} must number some of {count} vectors, from 0")
    return {
        "images": np.empty((0, *card.shape), np.uint8),
        "labels": _labels(card, parts, count),
        "vectors": vectors,
        "columns": _columns(card, parts["columns"], count),
        **{name: some.astype(np.int64) for name, some in given.items()},
    }


def _vectors(card: DatasetCard, given: object) -> NDArray[np.float32]:
    if not isinstance(given, np.ndarray) or not np.issubdtype(given.dtype, np.number):
        raise ValueError("'vectors' is no array of numbers")
    if given.shape[1:] != card.shape or len(card.shape) != 1:
        raise ValueError(f"vectors have shape {given.shape[1:]}, the card says {card.shape}")
    vectors = given.astype(np.float32)
    odd = np.flatnonzero(~np.isfinite(vectors).all(axis=1))
    if len(odd):
        raise ValueError(f"{len(odd)} vectors hold NaN or infinity, the first is number {odd[0]}")
    if len(vectors) < 3:
        raise ValueError(f"there are {len(vectors)} vectors; a map needs three")
    return vectors


def _labels(card: DatasetCard, parts: Mapping[str, Any], count: int) -> NDArray[np.int64]:
    labels = np.asarray(parts.get("labels", np.empty(0, np.int64)))
    if not card.classes:
        return np.zeros(count, np.int64)
    if labels.shape != (count,) or not np.issubdtype(labels.dtype, np.integer):
        raise ValueError(f"{count} vectors have labels of shape {labels.shape}")
    if not 0 <= labels.min() <= labels.max() < len(card.classes):
        low, high = int(labels.min()), int(labels.max())
        raise ValueError(
            f"labels run from {low} to {high}, the card has {len(card.classes)} classes"
        )
    return labels.astype(np.int64)


def _columns(card: DatasetCard, given: object, count: int) -> dict[str, Column]:
    if not isinstance(given, Mapping) or {*given} != {*card.columns}:
        raise ValueError(f"'columns' must be a dict with {', '.join(card.columns)}")
    return {name: _column(name, given[name], count) for name in card.columns}


def _column(name: str, given: Any, count: int) -> Column:
    if len(given) != count:
        raise ValueError(f"column {name!r} has {len(given)} entries for {count} vectors")
    numbers = np.asarray(given)
    if np.issubdtype(numbers.dtype, np.number):
        if not np.isfinite(numbers).all():
            raise ValueError(f"column {name!r} holds NaN or infinity")
        return numbers.astype(np.float64)
    return tuple(str(one) for one in given)
