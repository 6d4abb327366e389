"""The still of the kind `attribution`: a picture, and maps over it with their scales."""

from __future__ import annotations

from hashlib import sha256
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING

from generator.palette import DARK, LIGHT

if TYPE_CHECKING:
    from generator.compute.attribution.shown import Drawn, Panel

WIDTH = 760
GAP = 24
TOP = 46
LINE = 17
WIDEST = 3
"""Pictures beside each other under whose titles there is room for larger letters."""
VEIL = 0.85
"""How far a map covers the picture."""


def attribution_still(drawn: Drawn) -> str:
    """SVG: the picture with the model's answer, then each method's map, scale and words."""
    count = len(drawn.panels) + 1
    side = (WIDTH - GAP * (count - 1)) / count
    height = side * drawn.size[1] / drawn.size[0]
    mark = sha256(drawn.mark.encode()).hexdigest()[:8]
    parts = [_defined(drawn.ink, mark), _text("The network answers", 0, 14, "t-small muted")]
    parts.append(_text(drawn.said, 0, 36, "t-title"))
    parts.append(_picture(drawn.ink, mark, (0, TOP), (side, height)))
    bottom = TOP + height
    for i, panel in enumerate(drawn.panels):
        left = (i + 1) * (side + GAP)
        parts.append(_text(panel.title, left, 36, "t-label bold"))
        parts.append(_picture(drawn.ink, mark, (left, TOP), (side, height)))
        parts += [
            f'<image class="{scheme}-only" opacity="{VEIL}" x="{left:g}" y="{TOP}" '
            f'width="{side:g}" height="{height:g}" preserveAspectRatio="none" '
            f'href="image:still-{panel.name}-{scheme}"/>'
            for scheme in ("light", "dark")
        ]
        parts.append(_frame(left, TOP, side, height))
        words, below = _below(panel, mark, left, TOP + height + 10, side)
        parts += words
        bottom = max(bottom, below)
    grows = ' class="grows"' if count <= WIDEST else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"{grows} viewBox="0 0 {WIDTH} {bottom:g}">'
        f"{''.join(parts)}</svg>"
    )


def _defined(ink: bool, mark: str) -> str:
    """The two scales; ink is a mask over a rectangle in the page's own ink."""
    parts = []
    for scheme, palette in (("light", LIGHT), ("dark", DARK)):
        for name, stops in (("signed", palette.diverging), ("size", palette.sequential)):
            shades = "".join(
                f'<stop offset="{i / (len(stops) - 1):.3f}" stop-color="{stop}"/>'
                for i, stop in enumerate(stops)
            )
            parts.append(
                f'<linearGradient id="scale-{name}-{scheme}-{mark}">{shades}</linearGradient>'
            )
    mask = (
        f'<mask id="ink-{mark}" maskUnits="objectBoundingBox" '
        'maskContentUnits="objectBoundingBox" x="0" y="0" width="1" height="1">'
        '<image x="0" y="0" width="1" height="1" preserveAspectRatio="none" class="pixels" '
        'href="image:still-picture"/></mask>'
    )
    return f"<defs>{''.join(parts)}{mask if ink else ''}</defs>"


def _picture(ink: bool, mark: str, at: tuple[float, float], size: tuple[float, float]) -> str:
    place = f'x="{at[0]:g}" y="{at[1]:g}" width="{size[0]:g}" height="{size[1]:g}"'
    drawn = (
        f'<rect class="ink" {place} mask="url(#ink-{mark})"/>'
        if ink
        else f'<image class="pixels" {place} preserveAspectRatio="none" '
        'href="image:still-picture"/>'
    )
    return drawn + _frame(*at, *size)


def _below(
    panel: Panel, mark: str, left: float, top: float, side: float
) -> tuple[list[str], float]:
    """Scale with numbers at its ends, then what the method is and what it found."""
    sort = "signed" if panel.signed else "size"
    parts = [
        f'<rect class="{scheme}-only" x="{left:g}" y="{top:g}" width="{side:g}" height="8" '
        f'fill="url(#scale-{sort}-{scheme}-{mark})"/>'
        for scheme in ("light", "dark")
    ]
    low = f"−{panel.limit:.3g}" if panel.signed else "0"
    top += 26
    parts.append(_text(low, left, top, "t-number start"))
    if panel.signed:
        parts.append(_text("0", left + side / 2, top, "t-number middle"))
    parts.append(_text(f"{panel.limit:.3g}", left + side, top, "t-number end"))
    top += 4
    for line in [*wrap(panel.what, int(side / 5.6)), *panel.told]:
        top += LINE
        parts.append(_text(line, left, top, "t-small muted lesser"))
    return parts, top + 6


def _frame(x: float, y: float, width: float, height: float) -> str:
    return f'<rect class="frame" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"/>'


def _text(words: str, x: float, y: float, name: str) -> str:
    return f'<text class="{name}" x="{x:g}" y="{y:g}">{escape(words)}</text>'
