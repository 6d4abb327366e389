"""The still of the kind `perturb`: before, after, difference, answers, and accuracy below."""

from __future__ import annotations

from hashlib import sha256
from html import escape
from math import floor, log10
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.compute.perturb.shown import Drawn

WIDTH = 760
GAP = 28
SIDE = (WIDTH - 2 * GAP) / 3
LEFTS = [i * (SIDE + GAP) for i in range(3)]
TOP = 56
ROW = 22
LINE = 26
PLOT = 150
COLOURS = (0, 1, 5, 3)
DASHES = ("", "7 3", "2 3", "8 3 2 3")
"""Curves that lie on each other are told apart by their dashes."""


def perturb_still(drawn: Drawn) -> str:
    """SVG: what came of the attack in words, three pictures, two rows of bars, and curves."""
    mark = sha256(drawn.mark.encode()).hexdigest()[:8]
    verdict = wrap(drawn.verdict, 62)
    parts = [_masks(mark) if drawn.ink else ""]
    parts += [_text(line, 0, 18 + LINE * i, "t-title") for i, line in enumerate(verdict)]
    pictures, top = _pictures(drawn, mark, LINE * len(verdict))
    parts += pictures
    lead = min(118, max(30, 11 * max(len(name) for name, _, _ in drawn.rows)))
    for i, (name, before, after) in enumerate(drawn.rows):
        for left, share in zip(LEFTS, (before, after), strict=False):
            parts += _bar(name, share, (left, top + i * ROW), lead)
    for i, line in enumerate(wrap(drawn.explained, int(SIDE / 5.8))):
        parts.append(_text(line, LEFTS[2], top + 12 + 17 * i, "t-small muted lesser"))
    top += ROW * len(drawn.rows) + 26
    parts.append(_text(drawn.measured, 0, top, "t-label bold"))
    parts += _curves(drawn, top + 14)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="grows" '
        f'viewBox="0 0 {WIDTH} {top + PLOT + 58:g}">{"".join(parts)}</svg>'
    )


def _pictures(drawn: Drawn, mark: str, head: float) -> tuple[list[str], float]:
    """Before, after and the difference with what is said of each, and where the bars begin."""
    titles = ("Original", "Perturbed", drawn.factor)
    parts = []
    for left, title, words in zip(
        LEFTS, titles, (drawn.before, drawn.after, drawn.what), strict=True
    ):
        parts.append(_text(title, left, head + 20, "t-label bold"))
        parts.append(_text(words, left, head + 42, "t-small muted"))
    top, height = head + TOP, SIDE * drawn.size[1] / drawn.size[0]
    for left, name in zip(LEFTS, ("before", "after"), strict=False):
        parts.append(_picture(name, mark if drawn.ink else "", (left, top), height))
    parts += [
        f'<image class="pixels {scheme}-only" x="{LEFTS[2]:g}" y="{top:g}" width="{SIDE:g}" '
        f'height="{height:g}" preserveAspectRatio="none" href="image:still-difference-{scheme}"/>'
        for scheme in ("light", "dark")
    ]
    parts += [_frame(left, top, SIDE, height) for left in LEFTS]
    return parts, top + height + 18


def _masks(mark: str) -> str:
    """Ink is a mask over a rectangle in the page's own ink."""
    return "<defs>" + "".join(
        f'<mask id="ink-{name}-{mark}" maskUnits="objectBoundingBox" '
        'maskContentUnits="objectBoundingBox" x="0" y="0" width="1" height="1">'
        '<image x="0" y="0" width="1" height="1" preserveAspectRatio="none" class="pixels" '
        f'href="image:still-{name}"/></mask>'
        for name in ("before", "after")
    ) + "</defs>"  # fmt: skip


def _picture(name: str, mask: str, at: tuple[float, float], height: float) -> str:
    place = f'x="{at[0]:g}" y="{at[1]:g}" width="{SIDE:g}" height="{height:g}"'
    if mask:
        return f'<rect class="ink" {place} mask="url(#ink-{name}-{mask})"/>'
    return f'<image class="pixels" {place} preserveAspectRatio="none" href="image:still-{name}"/>'


def _bar(name: str, share: float, at: tuple[float, float], lead: float) -> list[str]:
    left, top = at
    track = f'x="{left + lead:g}" y="{top + 1:g}" height="14"'
    room = SIDE - lead - 62
    return [
        _text(name[:12], left, top + 13, "t-small"),
        f'<rect class="panel" {track} width="{room:g}"/>',
        f'<rect class="accent" {track} width="{room * share:g}"/>',
        _text(_percent(share), left + SIDE, top + 13, "t-number end"),
    ]


def _curves(drawn: Drawn, top: float) -> list[str]:
    left, right, bottom = 62, WIDTH - 200, top + PLOT

    def across(strength: float) -> float:
        return left + strength / drawn.strengths[-1] * (right - left)

    def down(share: float) -> float:
        return bottom - share * PLOT

    parts = []
    for share in (0, 0.5, 1):
        y = down(share)
        parts.append(f'<line class="rule" x1="{left}" x2="{right}" y1="{y:g}" y2="{y:g}"/>')
        parts.append(_text(f"{100 * share:g} %", left - 6, y + 4, "t-number end muted"))
    for strength in _ticks(drawn.strengths[-1]):
        parts.append(_text(f"{strength:g}", across(strength), bottom + 17, "t-number middle muted"))
    parts.append(_text("strength", (left + right) / 2, bottom + 36, "t-small middle muted"))
    for i, (title, curve) in enumerate(drawn.curves.items()):
        points = " ".join(
            f"{across(x):.1f},{down(y):.1f}" for x, y in zip(drawn.strengths, curve, strict=True)
        )
        look = f'class="s-cat-{COLOURS[i]}" fill="none" stroke-width="2"'
        dash = f' stroke-dasharray="{DASHES[i]}"' if DASHES[i] else ""
        y = top + 14 + 26 * i
        parts.append(f'<polyline {look}{dash} points="{points}"/>')
        ends = f'x1="{right + 24}" x2="{right + 52}" y1="{y - 4:g}" y2="{y - 4:g}"'
        parts.append(f"<line {look}{dash} {ends}/>")
        parts.append(_text(title, right + 60, y, "t-small"))
    return parts


def _ticks(last: float) -> list[float]:
    """Round numbers from 0 to the last strength, at most six."""
    power = 10 ** floor(log10(last / 5))
    step = next(one for one in (1, 2, 5, 10) if one * power >= last / 5 * (1 - 1e-9)) * power
    return [i * step for i in range(int(last / step + 1e-9) + 1)]


def _percent(share: float) -> str:
    return f"{100 * share:.{1 if share < 0.1 else 0}f} %"


def _frame(x: float, y: float, width: float, height: float) -> str:
    return f'<rect class="frame" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"/>'


def _text(words: str, x: float, y: float, name: str) -> str:
    return f'<text class="{name}" x="{x:g}" y="{y:g}">{escape(words)}</text>'
