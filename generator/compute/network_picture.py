"""The still picture of a network as SVG, drawn with the classes of css/still.css."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

from generator.compute.network_scene import Scene
from generator.compute.network_still import LEFT, WIDTH, Row, lines, unit_box
from generator.compute.network_words import brief, percent, ranking
from generator.compute.words import size, words

MOST = 12
"""More classes than this are shown by the likeliest alone."""

TOP, BAR = 128, 20
"""Where the bars begin, and the height of a class's line."""

PICK, PICKS = 36, 5
"""Side of an example, and how many stand in a row."""

PICKS_WIDTH = PICKS * (PICK + 4) - 4


@dataclass(frozen=True)
class NetworkPicture:
    """What the drawing shows besides the rows: the classes, and the label of the example."""

    scene: Scene
    rows: Sequence[Row]
    outputs: Sequence[str]
    label: str
    examples: int

    @property
    def picks_top(self) -> int:
        """Where the examples begin, below the bars and a line of words."""
        return TOP + BAR * min(MOST, len(self.outputs)) + 36

    def pick(self, place: int) -> tuple[int, int]:
        """Left and top of an example."""
        row, column = divmod(place, PICKS)
        return column * (PICK + 4), self.picks_top + row * (PICK + 4)

    @property
    def height(self) -> int:
        """Height of the drawing, in its own units."""
        last = self.rows[-1]
        layers = last.top + last.tiles.extent[1]
        side = self.pick(self.examples - 1)[1] + PICK if self.examples else self.picks_top - 24
        return round(max(layers, side)) + 4

    def svg(self) -> str:
        """The whole drawing; its tiles are the images ``tiles-light`` and ``tiles-dark``."""
        tiles = "".join(
            f'<image class="{scheme}-only pixels" href="image:tiles-{scheme}" '
            f'width="{WIDTH}" height="{self.height}"/>'
            for scheme in ("light", "dark")
        )
        parts = [tiles, *self._verdict(), *self._frames(), *map(_name, self.rows), *self._edges()]
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.height}">'
            f"{''.join(parts)}</svg>"
        )

    def _verdict(self) -> list[str]:
        shares = self.scene.shares(0)
        order = ranking(shares)
        first = escape(self.outputs[order[0]])
        then = f", then {self.outputs[order[1]]} ({percent(shares[order[1]])})" if order[1:] else ""
        long = " long" if max(map(len, self.outputs)) > 3 else ""
        truth = f"test example labelled {self.label}" if self.label else "nothing drawn yet"
        listed = order[:MOST] if len(order) > MOST else range(len(order))
        return [
            '<text class="t-small muted" x="0" y="14">first guess</text>',
            f'<text class="t-title verdict{long}" x="0" y="62">{first}</text>',
            f'<text class="t-label" x="0" y="88">{percent(shares[order[0]])}{escape(then)}</text>',
            f'<text class="t-small muted" x="0" y="107">{escape(truth)}</text>',
            *(
                _bar(self.outputs[index], shares[index], TOP + BAR * i, index == order[0])
                for i, index in enumerate(listed)
            ),
        ]

    def _frames(self) -> list[str]:
        """Hairlines around pictures, whose paper is the page's."""
        boxes = [self.rows[0].box(i) for i in range(self.rows[0].tiles.columns)]
        boxes = boxes if len(self.rows[0].layer.shape) == 3 else []
        boxes += [(*self.pick(i), PICK, PICK) for i in range(self.examples)]
        words = f'<text class="t-small muted" x="0" y="{self.picks_top - 8}">other examples</text>'
        return [words] * bool(self.examples) + [
            f'<rect class="rule" x="{left - 0.5:.1f}" y="{top - 0.5:.1f}" '
            f'width="{width + 1:.1f}" height="{height + 1:.1f}"/>'
            for left, top, width, height in boxes
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
    long = len(name) > 3
    start, rail = (76, 72) if long else (24, 124)
    place = "start" if long else "end"
    return (
        f'<text class="t-small {place}{weight}" x="{0 if long else 16}" y="{y + 10}">{escape(name)}'
        f'</text><rect class="panel" x="{start}" y="{y}" width="{rail}" height="12"/>'
        f'<rect class="{fill}" x="{start}" y="{y}" width="{rail * share:.2f}" height="12"/>'
        f'<text class="t-number end{weight}" x="{PICKS_WIDTH}" y="{y + 10}">{escape(brief(share))}'
        f"</text>"
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
