"""A series of numbers in words: where it starts, where it ends, and where it is best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

# A curve that ends within this share of its range from its start has no direction to speak of.
DIRECTION = 0.5

Place = float | str


@dataclass(frozen=True)
class Series:
    """One line of a chart: places along the horizontal axis, in order, and their values."""

    name: str
    places: tuple[Place, ...]
    values: tuple[float, ...]

    @property
    def first(self) -> float:
        """Value at the leftmost place."""
        return self.values[0]

    @property
    def last(self) -> float:
        """Value at the rightmost place."""
        return self.values[-1]

    def best(self, lowest: bool) -> tuple[float, Place]:
        """The least or the greatest value and the first place that has it."""
        value = min(self.values) if lowest else max(self.values)
        return value, self.places[self.values.index(value)]


def words(series: Series, axis: str, number: Callable[[float], str] = "{:.3g}".format) -> str:
    """A sentence without its full stop: how the values run along the axis.

    Rises or falls: |last - first| > DIRECTION * (greatest - least); otherwise it has no direction.
    """
    name = series.name
    if len(series.values) == 1:
        return f"{name} is {number(series.first)} at {axis} {_at(series.places[0])}"
    low, lowest = series.best(lowest=True)
    high, highest = series.best(lowest=False)
    if low == high:
        return f"{name} stays at {number(low)}"
    if isinstance(series.places[0], str):
        return (
            f"{name}: greatest for {_at(highest)} ({number(high)}), "
            f"least for {_at(lowest)} ({number(low)})"
        )
    change = series.last - series.first
    way = (
        f"from {number(series.first)} at {axis} {_at(series.places[0])} "
        f"to {number(series.last)} at {axis} {_at(series.places[-1])}"
    )
    if abs(change) <= DIRECTION * (high - low):
        return (
            f"{name} goes {way}, between {number(low)} at {_at(lowest)} "
            f"and {number(high)} at {_at(highest)}"
        )
    verb, word, value, place = (
        ("rises", "greatest", high, highest) if change > 0 else ("falls", "least", low, lowest)
    )
    if place in (series.places[0], series.places[-1]):
        return f"{name} {verb} {way}"
    return f"{name} {verb} {way}, {word} at {axis} {_at(place)} ({number(value)})"


def spread(wanted: Sequence[float], gap: float) -> list[float]:
    """Positions as near to the wanted ones as labels of height `gap` allow, in the same order.

    Neighbours that collide form a block, which stands at the mean of what its members want.

    Shape:   (n,) in any order; the answer in that same order.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    blocks: list[tuple[float, list[int]]] = []
    for i in order:
        members = [i]
        middle = wanted[i]
        while blocks and middle - blocks[-1][0] < gap * (len(members) + len(blocks[-1][1])) / 2:
            members = blocks.pop()[1] + members
            middle = sum(wanted[j] for j in members) / len(members)
        blocks.append((middle, members))
    placed = [0.0] * len(wanted)
    for middle, members in blocks:
        for rank, i in enumerate(members):
            placed[i] = middle + gap * (rank - (len(members) - 1) / 2)
    return placed


def _at(place: Place) -> str:
    return place if isinstance(place, str) else f"{place:g}"
