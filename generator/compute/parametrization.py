"""How the numbers that an ascent changes become pictures: pixel by pixel, or wave by wave."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

# Size of the noise that an ascent starts from, and the share of a wave across the whole picture in
# a step: chosen on 28-pixel digits, where 0.05 per step settles within some hundred steps.
NOISE = 0.01
AMPLITUDE = 0.2


@dataclass(frozen=True)
class Parametrization:
    """Numbers to change, one slice per picture, and the pictures they stand for.

    Shape:   numbers (n, ...); image(numbers) is (n, channels, height, width).
    Range:   of the image: 0 to 1.
    """

    numbers: Tensor
    image: Callable[[Tensor], Tensor]


Colours = NDArray[np.floating[Any]] | None


def pixels(
    shape: tuple[int, int, int], seeds: Sequence[int], level: float = 0.5, colours: Colours = None
) -> Parametrization:
    """sigmoid(number + logit(level)) for every pixel by itself.

    Shape:   `shape` is (channels, height, width); one picture per seed.
    Range:   starts within a few hundredths of `level`, which lies between 0 and 1.
    """
    return Parametrization(_noise(seeds, shape), lambda numbers: _bounded(numbers, level, colours))


def fourier(
    shape: tuple[int, int, int],
    seeds: Sequence[int],
    level: float = 0.5,
    colours: Colours = None,
    decay: float = 1.0,
) -> Parametrization:
    """sigmoid(sum of waves + logit(level)); the numbers are the waves' cosine and sine shares.

    A wave with m periods across the picture counts max(m, 1)^-decay, as in photographs (decay 1):
    one step along the gradient then changes coarse and fine detail alike, neighbours in common.

    Shape:   `shape` is (channels, height, width); one picture per seed; numbers
             (n, channels, height, width // 2 + 1, 2).
    Range:   starts within a few hundredths of `level`, which lies between 0 and 1.
    Source:  Olah, Mordvintsev and Schubert 2017, doi:10.23915/distill.00007, "Preconditioning and
             Parameterization".
    """
    channels, height, width = shape
    side = max(height, width)
    periods = side * torch.hypot(
        torch.fft.fftfreq(height)[:, None].expand(height, width // 2 + 1),
        torch.fft.rfftfreq(width).expand(height, width // 2 + 1),
    )
    shares = AMPLITUDE * periods.clamp(min=1) ** -decay

    def image(numbers: Tensor) -> Tensor:
        waves = torch.view_as_complex(numbers) * shares
        summed = torch.fft.irfft2(waves, s=(height, width), norm="forward")
        return _bounded(summed, level, colours)

    return Parametrization(_noise(seeds, (channels, height, width // 2 + 1, 2)), image)


def _noise(seeds: Sequence[int], shape: tuple[int, ...]) -> Tensor:
    draws = (torch.Generator().manual_seed(seed) for seed in seeds)
    return torch.stack([torch.randn(shape, generator=draw) * NOISE for draw in draws])


def _bounded(numbers: Tensor, level: float, colours: Colours) -> Tensor:
    if colours is not None:
        axes = torch.as_tensor(np.asarray(colours), dtype=numbers.dtype)
        numbers = torch.einsum("ij,njhw->nihw", axes, numbers)
    return torch.sigmoid(numbers + float(np.log(level / (1 - level))))
