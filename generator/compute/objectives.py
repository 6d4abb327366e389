"""What a picture is asked to be: functions of activations, one number per picture.

Larger is always better; the ascent alone knows how to climb.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

Activations = Mapping[str, Tensor]


@dataclass(frozen=True)
class Objective:
    """Which layers are read, and what they are worth: activations -> (n,).

    The layer "input" is the picture as the model gets it.
    """

    layers: tuple[str, ...]
    score: Callable[[Activations], Tensor]


def channel(layer: str, channels: Sequence[int]) -> Objective:
    """Mean activation of one channel; the i-th picture's is channels[i]. A class is its logit.

    Shape:   layer (n, c, h, w) or (n, c), n = len(channels).
    Source:  Olah, Mordvintsev and Schubert 2017, doi:10.23915/distill.00007, "Optimization
             Objectives"; Simonyan, Vedaldi and Zisserman 2013, arXiv:1312.6034, section 2 (class).
    """
    which = torch.tensor(list(channels))

    def score(activations: Activations) -> Tensor:
        own = activations[layer][torch.arange(len(which)), which]
        return own.reshape(len(which), -1).mean(1)

    return Objective((layer,), score)


def unit(
    layer: str, channels: Sequence[int], y: int | None = None, x: int | None = None
) -> Objective:
    """Activation of one unit; the i-th picture's is at channels[i], y, x, or in the centre.

    Shape:   layer (n, c, h, w) or (n, c), whose units have no place; n = len(channels).
    Source:  as `channel`.
    """
    which = torch.tensor(list(channels))

    def score(activations: Activations) -> Tensor:
        answers = activations[layer]
        if answers.ndim == 2:
            return answers[torch.arange(len(which)), which]
        row = answers.shape[2] // 2 if y is None else y
        column = answers.shape[3] // 2 if x is None else x
        return answers[torch.arange(len(which)), which, row, column]

    return Objective((layer,), score)


def layer(name: str, count: int) -> Objective:
    """Mean square of all activations of a layer: whatever they answer, let them answer more.

    Shape:   layer (n, ...), n = count.
    Source:  Olah, Mordvintsev and Schubert 2017, doi:10.23915/distill.00007, "Optimization
             Objectives" (layer), the objective of DeepDream.
    """

    def score(activations: Activations) -> Tensor:
        return activations[name].reshape(count, -1).square().mean(1)

    return Objective((name,), score)


def smooth(weight: float) -> Objective:
    """Minus the total variation of the picture: -weight * mean |difference of neighbours|.

    Units:   those of the input; vertical and horizontal means added.
    Source:  Mahendran and Vedaldi 2015, arXiv:1412.0035, section 3, with exponent beta = 1.
    """

    def score(activations: Activations) -> Tensor:
        images = activations["input"]
        down, right = images.diff(dim=2), images.diff(dim=3)
        return -weight * (down.abs().mean((1, 2, 3)) + right.abs().mean((1, 2, 3)))

    return Objective(("input",), score)


def plus(*objectives: Objective) -> Objective:
    """Sum of objectives."""
    layers = tuple(dict.fromkeys(layer for part in objectives for layer in part.layers))
    return Objective(
        layers,
        lambda activations: torch.stack([part.score(activations) for part in objectives]).sum(0),
    )
