"""A chart: one that a function of the article returns, or one of a model's training history."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationInfo, field_validator

from generator.errors import FigureError, nearest
from generator.figure import (
    DatasetName,
    FigureOptions,
    FileNames,
    FunctionName,
    ModelName,
    Payload,
    Sources,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.compute.encodings import Plot

# A row of the table for each point, up to what a reader would still scroll through.
LONGEST_TABLE = 200

# What Altair writes into every chart, in pixels.
ALTAIR = 300


class Options(FigureOptions):
    """Either `function`, with the model, data and files it asks for, or `model` with `history`."""

    function: FunctionName = Field(
        "",
        description="function of the article's charts.py: takes the sources, returns a chart",
    )
    files: FileNames = Field(
        (),
        description="files in the article's folder that the function reads by sources.file(name)",
    )
    model: ModelName = Field(
        "", description="model whose history is drawn, or that the function asks for"
    )
    dataset: DatasetName = Field("", description="dataset that the function asks for")
    log: bool = Field(False, description="logarithmic vertical axis, for a history")
    history: str = Field(
        "",
        description="what is drawn of the history: loss, accuracy or another metric per epoch",
        validate_default=True,
    )

    @field_validator("history")
    @classmethod
    def _one_source(cls, history: str, info: ValidationInfo) -> str:
        function, model = info.data.get("function"), info.data.get("model")
        if function and history:
            raise ValueError("a chart has either a 'function' or a model's 'history', not both")
        if not function and not (model and history):
            raise ValueError("a chart needs a 'function', or a 'model' and its 'history'")
        return history


def payload(options: Options, sources: Sources) -> Payload:
    """Make the Vega-Lite specification, its words and its table; export draws the still.

    Raises:  FigureError for a function that returns no chart or one with data left outside, and for
             a history that the model does not have.
    """
    if options.function:
        return _drawn(options.function, sources)
    return _history(options, sources)


def _drawn(function: str, sources: Sources) -> Payload:
    """The chart of an author's function."""
    import altair
    from altair.utils.schemapi import SchemaValidationError

    from generator.compute.encodings import addresses, plotted

    chart = sources.function(function)(sources)
    if not isinstance(chart, altair.TopLevelMixin):
        raise FigureError(
            f"{function}() returns {_kind(chart)}, not an Altair chart",
            hint="end the function with: return chart",
        )
    try:
        spec: dict[str, Any] = chart.to_dict()
    except altair.MaxRowsError:
        raise FigureError(
            f"{function}() carries more than 5,000 rows of data",
            hint="aggregate before drawing; every reader would load all of them",
        ) from None
    except SchemaValidationError as problem:
        first = str(problem).strip().splitlines()[0]
        raise FigureError(f"{function}() makes a chart that is not valid: {first}") from None
    _default_size(spec)
    outside = addresses(spec)
    if outside:
        raise FigureError(
            f"{function}() leaves its data at {outside[0]!r}",
            hint="name the file in the option 'files' and read it by sources.file(name)",
        )
    plot = plotted(spec)
    words = _words(plot) if plot else _outline(spec)
    described = spec.pop("description", "")
    return Payload(
        still=None,
        alt=f"{described.rstrip('.')}. {words}" if described else words,
        values=_values(plot) if plot else {},
        charts={"main": spec},
        table=_table(plot, described) if plot else None,
    )


def _default_size(spec: dict[str, Any]) -> None:
    """Take away Altair's own 300 by 300 where the author asked for no size: the theme has one."""
    view = spec.get("config", {}).get("view", {})
    for side in ("continuousWidth", "continuousHeight"):
        if view.get(side) == ALTAIR:
            del view[side]


def _history(options: Options, sources: Sources) -> Payload:
    """The chart of one metric of a model's training."""
    from generator.compute.encodings import Plot
    from generator.compute.history import curves, history_chart, lower_is_better, metrics, number

    rows = sources.model(options.model).metrics()
    if not rows:
        raise FigureError(
            f"{options.model} has no history", hint="its card needs a [history] with metrics"
        )
    series = curves(rows, options.history)
    if not series:
        raise FigureError(
            f"{options.model} has no metric {options.history!r} in its history",
            hint=nearest(options.history, metrics(rows)),
        )
    if options.log and min(min(one.values) for one in series) <= 0:
        raise FigureError(f"{options.history} has values that no logarithmic axis can show")
    plot = Plot("line", "epoch", options.history, series)
    named = f"{options.history} of {options.model} at every epoch"
    return Payload(
        still=None,
        alt=f"Chart of the {named}. {_words(plot, number(options.history, series))}",
        values=_values(plot, lowest=lower_is_better(options.history)),
        charts={"main": history_chart(options.history, series, log=options.log)},
        table=_table(plot, named),
    )


def _words(plot: Plot, number: Callable[[float], str] = "{:.3g}".format) -> str:
    """One sentence a series."""
    from generator.compute.trends import words

    named = (replace(one, name=one.name or plot.up) for one in plot.series)
    sentences = (words(one, plot.across, number) for one in named)
    return " ".join(f"{text[0].upper()}{text[1:]}." for text in sentences)


def _outline(spec: Mapping[str, Any]) -> str:
    """What can be said of a chart whose numbers only its own transforms know."""
    from generator.compute.encodings import rows, title, units

    views = list(units(spec))
    first = views[0]
    axes = [title(first["encoding"][axis]) for axis in ("y", "x") if axis in first["encoding"]]
    of = f" of {' against '.join(axes)}" if axes else ""
    return f"A {first['mark']} chart{of}, from {len(rows(first))} rows of data."


def _values(plot: Plot, *, lowest: bool = False) -> dict[str, Any]:
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


def _table(plot: Plot, caption: str) -> Table | None:
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


def _kind(value: object) -> str:
    return "nothing" if value is None else f"a {type(value).__name__}"
