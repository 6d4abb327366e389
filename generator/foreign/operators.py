"""ONNX operators on one activation as PyTorch layers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from generator.foreign.graph import Node


class Unread(Exception):  # noqa: N818  a reason, told with the node's name by who catches it
    """Why a node cannot be read; continues "the node …"."""


@dataclass(frozen=True)
class Given:
    """A node, a batch of two of what it reads, and its further inputs where they are constants."""

    node: Node
    sample: Tensor
    held: Sequence[NDArray[Any] | None]

    def attribute(self, name: str, default: Any = None) -> Any:
        """An attribute, or what ONNX says it is when left out."""
        value = self.node.attributes.get(name, default)
        return value.decode() if isinstance(value, bytes) else value

    def weight(self, place: int, dimensions: int) -> Tensor:
        """A constant input that the layer learns."""
        found = self.maybe(place)
        if found is None:
            raise Unread("has weights that are computed from the input")
        if found.dim() != dimensions:
            raise Unread(f"has weights of {found.dim()} dimensions; read are {dimensions}")
        return found

    def maybe(self, place: int) -> Tensor | None:
        """A constant input, or None where it was left out."""
        found = self.held[place] if place < len(self.held) else None
        return None if found is None else torch.from_numpy(np.array(found))

    def axes(self) -> list[int]:
        """Axes as an attribute or, in newer graphs, as an input; counted from the front."""
        found = self.maybe(0)
        axes = found.tolist() if found is not None else self.attribute("axes", [])
        return sorted(axis % self.sample.dim() for axis in axes)


def _filled(layer: nn.Module, **tensors: Tensor | None) -> nn.Module:
    layer.load_state_dict({name: one.float() for name, one in tensors.items() if one is not None})
    return layer


def _padding(given: Given, kernel: Sequence[int], dilation: Sequence[int]) -> tuple[int, int]:
    """Rows and columns added on every side; above and below must be alike, left and right too."""
    automatic = given.attribute("auto_pad", "NOTSET")
    if automatic == "VALID":
        return 0, 0
    if automatic != "NOTSET":
        around = [d * (k - 1) for d, k in zip(dilation, kernel, strict=True)]
        if any(one % 2 for one in around) or any(one != 1 for one in _pair(given, "strides")):
            raise Unread("pads one side more than the other")
        return around[0] // 2, around[1] // 2
    top, left, bottom, right = given.attribute("pads", [0, 0, 0, 0])
    if (top, left) != (bottom, right):
        raise Unread("pads one side more than the other")
    return top, left


def _pair(given: Given, name: str) -> tuple[int, int]:
    vertical, horizontal = given.attribute(name, [1, 1])
    return vertical, horizontal


def _conv(given: Given) -> nn.Module:
    weight, bias = given.weight(0, 4), given.maybe(1)
    outputs, inputs, *kernel = weight.shape
    groups, dilation = given.attribute("group", 1), _pair(given, "dilations")
    layer = nn.Conv2d(
        inputs * groups, outputs, (kernel[0], kernel[1]), _pair(given, "strides"),
        _padding(given, kernel, dilation), dilation, groups, bias is not None,
    )  # fmt: skip
    return _filled(layer, weight=weight, bias=bias)


def _gemm(given: Given) -> nn.Module:
    if given.attribute("transA", 0) or (
        given.attribute("alpha", 1.0),
        given.attribute("beta", 1.0),
    ) != (1, 1):
        raise Unread("scales or turns what it multiplies")
    weight, bias = given.weight(0, 2), given.maybe(1)
    weight = weight if given.attribute("transB", 0) else weight.T
    return _linear(weight, None if bias is None else bias.reshape(-1).expand(len(weight)))


def _matmul(given: Given) -> nn.Module:
    return _linear(given.weight(0, 2).T, given.maybe(1))


def _linear(weight: Tensor, bias: Tensor | None) -> nn.Module:
    layer = nn.Linear(weight.shape[1], weight.shape[0], bias is not None)
    return _filled(layer, weight=weight.contiguous(), bias=bias)


def _batch_norm(given: Given) -> nn.Module:
    scale, bias, mean, variance = (given.weight(place, 1) for place in range(4))
    sort = nn.BatchNorm2d if given.sample.dim() == 4 else nn.BatchNorm1d
    layer = sort(len(scale), given.attribute("epsilon", 1e-5))
    count = torch.tensor(0.0)
    return _filled(layer, weight=scale, bias=bias, running_mean=mean, running_var=variance,
                   num_batches_tracked=count)  # fmt: skip


def _pool(given: Given) -> dict[str, Any]:
    kernel = given.attribute("kernel_shape")
    if len(kernel) != 2:
        raise Unread(f"pools over {len(kernel)} axes; read are 2")
    return {
        "kernel_size": tuple(kernel),
        "stride": _pair(given, "strides"),
        "padding": _padding(given, kernel, _pair(given, "dilations")),
        "ceil_mode": bool(given.attribute("ceil_mode", 0)),
    }


def _max_pool(given: Given) -> nn.Module:
    return nn.MaxPool2d(**_pool(given), dilation=_pair(given, "dilations"))


def _average_pool(given: Given) -> nn.Module:
    counted = bool(given.attribute("count_include_pad", 0))
    return nn.AvgPool2d(**_pool(given), count_include_pad=counted)


def _mean(given: Given) -> nn.Module:
    if given.sample.dim() != 4 or given.axes() != [2, 3]:
        raise Unread("takes a mean over other axes than height and width")
    average = nn.AdaptiveAvgPool2d(1)
    return average if given.attribute("keepdims", 1) else nn.Sequential(average, nn.Flatten())


def _flat(given: Given) -> nn.Module:
    if given.attribute("axis", 1) % given.sample.dim() != 1:
        raise Unread("flattens the batch too")
    return nn.Flatten()


def _reshape(given: Given) -> nn.Module:
    """Shapes were folded for a batch of one; what follows the first axis counts."""
    asked = given.maybe(0)
    if asked is None:
        raise Unread("is given a shape that depends on the input")
    sizes = asked.tolist()
    old = list(given.sample.shape[1:])
    sizes = [old[i - 1] if size == 0 and i else size for i, size in enumerate(sizes)]
    if sizes[0] not in (-1, 0, 1):
        raise Unread("mixes the examples of a batch")
    known = prod(size for size in sizes[1:] if size > 0)
    open_, whole = -1 in sizes[1:], given.sample[0].numel()
    if (whole % known if open_ else whole - known) != 0:
        raise Unread("mixes the examples of a batch")
    found = given.sample[:1].reshape(1, *sizes[1:])
    return nn.Flatten() if found.dim() == 2 else nn.Unflatten(1, _unflat(given, found))


def _unflat(given: Given, found: Tensor) -> tuple[int, ...]:
    if given.sample.dim() != 2:
        raise Unread(f"reshapes {tuple(given.sample.shape[1:])} to {tuple(found.shape[1:])}")
    return tuple(found.shape[1:])


def _squeeze(given: Given) -> nn.Module:
    gone = given.axes() or [i for i, size in enumerate(given.sample.shape) if size == 1]
    if gone != list(range(2, given.sample.dim())):
        raise Unread("squeezes out axes that hold something")
    return nn.Flatten()


def _clip(given: Given) -> nn.Module:
    low, high = given.maybe(0), given.maybe(1)
    if low is not None and low == 0 and high is None:
        return nn.ReLU()
    if low is None or high is None:
        raise Unread("clips on one side only")
    return nn.Hardtanh(float(low), float(high))


def _hard_sigmoid(given: Given) -> nn.Module:
    slope, shift = given.attribute("alpha", 0.2), given.attribute("beta", 0.5)
    if abs(slope - 1 / 6) > 1e-6 or shift != 0.5:
        raise Unread(f"has the slope {slope:.3g}; read is 1/6")
    return nn.Hardsigmoid()


def _softmax(kind: type[nn.Module]) -> Callable[[Given], nn.Module]:
    def layer(given: Given) -> nn.Module:
        return kind(given.attribute("axis", -1) % given.sample.dim())

    return layer


def _plain(kind: type[nn.Module], **names: tuple[str, float]) -> Callable[[Given], nn.Module]:
    """A layer without weights; `names` maps its options to attributes with their defaults."""
    return lambda given: kind(**{one: given.attribute(*names[one]) for one in names})


OPERATORS: dict[str, Callable[[Given], nn.Module]] = {
    "Conv": _conv,
    "Gemm": _gemm,
    "MatMul": _matmul,
    "BatchNormalization": _batch_norm,
    "MaxPool": _max_pool,
    "AveragePool": _average_pool,
    "GlobalAveragePool": lambda _: nn.AdaptiveAvgPool2d(1),
    "GlobalMaxPool": lambda _: nn.AdaptiveMaxPool2d(1),
    "ReduceMean": _mean,
    "Flatten": _flat,
    "Reshape": _reshape,
    "Squeeze": _squeeze,
    "Clip": _clip,
    "Softmax": _softmax(nn.Softmax),
    "LogSoftmax": _softmax(nn.LogSoftmax),
    "Relu": lambda _: nn.ReLU(),
    "LeakyRelu": _plain(nn.LeakyReLU, negative_slope=("alpha", 0.01)),
    "Elu": _plain(nn.ELU, alpha=("alpha", 1.0)),
    "Sigmoid": lambda _: nn.Sigmoid(),
    "Tanh": lambda _: nn.Tanh(),
    "Gelu": lambda given: nn.GELU(given.attribute("approximate", "none")),
    "HardSigmoid": _hard_sigmoid,
    "HardSwish": lambda _: nn.Hardswish(),
    "Softplus": lambda _: nn.Softplus(),
    # These let values pass when a model is used and not trained.
    "Identity": lambda _: nn.Identity(),
    "Dropout": lambda _: nn.Identity(),
}
