"""A convnet small enough to draw whole: two convolutions, two dense layers, 29,066 weights."""

from __future__ import annotations

from collections import OrderedDict

from torch import nn


def build() -> nn.Module:
    """Every step is a named layer, in the order in which it runs.

    Shape:   (batch, 1, 28, 28) to (batch, 10).
    Range:   0 is paper and 1 is ink; the ten logits are unbounded.
    """
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(1, 8, 5),  # 8 x 24 x 24
            relu1=nn.ReLU(),
            pool1=nn.MaxPool2d(2),  # 8 x 12 x 12
            conv2=nn.Conv2d(8, 16, 5),  # 16 x 8 x 8
            relu2=nn.ReLU(),
            pool2=nn.MaxPool2d(2),  # 16 x 4 x 4
            flatten=nn.Flatten(),  # 256
            dense1=nn.Linear(256, 96),
            relu3=nn.ReLU(),
            logits=nn.Linear(96, 10),
        )
    )
