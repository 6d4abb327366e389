"""A multilayer perceptron without convolution; its inputs run from -1 to 1, its units too."""

from __future__ import annotations

from collections import OrderedDict

from torch import nn


def build() -> nn.Module:
    """Shape: (n, 1, 8, 8) to (n, 10)."""
    return nn.Sequential(
        OrderedDict(
            spread=nn.Flatten(),
            first=nn.Linear(64, 40),
            bend1=nn.Tanh(),
            second=nn.Linear(40, 24),
            bend2=nn.Tanh(),
            logits=nn.Linear(24, 10),
        )
    )
