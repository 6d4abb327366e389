"""The still of the kind `imagine`: all shapes, and the picture made for each chosen one."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from generator.stills.atlas import Atlas

if TYPE_CHECKING:
    from generator.compute.imagine.page import Drawn

WIDTH = 760
GAP = 16
LARGEST = 150.0
SMALL = 44.0


def imagine_still(drawn: Drawn) -> str:
    """SVG: all shapes small, the chosen ones marked; below them the imagined pictures, large."""
    tiles = drawn.pictures
    atlas = Atlas("still-shapes", tiles.size, tiles.columns, len(tiles.pictures), True, drawn.mark)
    count = len(drawn.names)
    parts = [atlas.defined(), _text("It learns these shapes", 0, 16, "t-label bold")]
    pitch = WIDTH / count
    for i in range(count):
        x = i * pitch
        if i in drawn.chosen:
            parts.append(_frame(x, 26, SMALL, "frame strong"))
        parts.append(atlas.picture(i, (x, 26), SMALL))
    top = 26 + SMALL + 44
    parts.append(_text("and would like to see", 0, top - 14, "t-label bold"))
    side = min(LARGEST, (WIDTH - GAP * (len(drawn.chosen) - 1)) / len(drawn.chosen))
    for k, (shape, share) in enumerate(zip(drawn.chosen, drawn.shares, strict=True)):
        x = k * (side + GAP)
        parts.append(atlas.picture(count + k, (x, top), side))
        parts.append(_frame(x, top, side, "frame"))
        parts.append(_text(drawn.names[shape], x, top + side + 18, "t-small muted"))
        parts.append(_text(f"{100 * share:.0f} %", x + side, top + side + 18, "t-number end"))
    bottom = top + side + 52
    parts.append(_text(drawn.line, 0, bottom - 8, "t-small muted"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="grows" viewBox="0 0 {WIDTH} '
        f'{bottom:g}"><g>{"".join(parts)}</g></svg>'
    )


def _frame(x: float, y: float, side: float, name: str) -> str:
    return f'<rect class="{name}" x="{x:.1f}" y="{y:.1f}" width="{side:.1f}" height="{side:.1f}"/>'


def _text(words: str, x: float, y: float, name: str) -> str:
    return f'<text class="{name}" x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'
