"""One layer after the other as maps, each turned to match the map before, with its quality."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.compute.alignment import aligned
from generator.compute.embedding import pca, tsne
from generator.compute.following import following_tsne
from generator.compute.neighbours import (
    Neighbours,
    neighbourhood_hit,
    neighbours,
    trustworthiness,
)

Floats = NDArray[np.floating[Any]]
Labels = NDArray[np.integer[Any]]
Indices = NDArray[np.int64]

# The largest 16-bit number: a place on a map, stored, is exact to a 30,000th of its width.
EDGE = 32_767


@dataclass(frozen=True)
class Map:
    """One layer by one method.

    Shape:   places (n, 2).
    Range:   places -1 to 1, the middle of their extent at 0; trust and hit 0 to 1; variance: share
             that the two axes of a PCA explain, None for other methods.
    """

    places: Floats
    trust: float
    hit: float
    variance: float | None = None

    def stored(self) -> NDArray[np.int16]:
        """Places as 16-bit numbers, ±32,767 at the edges."""
        return np.rint(self.places * EDGE).astype(np.int16)


@dataclass(frozen=True)
class LayerMaps:
    """One layer: who is near whom in it, and its map by each method.

    Range:   hit: share of the nearest in the layer itself that carry the same label, 0 to 1.
    """

    features: int
    near: Neighbours
    hit: float
    by: dict[str, Map]

    def measures(self) -> dict[str, Any]:
        """Numbers per example, the layer's own neighbourhood hit, and the quality of each map."""
        found: dict[str, Any] = {"features": self.features, "hit": self.hit}
        for method, one in self.by.items():
            found[method] = {"trust": one.trust, "hit": one.hit}
            if one.variance is not None:
                found[method]["variance"] = one.variance
        return found


def layer_maps(
    layers: Iterable[tuple[str, Floats]], labels: Labels, methods: Sequence[str], k: int,
    perplexity: float, seed: int,
) -> dict[str, LayerMaps]:  # fmt: skip
    """Map every layer; consecutive layers with the same numbers share one map.

    Each t-SNE goes on from the one before. Each map is turned or mirrored to match its predecessor
    of the same method, the first t-SNE the first PCA, then stretched evenly to fill its square.

    Shape:   each layer (n, ...), labels (n,).
    Range:   methods: "pca" and "tsne"; k counts neighbours for everything that is measured.
    Raises:  ValueError, naming the layer, for one that gives the same answer to every example or
             answers that are no finite numbers.
    """
    found: dict[str, LayerMaps] = {}
    before: LayerMaps | None = None
    last: Floats | None = None
    for name, values in layers:
        flat = values.reshape(len(values), -1)
        if before is None or last is None or not np.array_equal(last, flat):
            _mappable(name, flat)
            start = before.by["tsne"].places if before and "tsne" in methods else None
            maps = _maps(flat, start, labels, methods, k, perplexity, seed)
            near = neighbours(flat, k)
            hit = float((labels[near.indices] == labels[:, None]).mean())
            before, last = LayerMaps(flat.shape[1], near, hit, maps), flat
        found[name] = before
    return _aligned(found, methods)


def _mappable(name: str, flat: Floats) -> None:
    if not np.isfinite(flat).all():
        raise ValueError(f"layer {name!r} answers with what is no finite number")
    if not np.ptp(flat, axis=0).any():
        raise ValueError(f"layer {name!r} gives the same answer to every example")


def _maps(
    flat: Floats, start: Floats | None, labels: Labels, methods: Sequence[str], k: int,
    perplexity: float, seed: int,
) -> dict[str, Map]:  # fmt: skip
    """Both quality measures read distances only, so maps are measured before they are turned."""
    components = pca(flat, 2, seed)
    layouts: dict[str, Floats] = {"pca": components.points}
    if "tsne" in methods and start is not None:
        layouts["tsne"] = following_tsne(flat, start, seed, perplexity)
    elif "tsne" in methods:
        layouts["tsne"] = tsne(flat, seed, perplexity)
    maps = {
        method: Map(layout, trustworthiness(flat, layout, k), neighbourhood_hit(layout, labels, k))
        for method, layout in layouts.items()
    }
    maps["pca"] = replace(maps["pca"], variance=sum(components.explained))
    return maps


def _aligned(found: dict[str, LayerMaps], methods: Sequence[str]) -> dict[str, LayerMaps]:
    first = next(iter(found.values())).by["pca"].places
    turned = {
        method: aligned([first, *(one.by[method].places for one in found.values())])[1:]
        for method in methods
    }
    return {
        name: replace(
            one,
            by={
                method: replace(one.by[method], places=_filling(turned[method][i]))
                for method in methods
            },
        )
        for i, (name, one) in enumerate(found.items())
    }


def _filling(layout: Floats) -> Floats:
    low, high = layout.min(axis=0), layout.max(axis=0)
    reach = float((high - low).max()) / 2
    places: Floats = (layout - (low + high) / 2) / (reach or 1.0)
    return places


def balanced(index: Indices, labels: Labels, count: int, seed: int) -> Indices:
    """Choose `count` examples, of each class as many as of every other as far as they last.

    Shape:   index (n,) and the labels of the same examples, to (min(count, n),), in seeded order,
             so that none of them lies above another because of its class.
    """
    draw = np.random.default_rng(seed)
    order = draw.permutation(len(index))
    rank = np.empty(len(index), np.int64)
    for label in np.unique(labels):
        mine = order[labels[order] == label]
        rank[mine] = np.arange(len(mine))
    chosen = order[np.argsort(rank[order], kind="stable")][:count]
    mixed: Indices = index[draw.permutation(chosen)]
    return mixed


def mixing(layout: Floats, labels: Labels, classes: int, k: int) -> Floats:
    """Whose neighbours are whose: share of class b among the k nearest of the points of class a.

    Shape:   layout (n, 2), labels (n,), to (classes, classes), a by row.
    Range:   0 to 1, each row with the sum 1; a class without points has a row of zeros.
    """
    near = labels[neighbours(layout, k).indices]
    counts = np.zeros((classes, classes))
    np.add.at(counts, (np.repeat(labels, k), near.ravel()), 1)
    shares: Floats = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    return shares
