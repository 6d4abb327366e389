"""From single units back to the pixels by deconvolution, and pictures of what comes back."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from generator.compute.attribution.rectified import deconvolution
from generator.compute.threads import single_thread

Floats = NDArray[np.float32]
BATCH = 32


def projected(
    module: nn.Module,
    layer: str,
    images: Floats,
    units: NDArray[np.integer],
    places: NDArray[np.integer],
) -> Floats:
    """Each image's unit alone carried back, as much of it as the image gave.

    All other units of the layer are zero; see `deconvolution`, whose rule this is. It is not the
    gradient, and what it shows depends on the image through the switches of pooling alone.

    Shape:   images (n, ...) as the module reads them, n at least 1; units (n,) channels; places
             (n, 2) rows and columns, not read for a layer without places; answer as images.
    Raises:  GraphError for a model without ReLU.
    Source:  Zeiler and Fergus 2014, arXiv:1311.2901, section 2.1.
    """
    back = deconvolution(module, tuple(images.shape[1:]), layer)
    weights = dict(module.state_dict())
    inner = module.get_submodule(layer)
    kept: list[torch.Tensor] = []
    parts = []
    hook = inner.register_forward_hook(lambda _module, _given, answer: kept.append(answer.clone()))
    with single_thread(), torch.no_grad():
        for start in range(0, len(images), BATCH):
            some = slice(start, start + BATCH)
            given = torch.from_numpy(images[some])
            kept.clear()
            module(given)
            answers = kept[0]
            direction = torch.zeros_like(answers)
            at = (torch.arange(len(given)), *_indices(units[some], places[some], answers.ndim))
            direction[at] = answers[at]
            parts.append(back(weights, {"input": given, "direction": direction})["attribution"])
    hook.remove()
    return torch.cat(parts).numpy()


def _indices(
    units: NDArray[np.integer], places: NDArray[np.integer], dimensions: int
) -> tuple[torch.Tensor, ...]:
    """Unit, row and column, or the unit alone where a layer has no places."""
    every = (units, *places.T)[: dimensions - 1]
    return tuple(torch.from_numpy(np.array(one, np.int64)) for one in every)


def pictured(projections: Floats) -> NDArray[np.uint8]:
    """Zero as grey, the largest of each as black, white or full colour.

    Shape:   (n, channels, height, width) to (n, height, width, 3); other than three channels are
             shown as their mean.
    """
    three = projections if projections.shape[1] == 3 else projections.mean(1, keepdims=True)
    most = np.abs(three).max((1, 2, 3), keepdims=True)
    scaled = three / np.where(most > 0, most, 1)
    wide = np.broadcast_to(scaled, (len(three), 3, *three.shape[2:])).transpose(0, 2, 3, 1)
    return np.rint(127.5 + 127.5 * wide).astype(np.uint8)


def cut(pictures: NDArray[np.uint8], boxes: NDArray[np.integer]) -> NDArray[np.uint8]:
    """The part of each picture inside its box, in the upper left of a tile of the largest box.

    Shape:   pictures (n, height, width, 3), boxes (n, 4): top, left, bottom, right.
    """
    high, wide = (boxes[:, 2:] - boxes[:, :2]).max(0)
    tiles = np.full((len(pictures), high, wide, 3), 128, np.uint8)
    for tile, picture, (top, left, bottom, right) in zip(tiles, pictures, boxes, strict=True):
        tile[: bottom - top, : right - left] = picture[top:bottom, left:right]
    return tiles
