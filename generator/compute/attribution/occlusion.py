"""Attribution by covering a patch of the image and looking at the answer again."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.func import functional_call

from generator.compute.graphs import Function, Tensors


def occlusion(module: nn.Module, size: int) -> Function:
    """How much the score falls when a square patch is covered, for several patches at once.

    drop = score of the image - score with the patch at (top, left) set to `fill`

    Shape:   `fill` (C,), `top` and `left` (k,) int64; drop (k,). Patches may reach over the edge.
    Source:  Zeiler and Fergus 2014, arXiv:1311.2901, section 4.2.
    """

    def function(weights: Tensors, inputs: Tensors) -> dict[str, Tensor]:
        image = inputs["input"]
        down = _between(inputs["top"], size, image.shape[2])
        across = _between(inputs["left"], size, image.shape[3])
        covered = (down[:, :, None] * across[:, None, :])[:, None]
        patched = image + covered * (inputs["fill"][None, :, None, None] - image)
        answers = functional_call(module, dict(weights), (torch.cat([image, patched]),))
        scores = answers @ inputs["direction"][0]
        return {"drop": scores[:1] - scores[1:]}

    return function


def _between(start: Tensor, size: int, length: int) -> Tensor:
    """1 where start <= place < start + size, else 0: (k, length)."""
    place = torch.arange(length)[None]
    inside = (place >= start[:, None]) & (place < start[:, None] + size)
    return inside.to(torch.float32)


def patch_places(shape: Sequence[int], size: int, stride: int) -> NDArray[np.int64]:
    """Corners of patches that cover the image, `stride` apart; the last may reach over the edge.

    Shape:   `shape` ends in height and width; answer (k, 2): top, left.
    """
    axes = [np.arange(0, max(length - size, 0) + stride, stride) for length in shape[-2:]]
    top, left = np.meshgrid(*(axis[axis < length] for axis, length in
                              zip(axes, shape[-2:], strict=True)), indexing="ij")  # fmt: skip
    return np.stack([top.ravel(), left.ravel()], axis=1).astype(np.int64)


def drop_map(
    drops: NDArray[np.floating], places: NDArray[np.int64], shape: Sequence[int], size: int
) -> NDArray[np.float32]:
    """The mean drop over all patches that cover a pixel; 0 where none does.

    Shape:   drops (k,), places (k, 2); `shape` ends in height and width; answer (height, width).
    """
    total, count = np.zeros(shape[-2:]), np.zeros(shape[-2:])
    for drop, (top, left) in zip(drops, places, strict=True):
        patch = np.s_[top : top + size, left : left + size]
        total[patch] += drop
        count[patch] += 1
    return (total / np.maximum(count, 1)).astype(np.float32)
