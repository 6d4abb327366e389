"""The still of the kind `teach`: what is shown, what is answered, and what was taught."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from generator.stills.board import Pinned, board, drawn

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from generator.compute.teach.drawn import Drawn

WIDTH = 760
SIDE = 176
LEFT = 216
"""Where the bars begin."""
TOP = 44
ROW, SLIM = 34, 26
"""Of a class with its two bars: its height, and where there are many."""
THUMB, GAP = 44, 6
NAME = 130
METHODS = ("head", "neighbours")


def teach_still(what: Drawn) -> tuple[str, Mapping[str, NDArray[np.uint8]]]:
    """SVG and the pictures on it: the answer in words, the example, bars, and a row of captures for
    every class."""
    row = ROW if len(what.names) <= 4 else SLIM
    parts = [_text(what.verdict(), 0, 20, "t-title")]
    pinned = [Pinned(_pixels(what.shown), (0, TOP, SIDE, SIDE))]
    parts.append(f'<rect class="frame" x="0" y="{TOP}" width="{SIDE}" height="{SIDE}"/>')
    parts.append(_text(what.called, 0, TOP + SIDE + 20, "t-small muted"))
    for i in range(len(what.names)):
        parts += _bars(what, i, TOP + i * row, row)
    y = TOP + len(what.names) * row + 14
    parts.append(
        _text(
            "Full: the trained head. Outlined: nearest neighbours.", LEFT, y, "t-small muted lesser"
        )
    )
    top = max(TOP + SIDE + 44, y + 30)
    for i in range(len(what.names)):
        made, pictures = _captures(what, i, top + i * (THUMB + 18))
        parts += made
        pinned += pictures
    height = top + len(what.names) * (THUMB + 18)
    images = board(pinned, WIDTH, height)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="grows" viewBox="0 0 {WIDTH} {height:g}">'
        f"{drawn(list(images), WIDTH, height)}{''.join(parts)}</svg>"
    )
    return svg, images


def _pixels(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """As boards take it: colours last, or ink alone."""
    if len(picture) == 3:
        return picture.transpose(1, 2, 0)
    ink: NDArray[np.uint8] = picture.mean(0).round().astype(picture.dtype)
    return ink


def _bars(what: Drawn, place: int, top: float, row: float) -> list[str]:
    name, bar = what.names[place], row / 2 - 5
    left, room = LEFT + NAME, WIDTH - LEFT - NAME - 60
    parts = [_text(name[:18], LEFT, top + row / 2 + 2, "t-small bold")]
    for i, method in enumerate(METHODS):
        found = what.shares[method]
        share = 0.0 if found is None else float(found[place])
        box = f'x="{left:g}" y="{top + i * (bar + 2):g}" height="{bar:g}"'
        look = f'class="cat-{place}"' if i == 0 else f'class="s-cat-{place}" stroke-width="1.5"'
        parts.append(f'<rect class="panel" {box} width="{room:g}"/>')
        parts.append(f'<rect {look} {box} width="{room * share:g}"/>')
        if method == what.method and found is not None:
            said = f"{100 * share:.{1 if share < 0.1 else 0}f} %"
            parts.append(_text(said, WIDTH, top + row / 2 + 2, "t-number end"))
    return parts


def _captures(what: Drawn, place: int, top: float) -> tuple[list[str], list[Pinned]]:
    count = what.counts[place]
    parts = [
        f'<rect class="cat-{place}" x="0" y="{top:g}" width="5" height="{THUMB}"/>',
        _text(what.names[place][:18], 14, top + 18, "t-label bold"),
        _text(f"{count} capture{'' if count == 1 else 's'}", 14, top + 36, "t-small muted"),
    ]
    room = int((WIDTH - LEFT + GAP) // (THUMB + GAP))
    pinned = []
    for i, picture in enumerate(what.captures[place][:room]):
        x = LEFT + i * (THUMB + GAP)
        pinned.append(Pinned(_pixels(picture), (x, top, THUMB, THUMB)))
        parts.append(f'<rect class="frame" x="{x}" y="{top:g}" width="{THUMB}" height="{THUMB}"/>')
    return parts, pinned


def _text(words: str, x: float, y: float, name: str) -> str:
    return f'<text class="{name}" x="{x:g}" y="{y:g}">{escape(words)}</text>'
