"""Small nets whose explanations can be checked."""

from collections import OrderedDict

import torch
from torch import Tensor, nn


def averaging() -> nn.Sequential:
    """Two convolutions, the second of them in groups, an average over whole maps, four scores."""
    torch.manual_seed(0)
    net = nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(3, 8, 3, padding=1),
            relu1=nn.ReLU(),
            pool1=nn.MaxPool2d(2),
            conv2=nn.Conv2d(8, 8, 3, padding=1, groups=4),
            relu2=nn.ReLU(),
            average=nn.AdaptiveAvgPool2d(1),
            flatten=nn.Flatten(),
            logits=nn.Linear(8, 4),
        )
    )
    return net.eval().requires_grad_(False)


def picture(shape: tuple[int, ...], seed: int = 0) -> Tensor:
    return torch.rand(1, *shape, generator=torch.Generator().manual_seed(seed))


def onehot(index: int, count: int) -> Tensor:
    return nn.functional.one_hot(torch.tensor([index]), count).float()
