"""Pictures laid out on one board, which is a single image of a still: a page fetches it when it is
near, which it could not do with pictures that are masks of one another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.palette import PALETTES, Scheme, channels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Pixels to a unit of the drawing, unless a side would be longer than what images may have.
DENSITY, LONGEST = 2.0, 4096


@dataclass(frozen=True)
class Pinned:
    """A picture and its box on the board: left, top, width and height in units of the drawing.

    Shape:   picture (height, width) ink or (height, width, 3) colour; uint8.
    """

    picture: NDArray[np.uint8]
    box: tuple[float, float, float, float]


def board(pinned: list[Pinned], width: float, height: float) -> dict[str, NDArray[np.uint8]]:
    """The images of a still by name: `still`, or one for each scheme where there is ink.

    Ink is the page's own, as opaque as the picture is bright.

    Shape:   (rows, columns, 4), transparent where nothing lies.
    """
    if all(one.picture.ndim == 3 for one in pinned):
        return {"still": _laid(pinned, width, height, "light")}
    return {f"still-{scheme}": _laid(pinned, width, height, scheme) for scheme in PALETTES}


def drawn(names: list[str], width: float, height: float) -> str:
    """SVG that places what `board` gave, to be drawn before all else."""
    parts = []
    for name in names:
        shown = {"still-light": "light-only ", "still-dark": "dark-only "}.get(name, "")
        parts.append(
            f'<image class="{shown}pixels" href="image:{name}" width="{width:g}" '
            f'height="{height:g}"/>'
        )
    return "".join(parts)


def _laid(pinned: list[Pinned], width: float, height: float, scheme: Scheme) -> NDArray[np.uint8]:
    import numpy as np

    density = min(DENSITY, LONGEST / max(width, height))
    whole = np.zeros((round(height * density), round(width * density), 4), np.uint8)
    for one in pinned:
        left, top, wide, high = (edge * density for edge in one.box)
        ys, xs = _spread(top, high, one.picture.shape[0]), _spread(left, wide, one.picture.shape[1])
        picture = one.picture[ys][:, xs]
        place = whole[round(top) :, round(left) :][: len(ys), : len(xs)]
        if picture.ndim == 3:
            place[...] = np.dstack([picture, np.full(picture.shape[:2], 255, np.uint8)])
        else:
            place[..., :3] = channels(PALETTES[scheme].ink)
            place[..., 3] = picture
    return whole


def _spread(start: float, length: float, count: int) -> NDArray[np.intp]:
    """Which of `count` pixels each pixel of the board shows, none blurred."""
    import numpy as np

    pixels = max(1, round(start + length) - round(start))
    return ((np.arange(pixels) + 0.5) * count / pixels).astype(np.intp)
