"""The still of the kind `dream`: one run from left to right, other optima, and real examples."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from generator.stills.atlas import Atlas

if TYPE_CHECKING:
    from generator.compute.dream.shown import Drawn
    from generator.compute.tiles import Tiles

WIDTH = 760
GAP = 14
TOP = 40
SMALL = 88
MOST = 200.0


def dream_still(drawn: Drawn) -> str:
    """SVG: what is asked, the kept steps of the first run, and below them other optima and
    examples."""
    pictures = _atlas("still-pictures", drawn.pictures, drawn.mark)
    examples = _atlas("examples-0", drawn.examples, drawn.mark)
    parts = [pictures.defined(), examples.defined()]
    parts.append(_text(drawn.told.title, 0, 20, "t-title"))
    count = len(drawn.strip)
    side = min(MOST, (WIDTH - GAP * (count - 1)) / count)
    width, height = pictures.extent(side)
    for i, (step, value) in enumerate(drawn.strip):
        x = i * (width + GAP)
        parts += _picture(pictures, i, (x, TOP), side)
        parts.append(_text(f"step {step}", x, TOP + height + 18, "t-small muted"))
        parts.append(_text(f"{value:.3g}", x + width, TOP + height + 18, "t-number end"))
    top = TOP + height + 56
    left, bottom = 0.0, top - 24
    if drawn.others:
        rows = [(count + i, "", value) for i, value in enumerate(drawn.others)]
        made, left, bottom = _row("From other noise", pictures, rows, (0, top))
        parts += made
        left += 2 * GAP
    if drawn.beside:
        room = max(1, int((WIDTH - left + GAP) // (examples.extent(SMALL)[0] + GAP)))
        rows = list(drawn.beside[:room])
        made, _, below = _row("Test examples it answers most", examples, rows, (left, top))
        parts += made
        bottom = max(bottom, below)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="grows" viewBox="0 0 {WIDTH} '
        f'{bottom:g}"><g>{"".join(parts)}</g></svg>'
    )


def _row(
    title: str, atlas: Atlas, rows: list[tuple[int, str, float]], at: tuple[float, float]
) -> tuple[list[str], float, float]:
    """Small pictures with what each is and is worth; where the row ends, across and down."""
    left, top = at
    width, height = atlas.extent(SMALL)
    parts = [_text(title, left, top, "t-label bold")]
    for i, (place, name, value) in enumerate(rows):
        x, y = left + i * (width + GAP), top + 12
        parts += _picture(atlas, place, (x, y), SMALL)
        parts.append(_text(f"{value:.3g}", x, y + height + 17, "t-number"))
        if name:
            parts.append(_text(name[:14], x, y + height + 33, "t-small muted lesser"))
    return parts, left + len(rows) * (width + GAP) - GAP, top + height + 50


def _atlas(name: str, tiles: Tiles, mark: str) -> Atlas:
    count = len(tiles.pictures)
    return Atlas(name, tiles.size, tiles.columns, count, tiles.channels == 1, mark)


def _picture(atlas: Atlas, index: int, at: tuple[float, float], side: float) -> list[str]:
    width, height = atlas.extent(side)
    place = f'x="{at[0]:.1f}" y="{at[1]:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return [atlas.picture(index, at, side), f'<rect class="frame" {place}/>']


def _text(words: str, x: float, y: float, name: str) -> str:
    return f'<text class="{name}" x="{x:g}" y="{y:g}">{escape(words)}</text>'
