"""Single pictures of an atlas inside an SVG drawing that serves both colour schemes.

Ink is a mask over a rectangle in the page's own ink: one grey image does for dark and light.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Atlas:
    """An image of the payload that holds many pictures of one size.

    image    its name in the payload
    size     width and height of one picture; count and columns of them
    ink      True for pictures without colours of their own
    """

    image: str
    size: tuple[int, int]
    columns: int
    count: int
    ink: bool
    mark: str = ""

    @property
    def _id(self) -> str:
        told = f"{self.image} {self.size} {self.columns} {self.count} {self.mark}"
        return f"ink-{sha256(told.encode()).hexdigest()[:8]}"

    @property
    def _whole(self) -> tuple[int, int]:
        rows = -(-self.count // self.columns)
        return self.columns * self.size[0], rows * self.size[1]

    def defined(self) -> str:
        """What the drawing has to say once before it shows pictures."""
        if not self.ink:
            return ""
        width, height = self._whole
        return (
            f'<mask id="{self._id}" maskUnits="userSpaceOnUse" x="0" y="0" width="{width}" '
            f'height="{height}">{self._placed()}</mask>'
        )

    def picture(
        self,
        index: int,
        at: tuple[float, float],
        side: float,
        crop: tuple[float, float, float, float] | None = None,
    ) -> str:
        """Picture `index`, its longer side `side`, upper left corner `at`.

        crop: top, left, bottom and right as shares of the picture; the part keeps its shape.
        """
        width, height = self.size
        top, left, bottom, right = crop or (0.0, 0.0, 1.0, 1.0)
        x = index % self.columns * width + left * width
        y = index // self.columns * height + top * height
        wide, high = (right - left) * width, (bottom - top) * height
        scale = side / max(wide, high)
        shown = (
            f'<rect class="ink" x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" '
            f'mask="url(#{self._id})"/>'
            if self.ink
            else self._placed()
        )
        return (
            f'<svg x="{at[0]:g}" y="{at[1]:g}" width="{wide * scale:g}" height="{high * scale:g}" '
            f'viewBox="{x:g} {y:g} {wide:g} {high:g}">{shown}</svg>'
        )

    def extent(self, side: float) -> tuple[float, float]:
        """Width and height of a picture whose longer side is `side`."""
        width, height = self.size
        scale = side / max(width, height)
        return width * scale, height * scale

    def _placed(self) -> str:
        width, height = self._whole
        return (
            f'<image href="image:{self.image}" width="{width}" height="{height}" class="pixels"/>'
        )
