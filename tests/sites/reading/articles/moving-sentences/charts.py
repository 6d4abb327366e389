"""Charts with parameters, a selection by name, and one of instances."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

if TYPE_CHECKING:
    from generator.figure import Sources


def curve(sources: Sources) -> alt.LayerChart:
    """Noise and its smoothing, by a parameter of the name of a page variable."""
    smoothing = alt.param(
        name="smoothing",
        value=0.5,
        bind=alt.binding_range(min=0, max=1, step=0.1, name="smoothing "),
    )
    rows = [{"x": x, "y": 10 + (x * 7919) % 13} for x in range(30)]
    chart = alt.Chart(alt.Data(values=rows), description="Noise, smoothed").encode(x="x:Q")
    low = alt.datum.y * (1 - smoothing) + 16 * smoothing
    line = chart.transform_calculate(smooth=low).mark_line().encode(y="smooth:Q")
    return alt.layer(chart.mark_point().encode(y="y:Q"), line).add_params(smoothing)


def bars(sources: Sources) -> alt.Chart:
    """Three bars; the chosen one is the page's digit."""
    digit = alt.selection_point(name="digit", fields=["digit"], empty=False)
    rows = [{"digit": name, "n": n} for name, n in (("zero", 4), ("one", 7), ("two", 2))]
    return (
        alt.Chart(alt.Data(values=rows), description="Three bars", height=alt.Step(40))
        .mark_bar()
        .encode(
            x="n:Q",
            y=alt.Y("digit:N", sort=None),
            color=alt.condition(digit, alt.value("#ac3654"), alt.value("#559b70")),
        )
        .add_params(digit)
    )


def cloud(sources: Sources) -> alt.Chart:
    """Some test examples by their ink; a click chooses one on the whole page."""
    data = sources.dataset("small-digits")
    chosen = alt.selection_point(fields=["instance"], empty=False)
    rows = [
        {
            "instance": int(i),
            "ink": round(float(data.images[i].mean()), 3),
            "label": data.card.classes[data.labels[i]],
        }
        for i in data.test
    ]
    return (
        alt.Chart(alt.Data(values=rows), description="Ink by label", height=240)
        .mark_circle(size=80)
        .encode(
            x="ink:Q",
            y="label:N",
            color=alt.condition(chosen, alt.value("#ac3654"), alt.value("#007692")),
            tooltip=["instance:N", "label:N"],
        )
        .add_params(chosen)
    )


def dots(sources: Sources) -> alt.Chart:
    """Dots whose size is a parameter without a control of its own."""
    size = alt.param(name="size", value=40)
    rows = [{"x": x, "y": x * x} for x in range(8)]
    return (
        alt.Chart(alt.Data(values=rows), description="Dots", height=260)
        .mark_point(size=size)
        .encode(x="x:Q", y="y:Q")
        .add_params(size)
    )
