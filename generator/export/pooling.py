"""Poolings that ONNX lacks, and the gradients of all of them."""

import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from generator.export.convolution import each, spread

aten = torch.ops.aten

Ints = Sequence[int]


def avg_pool2d(
    image: Tensor,
    kernel: Ints,
    stride: Ints = (),
    padding: Ints = (0,),
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Any:
    """Sums over windows by a divisor of the author's own, which ONNX lacks; else left to ONNX.

    Shape:   (..., H, W) in, (..., h, w) out.
    """
    if divisor_override is None:
        return NotImplemented
    rows = math.prod(image.shape[:-2])
    planes = image.reshape([rows, 1, *image.shape[-2:]])
    window = image.new_ones([1, 1, *each(kernel, 2)])
    stride = each(stride, 2) if stride else each(kernel, 2)
    if ceil_mode:
        return NotImplemented
    sums = aten.convolution.default(
        planes, window, None, stride, each(padding, 2), [1, 1], False, [0, 0], 1
    )
    return sums.reshape([*image.shape[:-2], *sums.shape[-2:]]) / divisor_override


def max_pool2d_backward(
    grad: Tensor,
    image: Tensor,
    kernel: Ints,
    stride: Ints,
    padding: Ints,
    dilation: Ints,
    ceil_mode: bool,
    indices: Tensor,
) -> Tensor:
    """Each output's gradient, added at the place its maximum came from (the first among equals).

    Shape:   grad and indices (..., h, w), image and answer (..., H, W); indices count within H * W.
    """
    rows, places = math.prod(image.shape[:-2]), math.prod(image.shape[-2:])
    empty = grad.new_zeros([rows, places])
    filled = empty.scatter_add(1, indices.reshape([rows, -1]), grad.reshape([rows, -1]))
    return filled.reshape(image.shape)


def avg_pool2d_backward(
    grad: Tensor,
    image: Tensor,
    kernel: Ints,
    stride: Ints,
    padding: Ints,
    ceil_mode: bool,
    count_include_pad: bool,
    divisor_override: int | None,
) -> Tensor:
    """Each output's gradient, shared evenly among the places it averaged.

    Shape:   grad (..., h, w), image and answer (..., H, W).
    """
    kernel, padding = each(kernel, 2), each(padding, 2)
    stride = each(stride, 2) if stride else kernel
    size = image.shape[-2:]
    if divisor_override is not None:
        share = grad / divisor_override
    else:
        share = grad
        for i in range(2):
            edges = padding[i] if count_include_pad else 0
            starts = [k * stride[i] - padding[i] for k in range(grad.shape[i - 2])]
            counts = [min(s + kernel[i], size[i] + edges) - max(s, -edges) for s in starts]
            share = share / _along(counts, i - 2, grad)
    rows = math.prod(image.shape[:-2])
    planes = share.reshape([rows, 1, *grad.shape[-2:]])
    window = grad.new_ones([1, 1, *kernel])
    return spread(planes, window, size, stride, padding, [1, 1], 1).reshape(image.shape)


def _along(counts: list[int], axis: int, like: Tensor) -> Tensor | int:
    """`counts` as a divisor along one of the last two axes; one number when all are equal."""
    if len(set(counts)) == 1:
        return counts[0]
    return torch.tensor(counts, dtype=like.dtype).reshape([-1, 1] if axis == -2 else [1, -1])


def adaptive_avg_pool2d(image: Tensor, size: Ints) -> Tensor:
    """Average over a grid of `size` windows that cover the image, overlapping where they must.

    Shape:   (..., H, W) in, (..., *size) out.
    """
    high, wide = (_windows(image.shape[i - 2], size[i], image) for i in range(2))
    return high @ image @ wide.T


def adaptive_avg_pool2d_backward(grad: Tensor, image: Tensor) -> Tensor:
    """Each output's gradient, shared evenly among the places of its window.

    Shape:   grad (..., h, w), image and answer (..., H, W).
    """
    high, wide = (_windows(image.shape[i - 2], grad.shape[i - 2], grad) for i in range(2))
    return high.T @ grad @ wide


def _windows(length: int, count: int, like: Tensor) -> Tensor:
    """Averaging as a matrix (count, length): row i has 1 / width over its window."""
    rows = []
    for i in range(count):
        start, stop = i * length // count, -(-(i + 1) * length // count)
        inside = [1 / (stop - start) if start <= place < stop else 0.0 for place in range(length)]
        rows.append(inside)
    return torch.tensor(rows, dtype=like.dtype)


def upsample_nearest2d_backward(
    grad: Tensor, output_size: Ints, input_size: Ints, *scales: float | None
) -> Any:
    """Each place's gradient: the sum over the places it was copied to, for whole factors.

    Shape:   grad (N, C, aH, bW), answer (N, C, H, W).
    """
    count, channels, high, wide = input_size
    if output_size[0] % high or output_size[1] % wide:
        return NotImplemented
    by = (output_size[0] // high, output_size[1] // wide)
    return grad.reshape([count, channels, high, by[0], wide, by[1]]).sum([3, 5])
