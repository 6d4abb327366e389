"""A chart: one that a function of the article returns, or one of a model's training history."""

from __future__ import annotations

from dataclasses import replace
from json import dumps
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
)
from generator.rules import Free, Number, OneOf, Rule, Values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.compute.encodings import Plot

# What Altair writes into every chart, in pixels.
ALTAIR = 300


# What a chart's values call its parameters.
SETTABLE = "parameters"


def STATES(values: Values) -> dict[str, Rule]:  # noqa: N802  as every kind's
    """The parameters of a chart are its states; their names are the author's."""
    found: dict[str, Rule] = {}
    for name, told in values.get(SETTABLE, {}).items():
        start = told["start"]
        if "choices" in told:
            found[name] = OneOf(name, told["choices"], start, told.get("words", ()))
        elif "least" in told:
            step = told.get("step", 0)
            found[name] = Number(name, told["least"], told["most"], start, step)
        elif "field" not in told:
            found[name] = Free(name, start)
    return found


class Options(FigureOptions):
    """Either `function`, with the model, data and files it asks for, or `model` with `history`."""

    quantities = True
    vectors = True

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
        return _drawn(options, sources)
    return _history(options, sources)


def _drawn(options: Options, sources: Sources) -> Payload:
    """The chart of an author's function."""
    function = options.function
    import altair
    from altair.utils.schemapi import SchemaValidationError

    from generator.compute.encodings import addresses, plotted
    from generator.compute.readout import citable, table

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
    except (SchemaValidationError, ValueError, TypeError) as problem:
        first = str(problem).strip().splitlines()[0]
        raise FigureError(f"{function}() makes a chart that is not valid: {first}") from None
    _sayable(function, spec)
    _default_size(spec)
    outside = addresses(spec)
    if outside:
        raise FigureError(
            f"{function}() leaves its data at {outside[0]!r}",
            hint="name the file in the option 'files' and read it by sources.file(name)",
        )
    plot = plotted(spec)
    values = citable(plot) if plot else {}
    settable = _settable(spec, options, sources)
    if settable and SETTABLE in values:
        raise FigureError(f"a series of a chart with parameters cannot be called {SETTABLE!r}")
    words = _words(plot) if plot else _outline(spec)
    described = spec.pop("description", "")
    return Payload(
        still=None,
        alt=f"{described.rstrip('.')}. {words}" if described else words,
        values=values | ({SETTABLE: settable} if settable else {}),
        charts={"main": spec},
        table=table(plot, described) if plot else None,
    )


def _settable(
    spec: Mapping[str, Any], options: Options, sources: Sources
) -> dict[str, dict[str, Any]]:
    """The chart's parameters; a selection of instances joins those of its dataset.

    Raises:  FigureError where the dataset is not named, or has no such examples.
    """
    from generator.compute.parameters import INSTANCE, instances, parameters

    found = parameters(spec)
    joined = [one for one in found.values() if one.get("field") == INSTANCE]
    if not joined:
        return found
    name = options.dataset or (sources.model(options.model).card.dataset if options.model else "")
    if not name:
        raise FigureError(
            f"{options.function}() selects by {INSTANCE!r}, but of which dataset?",
            hint="add a line ':dataset: NAME'",
        )
    count = len(sources.dataset(name).images)
    for value in instances(spec):
        if not isinstance(value, int) or not 0 <= value < count:
            raise FigureError(
                f"{options.function}() has an {INSTANCE} {value!r}, which is no example of {name}",
                hint=f"its examples are numbered from 0 to {count - 1:,}",
            )
    for one in joined:
        one["dataset"] = name
    return found


def _sayable(function: str, spec: Mapping[str, Any]) -> None:
    """Refuse what JSON, and so a page, cannot say."""
    try:
        dumps(spec, allow_nan=False)
    except ValueError:
        hint = "leave such rows out, or give None"
        raise FigureError(f"{function}() draws a number that is not finite", hint=hint) from None
    except TypeError as problem:
        raise FigureError(f"{function}() draws what no page can show: {problem}") from None


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
    from generator.compute.readout import citable, table

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
        values=citable(plot, lowest=lower_is_better(options.history)),
        charts={"main": history_chart(options.history, series, log=options.log)},
        table=table(plot, named),
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


def _kind(value: object) -> str:
    return "nothing" if value is None else f"a {type(value).__name__}"
