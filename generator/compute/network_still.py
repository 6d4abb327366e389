"""Where everything stands in the still picture of a network, and its tiles as pixels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.compute.architecture import Layer
from generator.compute.tiling import Tiling, tiling

LEFT, WIDTH = 220, 800
"""The layers stand right of the verdict; units of the drawing."""

NAME, SPACE = 22, 16
"""Height of a layer's name, and the distance between layers."""

LINES = 40
"""More lines than this only blacken the picture."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Row:
    """A drawn layer: its tiles and where their upper left corner is."""

    layer: Layer
    title: str
    tiles: Tiling
    top: float

    def box(self, channel: int) -> Box:
        """Left, top, width and height of a tile."""
        left, top = self.tiles.corner(min(channel, self.tiles.columns * self.tiles.rows - 1))
        return LEFT + left, self.top + top, self.tiles.width, self.tiles.height


@dataclass(frozen=True)
class Line:
    """What one tile adds to the chosen unit: an SVG path, and the share of the greatest amount."""

    path: str
    share: float


def rows(layers: Sequence[tuple[Layer, str]], coloured: bool) -> list[Row]:
    """Put layers one above the other; an input in colours is one tile."""
    found, top = [], 0.0
    for layer, title in layers:
        whole = coloured and layer.op == "input"
        tiles = tiling((1, *layer.shape[1:]) if whole else layer.shape, WIDTH - LEFT)
        found.append(Row(layer, title, tiles, top + NAME))
        top += NAME + tiles.extent[1] + SPACE
    return found


def lines(
    drawn: Mapping[str, Row], unit: Box, amounts: Mapping[tuple[str, int], float]
) -> list[Line]:
    """Curves from tiles to a unit, the weakest first; layers that are not drawn have none."""
    known = [(key, amount) for key, amount in amounts.items() if key[0] in drawn]
    known.sort(key=lambda one: abs(one[1]))
    most = max((abs(amount) for _, amount in known), default=0.0) or 1.0
    return [
        Line(_curve(_centre(drawn[layer].box(channel)), _centre(unit)), amount / most)
        for (layer, channel), amount in known[-LINES:]
    ]


def unit_box(row: Row, channel: int, y: int, x: int) -> Box:
    """Where one unit of a tile is."""
    left, top, width, height = row.box(channel)
    high, wide = row.layer.size
    return left + x * width / wide, top + y * height / high, width / wide, height / high


def _centre(box: Box) -> tuple[float, float]:
    left, top, width, height = box
    return left + width / 2, top + height / 2


def _curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    (x1, y1), (x2, y2) = start, end
    bend = (y2 - y1) * 0.45
    return f"M{x1:.1f} {y1:.1f}C{x1:.1f} {y1 + bend:.1f} {x2:.1f} {y2 - bend:.1f} {x2:.1f} {y2:.1f}"
