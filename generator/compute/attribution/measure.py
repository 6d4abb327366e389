"""How much of each method's maps falls in masks, over many test images."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray

from generator.compute.attribution.bench import Bench, inside
from generator.compute.attribution.examples import shown
from generator.compute.inputs import from_bytes

if TYPE_CHECKING:
    from generator.datasets import Dataset

Shares = dict[str, dict[str, dict[str, float]]]


def shares(
    benches: Mapping[str, Bench],
    methods: Sequence[str],
    dataset: Dataset,
    categories: Sequence[str],
    tests: int,
    seed: int,
) -> tuple[Shares, dict[str, float], int]:
    """Mean share of |map| in each category's masks: model -> method -> category.

    Maps are about the score of the label. Averages are over at most `tests` test examples in which
    the first category shows something; in one where another shows nothing, its share is 0.

    Range:   0…1. The second answer is the share of the area, what a map of chance would have; the
             third is how many examples were measured.
    """
    order = np.random.default_rng(seed).permutation(shown(dataset, dataset.test, categories[0]))
    some = np.sort(order[:tests])
    masks = {name: dataset.masks[name][some] > 0 for name in categories}
    found: Shares = {}
    for model, bench in benches.items():
        inputs = from_bytes(dataset.images[some], bench.bounds)
        maps = {
            method: [
                bench.map(method, image, label(bench, dataset, int(index)))
                for image, index in zip(inputs, some, strict=True)
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


def _mean(maps: Sequence[NDArray[np.floating]], masks: NDArray[np.bool_]) -> float:
    return float(np.mean([inside(one, mask) for one, mask in zip(maps, masks, strict=True)]))


def label(bench: Bench, dataset: Dataset, index: int) -> torch.Tensor:
    """The direction that asks about an example's own class, or about the one quantity."""
    outputs = bench.scores(np.full((1, *bench.picture), bench.bounds[0], np.float32)).shape[1]
    asked = int(dataset.labels[index]) if len(dataset.labels) else 0
    return torch.nn.functional.one_hot(torch.tensor([asked]), outputs).float()
