"""Gradients of convolutions as convolutions, plain and transposed."""

from collections.abc import Sequence

import torch
from torch import Tensor

aten = torch.ops.aten

Ints = Sequence[int]


def convolution_backward(
    grad: Tensor,
    image: Tensor,
    weight: Tensor,
    bias_sizes: Ints | None,
    stride: Ints,
    padding: Ints,
    dilation: Ints,
    transposed: bool,
    output_padding: Ints,
    groups: int,
    wanted: Sequence[bool],
) -> tuple[Tensor | None, Tensor | None, Tensor | None]:
    """Gradients of a convolution: of its image as a convolution transposed, of its weight as a
    convolution of the image with `grad` over swapped batch and channel axes.

    Shape:   grad (N, O, ...), image (N, I, ...), weight (O, I / groups, ...), any number of axes;
             a transposed convolution has weight (I, O / groups, ...). Answers where `wanted` asks.
    """
    axes = len(image.shape) - 2
    steps = (each(stride, axes), each(padding, axes), each(dilation, axes))
    kernel = weight.shape[2:]
    by_image = by_weight = by_bias = None
    if wanted[0] and transposed:
        zeros = [0] * axes
        by_image = aten.convolution.default(grad, weight, None, *steps, False, zeros, groups)
    elif wanted[0]:
        by_image = spread(grad, weight, image.shape[2:], *steps, groups)
    if wanted[1]:
        wide, narrow = (grad, image) if transposed else (image, grad)
        by_weight = _correlate(wide, narrow, kernel, *steps, groups)
    if wanted[2]:
        by_bias = grad.sum([0, *range(2, axes + 2)])
    return by_image, by_weight, by_bias


def each(values: Ints, axes: int) -> list[int]:
    """One number per axis; ATen lets a single one stand for all."""
    return list(values) * axes if len(values) == 1 else list(values)


def spread(
    grad: Tensor,
    weight: Tensor,
    size: Ints,
    stride: Ints,
    padding: Ints,
    dilation: Ints,
    groups: int,
) -> Tensor:
    """The adjoint of a convolution: each output's gradient, put back over its window in `size`."""
    # A stride rounds down, so several sizes share one output size. What is missing is padded;
    # what a pooling in ceil mode reaches beyond the edge is cut.
    reach = [
        (grad.shape[i + 2] - 1) * stride[i]
        - 2 * padding[i]
        + dilation[i] * (weight.shape[i + 2] - 1)
        for i in range(len(size))
    ]
    missing = [max(0, size[i] - reach[i] - 1) for i in range(len(size))]
    full = aten.convolution.default(
        grad, weight, None, stride, padding, dilation, True, missing, groups
    )
    return _cut(full, size)


def _correlate(
    wide: Tensor,
    narrow: Tensor,
    kernel: Ints,
    stride: Ints,
    padding: Ints,
    dilation: Ints,
    groups: int,
) -> Tensor:
    """Gradient of a kernel: `wide` (N, gI, ...) under `narrow` (N, gO, ...) at every tap.

    Batch and channels change places, and stride and dilation with them: the taps of the kernel
    are the positions of this convolution. Groups move next to the batch, one group each.
    """
    count, channels = wide.shape[0], wide.shape[1] // groups
    grouped = wide.reshape([count, groups, channels, *wide.shape[2:]]).transpose(0, 2)
    images = grouped.reshape([channels, groups * count, *wide.shape[2:]])
    filters = narrow.transpose(0, 1)
    zeros = [0] * len(kernel)
    full = aten.convolution.default(
        images, filters, None, dilation, padding, stride, False, zeros, groups
    )
    return _cut(full, kernel).transpose(0, 1)


def _cut(image: Tensor, size: Ints) -> Tensor:
    """The first `size` places along the last axes."""
    for axis, length in enumerate(size, start=2):
        if image.shape[axis] > length:
            image = image.narrow(axis, 0, length)
    return image
