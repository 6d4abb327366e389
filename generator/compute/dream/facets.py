"""What the page needs to part a goal's best examples into facets: codes, worths and pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from generator.compute.embedding import pca
from generator.compute.tiles import Tiles
from generator.errors import FigureError

if TYPE_CHECKING:
    from generator.compute.dream.layers import Level
    from generator.datasets import Dataset

DIMENSIONS = 8
"""Axes along which codes are told apart; more of them would be noise for a few dozen examples."""
WIDEST = 4096
"""Pixels along a side of the sheet of test pictures: more than that some browsers cannot show."""


@dataclass(frozen=True)
class Sheet:
    """All test pictures that can be best ones, as they are."""

    index: NDArray[np.int64]
    pictures: Tiles

    def described(self, dataset: Dataset) -> dict[str, Any]:
        """JSON values for the page."""
        labels = dataset.labels[self.index].tolist() if len(dataset.labels) else []
        return {
            "count": len(self.index),
            "columns": self.pictures.columns,
            "index": self.index.tolist(),
            "label": labels,
        }


def sheet(dataset: Dataset, examples: NDArray[np.int64]) -> Sheet:
    """Lay out the test pictures; as many as fit.

    Raises:  FigureError for pictures that are neither grey nor in colour.
    """
    channels, height, width = dataset.images.shape[1:]
    if channels not in (1, 3):
        raise FigureError(
            f"examples of {dataset.card.name} have {channels} channels and cannot be averaged as "
            "pictures",
            hint="leave 'facets' out",
        )
    most = (WIDEST // width) * (WIDEST // height)
    some = examples[:most]
    columns = min(WIDEST // width, max(1, round((len(some) * height / width) ** 0.5)))
    pictures = dataset.images[some].transpose(0, 2, 3, 1)
    return Sheet(some, Tiles(pictures[..., 0] if channels == 1 else pictures, columns))


def numbers(level: Level, count: int) -> dict[str, NDArray[Any]]:
    """Of one layer: what each example is worth to each channel, and what the layer says of it.

    Shape:   codes (examples, at most 8): principal axes of the mean answers of all channels; mean
             and most (examples, channels).
    """
    summary = level.summary
    mean = summary.mean[:count]
    dimensions = min(DIMENSIONS, *mean.shape)
    return {
        "codes": pca(mean, dimensions).points.astype(np.float32),
        "mean": mean,
        "most": summary.most[:count],
    }
