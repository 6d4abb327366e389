"""A model's training history as curves, one per part of the data, and their chart."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import altair as alt

from generator.compute.trends import Series, spread

Row = Mapping[str, Any]

PARTS = ("train", "test")
WIDTH, HEIGHT = 600, 300
# Height of a label's line in pixels, for two curves that end at nearly the same value.
LINE = 18
TICKS = 8


def metrics(rows: Sequence[Row]) -> list[str]:
    """Metrics that some row holds a number for, without the part of the data they belong to."""
    found = {_split(key)[1]: None for row in rows for key, value in row.items() if _number(value)}
    return [name for name in found if name not in ("epoch", "step")]


def curves(rows: Sequence[Row], metric: str) -> tuple[Series, ...]:
    """The values of one metric at every epoch, for train and test or whatever the history has.

    Shape:   one Series per part; its places are the rows' `epoch`, else 1, 2, 3 …
    """
    series = []
    keys = dict.fromkeys(key for row in rows for key in row if _split(key)[1] == metric)
    for key in sorted(keys, key=lambda key: PARTS.index(_split(key)[0] or PARTS[0])):
        points = [
            (float(row.get("epoch", count)), float(row[key]))
            for count, row in enumerate(rows, start=1)
            if _number(row.get(key))
        ]
        if points:
            places, values = zip(*points, strict=True)
            series.append(Series(_split(key)[0] or metric, places, values))
    return tuple(series)


def lower_is_better(metric: str) -> bool:
    """Losses and errors improve downwards, every other metric upwards."""
    return any(word in metric for word in ("loss", "error", "perplexity"))


def number(metric: str, series: Sequence[Series]) -> Callable[[float], str]:
    """How a metric's values are written: a share as a percentage, the rest in three figures."""
    return "{:.1%}".format if _share(metric, series) else "{:.3g}".format


def history_chart(metric: str, series: Sequence[Series], *, log: bool = False) -> dict[str, Any]:
    """A Vega-Lite specification: lines with labels beside their ends, the best test value ringed.

    Pointing at the chart shows the values of the nearest epoch.
    """
    form = ".1%" if _share(metric, series) else ".3g"
    across = alt.Scale(nice=False, zero=False)
    x = alt.X("epoch:Q", title="epoch", axis=alt.Axis(tickMinStep=1, format="d"), scale=across)
    y = alt.Y(
        "value:Q",
        title=metric,
        scale=_scale(series, log),
        axis=_axis(series, log, form),
    )
    colour = alt.Color("part:N", legend=None, scale=alt.Scale(domain=[s.name for s in series]))
    lines = (
        alt.Chart(alt.InlineData(values=_long(series)))
        .mark_line(point=False, tooltip=None)
        .encode(x=x, y=y, color=colour)
    )
    best = _best(metric, series)
    ring = (
        alt.Chart(alt.InlineData(values=[best]))
        .mark_point(filled=False, size=110, strokeWidth=2, opacity=1, tooltip=None)
        .encode(x="epoch:Q", y="value:Q", color=colour)
    )
    ends = alt.Chart(alt.InlineData(values=_labels(metric, series, log)))
    # The words are in ink: the colours of curves are told apart as lines but are too faint to read.
    labels = ends.mark_text(align="left", baseline="middle", dx=24, tooltip=None).encode(
        x="epoch:Q", y="value:Q", text="text:N"
    )
    keys = ends.mark_square(size=70, xOffset=15, opacity=1, tooltip=None).encode(
        x="epoch:Q", y="value:Q", color=colour
    )
    chart = alt.layer(lines, ring, keys, labels, *_hover(series, form, colour))
    spec: dict[str, Any] = chart.properties(width=WIDTH, height=HEIGHT).to_dict()
    return spec


