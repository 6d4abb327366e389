"""Three convolutions on colour: one strided, one depthwise, one strided and padded."""

from __future__ import annotations

from torch import Tensor, nn


class ColourTiles(nn.Module):
    """No batch norm, no max pooling; the average is over the last 2 x 2 maps of each channel."""

    def __init__(self) -> None:
        super().__init__()
        self.paint = nn.Conv2d(3, 8, 4, stride=2)  # 8 x 11 x 11
        self.gate1 = nn.ReLU()
        self.depth = nn.Conv2d(8, 16, 3, groups=8)  # 16 x 9 x 9
        self.gate2 = nn.ReLU()
        self.mix = nn.Conv2d(16, 12, 3, stride=2, padding=1)  # 12 x 5 x 5
        self.gate3 = nn.ReLU()
        self.gather = nn.AvgPool2d(2)  # 12 x 2 x 2, the last row and column are left out
        self.line = nn.Flatten()
        self.verdict = nn.Linear(48, 4)

    def forward(self, x: Tensor) -> Tensor:
        """Shape: (n, 3, 24, 24) to (n, 4)."""
        x = self.gate2(self.depth(self.gate1(self.paint(x))))
        result: Tensor = self.verdict(self.line(self.gather(self.gate3(self.mix(x)))))
        return result


def build() -> nn.Module:
    """Give the untrained net."""
    return ColourTiles()
