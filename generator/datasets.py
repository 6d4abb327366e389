"""models/datasets/<name> to checked arrays with their card.

A dataset folder has ``dataset.toml``, the file it names, and ``loader.py`` with
``load(file: bytes) -> dict`` of the arrays that `Dataset` describes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.cards import DatasetCard, checked, dataset_card
from generator.errors import DatasetError
from generator.places import line_with, place
from generator.source import load_module


@dataclass(frozen=True)
class Dataset:
    """Examples with labels; an example's index here is its name everywhere on the site.

    A loader gives `images`, `train` and `test`, and `labels` where the card names classes or
    `targets` where it names a quantity; the other is empty. The rest is there where it is known:
    `masks` say for each category of the card's concepts which of them a pixel shows (0: none, k:
    the k-th), `clips` of which film an example is a frame, frames in order.

    Shape:   images (n, channels, height, width) uint8; labels (n,) int64; train, test: indices;
             targets (n,) float32; masks (n, height, width) uint8 each; clips (n,) int64.
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

    def shows(self, category: str, concept: str) -> NDArray[np.bool_]:
        """Pixels of every example that show a concept, (n, height, width)."""
        number = self.card.concepts[category].index(concept) + 1
        shown: NDArray[np.bool_] = self.masks[category] == number
        return shown


def load_dataset(folder: Path) -> Dataset:
    """Read card, file and loader; raises DatasetError where they do not fit together."""
    card = dataset_card(folder)
    content = checked(folder, card.data, DatasetError)
    path = folder / "loader.py"
    load = getattr(load_module(path, DatasetError), "load", None)
    if load is None:
        hint = "add: def load(file: bytes)"
        raise DatasetError("loader.py defines no load()", where=place(path), hint=hint)
    where = place(path, line_with(path, "def load"))
    parts = load(content)
    wanted = ("images", *(() if card.quantity else ("labels",)), "train", "test")
    known = {field.name for field in fields(Dataset)} - {"card"}
    if not isinstance(parts, dict) or not set(wanted) <= parts.keys() <= known:
        raise DatasetError(f"load() must return a dict with {', '.join(wanted)}", where=where)
    dataset = Dataset(card, **{"labels": np.empty(0, np.int64), **parts})
    for wrong in (_shape, _answers, _masks, _clips):
        problem = wrong(dataset)
        if problem:
            raise DatasetError(problem, where=where)
    return dataset


def _shape(dataset: Dataset) -> str:
    """What is wrong with the examples, or nothing."""
    found, wanted = dataset.images.shape[1:], dataset.card.shape
    return "" if found == wanted else f"examples have shape {found}, the card says {wanted}"


def _answers(dataset: Dataset) -> str:
    """What is wrong with labels or targets."""
    card, count = dataset.card, len(dataset.images)
    if card.quantity:
        low, high = card.quantity.range
        targets = dataset.targets
        if targets.shape != (count,) or not ((targets >= low) & (targets <= high)).all():
            return f"{count} examples need as many targets from {low:g} to {high:g}"
        return ""
    labels = dataset.labels
    if labels.shape != (count,):
        return f"{count} examples have labels of shape {labels.shape}"
    if not (labels.min() >= 0 and labels.max() < len(card.classes)):
        return (
            f"labels run from {labels.min()} to {labels.max()}, "
            f"the card has {len(card.classes)} classes"
        )
    return ""


def _masks(dataset: Dataset) -> str:
    """What is wrong with the masks of concepts."""
    concepts = dataset.card.concepts
    odd = sorted(dataset.masks.keys() ^ concepts.keys())
    if odd:
        return f"category {odd[0]!r} is in the card or in the masks, and must be in both"
    for category, masks in dataset.masks.items():
        wanted = (len(dataset.images), *dataset.card.shape[1:])
        if masks.shape != wanted or masks.dtype != np.uint8:
            return f"masks of {category!r} are {masks.dtype}{masks.shape}, not uint8{wanted}"
        if masks.max() > len(concepts[category]):
            return f"masks of {category!r} hold {masks.max()}, it has {len(concepts[category])}"
    return ""


def _clips(dataset: Dataset) -> str:
    """What is wrong with the clips."""
    clips = dataset.clips
    if bool(dataset.card.rate) != bool(len(clips)):
        return "clips need the card's 'rate' in frames per second, and a rate needs clips"
    if not len(clips):
        return ""
    if clips.shape != (len(dataset.images),) or (np.diff(clips) < 0).any():
        return "every example is a frame of one clip, and frames of a clip stand together, in order"
    return ""
