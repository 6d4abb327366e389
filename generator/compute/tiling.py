"""How a layer's channels stand side by side: the twin of templates/figures/network/layout.js."""

from dataclasses import dataclass
from math import ceil, floor

WIDEST = 88
"""No map is drawn wider than this."""


@dataclass(frozen=True)
class Tiling:
    """Equal tiles in rows, in pixels of the drawing."""

    width: float
    height: float
    gap: int
    columns: int
    rows: int

    @property
    def extent(self) -> tuple[float, float]:
        """Width and height of all tiles together."""
        return (
            self.columns * (self.width + self.gap) - self.gap,
            self.rows * (self.height + self.gap) - self.gap,
        )

    def corner(self, channel: int) -> tuple[float, float]:
        """Left and top of a tile."""
        row, column = divmod(channel, self.columns)
        return column * (self.width + self.gap), row * (self.height + self.gap)


def tiling(shape: tuple[int, ...], room: float) -> Tiling:
    """Whole multiples of a map's own pixels where they fit, in the fewest rows that can be read.

    Shape:   (channels, height, width), or (channels,) for single units.
    Units:   pixels of the drawing; `room` is its width.
    """
    channels, height, width = (*shape, 1, 1)[:3]
    if height * width == 1:
        return _units(channels, room)
    gap = 4 if width < 8 else 6
    most = max(1, WIDEST // width)
    wanted = min(40, width * (3 if channels > 100 else 6))
    rows = 0
    while True:
        rows += 1
        columns = ceil(channels / rows)
        free = (room - (columns - 1) * gap) / columns
        scale: float = min(most, floor(free / width)) if free >= width else free / width
        if scale * width >= wanted or columns == 1:
            scale = min(scale, WIDEST / width)
            return Tiling(scale * width, scale * height, gap, columns, ceil(channels / columns))


def _units(count: int, room: float) -> Tiling:
    side = next(side for most, side in ((16, 28), (80, 16), (300, 11), (count, 8)) if count <= most)
    gap = 4 if side > 20 else 2
    most = max(1, floor((room + gap) / (side + gap)))
    rows = ceil(count / most)
    return Tiling(side, side, gap, ceil(count / rows), rows)
