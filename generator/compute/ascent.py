"""Gradient ascent from noise to pictures that an objective likes."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from generator.compute.activations import recorded
from generator.compute.colour import PHOTOGRAPHS
from generator.compute.objectives import Objective
from generator.compute.parametrization import Colours, Parametrization, fourier, pixels
from generator.compute.threads import single_thread
from generator.compute.transforms import Transform, warp


@dataclass(frozen=True)
class Ascent:
    """How to climb.

    frames           steps whose pictures are kept, ascending; 0 is the start
    rate             of Adam
    parametrization  what is changed: waves or pixels
    decay            of waves, see `parametrization.fourier`
    transforms       movements before each step, in order; none: ()
    level            mean of the first picture, as a share of the input's range
    bounds           least and greatest input of the model
    colours          axes for three channels, see `colour`; None: those of photographs
    """

    frames: tuple[int, ...] = (0, 4, 48, 256)
    rate: float = 0.05
    parametrization: Literal["fourier", "pixels"] = "fourier"
    decay: float = 1.2
    transforms: tuple[Transform, ...] = field(default_factory=lambda: (warp(),))
    level: float = 0.5
    bounds: tuple[float, float] = (0.0, 1.0)
    colours: Colours = None


@dataclass(frozen=True)
class Frames:
    """Pictures of one run at the kept steps, and what each is worth to the objective, unmoved.

    Shape:   pictures (frames, n, channels, height, width), values (frames, n).
    Range:   pictures: the model's bounds.
    """

    pictures: NDArray[np.float32]
    values: NDArray[np.float32]


def climb(
    module: nn.Module,
    shape: tuple[int, ...],
    objective: Objective,
    seeds: Sequence[int],
    ascent: Ascent = Ascent(),  # noqa: B008  (frozen)
) -> Frames:
    """Climb the objective's gradient with Adam from noise, all pictures in one batch.

    Every picture has the same movements; its start is that of its seed. A run to step k gives the
    frames of a longer run up to k. The module is neither changed nor switched.

    Shape:   `shape` is (channels, height, width); one picture per seed; see `Frames`.
    Units:   values in those of the objective.
    Error:   one local optimum; the same seeds, in the same batch, give the same bytes.
    Raises:  ValueError for an input that is no picture or frames that do not ascend;
             ModelError as `activations.recorded`.
    Source:  Erhan, Bengio, Courville and Vincent 2009, section 3; Olah, Mordvintsev and Schubert
             2017, doi:10.23915/distill.00007.
    """
    if len(shape) != 3:
        raise ValueError(f"an input of shape {shape} is no picture of channels, height, width")
    frames = list(ascent.frames)
    if not frames or frames != sorted({*frames}) or frames[0] < 0:
        raise ValueError(f"frames {ascent.frames} must ascend from 0 or later")
    frozen = deepcopy(module).eval().requires_grad_(False)
    frozen = frozen.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    start = _parametrization(shape, seeds, ascent)
    with single_thread():
        return _states(start, _scorer(frozen, objective, ascent), ascent, seeds[0])


Scorer = Callable[[Tensor], Tensor]


def _parametrization(
    shape: tuple[int, ...], seeds: Sequence[int], ascent: Ascent
) -> Parametrization:
    channels, height, width = shape
    colours = ascent.colours
    if channels == 3 and colours is None:
        colours = PHOTOGRAPHS
    size = (channels, height, width)
    if ascent.parametrization == "pixels":
        return pixels(size, seeds, ascent.level, colours)
    return fourier(size, seeds, ascent.level, colours, ascent.decay)


def _scorer(module: nn.Module, objective: Objective, ascent: Ascent) -> Scorer:
    low, high = ascent.bounds
    layers = [layer for layer in objective.layers if layer != "input"]

    def score(images: Tensor) -> Tensor:
        inputs = (low + (high - low) * images).contiguous(memory_format=torch.channels_last)
        with recorded(module, layers) as answers:
            module(inputs)
        return objective.score({**answers, "input": inputs})

    return score


def _states(start: Parametrization, score: Scorer, ascent: Ascent, seed: int) -> Frames:
    draw = torch.Generator().manual_seed(seed)
    numbers = start.numbers.requires_grad_()
    adam = torch.optim.Adam([numbers], lr=ascent.rate)
    low, high = ascent.bounds
    pictures: list[NDArray[np.float32]] = []
    values: list[NDArray[np.float32]] = []
    for step in range(ascent.frames[-1] + 1):
        if step in ascent.frames:
            with torch.no_grad():
                picture = start.image(numbers)
                values.append(score(picture).numpy())
                pictures.append((low + (high - low) * picture).contiguous().numpy())
        if step == ascent.frames[-1]:
            break
        picture = start.image(numbers)
        for transform in ascent.transforms:
            picture = transform(picture, draw)
        # The one place where larger-is-better becomes a descent.
        (numbers.grad,) = torch.autograd.grad(-score(picture).sum(), numbers)
        adam.step()
    return Frames(np.stack(pictures), np.stack(values))
