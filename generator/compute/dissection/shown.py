"""What a still shows of units beside concepts: a layer's best, each under its own mask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from generator.compute.dissection.places import spread

if TYPE_CHECKING:
    from generator.compute.dissection.run import Part, Sample
    from generator.datasets import Dataset


@dataclass(frozen=True)
class Card:
    """One unit as the still shows it; the picture is (height, width, 3), dim outside the mask."""

    unit: int
    concept: str
    category: str
    overlap: float
    picture: NDArray[np.uint8]


@dataclass(frozen=True)
class Drawn:
    """What the still shows: a layer's best cards, and for each version the concepts found.

    `found` holds for each version a count for every category, in the order of `categories`.
    """

    layer: str
    share: float
    least: float
    cards: tuple[Card, ...]
    units: int
    categories: tuple[str, ...]
    versions: tuple[str, ...]
    found: tuple[tuple[int, ...], ...]


def cards_of(part: Part, sample: Sample, dataset: Dataset, share: int) -> tuple[Card, ...]:
    """All units at the `share`-th share, those with the greatest IoU first."""
    best, overlaps = part.best(share, sample.total)
    height, width = dataset.card.shape[1:]
    down = spread(part.grid[0], part.size[0], height)
    across = spread(part.grid[1], part.size[1], width)
    found = []
    for unit in np.argsort(-overlaps, kind="stable"):
        concept = sample.concepts[int(best[unit])]
        wide = down @ part.maps[unit, 0] @ across.T
        index = sample.index[part.strongest.images[unit, 0]]
        picture = colours(dataset.images[index][None])[0]
        lit = (wide > part.counts.thresholds[unit, share])[..., None]
        shown = np.where(lit, picture, picture // 4).astype(np.uint8)
        found.append(Card(int(unit), concept.name, concept.category, float(overlaps[unit]), shown))
    return tuple(found)


def colours(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(n, channels, height, width) to (n, height, width, 3); other than three are shown as mean."""
    three = images if images.shape[1] == 3 else images.mean(1, keepdims=True).round()
    wide = np.broadcast_to(three, (len(images), 3, *images.shape[2:]))
    return np.ascontiguousarray(wide.transpose(0, 2, 3, 1)).astype(np.uint8)
