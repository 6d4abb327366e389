"""EfficientNet-Lite0: sixteen blocks that widen, look around in each channel alone, and narrow."""

from __future__ import annotations

from collections import OrderedDict

from torch import Tensor, nn

# Per stage: blocks, kernel, stride of the first, widening, channels out.
STAGES = (
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)


class Block(nn.Module):
    """Widen with a 1 x 1 convolution, look around in each channel alone, narrow; then add.

    What comes in is added to what goes out where both have the same shape. The first block of all
    does not widen. Batch norm is folded into the convolutions.
    """

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, widening: int) -> None:
        super().__init__()
        wide = inputs * widening
        self.expand = nn.Conv2d(inputs, wide, 1) if widening > 1 else nn.Identity()
        self.clip1 = nn.ReLU6() if widening > 1 else nn.Identity()
        self.depthwise = _look(wide, wide, kernel, stride, groups=wide)
        self.clip2 = nn.ReLU6()
        self.project = nn.Conv2d(wide, outputs, 1)
        self.adds = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        """Shape: (n, inputs, h, w) to (n, outputs, h / stride, w / stride)."""
        inner = self.clip1(self.expand(x))
        inner = self.clip2(self.depthwise(inner))
        result: Tensor = self.project(inner)
        return x + result if self.adds else result


def _look(inputs: int, outputs: int, kernel: int, stride: int, groups: int = 1) -> nn.Conv2d:
    """A convolution that keeps the size, or halves it with stride 2.

    In the original, one with stride 2 pads one pixel less above and on the left than below and on
    the right. Here its kernel has a first row and a first column of zeros instead, which says the
    same with equal padding on all sides.
    """
    wide = kernel + stride - 1
    return nn.Conv2d(inputs, outputs, wide, stride, padding=kernel // 2, groups=groups)


def build() -> nn.Module:
    """Name blocks from 1 to 16 and the steps around them.

    Shape:   (batch, 3, 224, 224) to (batch, 1000).
    Range:   (byte - 127) / 128 in each of red, green and blue; the logits are unbounded.
    Source:  Tan and Le 2019, arXiv:1905.11946, in the variant without squeeze and excitation and
             with ReLU6 that its authors call Lite0.
    """
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    layers["stem"] = _look(3, 32, 3, 2)  # 32 x 112 x 112
    layers["stem_clip"] = nn.ReLU6()
    inputs = 32
    for count, kernel, first, widening, outputs in STAGES:
        for i in range(count):
            stride = first if i == 0 else 1
            number = len(layers) - 1
            layers[f"block{number}"] = Block(inputs, outputs, kernel, stride, widening)
            inputs = outputs
    layers["head"] = nn.Conv2d(inputs, 1280, 1)  # 1280 x 7 x 7
    layers["head_clip"] = nn.ReLU6()
    layers["average"] = nn.AdaptiveAvgPool2d(1)
    layers["flatten"] = nn.Flatten()
    layers["logits"] = nn.Linear(1280, 1000)
    return nn.Sequential(layers)
