"""The still picture of a network as SVG, drawn with the classes of css/still.css."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

from generator.compute.network_scene import Scene
from generator.compute.network_still import LEFT, WIDTH, Row, lines, unit_box
from generator.compute.network_words import percent, ranking
from generator.compute.words import size, words

MOST = 12
"""More classes than this are shown by the likeliest alone."""

BAR, RAIL = 20, 96
"""Height of a class's line, and length of a full bar."""


@dataclass(frozen=True)
class NetworkPicture:
    """What the drawing shows besides the rows: the classes, and the label of the example."""

    scene: Scene
    rows: Sequence[Row]
    outputs: Sequence[str]
    label: str

    @property
    def height(self) -> int:
        """Height of the drawing, in its own units."""
        last = self.rows[-1]
        layers = last.top + last.tiles.extent[1]
        return round(max(layers, 132 + BAR * min(MOST, len(self.outputs)))) + 4

    def svg(self) -> str:
        """The whole drawing; its tiles are the images ``tiles-light`` and ``tiles-dark``."""
        tiles = "".join(
            f'<image class="{scheme}-only pixels" href="image:tiles-{scheme}" '
            f'width="{WIDTH}" height="{self.height}"/>'
            for scheme in ("light", "dark")
        )
        parts = [tiles, *self._verdict(), *map(_name, self.rows), *self._edges()]
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.height}">'
            f"{''.join(parts)}</svg>"
        )

    def _verdict(self) -> list[str]:
        shares = self.scene.shares(0)
        order = ranking(shares)
        first = escape(self.outputs[order[0]])
        then = f", then {self.outputs[order[1]]} {percent(shares[order[1]])}" if order[1:] else ""
        long = " long" if max(map(len, self.outputs)) > 3 else ""
        truth = f"test example labelled {self.label}" if self.label else "nothing drawn yet"
        listed = order[:MOST] if len(order) > MOST else range(len(order))
        return [
            '<text class="t-small muted" x="0" y="14">first guess</text>',
            f'<text class="t-title verdict{long}" x="0" y="62">{first}</text>',
            f'<text class="t-label" x="0" y="88">{percent(shares[order[0]])}{escape(then)}</text>',
            f'<text class="t-small muted" x="0" y="107">{escape(truth)}</text>',
            *(
                _bar(self.outputs[index], shares[index], 128 + BAR * i, index == order[0])
                for i, index in enumerate(listed)
            ),
        ]

    def _edges(self) -> list[str]:
        drawn = {row.layer.name: row for row in self.rows}
        row = drawn[self.scene.look[0]]
        unit = unit_box(row, *self.scene.look[1:])
        parts = []
        for line in lines(drawn, unit, self.scene.amounts()):
            share = abs(line.share)
            sign = "s-negative" if line.share < 0 else "s-positive"
            parts.append(
                f'<path class="{sign}" d="{line.path}" stroke-width="{0.6 + 2.6 * share:.2f}" '
                f'stroke-opacity="{0.12 + 0.68 * share:.3f}"/>'
            )
        left, top, width, height = unit
        parts.append(
            f'<rect class="s-accent" x="{left - 2:.1f}" y="{top - 2:.1f}" '
            f'width="{width + 4:.1f}" height="{height + 4:.1f}" stroke-width="2"/>'
        )
        return parts


def _name(row: Row) -> str:
    y = row.top - 8
    return (
        f'<text class="t-label" x="{LEFT}" y="{y:.1f}"><tspan class="bold">{escape(row.title)}'
        f'</tspan><tspan class="muted" dx="9">{escape(words(row.layer))}</tspan></text>'
        f'<text class="t-small muted end" x="{WIDTH}" y="{y:.1f}">{size(row.layer)}</text>'
    )


def _bar(name: str, share: float, y: float, most: bool) -> str:
    fill = "accent" if most else "muted"
    weight = " bold" if most else ""
    return (
        f'<text class="t-small end{weight}" x="34" y="{y + 10}">{escape(name)}</text>'
        f'<rect class="panel" x="42" y="{y}" width="{RAIL}" height="12"/>'
        f'<rect class="{fill}" x="42" y="{y}" width="{RAIL * share:.2f}" height="12"/>'
        f'<text class="t-number end{weight}" x="196" y="{y + 10}">{percent(share)}</text>'
    )


def ink(
    values: NDArray[np.float32], bounds: tuple[float, float], ends: tuple[NDArray[np.uint8], ...]
) -> NDArray[np.uint8]:
    """Numbers from `bounds` as shades between two colours.

    Shape:   any shape in, the same with a last axis of 3 out; ends: two times (3,).
    """
    low, high = bounds
    share = np.clip((values - low) / (high - low), 0, 1)[..., None]
    mixed = ends[0] + share * (ends[1].astype(np.float64) - ends[0])
    return np.asarray(np.floor(mixed + 0.5), np.uint8)
