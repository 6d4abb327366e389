"""What prose may cite of a plot, and its table."""

from __future__ import annotations

from typing import Any

from generator.compute.encodings import Plot
from generator.figure import Table

# A row of the table for each point, up to what a reader would still scroll through.
LONGEST_TABLE = 200


def citable(plot: Plot, *, lowest: bool = False) -> dict[str, Any]:
    """What prose may cite of each series: first, last, least, greatest and best, with places."""
    values: dict[str, Any] = {}
    for one in plot.series:
        least, greatest = one.best(lowest=True), one.best(lowest=False)
        best = least if lowest else greatest
        values[one.name or plot.up] = {
            "first": one.first,
            "last": one.last,
            "count": len(one.values),
            "least": least[0],
            "least_at": _short(least[1]),
            "greatest": greatest[0],
            "greatest_at": _short(greatest[1]),
            "best": best[0],
            "best_at": _short(best[1]),
        }
    return values


def table(plot: Plot, caption: str) -> Table | None:
    """Places down, series across; none for more rows than anyone would read."""
    places = list(dict.fromkeys(place for one in plot.series for place in one.places))
    if len(places) > LONGEST_TABLE:
        return None
    held = [dict(zip(one.places, one.values, strict=True)) for one in plot.series]
    rows = tuple(
        (_plain(place), *(f"{one[place]:.4g}" if place in one else "" for one in held))
        for place in places
    )
    names = tuple(one.name or plot.up for one in plot.series)
    return Table(caption or f"{plot.up} by {plot.across}", (plot.across, *names), rows)


def _short(place: float | str) -> float | int | str:
    """Epoch 18 and not 18.0, in prose as in a table."""
    return int(place) if isinstance(place, float) and place.is_integer() else place


def _plain(place: float | str) -> str:
    return place if isinstance(place, str) else f"{place:g}"
