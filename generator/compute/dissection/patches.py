"""A layer's strongest patches and what of them deconvolution carries back, now and in training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from generator.compute.dissection.fields import LEAST, Slid, changes, extent, slid
from generator.compute.dissection.places import grids
from generator.compute.dissection.projection import cut, pictured, projected
from generator.compute.examples import Examples, top_examples
from generator.compute.inputs import from_bytes
from generator.compute.tiles import Tiles

if TYPE_CHECKING:
    from generator.compute.architecture import Architecture
    from generator.compute.dissection.run import Asked
    from generator.compute.dissection.versions import Version
    from generator.datasets import Dataset
    from generator.models import Model

COLUMNS = 36
SMALL = 150_000
"""Pixels up to which an atlas is kept without loss; small tiles show every loss."""
FIELD_EXAMPLES = 2


@dataclass(frozen=True)
class Patches:
    """The k strongest examples of every unit in one version.

    Shape:   images (units, k) as the sample counts them; values (units, k) activations; boxes
             (units, k, 4) pixels, what all channels see together; tiles units * k, unit by unit.
    """

    found: Examples
    boxes: NDArray[np.int32]
    tiles: Tiles

    @property
    def lossless(self) -> bool:
        """Whether the tiles are few and small."""
        return self.tiles.pictures[..., 0].size <= SMALL


@dataclass(frozen=True)
class Looked:
    """How far each unit looks: changes (units, m, m) by a cover, extent (units,) pixels."""

    cover: Slid
    maps: NDArray[np.float32]
    extents: NDArray[np.float32]

    def told(self) -> dict[str, Any]:
        """What the page has to know; JSON values."""
        return {"side": self.cover.side, "offsets": self.cover.offsets.tolist(), "least": LEAST}


class Sampled:
    """Test examples of a dataset, evenly taken: index (n,) as the dataset numbers them."""

    def __init__(self, dataset: Dataset, count: int) -> None:
        places = np.linspace(0, len(dataset.test) - 1, min(count, len(dataset.test)))
        self.index: NDArray[np.int64] = dataset.test[np.rint(places).astype(np.int64)]
        self.shape = dataset.card.shape
        self.bytes = dataset.images[self.index]

    def inputs(self, model: Model) -> NDArray[np.float32]:
        """As the model reads them."""
        card = model.card
        return from_bytes(self.bytes.reshape(len(self.index), *card.input), card.range)


def strongest_patches(
    asked: Asked, version: Version, layer: str, sample: Sampled, k: int
) -> Patches:
    """Find them, and carry each one's unit back to the pixels.

    Raises:  ModelError for a layer that does not exist; GraphError for a model without ReLU.
    """
    architecture = asked.architecture(version)
    name = architecture[layer].name
    found = top_examples([asked.maps(version, layer)], k)
    rows, columns = asked.spans(version, layer)
    boxes = np.stack([rows[found.y], columns[found.x]], 3).reshape(-1, k, 4)
    units = np.repeat(np.arange(len(found.values)), k)
    inputs = sample.inputs(asked.models[version.model])[found.images.ravel()]
    places = np.stack([found.y.ravel(), found.x.ravel()], 1)
    back = projected(version.module, name, inputs, units, places)
    pictures = pictured(back.reshape(-1, *sample.shape))
    return Patches(found, boxes, Tiles(cut(pictures, boxes.reshape(-1, 4)), COLUMNS))


def looked(
    asked: Asked, version: Version, layer: str, sample: Sampled, found: Patches, share: float
) -> Looked | None:
    """Slide a cover, a share of the field wide, over each unit's first examples; None without
    places.
    """
    architecture: Architecture = asked.architecture(version)
    if architecture[layer].size == (1, 1):
        return None
    down, across = grids(architecture, layer)
    inputs = sample.inputs(asked.models[version.model])
    fill = inputs.mean((0, 2, 3))
    field = int((found.boxes[..., 2:] - found.boxes[..., :2]).max())
    cover = slid(max(1, round(share * field)), field)
    maps = []
    for unit, images in enumerate(found.found.images[:, :FIELD_EXAMPLES]):
        y, x = (axis[unit, :FIELD_EXAMPLES] for axis in (found.found.y, found.found.x))
        centres = np.stack([down.first + down.step * y, across.first + across.step * x], 1)
        places = np.stack([y, x], 1)
        maps.append(
            changes(
                version.module, architecture[layer].name, inputs[images], unit, places,
                centres.astype(np.float32), cover, fill,
            )
        )  # fmt: skip
    extents = np.array([extent(one, cover) for one in maps], np.float32)
    return Looked(cover, np.stack(maps), extents)
