"""Vectors of a dataset as a page has them: maps, columns, and what a block asks of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from generator.compute.embedding import pca, tsne
from generator.compute.neighbours import trustworthiness
from generator.compute.relations import distortion, parallel, related

if TYPE_CHECKING:
    from generator.datasets import Dataset

EDGE = 32_767
SAMPLE = 1500
"""Trustworthiness is measured on so many points, evenly taken: it looks at every pair."""


@dataclass(frozen=True)
class Cloud:
    """Vectors with what each is called.

    Shape:   index (n,) in the dataset, vectors (n, d), by method places (n, 2) or (n, 3).
    Range:   places -1 to 1, one scale for all axes.
    """

    index: NDArray[np.int64]
    vectors: NDArray[np.float32]
    names: tuple[str, ...]
    places: dict[str, NDArray[np.floating[Any]]] = field(default_factory=dict)
    quality: dict[str, dict[str, float]] = field(default_factory=dict)

    def number(self, name: str) -> int:
        """Which vector is called so, the first of them. Raises: ValueError for none."""
        try:
            return self.names.index(name)
        except ValueError:
            near = get_close_matches(name, self.names, 1)
            hint = f"; nearest: {near[0]!r}" if near else ""
            raise ValueError(f"{name!r} is none of the {len(self.names):,} names{hint}") from None

    def mean(self, names: Sequence[str]) -> NDArray[np.floating[Any]]:
        """Mean direction of named vectors, each taken with length 1."""
        found: NDArray[np.floating[Any]] = unit(self.vectors)[
            [self.number(name) for name in names]
        ].mean(axis=0)
        return found


def unit(vectors: NDArray[Any]) -> NDArray[Any]:
    """Vectors with length 1; a vector of zeros stays."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    found: NDArray[Any] = vectors / np.where(length > 0, length, 1)
    return found


def cloud(
    dataset: Dataset, count: int, methods: Sequence[str], perplexity: float, seed: int
) -> Cloud:
    """The first `count` vectors of the dataset's test part, mapped by their directions.

    Raises:  ValueError where all vectors are the same, or none has a direction.
    """
    index = dataset.test[:count]
    vectors = dataset.vectors[index]
    if not np.ptp(vectors, axis=0).any():
        raise ValueError(f"all {len(vectors)} vectors are the same")
    column = next(iter(dataset.columns.values()))
    names = tuple(str(column[i]) for i in index)
    directions = unit(vectors)
    components = pca(directions, 3, seed)
    places: dict[str, NDArray[Any]] = {"pca": _filling(components.points)}
    if "tsne" in methods:
        places["tsne"] = _filling(tsne(directions, seed, perplexity))
    some = np.unique(np.linspace(0, len(index) - 1, min(SAMPLE, len(index))).astype(int))
    k = min(10, (len(some) - 1) // 2)
    quality = {
        name: {"trust": float(trustworthiness(directions[some], flat[some, :2], k))}
        for name, flat in places.items()
    }
    quality["pca"]["variance"] = sum(components.explained[:2])
    quality["pca"]["space"] = sum(components.explained)
    return Cloud(index, vectors, names, places, quality)


def _filling(layout: NDArray[Any]) -> NDArray[Any]:
    low, high = layout.min(axis=0), layout.max(axis=0)
    reach = float((high - low).max()) / 2
    places: NDArray[Any] = (layout - (low + high) / 2) / (reach or 1.0)
    return places


def arrays(dataset: Dataset, held: Cloud) -> dict[str, NDArray[Any]]:
    """What comes at once: numbers, labels, places, and columns as texts with a line each."""
    found: dict[str, NDArray[Any]] = {
        "index": held.index.astype(np.int32),
        "label": dataset.labels[held.index].astype(np.int16),
    }
    for method, places in held.places.items():
        found[method] = np.rint(places * EDGE).astype(np.int16)
    for number, column in enumerate(dataset.columns.values()):
        if isinstance(column, tuple):
            lines = (" ".join(column[i].split("\n")) for i in held.index)
            text = "\n".join(lines).encode("utf8")
            found[f"text-{number}"] = np.frombuffer(text, np.uint8)
        else:
            found[f"number-{number}"] = column[held.index].astype(np.float32)
    return found


def quantized(vectors: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    """Numbers of a vector as whole ones up to 127, and what one of them is worth in it."""
    scale = np.abs(vectors).max(axis=1) / 127
    worth = np.where(scale > 0, scale, 1)
    return {
        "numbers": np.rint(vectors / worth[:, None]).astype(np.int8),
        "scale": worth.astype(np.float32),
    }


def relations(held: Cloud, pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Pairs of a relation: how parallel each is, and how much two maps distort that."""
    names = list(dict.fromkeys(name for pair in pairs for name in pair))
    vectors = unit(held.vectors)[[held.number(name) for name in names]].astype(np.float64)
    numbers = np.array([[names.index(name) for name in pair] for pair in pairs])
    flat = {"relation": related(vectors, numbers), "pca": pca(vectors, 2).points}
    return {
        "names": names,
        "parallel": [float(one) for one in parallel(vectors, numbers)],
        "distortion": {way: distortion(at, vectors, numbers) for way, at in flat.items()},
        "places": {way: _filling(at).tolist() for way, at in flat.items()},
    }


def along(held: Cloud, axis: tuple[Sequence[str], Sequence[str]]) -> NDArray[np.floating[Any]]:
    """Where each vector lies between two sets: its cosine with (mean of one - mean of the other).

    Shape:   (n,).
    Range:   -1 to 1.
    Raises:  ValueError for a name that is not there, and where both sets are the same.
    """
    low, high = (held.mean(side) for side in axis)
    way = high - low
    length = float(np.linalg.norm(way))
    if length < 1e-9:
        raise ValueError("the two ends of an axis are the same")
    found: NDArray[np.floating[Any]] = unit(held.vectors) @ (way / length)
    return found
