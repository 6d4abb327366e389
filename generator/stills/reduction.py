"""The still of the kind `reduction`: the points, their map with its numbers, and maps beside it."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from generator.compute.reduction.run import view
from generator.palette import PALETTES, Scheme, channels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from generator.compute.reduction.run import Map, Run
    from generator.compute.reduction.sets import Sample

WIDTH = 1000
LARGE, SMALL, GAP = 400, 176, 30
TOP = 30
NUMBERS = 2 * LARGE + 2 * GAP
WHEEL = (0, 5, 2, 1, 3, 4)
"""Categories in an order in which neighbours on the wheel are neighbours for the eye."""
TONES = 48
MARGIN = 0.06


def wheel(tone: float, ring: bool, scheme: Scheme) -> str:
    """A colour along a curve, 0 to 1; those of a ring end where they began."""
    stops = [PALETTES[scheme].categories[i] for i in WHEEL]
    if ring:
        stops.append(stops[0])
    at = min(max(tone, 0.0), 1.0) * (len(stops) - 1)
    low = min(int(at), len(stops) - 2)
    pairs = zip(channels(stops[low]), channels(stops[low + 1]), strict=True)
    return "#" + "".join(f"{int(a + (at - low) * (b - a) + 0.5):02x}" for a, b in pairs)


def paints(points: Sample, scheme: Scheme) -> list[str]:
    """One for each point, as attributes of what is drawn with it.

    Groups have the page's categories, which are those of the scheme in force; tones have none.
    """
    count = len(PALETTES[scheme].categories)
    if points.labels is not None:
        return [f'class="s-cat-{label % count}"' for label in points.labels]
    if points.tones is None:
        return ['class="s-cat-0"'] * len(points.rows)
    tones = np.rint(points.tones * TONES) / TONES
    return [f'fill="none" stroke="{wheel(float(tone), points.ring, scheme)}"' for tone in tones]


def reduction_still(
    done: Run, turn: float, tilt: float, words: dict[str, str], scheme: Scheme
) -> str:
    """SVG; where points have tones, in the colours of one scheme, else of the page."""
    tints = paints(done.points, scheme)
    parts = [
        _text(words["data"], 0, 16, "t-title"),
        _text(words["method"], LARGE + GAP, 16, "t-title"),
        _panel(view(done.points, turn, tilt), tints, 0, TOP, LARGE, 7.5),
        _map(done.shown, tints, LARGE + GAP, TOP, LARGE, 7.5),
        *_numbers(done, words),
    ]
    height = TOP + LARGE + 26
    parts.append(_text(words["view"], 0, height - 6, "t-label muted"))
    if done.beside:
        height += 40
        parts.append(_text(words["beside"], 0, height - 10, "t-title"))
        for column, one in enumerate(done.beside):
            left = column * (SMALL + GAP)
            parts += [
                _map(one, tints, left, height, SMALL, 5),
                _text(words[f"tile-{column}"], left, height + SMALL + 20, "t-label"),
                _text(
                    "" if one.refused else f"trust {one.trust:.3f}",
                    left + SMALL,
                    height + SMALL + 20,
                    "t-label muted end lesser",
                ),
            ]
        height += SMALL + 30
    return (
        f'<svg class="grows" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}">'
        f"{''.join(parts)}</svg>"
    )


def _numbers(done: Run, words: dict[str, str]) -> list[str]:
    one = done.shown
    if one.refused:
        return []
    told: list[tuple[str, str]] = (
        [(words["step"], f"{one.steps:,}")] if done.asked.method == "tsne" else []
    )
    told += [
        (words["cost"], f"{one.cost:.3f}"),
        ("Trustworthiness", f"{one.trust:.3f}"),
        ("Continuity", f"{one.continuity:.3f}"),
    ]
    if one.hit is not None:
        told.append(("Neighbourhood hit", f"{one.hit:.0%}"))
    parts = []
    for row, (name, value) in enumerate(told):
        y = TOP + 14 + row * 62
        parts += [
            _text(name, NUMBERS, y, "t-label muted"),
            _text(value, NUMBERS, y + 26, "t-title"),
        ]
    return parts


def _map(one: Map, tints: list[str], left: float, top: float, side: float, size: float) -> str:
    if one.places is not None:
        return _panel(one.places, tints, left, top, side, size)
    words = one.refused.split(" among ")
    middle = left + side / 2
    lines = [words[0], f"among {words[1]}"]
    said = "".join(
        _text(line, middle, top + side / 2 + 18 * i, "t-label muted middle")
        for i, line in enumerate(lines)
    )
    return _frame(left, top, side) + said


def _panel(
    places: NDArray[Any], tints: list[str], left: float, top: float, side: float, size: float
) -> str:
    """Dots of one colour are one path of points without length and with round ends."""
    low, high = places.min(axis=0), places.max(axis=0)
    reach = float((high - low).max()) or 1.0
    scale = side * (1 - 2 * MARGIN) / reach
    x = left + side / 2 + (places[:, 0] - (low[0] + high[0]) / 2) * scale
    y = top + side / 2 - (places[:, 1] - (low[1] + high[1]) / 2) * scale
    dots: dict[str, list[tuple[int, int]]] = defaultdict(list)
    # Whole units of a drawing as wide as the page: finer than its dots by far, and short to write.
    for tint, across, down in zip(tints, np.rint(x), np.rint(y), strict=True):
        dots[tint].append((int(across), int(down)))
    paths = "".join(
        f'<path {tint} stroke-width="{size}" stroke-linecap="round" stroke-opacity="0.85" '
        f'd="{_hops(all_)}"/>'
        for tint, all_ in dots.items()
    )
    return _frame(left, top, side) + paths


def _hops(places: list[tuple[int, int]]) -> str:
    """A path that goes from dot to dot without drawing between."""
    (x, y), *_ = places
    hops = [f"M{x} {y}h0"]
    for (x0, y0), (x1, y1) in pairwise(places):
        hops.append(f"m{x1 - x0} {y1 - y0}h0")
    return "".join(hops).replace(" -", "-")


def _frame(left: float, top: float, side: float) -> str:
    return (
        f'<rect class="s-rule" x="{left:g}" y="{top:g}" width="{side:g}" height="{side:g}" rx="4"/>'
    )


def _text(words: str, x: float, y: float, name: str) -> str:
    from html import escape

    return f'<text class="{name}" x="{x:g}" y="{y:g}">{escape(words)}</text>'
