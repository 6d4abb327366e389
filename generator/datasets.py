"""models/datasets/<name> to checked arrays with their card.

A dataset folder has ``dataset.toml``, the file it names, and ``loader.py`` with
``load(file: bytes) -> dict`` of the arrays that `Dataset` describes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.blame import Authored
from generator.card import checked
from generator.cards import DatasetCard, dataset_card
from generator.errors import DatasetError
from generator.places import line_with, place
from generator.source import load_module
from generator.vectors import vector_arrays

NONE = np.empty(0, np.int64)
Column = tuple[str, ...] | NDArray[np.float64]
"""Something that is known of every vector, in words or in numbers."""


@dataclass(frozen=True)
class Dataset:
    """Examples with labels; an example's index here is its name everywhere on the site.

    A loader gives `images`, `train` and `test`, and `labels` where the card names classes or
    `targets` where it names a quantity; the other is empty. Where the card has `columns` it gives
    `vectors` and those columns in place of images. The rest is there where it is known:
    `masks` say for each category of the card's concepts which of them a pixel shows (0: none, k:
    the k-th), `clips` of which film an example is a frame, frames in order.

    Shape:   images (n, channels, height, width) uint8; labels (n,) int64; train, test: indices;
             targets (n,) float32; masks (n, height, width) uint8 each; clips (n,) int64;
             vectors (n, length) float32; each column n numbers or n texts.
    Range:   in images 0 is the least input of a model, 255 the greatest; targets as the card says.
    """

    card: DatasetCard
    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    train: NDArray[np.int64]
    test: NDArray[np.int64]
    targets: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))
    masks: Mapping[str, NDArray[np.uint8]] = field(default_factory=dict)
    clips: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    vectors: NDArray[np.float32] = field(default_factory=lambda: np.empty((0, 0), np.float32))
    columns: Mapping[str, Column] = field(default_factory=dict)

    def shows(self, category: str, concept: str) -> NDArray[np.bool_]:
        """Pixels of every example that show a concept, (n, height, width)."""
        number = self.card.concepts[category].index(concept) + 1
        shown: NDArray[np.bool_] = self.masks[category] == number
        return shown


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


def _arrays(card: DatasetCard, parts: object) -> dict[str, Any]:
    """What a loader gave, in the types that `Dataset` promises.

    Raises:  ValueError, saying what does not fit the card.
    """
    if card.columns:
        return vector_arrays(card, parts)
    wanted = ("images", *(() if card.quantity else ("labels",)), "train", "test")
    known = {field.name for field in fields(Dataset)} - {"card"}
    if not isinstance(parts, Mapping) or not {*wanted} <= {*parts} <= known:
        raise ValueError(f"load() must return a dict with {', '.join(wanted)}")
    for name in [name for name in parts if name != "masks"]:
        _is_array(name, parts[name])
    images = parts["images"]
    if images.dtype != np.uint8:
        raise ValueError(f"images are {images.dtype}, not uint8 from 0 to 255")
    if images.shape[1:] != card.shape:
        raise ValueError(f"examples have shape {images.shape[1:]}, the card says {card.shape}")
    answers = _targets(card, parts) if card.quantity else _labels(card, parts)
    masks = _masks(card, parts.get("masks", {}), len(images))
    clips = _clips(card, parts.get("clips", NONE), len(images))
    return {"images": images, **answers, **_split(parts), "masks": masks, "clips": clips}


def _is_array(name: str, given: object) -> None:
    if not isinstance(given, np.ndarray):
        raise ValueError(f"{name!r} is a {type(given).__name__}, not an array")


def _labels(card: DatasetCard, parts: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
    labels, count = parts["labels"], len(parts["images"])
    if "targets" in parts:
        raise ValueError("there are targets, and the card names no quantity")
    if labels.shape != (count,):
        raise ValueError(f"{count} examples have labels of shape {labels.shape}")
    low, high = _ends("labels", labels)
    if count and not 0 <= low <= high < len(card.classes):
        raise ValueError(
            f"labels run from {low} to {high}, the card has {len(card.classes)} classes"
        )
    return {"labels": labels.astype(np.int64)}


def _targets(card: DatasetCard, parts: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
    low, high = card.quantity.range if card.quantity else (0.0, 0.0)
    targets, count = parts.get("targets", NONE), len(parts["images"])
    real = np.issubdtype(targets.dtype, np.floating) or np.issubdtype(targets.dtype, np.integer)
    if targets.shape != (count,) or not real or not ((targets >= low) & (targets <= high)).all():
        raise ValueError(f"{count} examples need as many targets from {low:g} to {high:g}")
    if "labels" in parts:
        raise ValueError("there are labels, and the card names no classes")
    return {"labels": NONE, "targets": targets.astype(np.float32)}


def _split(parts: Mapping[str, Any]) -> dict[str, NDArray[np.int64]]:
    count = len(parts["images"])
    for name in ("train", "test"):
        low, high = _ends(name, parts[name])
        if len(parts[name]) and not 0 <= low <= high < count:
            raise ValueError(f"{name} runs from {low} to {high}, but there are {count} images")
    if not len(parts["test"]):
        raise ValueError("test is empty; figures are made from test examples")
    both = np.intersect1d(parts["train"], parts["test"])
    if len(both):
        raise ValueError(f"example {both[0]} is in train and in test")
    return {name: parts[name].astype(np.int64) for name in ("train", "test")}


def _ends(name: str, given: NDArray[Any]) -> tuple[int, int]:
    """Least and greatest of a list of whole numbers; an empty list may have any type."""
    if given.ndim != 1 or not (np.issubdtype(given.dtype, np.integer) or not len(given)):
        raise ValueError(f"{name} is {given.dtype} of shape {given.shape}, not whole numbers (n,)")
    return (int(given.min()), int(given.max())) if len(given) else (0, 0)


def _masks(card: DatasetCard, masks: object, count: int) -> dict[str, NDArray[np.uint8]]:
    """The masks of concepts, one array for each category."""
    if not isinstance(masks, Mapping):
        raise ValueError(f"'masks' is a {type(masks).__name__}, not a dict by category")
    odd = sorted({*map(str, masks)} ^ {*card.concepts})
    if odd:
        raise ValueError(f"category {odd[0]!r} is in the card or in the masks, and must be in both")
    wanted = (count, *card.shape[1:])
    for category, mask in masks.items():
        _is_array(category, mask)
        most = len(card.concepts[category])
        if mask.shape != wanted or mask.dtype != np.uint8:
            raise ValueError(
                f"masks of {category!r} are {mask.dtype}{mask.shape}, not uint8{wanted}"
            )
        if mask.size and mask.max() > most:
            raise ValueError(f"masks of {category!r} hold {mask.max()}, it has {most}")
    return dict(masks)


def _clips(card: DatasetCard, clips: NDArray[Any], count: int) -> NDArray[np.int64]:
    """The number of each example's clip; none where the card has no rate."""
    _ends("clips", clips)
    if bool(card.rate) != bool(len(clips)):
        raise ValueError(
            "clips need the card's 'rate' in frames per second, and a rate needs clips"
        )
    if len(clips) not in (0, count) or (np.diff(clips.astype(np.int64)) < 0).any():
        raise ValueError(
            "every example is a frame of one clip, and frames of a clip stand together, in order"
        )
    return clips.astype(np.int64)
