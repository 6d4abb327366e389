"""The two networks of the figure's own, their first weights, and their training step."""

from __future__ import annotations

from collections import OrderedDict
from math import prod

import numpy as np
import torch
from torch import Tensor, nn

from generator.compute.graphs import Function, Tensors, sgd_step
from generator.compute.imagine.library import NAMES, SIDE
from generator.compute.noise import normal

WEIGHTS = 611_953
"""First weights are drawn from other sequences than examples."""
ABSENT = -1e4
"""What is added to the score of a shape that was not chosen: no share is left for it."""
LAYER = "logits"


def convolution() -> nn.Sequential:
    """Two convolutions: 8,316 weights, the same wherever in the picture a shape is."""
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(1, 8, 5, padding=2),  # 8 x 24 x 24
            relu1=nn.ReLU(),
            pool1=nn.MaxPool2d(2),  # 8 x 12 x 12
            conv2=nn.Conv2d(8, 16, 3, padding=1),  # 16 x 12 x 12
            relu2=nn.ReLU(),
            pool2=nn.MaxPool2d(2),  # 16 x 6 x 6
            flatten=nn.Flatten(),
            logits=nn.Linear(576, len(NAMES)),
        )
    )


def perceptron() -> nn.Sequential:
    """One hidden layer, which knows nothing of neighbours: 28,284 weights."""
    return nn.Sequential(
        OrderedDict(
            flatten=nn.Flatten(),
            hidden=nn.Linear(SIDE * SIDE, 48),
            relu=nn.ReLU(),
            logits=nn.Linear(48, len(NAMES)),
        )
    )


NETS = {"convolution": convolution, "perceptron": perceptron}


def first_weights(net: nn.Module, seed: int) -> dict[str, Tensor]:
    """Normal numbers with variance 2 / (numbers that a unit adds up); 0 for what is only added.

    Source:  He, Zhang, Ren and Sun 2015, arXiv:1502.01852, equation 10.
    """
    made, at = {}, 0
    for name, weight in net.state_dict().items():
        count = weight.numel()
        if weight.ndim == 1:
            made[name] = torch.zeros(weight.shape)
            continue
        scale = (2 / prod(weight.shape[1:])) ** 0.5
        drawn = scale * normal(WEIGHTS + seed, at, count).reshape(weight.shape)
        made[name] = torch.from_numpy(drawn.astype(np.float32))
        at += count
    return made


def step(net: nn.Module) -> Function:
    """`sgd_step` with one more input: `mask`, (shapes,), is added to all scores.

    Shapes with a mask of 0 take part, those with `ABSENT` have no share and no slope.
    """
    return sgd_step(Masked(net), inputs=("mask",))


class Masked(nn.Module):
    """A network and what is added to its scores."""

    def __init__(self, net: nn.Module) -> None:
        super().__init__()
        self.net = net

    def forward(self, image: Tensor, mask: Tensor) -> Tensor:
        """Scores with the mask added, (n, shapes)."""
        scores: Tensor = self.net(image)
        return scores + mask


def masked(weights: Tensors) -> dict[str, Tensor]:
    """Weights under the names that the step has for them."""
    return {f"net.{name}": value for name, value in weights.items()}


def mask(classes: list[int]) -> Tensor:
    """0 for shapes that take part, else `ABSENT`."""
    found = torch.full((len(NAMES),), ABSENT)
    found[classes] = 0
    return found
