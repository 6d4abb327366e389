"""What can be measured of maps: their share in masks over many test images, and deletion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray

from generator.compute.attribution.bench import NOISE, SEEDS, Bench, Map
from generator.compute.attribution.examples import shown
from generator.compute.attribution.methods import METHODS
from generator.compute.inputs import from_bytes
from generator.compute.noise import shuffle

if TYPE_CHECKING:
    from generator.datasets import Dataset

Shares = dict[str, dict[str, dict[str, float]]]
FEWER = 12
"""Examples over which methods are measured that ask about hundreds of pictures for each map."""


def shares(
    benches: Mapping[str, Bench],
    methods: Sequence[str],
    dataset: Dataset,
    categories: Sequence[str],
    tests: int,
    seed: int,
) -> tuple[Shares, dict[str, float], int]:
    """Mean share of |map| in each category's masks: model -> method -> category.

    Maps are about the score of the label. Averages are over at most `tests` test examples, for slow
    methods at most 12 of them, in which the first category shows something; in one where another
    shows nothing, its share is 0.

    Range:   0…1. The second answer is the share of the area, what a map of chance would have; the
             third is how many examples were measured.
    """
    some = examples(dataset, categories[0], tests, seed)
    masks = {name: dataset.masks[name][some] > 0 for name in categories}
    found: Shares = {}
    for model, bench in benches.items():
        inputs = from_bytes(dataset.images[some], bench.bounds)
        maps = {
            method: [
                bench.map(method, image, label(bench, dataset, int(index)))
                for image, index in list(zip(inputs, some, strict=True))[: _most(method)]
            ]
            for method in methods
            if method in bench.offered
        }
        found[model] = {
            method: {name: _mean(made, masks[name]) for name in categories}
            for method, made in maps.items()
        }
    area = {name: float(masks[name].mean()) for name in categories}
    return found, area, len(some)


def examples(dataset: Dataset, category: str, tests: int, seed: int) -> NDArray[np.int64]:
    """At most `tests` test examples, drawn by seed, in which a mask's category shows something."""
    order = np.random.default_rng(seed).permutation(shown(dataset, dataset.test, category))
    return np.sort(order[:tests])


def _most(method: str) -> int | None:
    return FEWER if METHODS[method].slow else None


def chance(
    benches: Mapping[str, Bench], dataset: Dataset, category: str, tests: int, seed: int
) -> dict[str, dict[str, float]]:
    """How far two seeds of LIME agree, mean over the examples that it is measured on, by model.

    rank   Spearman's correlation of the superpixels' weights by the two seeds, -1…1
    fit    R^2 of the first seed's line, at most 1
    """
    some = examples(dataset, category, tests, seed)[:FEWER]
    found = {}
    for model, bench in benches.items():
        pairs = [
            [bench.local(name, image, label(bench, dataset, int(index)))[0] for name in SEEDS]
            for image, index in zip(
                from_bytes(dataset.images[some], bench.bounds), some, strict=True
            )
        ]
        ranks = [_spearman(one.weights, other.weights) for one, other in pairs]
        fits = [one.fit for one, _ in pairs]
        found[model] = {"rank": float(np.mean(ranks)), "fit": float(np.mean(fits))}
    return found


def _spearman(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Rank correlation of numbers of which no two are equal."""
    one, other = (np.argsort(np.argsort(numbers)) for numbers in (a, b))
    return float(np.corrcoef(one, other)[0, 1])


def _mean(maps: Sequence[NDArray[np.floating]], masks: NDArray[np.bool_]) -> float:
    # Slow methods have maps of the first examples alone.
    some = masks[: len(maps)]
    return float(np.mean([inside(one, mask) for one, mask in zip(maps, some, strict=True)]))


def label(bench: Bench, dataset: Dataset, index: int) -> torch.Tensor:
    """The direction that asks about an example's own class, or about the one quantity."""
    outputs = bench.scores(np.full((1, *bench.picture), bench.bounds[0], np.float32)).shape[1]
    asked = int(dataset.labels[index]) if len(dataset.labels) else 0
    return torch.nn.functional.one_hot(torch.tensor([asked]), outputs).float()


def inside(map_: NDArray[np.floating], mask: NDArray[np.bool_]) -> float:
    """Share of a map's size that falls in a mask; 0 for a map of zeros.

    share = sum over the mask of |map| / sum of |map|

    Range:   0…1.
    """
    size = np.abs(map_.astype(np.float64))
    return float(size[mask].sum() / (size.sum() or 1.0))


def flips(
    bench: Bench, image: Map, map_: NDArray[np.floating] | None, steps: int
) -> NDArray[np.float32]:
    """Answers while the pixels of a map are deleted, the greatest first; None: in random order.

    Deleted pixels have the least value of the input's range; at step k the share k / steps is gone.

    Shape:   image (channels, height, width), map (height, width); answers (steps + 1, outputs).
    Source:  Samek et al. 2017, doi:10.1109/TNNLS.2016.2599820.
    """
    area = int(np.prod(bench.picture[-2:]))
    order = shuffle(NOISE, area) if map_ is None else np.argsort(-map_.ravel(), kind="stable")
    pictures = np.repeat(image.reshape(1, -1, area), steps + 1, 0)
    for k, picture in enumerate(pictures):
        picture[:, order[: int(k / steps * area + 0.5)]] = bench.bounds[0]
    return bench.scores(pictures.reshape(-1, *bench.picture))
