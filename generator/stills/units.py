"""The still of the kind `units`: a sheet of channels, and one of them opened."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from generator.stills.board import Pinned, board, drawn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generator.compute.gallery import Strongest
    from generator.compute.sheet import Sheet
    from generator.compute.tiles import Tiles

    # What is drawn of a part, the pictures in it, and where it ends.
    Part = tuple[list[str], list[Pinned], float]

WIDTH = 760
GAP = 12
LINE = 18
ROW = 9
"""Examples in a row."""
PATCH = 0.6
"""Side of a patch as a share of its example's."""


def units_still(
    name: str, sheet: Sheet, steps: Sequence[int], open_: int, labels: Sequence[str]
) -> tuple[str, dict[str, NDArray[np.uint8]]]:
    """SVG: all channels of a layer by their last picture, then one with its strip and examples.

    Beside it the images that it places. `labels` are the words for every image of the dataset.
    """
    # The sheet of the first objective, and the examples.
    pictures, *_, examples = sheet.atlases(0).values()
    together = sheet.ascents[0].values.shape[1]
    finals = [channel * together + len(steps) - 1 for channel in range(sheet.layer.channels)]
    grid, pinned, top = _grid(finals, open_, pictures, 28.0)
    parts = [_text(f"{name}: what excites each channel most", 0, 14, "t-label muted"), *grid]
    parts.append(f'<line class="rule" x1="0" x2="{WIDTH}" y1="{top + 4:g}" y2="{top + 4:g}"/>')
    parts.append(_text(f"Channel {open_} of {name}", 0, top + 30, "t-title"))
    frames = range(open_ * together, open_ * together + len(steps))
    values = sheet.ascents[0].values[open_].tolist()
    states = list(zip(frames, steps, values, strict=False))
    strip, run, top = _strip(states, pictures, top + 44)
    shown, found, top = _examples(sheet.examples, open_, labels, examples, top + 16)
    images = board([*pinned, *run, *found], WIDTH, top)
    whole = "".join([drawn([*images], WIDTH, top), *parts, *strip, *shown])
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top:g}">'
    return f"{head}<g>{whole}</g></svg>", images


def _extent(tiles: Tiles, side: float) -> tuple[float, float]:
    """Width and height of a picture whose longer side is `side`."""
    width, height = tiles.size
    scale = side / max(width, height)
    return width * scale, height * scale


def _grid(finals: Sequence[int], open_: int, sheet: Tiles, top: float) -> Part:
    side = next(
        side for most, side in ((8, 84), (18, 72), (50, 48), (10**9, 34)) if len(finals) <= most
    )
    named = side >= 48
    width, height = _extent(sheet, side)
    columns = int((WIDTH + GAP) // (width + GAP))
    step = height + GAP + (LINE if named else 0)
    parts, pinned = [], []
    for i, index in enumerate(finals):
        x, y = i % columns * (width + GAP), top + i // columns * step
        pinned.append(Pinned(sheet.pictures[index], (x, y, width, height)))
        parts.append(_frame(x, y, width, height, "s-accent" if i == open_ else "frame"))
        if named:
            parts.append(_text(str(i), x + width / 2, y + height + 15, "t-small muted middle"))
    return parts, pinned, top + -(-len(finals) // columns) * step


def _strip(states: Sequence[tuple[int, int, float]], sheet: Tiles, top: float) -> Part:
    """One run from left to right; states are picture, step and value."""
    side = min(108.0, (WIDTH - (len(states) - 1) * GAP) / len(states))
    width, height = _extent(sheet, side)
    parts, pinned = [], []
    for i, (index, step, value) in enumerate(states):
        x = i * (width + GAP)
        pinned.append(Pinned(sheet.pictures[index], (x, top, width, height)))
        parts.append(_frame(x, top, width, height, "frame"))
        parts.append(_text(f"step {step}", x, top + height + 15, "t-small muted"))
        parts.append(_text(f"{value:.3g}", x, top + height + 30, "t-number"))
    return parts, pinned, top + height + 34


def _examples(
    found: Strongest, channel: int, labels: Sequence[str], atlas: Tiles, top: float
) -> Part:
    """Pictures with the part that the channel sees framed, and that part again below."""
    said = "Test examples that excite it most"
    said += "" if found.whole else ", and the part of each that it sees"
    parts, pinned = [_text(said, 0, top + 12, "t-label muted")], []
    side = (WIDTH - (ROW - 1) * GAP) / ROW
    width, height = _extent(atlas, side)
    seen = 0.0 if found.whole else side * PATCH + 6
    step = height + seen + 2 * LINE + GAP
    top += 22
    count = found.values.shape[1]
    for i in range(count):
        x, y = i % ROW * (side + GAP), top + i // ROW * step
        picture = atlas.pictures[int(found.tile[channel, i])]
        pinned.append(Pinned(picture, (x, y, width, height)))
        parts.append(_frame(x, y, width, height, "frame"))
        if not found.whole:
            box = _shares(found, channel, i)
            upper, left, lower, right = box
            inner = (x + left * width, y + upper * height)
            parts.append(
                _frame(*inner, (right - left) * width, (lower - upper) * height, "s-accent")
            )
            part = _cut(picture, box)
            wide, high = (right - left) * width, (lower - upper) * height
            scale = side * PATCH / max(wide, high)
            pinned.append(Pinned(part, (x, y + height + 6, wide * scale, high * scale)))
        below = y + height + seen + 14
        parts.append(_text(labels[found.index[channel, i]], x, below, "t-small muted"))
        parts.append(_text(f"{found.values[channel, i]:.3g}", x, below + LINE - 3, "t-number"))
    return parts, pinned, top + -(-count // ROW) * step - GAP + 4


def _cut(picture: NDArray[np.uint8], box: tuple[float, float, float, float]) -> NDArray[np.uint8]:
    """The part of a picture that a box of shares covers, to the nearest pixels."""
    height, width = picture.shape[:2]
    top, left, bottom, right = box
    rows = slice(round(top * height), max(round(bottom * height), round(top * height) + 1))
    columns = slice(round(left * width), max(round(right * width), round(left * width) + 1))
    return picture[rows, columns]


def _shares(found: Strongest, channel: int, i: int) -> tuple[float, float, float, float]:
    """Top, left, bottom and right of a box, each between 0 and 1."""
    width, height = found.size
    top, left, bottom, right = (int(edge) for edge in found.boxes[channel, i])
    return top / height, left / width, bottom / height, right / width


def _frame(x: float, y: float, width: float, height: float, name: str) -> str:
    """Lines on whole and a half pixels stay sharp."""
    return (
        f'<rect class="{name}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'
    )


def _text(words: str, x: float, y: float, name: str) -> str:
    return f'<text class="{name}" x="{x:g}" y="{y:g}">{escape(words)}</text>'
