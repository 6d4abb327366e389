"""models/datasets/<name> to checked arrays with their card.

A dataset folder has ``dataset.toml``, the file it names, and ``loader.py`` with
``load(file: bytes) -> dict`` of the four arrays that `Dataset` describes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.blame import Authored
from generator.cards import DatasetCard, checked, dataset_card
from generator.errors import DatasetError
from generator.places import line_with, place
from generator.source import load_module

PARTS = ("images", "labels", "train", "test")


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
    """Read card, file and loader.

    Raises:  DatasetError where they are missing, damaged, or do not fit together.
    """
    card = dataset_card(folder)
    content = checked(card, card.data)
    path = folder / card.code
    load = getattr(load_module(path, DatasetError), "load", None)
    if not callable(load):
        hint = "add: def load(file: bytes)"
        raise DatasetError("loader.py defines no load()", where=place(path), hint=hint)
    where = place(path, line_with(path, "def load"))
    with Authored(folder.parents[2], DatasetError, "load()", where):
        parts = load(content)
    try:
        return Dataset(card, **_arrays(card, parts))
    except ValueError as problem:
        raise DatasetError(str(problem), where=where) from None


def _arrays(card: DatasetCard, parts: object) -> dict[str, NDArray[Any]]:
    """The four arrays, in the types that `Dataset` promises.

    Raises:  ValueError, saying what does not fit the card.
    """
    if not isinstance(parts, Mapping) or {*parts} != {*PARTS}:
        raise ValueError(f"load() must return a dict with {', '.join(PARTS)}")
    for name in PARTS:
        if not isinstance(parts[name], np.ndarray):
            raise ValueError(f"{name!r} is a {type(parts[name]).__name__}, not an array")
    images = parts["images"]
    if images.dtype != np.uint8:
        raise ValueError(f"images are {images.dtype}, not uint8 from 0 to 255")
    if images.shape[1:] != card.shape:
        raise ValueError(f"examples have shape {images.shape[1:]}, the card says {card.shape}")
    labels = _integers("labels", parts["labels"], "classes", len(card.classes))
    if len(labels) != len(images):
        raise ValueError(f"there are {len(labels)} labels for {len(images)} images")
    train, test = (_integers(name, parts[name], "images", len(images)) for name in PARTS[2:])
    if not len(test):
        raise ValueError("test is empty; figures are made from test examples")
    both = np.intersect1d(train, test)
    if len(both):
        raise ValueError(f"example {both[0]} is in train and in test")
    return {"images": images, "labels": labels, "train": train, "test": test}


def _integers(name: str, given: NDArray[Any], of: str, count: int) -> NDArray[np.int64]:
    """A list of whole numbers from 0 to count - 1."""
    if given.ndim != 1 or not (np.issubdtype(given.dtype, np.integer) or not len(given)):
        raise ValueError(f"{name} is {given.dtype} of shape {given.shape}, not whole numbers (n,)")
    if len(given) and not 0 <= int(given.min()) <= int(given.max()) < count:
        raise ValueError(
            f"{name} runs from {given.min()} to {given.max()}, but there are {count} {of}"
        )
    return given.astype(np.int64)
