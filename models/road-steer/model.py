"""Five convolutions that look at the road and two dense layers that turn the wheel."""

from __future__ import annotations

from collections import OrderedDict

from torch import nn


def build() -> nn.Module:
    """Every step is a named layer, in the order in which it runs; 39,857 weights.

    Shape:   (batch, 3, 48, 96) to (batch, 1).
    Range:   0 is dark and 1 is light; the answer is in degrees of the steering wheel.
    Source:  after Bojarski et al. 2016, arXiv:1604.07316, figure 4, on smaller frames.
    """
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(3, 12, 5, stride=2, padding=2),  # 12 x 24 x 48
            relu1=nn.ReLU(),
            conv2=nn.Conv2d(12, 16, 5, stride=2, padding=2),  # 16 x 12 x 24
            relu2=nn.ReLU(),
            conv3=nn.Conv2d(16, 24, 3, stride=2, padding=1),  # 24 x 6 x 12
            relu3=nn.ReLU(),
            conv4=nn.Conv2d(24, 24, 3, padding=1),  # 24 x 6 x 12
            relu4=nn.ReLU(),
            conv5=nn.Conv2d(24, 32, 3, stride=2, padding=1),  # 32 x 3 x 6
            relu5=nn.ReLU(),
            flatten=nn.Flatten(),  # 576
            dense1=nn.Linear(576, 32),
            relu6=nn.ReLU(),
            angle=nn.Linear(32, 1),
        )
    )
