"""«title»: two convolutions and a dense layer, small enough to draw whole."""

from __future__ import annotations

from collections import OrderedDict

from torch import nn

CHANNELS, HEIGHT, WIDTH = «shape»
OUTPUTS = «outputs»


def build() -> nn.Module:
    """Every step is a layer with a name; model.toml lists those that articles may show.

    Shape:   (batch, «channels», «height», «width») to (batch, «outputs»).
    """
    inside = 16 * (HEIGHT // 4) * (WIDTH // 4)
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(CHANNELS, 8, 3, padding=1),
            relu1=nn.ReLU(),
            pool1=nn.MaxPool2d(2),  # half the height and width
            conv2=nn.Conv2d(8, 16, 3, padding=1),
            relu2=nn.ReLU(),
            pool2=nn.MaxPool2d(2),  # a quarter
            flatten=nn.Flatten(),
            logits=nn.Linear(inside, OUTPUTS),
        )
    )
