"""models/datasets/<name> to checked arrays with their card.

A dataset folder has ``dataset.toml``, the file it names, and ``loader.py`` with
``load(file: bytes) -> dict`` of the four arrays that `Dataset` describes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.cards import DatasetCard, checked, dataset_card
from generator.errors import DatasetError
from generator.source import load_module


@dataclass(frozen=True)
class Dataset:
    """Examples with labels; an example's index here is its name everywhere on the site.

    Shape:   images (n, channels, height, width) uint8; labels (n,) int64; train, test: indices.
    Range:   0 is the least input of a model, 255 the greatest.
    """

    card: DatasetCard
    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    train: NDArray[np.int64]
    test: NDArray[np.int64]


def load_dataset(folder: Path) -> Dataset:
    """Read card, file and loader; raises DatasetError where they do not fit together."""
    card = dataset_card(folder)
    content = checked(folder, card.data, DatasetError)
    parts = load_module(folder / "loader.py", DatasetError).load(content)
    dataset = Dataset(card, **parts)
    where = f"{folder.parent.name}/{folder.name}/loader.py"
    if dataset.images.shape[1:] != card.shape:
        raise DatasetError(
            f"examples have shape {dataset.images.shape[1:]}, the card says {card.shape}",
            where=where,
        )
    if not (dataset.labels.min() >= 0 and dataset.labels.max() < len(card.classes)):
        raise DatasetError(
            f"labels run from {dataset.labels.min()} to {dataset.labels.max()}, "
            f"the card has {len(card.classes)} classes",
            where=where,
        )
    return dataset
