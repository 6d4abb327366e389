"""Which positions of its input a unit reads, along one axis."""

from dataclasses import dataclass
from typing import Any

from generator.compute.architecture import Layer
from generator.compute.operations import ELEMENTWISE

WINDOWED = ("conv", "max_pool", "avg_pool", "adaptive_avg_pool")
# Operations whose unit at (y, x) reads its input at (y, x) alone.
POINTWISE = ("batch_norm", "scale", "add", "cat", *ELEMENTWISE, "softmax", "log_softmax")


@dataclass(frozen=True)
class Window:
    """Input positions start, start + step, …, `count` of them; those outside are padding."""

    start: int
    step: int
    count: int
    length: int

    def taps(self) -> list[tuple[int, int]]:
        """(place in the window, input position) of each position inside the input."""
        positions = ((i, self.start + i * self.step) for i in range(self.count))
        return [(i, position) for i, position in positions if 0 <= position < self.length]


def window(layer: Layer, axis: int, position: int, length: int) -> Window:
    """Window of a unit of a convolution or pooling along one axis (0 vertical, 1 horizontal).

    start = position * stride - padding; for adaptive pooling the window runs from
    floor(position * length / size) to ceil((position + 1) * length / size).

    Units:   input positions; `length` is the input's size along the axis.
    Source:  PyTorch's documentation of Conv2d, MaxPool2d and AdaptiveAvgPool2d.
    """
    if layer.op == "adaptive_avg_pool":
        size = layer.size[axis]
        start = position * length // size
        return Window(start, 1, -(-(position + 1) * length // size) - start, length)
    how: dict[str, Any] = dict(layer.attributes)
    step = how["dilation"][axis] if "dilation" in how else 1
    start = position * how["stride"][axis] - how["padding"][axis]
    return Window(start, step, how["kernel"][axis], length)


def divisor(layer: Layer, windows: tuple[Window, Window]) -> int:
    """Number an average pooling divides by.

    The count of positions in the window; padding counts as the layer says, and what a window in
    ceil mode reaches beyond the padding never does.
    """
    given = layer.attributes.get("divisor")
    if given:
        return int(given)
    if not layer.attributes.get("count_padding", False):
        return len(windows[0].taps()) * len(windows[1].taps())
    counts = []
    for part, padding in zip(windows, layer.attributes["padding"], strict=True):
        counts.append(min(part.start + part.count, part.length + padding) - part.start)
    return int(counts[0] * counts[1])
