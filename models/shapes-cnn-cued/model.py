"""Three convolutions and an average: what stands where is lost only in the last step."""

from __future__ import annotations

from collections import OrderedDict

from torch import nn


def build() -> nn.Module:
    """Every step is a named layer, in the order in which it runs; 37,768 weights.

    A unit of conv3 sees 32 x 32 pixels, more than the largest object. The scores are weighted means
    of the last maps, so that class activation maps need no gradient.

    Shape:   (batch, 3, 48, 48) to (batch, 16).
    Range:   0 is dark and 1 is light; the sixteen logits are unbounded.
    """
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(3, 12, 5, padding=2),  # 12 x 48 x 48
            relu1=nn.ReLU(),
            pool1=nn.MaxPool2d(2),  # 12 x 24 x 24
            conv2=nn.Conv2d(12, 24, 5, padding=2),  # 24 x 24 x 24
            relu2=nn.ReLU(),
            pool2=nn.MaxPool2d(2),  # 24 x 12 x 12
            conv3=nn.Conv2d(24, 48, 5, padding=2),  # 48 x 12 x 12
            relu3=nn.ReLU(),
            average=nn.AdaptiveAvgPool2d(1),  # 48 x 1 x 1
            flatten=nn.Flatten(),  # 48
            logits=nn.Linear(48, 16),
        )
    )
