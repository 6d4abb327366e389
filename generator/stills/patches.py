"""The still of `units` by pixels: the strongest patch of each channel, and all of one channel."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from generator.stills.board import Pinned, board, drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from generator.compute.dissection.patches import Looked, Patches

WIDTH, GAP, LINE = 760, 12, 18
PAIRS, MOST = 9, 24


def patches_still(
    layer: str, best: Patches, way: Patches | None, steps: Sequence[int], open_: int,
    pictures: NDArray[np.uint8], units: list[dict[str, Any]], field: Looked | None,
) -> tuple[str, dict[str, NDArray[np.uint8]]]:  # fmt: skip
    """SVG: patch and projection of a layer's channels; below the open one's, and its way here.

    Beside it the images that it places; `pictures` are those of the sample, in colours.
    """
    count = best.boxes.shape[1]
    shown = range(min(MOST, len(units)))
    title = f"{layer}: strongest patch of each channel, and what comes back to its pixels"
    top, parts = 30.0, [_text(title, 0, 14, "t-title")]
    pinned: list[Pinned] = []
    side = (WIDTH - 11 * GAP) / 12
    for i in shown:
        x, y = i % 6 * 2 * (side + GAP), top + i // 6 * (side + LINE + GAP)
        _pair(best, i, 0, pictures, (x, y, side), pinned, across=True)
        name = "t-small bold" if i == open_ else "t-small muted"
        parts.append(_text(f"{i}", x, y + side + 14, name))
    top += -(-len(shown) // 6) * (side + LINE + GAP) + 22
    parts.append(_text(f"Channel {open_}: its {count} strongest patches", 0, top, "t-label"))
    side = (WIDTH - (PAIRS - 1) * GAP) / PAIRS
    step = 2 * side + 4 + LINE
    top += 12
    for i in range(count):
        x, y = i % PAIRS * (side + GAP), top + i // PAIRS * (step + GAP)
        _pair(best, open_, i, pictures, (x, y, side), pinned, across=False)
        parts.append(_text(units[open_]["labels"][i], x, y + step - 4, "t-small muted"))
    top += -(-count // PAIRS) * (step + GAP)
    if way:
        parts.append(_text("The strongest at steps of training", 0, top + 12, "t-label"))
        top += 24
        side = min(84.0, (WIDTH - (len(steps) - 1) * GAP) / len(steps))
        for i, at in enumerate(steps):
            x = i * (side + GAP)
            _pair(way, open_, i, pictures, (x, top, side), pinned, across=False)
            parts.append(_text(f"{at}", x, top + 2 * side + 18, "t-small muted"))
        top += 2 * side + 28
    images = board(pinned, WIDTH, top)
    whole = "".join([drawn([*images], WIDTH, top), *parts])
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top:g}">'
    return f"{head}<g>{whole}</g></svg>", images


def _pair(
    part: Patches, unit: int, i: int, pictures: NDArray[np.uint8],
    place: tuple[float, float, float], pinned: list[Pinned], *, across: bool,
) -> None:  # fmt: skip
    """A patch, and right of it or below it what comes back."""
    x, y, side = place
    top, left, bottom, right = (int(edge) for edge in part.boxes[unit, i])
    high, wide = bottom - top, right - left
    scale = side / max(high, wide, 1)
    if not (high and wide):
        return
    patch = pictures[part.found.images[unit, i], top:bottom, left:right]
    back = part.tiles.pictures[unit * part.boxes.shape[1] + i][:high, :wide]
    second = (x + side + 4, y) if across else (x, y + side + 4)
    for (at_x, at_y), pixels in (((x, y), patch), (second, back)):
        pinned.append(Pinned(pixels, (at_x, at_y, wide * scale, high * scale)))


def _text(words: str, x: float, y: float, name: str) -> str:
    return f'<text class="{name}" x="{x:g}" y="{y:g}">{escape(words)}</text>'
