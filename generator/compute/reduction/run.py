"""What a figure of reduction shows at first: points, their map, and further maps beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import ceil
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from generator.compute.embedding import pca
from generator.compute.neighbours import neighbourhood_hit, trustworthiness
from generator.compute.reduction.sets import Sample, sample
from generator.compute.reduction.tsne import affinities, divergence, states

Floats = NDArray[np.float64]
Compared = Literal["perplexity", "steps", "seeds", "none"]

PERPLEXITIES = (2, 5, 30, 50, 100)
STEPS = (10, 20, 60, 120, 1000)
SEEDS = 5
LEAST = 500
"""Steps after which maps are compared, at least."""


@dataclass(frozen=True)
class Asked:
    """What of a block decides the maps; generator/figures/reduction.py describes each."""

    data: str
    points: int
    dims: int
    scale: float
    draw: int
    method: Literal["tsne", "pca"]
    perplexity: int
    epsilon: float
    seed: int
    steps: int
    compare: Compared


@dataclass(frozen=True)
class Map:
    """One map, how it was made, and how good it is; `refused` says why there is none.

    Shape:   places (n, 2).
    Range:   cost: KL divergence in nats upwards from 0, or share of variance left out; trust,
             continuity and hit 0 to 1; hit None for points without groups.
    """

    perplexity: int
    seed: int
    steps: int
    places: Floats | None = None
    cost: float = 0.0
    trust: float = 0.0
    continuity: float = 0.0
    hit: float | None = None
    refused: str = ""

    def measured(self) -> dict[str, Any]:
        """Everything but the places, for prose and tables."""
        names = ("perplexity", "seed", "steps", "cost", "trust", "continuity", "hit", "refused")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Run:
    """Points, the map that is looked at, and those beside it."""

    asked: Asked
    points: Sample
    shown: Map
    beside: tuple[Map, ...]

    @property
    def counted(self) -> int:
        """Neighbours that are counted: ten, or as many as so few points allow."""
        return counted(len(self.points.rows))


def counted(n: int) -> int:
    """Neighbours that quality counts, among n points."""
    return max(1, min(10, ceil(n / 2) - 1))


def refusal(n: int, perplexity: int) -> str:
    """Why t-SNE cannot have this perplexity; empty: it can."""
    return "" if perplexity < n else f"no perplexity of {perplexity} among {n} points"


def run(asked: Asked) -> Run:
    """Make the points, map them, and make the maps beside it."""
    points = sample(asked.data, asked.points, asked.dims, asked.scale, asked.draw)
    if asked.method == "pca":
        found = pca(points.rows, 2)
        left = 1 - sum(found.explained)
        places = found.points.astype(np.float64)
        shown = _measured(points, places, asked.perplexity, asked.seed, 0, left)
        return Run(asked, points, shown, ())
    (shown,) = _tsne(points, asked, asked.perplexity, asked.seed, [asked.steps])
    return Run(asked, points, shown, tuple(_beside(points, asked)))


def _beside(points: Sample, asked: Asked) -> Iterator[Map]:
    long = max(asked.steps, LEAST)
    if asked.compare == "perplexity":
        for perplexity in PERPLEXITIES:
            yield from _tsne(points, asked, perplexity, asked.seed, [long])
    elif asked.compare == "steps":
        yield from _tsne(points, asked, asked.perplexity, asked.seed, STEPS)
    elif asked.compare == "seeds":
        for seed in range(asked.seed, asked.seed + SEEDS):
            yield from _tsne(points, asked, asked.perplexity, seed % 1000, [long])


def _tsne(
    points: Sample, asked: Asked, perplexity: int, seed: int, steps: Sequence[int]
) -> Iterator[Map]:
    """One run, at several of its steps."""
    if refused := refusal(len(points.rows), perplexity):
        yield from (Map(perplexity, seed, at, refused=refused) for at in steps)
        return
    p = affinities(points.rows, perplexity)
    places = list(islice(states(points.rows, perplexity, asked.epsilon, seed), max(steps) + 1))
    for at in steps:
        cost = divergence(p, places[at])
        yield _measured(points, places[at], perplexity, seed, at, cost)


def _measured(
    points: Sample, places: Floats, perplexity: int, seed: int, steps: int, cost: float
) -> Map:
    rows, labels = points.rows, points.labels
    k = counted(len(rows))
    return Map(
        perplexity=perplexity,
        seed=seed,
        steps=steps,
        places=places,
        cost=cost,
        trust=trustworthiness(rows, places, k),
        continuity=trustworthiness(places, rows, k),
        hit=None if labels is None else neighbourhood_hit(places, labels, k),
    )


def view(points: Sample, turn: float, tilt: float) -> Floats:
    """The points themselves in a plane: as they are, turned, or by their two main components.

    Shape:   (n, width) to (n, 2).
    Units:   turn about the upright axis and tilt towards the eye, in degrees; for three dimensions.
    """
    rows = points.rows
    if rows.shape[1] == 1:
        return np.hstack([rows, np.zeros_like(rows)])
    if rows.shape[1] == 2:
        return rows
    if rows.shape[1] > 3:
        return pca(rows, 2).points.astype(np.float64)
    a, b = np.radians(turn), np.radians(tilt)
    x, y, z = rows.T
    away = x * np.sin(a) + y * np.cos(a)
    return np.stack([x * np.cos(a) - y * np.sin(a), z * np.cos(b) + away * np.sin(b)], axis=1)
