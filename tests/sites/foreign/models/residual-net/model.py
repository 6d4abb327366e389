"""A residual net on 20 x 20 shapes: skip additions, batch norm, average pooling."""

from __future__ import annotations

from torch import Tensor, nn


class Block(nn.Module):
    """Two convolutions beside a skip; the skip is a 1 x 1 convolution where the shape changes."""

    def __init__(self, channels: int, out: int, stride: int) -> None:
        super().__init__()
        self.a = nn.Conv2d(channels, out, 3, stride, padding=1, bias=False)
        self.norm_a = nn.BatchNorm2d(out)
        self.act_a = nn.ReLU()
        self.b = nn.Conv2d(out, out, 3, padding=1, bias=False)
        self.norm_b = nn.BatchNorm2d(out)
        same = channels == out and stride == 1
        self.skip = nn.Identity() if same else nn.Conv2d(channels, out, 1, stride, bias=False)
        self.act_b = nn.ReLU()

    def forward(self, x: Tensor) -> Tensor:
        """Shape: (n, channels, h, w) to (n, out, h / stride, w / stride)."""
        straight = self.norm_b(self.b(self.act_a(self.norm_a(self.a(x)))))
        result: Tensor = self.act_b(straight + self.skip(x))
        return result


class ResidualNet(nn.Module):
    """A stem, three blocks, an average over the whole map, five scores."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(1, 8, 3, padding=1)
        self.stem_norm = nn.BatchNorm2d(8)
        self.stem_act = nn.ReLU()
        self.blocks = nn.Sequential(Block(8, 8, 1), Block(8, 16, 2), Block(16, 16, 1))
        self.average = nn.AdaptiveAvgPool2d(1)
        self.flat = nn.Flatten()
        self.scores = nn.Linear(16, 5)

    def forward(self, x: Tensor) -> Tensor:
        """Shape: (n, 1, 20, 20) to (n, 5)."""
        features = self.blocks(self.stem_act(self.stem_norm(self.stem(x))))
        result: Tensor = self.scores(self.flat(self.average(features)))
        return result


def build() -> nn.Module:
    """Give the untrained net."""
    return ResidualNet()
