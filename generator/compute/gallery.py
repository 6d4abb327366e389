"""Pictures of a layer's channels, and of the examples that excite them, laid out as atlases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch.nn import functional

from generator.compute.architecture import Architecture
from generator.compute.examples import patches, top_examples, top_wholes
from generator.compute.tiles import Tiles

# Sides over 4,096 pixels are black in some browsers.
LARGEST_ATLAS = 4096
SMALLEST_SIDE = 8
SHRINK = 0.8


@dataclass(frozen=True)
class Strongest:
    """The test examples that excite each channel most, and where in them; perhaps also, in a last
    row, those that excite the layer as a whole.

    Shape:   values, index, tile (channels, k); boxes (channels, k, 4): top, left, bottom, right.
    Units:   activations, those of the last row squared; index counts the
             dataset's images, tile those of `pictures`; boxes in pixels of the dataset's images.
    whole:   every box of a channel is the whole picture, whose width and height are `size`.
    """

    values: NDArray[np.float32]
    index: NDArray[np.int64]
    tile: NDArray[np.int64]
    boxes: NDArray[np.int32]
    pictures: Tiles
    whole: bool
    size: tuple[int, int]


def strongest(
    architecture: Architecture,
    answers: Iterable[NDArray[np.float32]],
    bytes_: NDArray[np.uint8],
    index: NDArray[np.int64],
    layer: str,
    k: int,
    heaviest: int,
    *,
    together: Iterable[NDArray[np.float32]] | None = None,
) -> Strongest:
    """Find the k examples with the greatest answer of each channel, and cut out their pictures;
    where `together` gives the same answers again, also those with the greatest of the whole layer.

    Shape:   answers of the layer, (batch, channels, ...) at a time, to the examples whose pictures
             are bytes_ (n, channels, height, width); index (n,) their names in the dataset.
    Raises:  as `top_examples` and `patches`.
    """
    found = top_examples(answers, k)
    values, images, boxes = found.values, found.images, patches(architecture, layer, found)
    height, width = bytes_.shape[2:]
    whole = (0, 0, height, width)
    everywhere = bool((boxes == whole).all())
    if together is not None:
        all_ = top_wholes(together, k)
        values, images = np.vstack([values, all_.values]), np.vstack([images, all_.images])
        boxes = np.concatenate([boxes, np.full((1, k, 4), whole, boxes.dtype)])
    shown, tile = np.unique(images, return_inverse=True)
    return Strongest(
        values,
        index[images],
        tile.reshape(images.shape),
        boxes,
        atlas_tiles(bytes_[shown], 1, heaviest),
        everywhere,
        (width, height),
    )


def atlas_tiles(images: NDArray[np.uint8], together: int, heaviest: int) -> Tiles:
    """Pictures for one atlas, shrunk until it weighs at most `heaviest` bytes as lossless WebP.

    Every `together` pictures in sequence stand in one row.

    Shape:   images (n, channels, height, width); three channels keep their colours, any other
             number is shown as its mean.
    Error:   area means of the original pixels, rounded; nothing changes where nothing shrinks.
    """
    colour = images if images.shape[1] == 3 else _mean(images)
    side = max(images.shape[2:])
    while True:
        pictures = _shrunk(colour, side)
        made = Tiles(pictures, _columns(len(images), together, pictures.shape[1:3]))
        atlas = made.atlas()
        fits = max(atlas.shape[:2]) <= LARGEST_ATLAS
        if side <= SMALLEST_SIDE or (fits and _weight(atlas) <= heaviest):
            return made
        side = max(SMALLEST_SIDE, int(side * SHRINK))


def _columns(count: int, together: int, size: tuple[int, ...]) -> int:
    """A whole number of sequences in a row, so that the atlas is about as wide as it is high."""
    height, width = size
    rows = -(-count // together)
    across: int = round((rows * height / (together * width)) ** 0.5)
    return together * min(max(1, across), rows)


def _mean(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    mean: NDArray[np.uint8] = np.rint(images.mean(1, keepdims=True)).astype(np.uint8)
    return mean


def _shrunk(images: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    height, width = images.shape[2:]
    scale = side / max(height, width)
    if scale < 1:
        size = max(1, round(height * scale)), max(1, round(width * scale))
        small = functional.interpolate(torch.from_numpy(images).float(), size, mode="area")
        images = small.round().to(torch.uint8).numpy()
    made: NDArray[np.uint8] = images[:, 0] if images.shape[1] == 1 else images.transpose(0, 2, 3, 1)
    return made


def _weight(atlas: NDArray[np.uint8]) -> int:
    file = BytesIO()
    Image.fromarray(atlas).save(file, "WEBP", lossless=True, method=4)
    return len(file.getvalue())
