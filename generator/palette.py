"""The colours of templates/css/tokens.css for pictures that the build draws.

A test holds the two equal; a colour is changed in both or in none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

Scheme = Literal["light", "dark"]

STEPS = 511
"""Entries of a look-up table; odd, so that zero has one of its own."""


@dataclass(frozen=True)
class Palette:
    """One colour scheme; every colour as "#rrggbb".

    paper: the page
    panel: code, quiet boxes
    raised: cards above the page
    ink: text
    muted: secondary text
    rule: hairlines
    frame: outlines that must be seen (3:1)
    accent: links, what is selected
    focus: focus rings
    negative: one colour for numbers below zero
    zero: the middle of the diverging scale
    positive: one colour for numbers above zero
    danger: failures
    categories: ten colours that colour-blind readers tell apart
    diverging: stops from -1 (orange) over 0 (the paper) to 1 (blue)
    sequential: stops from 0 (the paper) to 1
    """

    paper: str
    panel: str
    raised: str
    ink: str
    muted: str
    rule: str
    frame: str
    accent: str
    focus: str
    negative: str
    zero: str
    positive: str
    danger: str
    categories: tuple[str, ...]
    diverging: tuple[str, ...]
    sequential: tuple[str, ...]


LIGHT = Palette(
    paper="#fdfcf9",
    panel="#f4f2ec",
    raised="#ffffff",
    ink="#1e2026",
    muted="#5c5f66",
    rule="#dcd9d0",
    frame="#84878d",
    accent="#0b57a4",
    focus="#0b57a4",
    negative="#a94700",
    zero="#f5f3ef",
    positive="#1560ac",
    danger="#a3271f",
    categories=(
        "#00268e",
        "#e26809",
        "#559b70",
        "#ac3654",
        "#b36fe2",
        "#007692",
        "#6d0058",
        "#4f5100",
        "#5946ba",
        "#36251d",
    ),
    diverging=(
        "#782c07",
        "#a94700",
        "#d07531",
        "#e8a871",
        "#f2d5b5",
        "#f5f3ef",
        "#bfdcf2",
        "#81b9e6",
        "#448dcf",
        "#1560ac",
        "#11397b",
    ),
    sequential=(
        "#f5f3ef",
        "#c5e5d4",
        "#8fcfbc",
        "#4eb2a6",
        "#258993",
        "#11617a",
        "#153a5d",
    ),
)
DARK = Palette(
    paper="#15171b",
    panel="#1f2228",
    raised="#252930",
    ink="#e9e6df",
    muted="#a5a8ae",
    rule="#343840",
    frame="#767a82",
    accent="#8fbdf5",
    focus="#8fbdf5",
    negative="#faab5c",
    zero="#222326",
    positive="#74c1f2",
    danger="#ff9c91",
    categories=(
        "#1b66cc",
        "#af7606",
        "#9efc8b",
        "#ff7c7b",
        "#c287fe",
        "#4acad0",
        "#ba3763",
        "#e8b906",
        "#8382ab",
        "#e5e8e6",
    ),
    diverging=(
        "#ffd79a",
        "#faab5c",
        "#dc7f32",
        "#a65824",
        "#643a25",
        "#222326",
        "#294160",
        "#3168a1",
        "#4795d5",
        "#74c1f2",
        "#b4e7fc",
    ),
    sequential=(
        "#222326",
        "#233a4b",
        "#20586e",
        "#107c8b",
        "#39aaa2",
        "#85d2af",
        "#e0f1ad",
    ),
)
PALETTES: dict[Scheme, Palette] = {"light": LIGHT, "dark": DARK}


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of "#rrggbb", 0 to 255 each."""
    value = int(colour[1:], 16)
    return value >> 16, value >> 8 & 255, value & 255


@lru_cache(maxsize=8)
def ramp(stops: tuple[str, ...], steps: int = STEPS) -> NDArray[np.uint8]:
    """Straight lines in sRGB between evenly spaced stops, rounded half up.

    Shape:   (steps, 3).
    """
    import numpy as np

    colours = np.array([channels(stop) for stop in stops], np.float64)
    at = np.arange(steps) / (steps - 1) * (len(stops) - 1)
    low = np.minimum(at.astype(int), len(stops) - 2)
    mixed = colours[low] + (at - low)[:, None] * (colours[low + 1] - colours[low])
    table: NDArray[np.uint8] = np.floor(mixed + 0.5).astype(np.uint8)
    table.setflags(write=False)
    return table


def diverging(values: ArrayLike, scheme: Scheme) -> NDArray[np.uint8]:
    """Signed numbers as colours: orange below zero, paper at zero, blue above.

    Shape:   any shape in, the same with a last axis of 3 (red, green, blue) out.
    Range:   -1 to 1; what lies beyond has the colour of the end.
    """
    import numpy as np

    share = (np.asarray(values, np.float64) + 1) * ((STEPS - 1) / 2)
    at = np.clip(np.floor(share + 0.5), 0, STEPS - 1).astype(int)
    colours: NDArray[np.uint8] = ramp(PALETTES[scheme].diverging)[at]
    return colours


def sequential(values: ArrayLike, scheme: Scheme) -> NDArray[np.uint8]:
    """Numbers from 0 (paper) to 1 as colours.

    Shape:   any shape in, the same with a last axis of 3 (red, green, blue) out.
    Range:   0 to 1; what lies beyond has the colour of the end.
    """
    import numpy as np

    share = np.asarray(values, np.float64) * (STEPS - 1)
    at = np.clip(np.floor(share + 0.5), 0, STEPS - 1).astype(int)
    colours: NDArray[np.uint8] = ramp(PALETTES[scheme].sequential)[at]
    return colours
