"""Small random movements of pictures; what an ascent finds must survive them.

A transform draws one movement for the whole batch, so that pictures do not depend on their
neighbours. What comes in from outside is 0, the least value.
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

Transform = Callable[[Tensor, torch.Generator], Tensor]


def jitter(pixels: int) -> Transform:
    """Shift by up to `pixels` each way, whole pixels, every shift alike likely.

    Shape:   (n, channels, height, width) in and out.
    Source:  Mordvintsev, Olah and Tyka 2015, "Inceptionism", and Olah, Mordvintsev and Schubert
             2017, doi:10.23915/distill.00007, "Transformation robustness".
    """

    def moved(images: Tensor, draw: torch.Generator) -> Tensor:
        height, width = images.shape[2:]
        top, left = torch.randint(0, 2 * pixels + 1, (2,), generator=draw).tolist()
        wide = functional.pad(images, (pixels,) * 4)
        return wide[:, :, top : top + height, left : left + width]

    return moved


def warp(pixels: float = 2.0, degrees: float = 10.0, scale: float = 0.1) -> Transform:
    """Shift, turn and stretch at once, each evenly drawn up to its limit and bilinear.

    One resampling in place of three, which is quicker and blurs once.

    Shape:   (n, channels, height, width) in and out.
    Units:   pixels; degrees; share of the size.
    Source:  as `jitter`.
    """

    def moved(images: Tensor, draw: torch.Generator) -> Tensor:
        count, _, height, width = images.shape
        right, down, turn, stretch = (2 * torch.rand(4, generator=draw) - 1).tolist()
        angle = math.radians(degrees) * turn
        size = 1 + scale * stretch
        cosine, sine = size * math.cos(angle), size * math.sin(angle)
        # Rows are x and y in coordinates from -1 to 1, so that a turn must know the aspect.
        rows = [
            [cosine, -sine * height / width, 2 * pixels * right / width],
            [sine * width / height, cosine, 2 * pixels * down / height],
        ]
        where = functional.affine_grid(
            torch.tensor([rows]), [1, 1, height, width], align_corners=False
        )
        return functional.grid_sample(images, where.expand(count, -1, -1, -1), align_corners=False)

    return moved
