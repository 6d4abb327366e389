"""What a Vega-Lite specification plots, read back from the data it carries.

Only plain fields and simple aggregates are read; charts that transform their data otherwise keep
their picture and lose the words, so the answer may be None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Any

from generator.compute.trends import Place, Series

Row = Mapping[str, Any]
Specification = Mapping[str, Any]

PARTS = ("layer", "hconcat", "vconcat", "concat")
AGGREGATES: dict[str, Callable[[Sequence[float]], float]] = {
    "count": len,
    "sum": sum,
    "mean": fmean,
    "average": fmean,
    "median": median,
    "min": min,
    "max": max,
}


@dataclass(frozen=True)
class Plot:
    """The first view of a chart that sets values against places."""

    mark: str
    across: str
    up: str
    series: tuple[Series, ...]


def units(spec: Specification, inherited: Row | None = None) -> Iterator[dict[str, Any]]:
    """Every single view of a specification, with the data and encodings it inherits."""
    kept = dict(inherited or {})
    encoding = {**kept.get("encoding", {}), **spec.get("encoding", {})}
    kept |= {key: spec[key] for key in ("data", "datasets") if key in spec} | {"encoding": encoding}
    kept["transform"] = [*kept.get("transform", ()), *spec.get("transform", ())]
    children = [child for part in PARTS for child in spec.get(part, ())]
    if "spec" in spec:
        children.append(spec["spec"])
    for child in children:
        yield from units(child, kept)
    if "mark" in spec:
        mark = spec["mark"]
        yield {**kept, "mark": mark["type"] if isinstance(mark, Mapping) else mark}


def rows(unit: Row) -> list[Row]:
    """The data of one view as dictionaries; empty where the specification does not carry it."""
    data = unit.get("data") or {}
    found = data.get("values")
    if "name" in data and found is None:
        found = unit.get("datasets", {}).get(data["name"])
    return [row for row in found or [] if isinstance(row, Mapping)]


def addresses(spec: Specification) -> list[str]:
    """Addresses that a specification would fetch its data from."""
    return [str(unit["data"]["url"]) for unit in units(spec) if "url" in (unit.get("data") or {})]


def plotted(spec: Specification) -> Plot | None:
    """The first view with a horizontal and a vertical encoding that can be read back."""
    for unit in units(spec):
        encoding = unit["encoding"]
        if unit["transform"] or not {"x", "y"} <= encoding.keys():
            continue
        along, up = _direction(encoding["x"], encoding["y"])
        series = _series(rows(unit), along, up, encoding.get("color", {}))
        if series:
            return Plot(unit["mark"], title(along), title(up), series)
    return None


def _direction(x: Row, y: Row) -> tuple[Row, Row]:
    """Bars that lie run along the vertical axis."""
    lying = x.get("type") == "quantitative" and y.get("type") in ("nominal", "ordinal")
    return (y, x) if lying else (x, y)


def _series(data: list[Row], along: Row, up: Row, colour: Row) -> tuple[Series, ...]:
    field, aggregate = along.get("field"), up.get("aggregate")
    readable = aggregate in AGGREGATES if aggregate else "field" in up
    if not field or not readable or any("bin" in e or "timeUnit" in e for e in (along, up)):
        return ()
    groups: dict[str, dict[Place, list[float]]] = {}
    for row in data:
        value = row.get(up.get("field", ""), 1 if aggregate == "count" else None)
        place = row.get(field)
        if place is None or not isinstance(value, int | float):
            continue
        name = str(row.get(colour.get("field", ""), ""))
        at = float(place) if _number(place) and along.get("type") == "quantitative" else str(place)
        groups.setdefault(name, {}).setdefault(at, []).append(value)
    reduced = {name: _reduced(places, aggregate) for name, places in groups.items()}
    if not all(reduced.values()):
        return ()
    return tuple(
        Series(name, tuple(points), tuple(points.values())) for name, points in reduced.items()
    )


def _reduced(places: dict[Place, list[float]], aggregate: str | None) -> dict[Place, float]:
    """One value a place; a cloud of points has several and is no series."""
    if not aggregate and any(len(values) > 1 for values in places.values()):
        return {}
    reduce = AGGREGATES[aggregate or "mean"]
    numbers = all(isinstance(place, float) for place in places)
    order = sorted(places, key=lambda place: place if numbers else 0)
    return {place: float(reduce(places[place])) for place in order}


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def title(encoding: Row) -> str:
    """What an axis is called: its title, else its field, else its aggregate."""
    axis = encoding.get("axis") or {}
    named = encoding.get("title") or axis.get("title") or encoding.get("field")
    return str(named or encoding.get("aggregate") or "")
