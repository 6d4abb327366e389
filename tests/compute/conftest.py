"""Small nets that between them use every operation an architecture may have."""

import pytest
import torch
from torch import nn
from torch.nn import functional


class Block(nn.Module):
    """Residual block that reuses its ReLU and works in place, as many do."""

    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=2, dilation=2, groups=2)

    def forward(self, x):
        y = self.conv2(self.relu(self.bn1(self.conv1(x))))
        y += x
        return self.relu(y)


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 4, 5, stride=2, padding=2)
        self.blocks = nn.Sequential(Block(4), Block(4))
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        x = (x - 0.5) / 0.25
        x = functional.max_pool2d(functional.relu(self.stem(x)), 3, 2, padding=1)
        x = functional.dropout(self.blocks(x), training=self.training)
        x = torch.cat([x, functional.avg_pool2d(x, 3, 1, 1)], dim=1)
        x = x.mean((2, 3))
        return functional.log_softmax(self.head(x.view(x.size(0), -1)), dim=1)


def randomized(net, seed=0):
    """Fill weights and batch statistics with seeded numbers, in eval mode."""
    draw = torch.Generator().manual_seed(seed)
    for name, tensor in net.state_dict().items():
        if tensor.is_floating_point():
            tensor.copy_(torch.randn(tensor.shape, generator=draw) * 0.5)
            if "running_var" in name:
                tensor.abs_().add_(0.5)
    return net.eval().requires_grad_(False)


@pytest.fixture
def lenet():
    return randomized(
        nn.Sequential(
            *(nn.Conv2d(1, 4, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Conv2d(4, 6, 3), nn.ReLU(), nn.AvgPool2d(2)),
            *(nn.Flatten(), nn.Linear(54, 5), nn.Softmax(dim=1)),
        )
    )


@pytest.fixture
def residual():
    return randomized(Residual())


@pytest.fixture
def perceptron():
    return randomized(
        nn.Sequential(
            *(nn.Flatten(), nn.Linear(12, 8), nn.BatchNorm1d(8), nn.GELU(), nn.Dropout()),
            *(nn.Linear(8, 6), nn.Tanh(), nn.Linear(6, 4), nn.Sigmoid()),
        )
    )


@pytest.fixture
def mixed():
    """What the others lack: uneven windows, ceil mode, adaptive pooling, rarer activations."""
    return randomized(
        nn.Sequential(
            *(nn.Conv2d(2, 4, (3, 4), padding="same", dilation=(1, 2)), nn.LeakyReLU(0.2)),
            *(nn.AvgPool2d(3, 2, padding=1, ceil_mode=True), nn.ReLU6()),
            *(nn.AvgPool2d(2, 1, padding=1, count_include_pad=False), nn.SiLU()),
            *(nn.MaxPool2d(2, 1, padding=1, dilation=2), nn.GELU(approximate="tanh")),
            *(nn.AdaptiveAvgPool2d((3, 2)), nn.Hardtanh(-0.3, 0.2), nn.Identity()),
            *(nn.Conv2d(4, 2, 1, stride=(2, 1)), nn.LogSoftmax(dim=1)),
        )
    )
