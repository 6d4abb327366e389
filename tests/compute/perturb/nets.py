"""Small nets to attack, and the attacks of the literature written out with autograd."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from generator.compute.perturb.guard import Guard
from generator.compute.perturb.victim import Victim

SIDE = 8


def convolving(channels: int = 1, classes: int = 4) -> nn.Sequential:
    torch.manual_seed(4)
    parts = (
        *(nn.Conv2d(channels, 5, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(5, 6, 3), nn.ReLU(), nn.Flatten(), nn.Linear(24, classes)),
    )
    return nn.Sequential(*parts).eval().requires_grad_(False)


def victim(
    module: nn.Module,
    channels: int = 1,
    classes: int = 4,
    bounds: tuple[float, float] = (0.0, 1.0),
    reading: str = "softmax",
    guard: Guard | None = None,
) -> Victim:
    shape = (channels, SIDE, SIDE)
    weights = dict(module.state_dict())
    return Victim(module, weights, shape, bounds, reading, classes, guard or Guard())


def pictures(count: int = 6, channels: int = 1, seed: int = 0) -> NDArray[np.float32]:
    draw = np.random.default_rng(seed)
    return draw.integers(0, 256, (count, channels, SIDE, SIDE)).astype(np.float32) / 255


def loss_slope(module: nn.Module, x: Tensor, classes: Tensor) -> Tensor:
    """d cross-entropy / d input, by autograd."""
    asked = x.clone().requires_grad_()
    cross_entropy(module(asked), classes, reduction="sum").backward()
    if asked.grad is None:
        raise ValueError
    return asked.grad


def sign_method(
    module: nn.Module, x: Tensor, classes: Tensor, strength: float, sense: int
) -> Tensor:
    """Goodfellow et al. 2015, equation at the head of section 4."""
    return (x + sense * strength * loss_slope(module, x, classes).sign()).clamp(0, 1)


def projected_descent(
    module: nn.Module, x: Tensor, classes: Tensor, strength: float, steps: int, sense: int
) -> Tensor:
    """Madry et al. 2018, equation 1, from the picture itself."""
    now = x.clone()
    for _ in range(steps):
        length = min(strength, 2.5 * strength / steps)
        now = now + sense * length * loss_slope(module, now, classes).sign()
        now = torch.minimum(torch.maximum(now, x - strength), x + strength).clamp(0, 1)
    return now


def saliency_pairs(module: nn.Module, x: Tensor, target: int, most: int) -> list[int]:
    """Papernot et al. 2016, algorithms 2 and 3: every pair is tried, with the whole Jacobian."""
    now, order = x.clone(), []
    while len(order) + 2 <= most and int(module(now).argmax()) != target:
        jacobian = torch.autograd.functional.jacobian(module, now)[0].flatten(1).double()
        own, others = jacobian[target], jacobian.sum(0) - jacobian[target]
        best, found = 0.0, None
        flat = now.flatten()
        for p in range(len(flat)):
            for q in range(p):
                if flat[p] >= 1 or flat[q] >= 1:
                    continue
                alpha, beta = float(own[p] + own[q]), float(others[p] + others[q])
                if alpha > 0 and beta < 0 and -alpha * beta > best:
                    best, found = -alpha * beta, (p, q)
        if found is None:
            break
        order += found
        flat[list(found)] = 1
    return order