def _hover(series: Sequence[Series], form: str, colour: alt.Color) -> list[alt.Chart]:
    """A rule and dots at the epoch nearest to the pointer, with all values in one tooltip."""
    near = alt.selection_point(
        name="near",
        fields=["epoch"],
        nearest=True,
        on="pointerover",
        clear="pointerout",
        empty=False,
    )
    wide: dict[float, dict[str, float]] = {}
    for one in series:
        for place, value in zip(one.places, one.values, strict=True):
            wide.setdefault(float(place), {"epoch": float(place)})[one.name] = value
    shown = [alt.Tooltip("epoch:Q", title="epoch", format="d")]
    shown += [alt.Tooltip(f"{one.name}:Q", title=one.name, format=form) for one in series]
    rule = (
        alt.Chart(alt.InlineData(values=list(wide.values())))
        .mark_rule()
        .encode(
            x="epoch:Q",
            tooltip=shown,
            opacity=alt.when(near).then(alt.value(1)).otherwise(alt.value(0)),
        )
        .add_params(near)
    )
    dots = (
        alt.Chart(alt.InlineData(values=_long(series)))
        .mark_point(filled=True, size=60, tooltip=None)
        .encode(
            x="epoch:Q",
            y="value:Q",
            color=colour,
            opacity=alt.when(near).then(alt.value(1)).otherwise(alt.value(0)),
        )
    )
    return [rule, dots]


def _long(series: Sequence[Series]) -> list[dict[str, Any]]:
    return [
        {"part": one.name, "epoch": place, "value": value}
        for one in series
        for place, value in zip(one.places, one.values, strict=True)
    ]


def _best(metric: str, series: Sequence[Series]) -> dict[str, Any]:
    value, place = series[-1].best(lower_is_better(metric))
    return {"part": series[-1].name, "epoch": place, "value": value}


def _labels(metric: str, series: Sequence[Series], log: bool) -> list[dict[str, Any]]:
    """Each curve's name and last value, moved apart where two would overlap."""
    low, high = _domain(series, log)
    there, back = (math.log, math.exp) if log else (float, float)
    step = (there(high) - there(low)) * LINE / HEIGHT
    ends = spread([there(one.last) for one in series], step)
    write = number(metric, series)
    return [
        {
            "part": one.name,
            "epoch": one.places[-1],
            "value": back(end),
            "text": f"{one.name} {write(one.last)}",
        }
        for one, end in zip(series, ends, strict=True)
    ]


def _scale(series: Sequence[Series], log: bool) -> alt.Scale:
    domain = list(_domain(series, log))
    if log:
        return alt.Scale(type="log", domain=domain, nice=False)
    return alt.Scale(domain=domain, nice=False, zero=False)


def _domain(series: Sequence[Series], log: bool) -> tuple[float, float]:
    """Least and greatest value with a little air; from zero where zero is near."""
    values = [value for one in series for value in one.values]
    low, high = min(values), max(values)
    if log:
        return low / 1.15, high * 1.15
    air = 0.06 * (high - low) or 0.06 * abs(high) or 1.0
    bottom = 0.0 if 0 <= low < 0.25 * high else low - air
    top = min(high + air, 1.0) if _unit(values) else high + air
    return bottom, top


def _axis(series: Sequence[Series], log: bool, form: str) -> alt.Axis:
    """Few lines at round numbers; a logarithmic axis left alone draws one for every digit."""
    style = "~%" if form.endswith("%") else "~g"
    if log:
        return alt.Axis(format=style, values=decades(*_domain(series, log)))
    return alt.Axis(format=style, tickCount=6)


def decades(low: float, high: float) -> list[float]:
    """1, 2 and 5 times powers of ten from low to high, or the powers alone where that is plenty.

    Raises:  ValueError for a low that is not positive.
    """
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    ticks = [
        float(f"{digit}e{power}")
        for power in powers
        for digit in (1, 2, 5)
        if low <= float(f"{digit}e{power}") <= high
    ]
    return ticks if len(ticks) <= TICKS else [tick for tick in ticks if f"{tick:e}"[0] == "1"]


def _share(metric: str, series: Sequence[Series]) -> bool:
    return "accuracy" in metric and _unit([value for one in series for value in one.values])


def _unit(values: Sequence[float]) -> bool:
    return min(values) >= 0 and max(values) <= 1


def _split(key: str) -> tuple[str, str]:
    """Part of the data and metric of a column: "test_loss" is the loss of the test part."""
    part, _, metric = key.partition("_")
    return (part, metric) if part in PARTS and metric else ("", key)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
