"""Pictures as a frozen network sees them: what one layer answers, as a vector of length 1."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from generator.compute.graphs import forward
from generator.compute.threads import single_thread

Tensors = Mapping[str, Tensor]
Function = Callable[[Tensors, Tensors], dict[str, Tensor]]

WIDEST = 4096
"""Numbers of a layer beyond which its maps are told by their means."""
TINY = 1e-12
"""Keeps a layer that answers zeros alone from being divided by zero."""


def features(module: nn.Module, layer: str) -> Function:
    """a / |a| of what a layer answers to an `input`; maps of a large layer become means first.

    Length 1 makes distances tell angles, so that a bright picture and a dim one are alike, and the
    head that is trained on it needs no scale of its own.

    Shape:   input as the module takes it, (n, ...); features (n, D).
    Range:   -1 to 1; all zero where the layer answers zeros alone.
    Raises:  GraphError as `forward`.
    """
    run = forward(module, [layer])

    def function(weights: Tensors, inputs: Tensors) -> dict[str, Tensor]:
        answer = run(weights, inputs)[layer]
        large = answer.ndim > 2 and answer[0].numel() > WIDEST
        flat = answer.flatten(2).mean(2) if large else answer.flatten(1)
        length = torch.sqrt((flat * flat).sum(1, keepdim=True) + TINY)
        return {"features": flat / length}

    return function


def asked(
    function: Function, weights: Tensors, pictures: NDArray[np.float32], shape: Sequence[int]
) -> NDArray[np.float32]:
    """Features of pictures one by one, as a page asks for them.

    Shape:   pictures (n, ...), reshaped to inputs of `shape`; answer (n, D).
    """
    found = []
    with single_thread(), torch.no_grad():
        for picture in pictures:
            given = torch.from_numpy(np.ascontiguousarray(picture)).reshape(1, *shape)
            found.append(function(weights, {"input": given})["features"][0].numpy())
    return np.stack(found).astype(np.float32)


def overlaps(count: int, fewer: int) -> NDArray[np.float64]:
    """How much each of `fewer` equal parts covers of `count` pixels.

    Shape:   (fewer, count); rows sum to 1.
    """
    edges = np.arange(fewer + 1) * count / fewer
    starts, ends = edges[:-1, None], edges[1:, None]
    pixels = np.arange(count)
    covered = np.minimum(pixels + 1, ends) - np.maximum(pixels, starts)
    shares: NDArray[np.float64] = covered.clip(0) * fewer / count
    return shares


def shrunk(pictures: NDArray[np.uint8], small: Sequence[int]) -> NDArray[np.uint8]:
    """Means over what each pixel of a smaller picture covers.

    Shape:   (n, channels, height, width) to (n, *small).
    """
    rows, columns = (
        overlaps(old, new) for old, new in zip(pictures.shape[2:], small[1:], strict=True)
    )
    means = rows @ pictures.astype(np.float64) @ columns.T
    small_: NDArray[np.uint8] = np.floor(means + 0.5).astype(np.uint8)
    return small_
