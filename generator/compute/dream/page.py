"""A dream figure as the page and the still need it: values, arrays, images and graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray

from generator.compute import shelf
from generator.compute.colour import colour_axes
from generator.compute.dream import facets, goals, words
from generator.compute.dream.layers import SEEN, Level, answered, levels, weighted
from generator.compute.dream.movement import OCTAVE, STREAM, Moves
from generator.compute.dream.picture import (
    DECAY,
    FAINT,
    NOISE,
    ROOM,
    Parts,
    logits,
    noise,
    parts,
)
from generator.compute.dream.run import Plan, Runs, ascended, asked
from generator.compute.dream.shown import Drawn
from generator.compute.dream.slope import picture_slope
from generator.compute.inputs import from_bytes, to_bytes
from generator.compute.parametrization import AMPLITUDE
from generator.compute.sheet import AXES, LEVELS
from generator.errors import FigureError
from generator.figure import Image as Picture
from generator.figure import Payload, Source, Still, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.compute.answers import Answers
    from generator.compute.dream.goals import Goal, Guide
    from generator.datasets import Dataset
    from generator.figures.dream import Options
    from generator.models import Model

Floats = NDArray[np.float32]
SMOOTH = 5.0
"""Total variation is some tenths; times this, a smoothness of 1 weighs as much as the goal."""


def assembled(
    options: Options,
    model: Model,
    dataset: Dataset,
    asked_: Answers,
    draw: Callable[[Drawn], str],
) -> Payload:
    """Climb for the first goal, look at every layer, export a graph for each."""
    shape: tuple[int, int, int] = dataset.images.shape[1:]
    found = levels(model, dataset, asked_, options.layers or weighted(model))
    first = found[0]
    goal_name = words.goal_of(options, first)
    picks = _picks(options, dataset, asked_)
    example = from_bytes(dataset.images[picks[0]])
    sought = int(picks[min(1, len(picks) - 1)] if goal_name == "guide" else picks[0])
    chosen = _goal(options, goal_name, model, first, from_bytes(dataset.images[sought]))
    base, colours = _start(dataset)
    begun = logits(example) if options.start == "example" else base
    made = parts(begun, options.waves, colours if options.colour else np.eye(shape[0]))
    plan = _plan(options, first.reach[goal_name])
    function = picture_slope(model.module, first.name, model.card.input, model.card.range)
    runs = _climbed(function, model, shape, made, chosen, plan, first.name)
    told = words.told(options, goal_name, first, dataset, sought, runs)
    drawn = Drawn.of(runs, options.steps, told, first, goal_name, model.card.name, dataset)
    tiles = shelf.thumbnails(dataset, picks)
    sheet = facets.sheet(dataset, dataset.test[:SEEN]) if options.facets else None
    values = {
        "model": model.card.name,
        "dataset": dataset.card.name,
        "classes": dataset.card.classes if len(dataset.labels) else (),
        "shape": shape,
        "layers": [one.described(i) for i, one in enumerate(found)],
        "kept": options.steps,
        "goal": goal_name,
        "picks": [{"index": int(i), "label": shelf.label(dataset, int(i))} for i in picks],
        "thumbnails": {"columns": tiles.columns, "size": tiles.size},
        "base": base[:, 0, 0].tolist(),
        "colours": colours.tolist(),
        "constants": {
            "noise": NOISE, "amplitude": AMPLITUDE, "decay": DECAY, "room": ROOM,
            "stream": STREAM, "octave": OCTAVE, "smooth": SMOOTH,
        },
        **{name: getattr(options, name) for name in words.SETTINGS},
        "first": told.numbers(),
        "faceted": sheet.described(dataset) if sheet else None,
    }  # fmt: skip
    return Payload(
        still=Still(draw(drawn)),
        alt=drawn.alternative(),
        values=values,
        arrays={
            "pictures": to_bytes(runs.pictures),
            "worths": runs.worths.astype(np.float32),
            **first.numbers(dataset.labels),
        },
        more={
            **{f"layer-{i}": one.numbers(dataset.labels) for i, one in enumerate(found) if i},
            "examples": {"pictures": dataset.images[picks]},
            **{f"facets-{i}": facets.numbers(one, len(sheet.index))
               for i, one in enumerate(found) if sheet},
        },
        images={
            "thumbnails": Picture(tiles.atlas()),
            **{one.described(i)["atlas"]["image"]: Picture(one.pictures.atlas())
               for i, one in enumerate(found)},
            **drawn.images(),
            **({"more-facets": Picture(sheet.pictures.atlas())} if sheet else {}),
        },
        graphs={
            f"slope-{i}": _graph(model, one, made, plan, shape, dataset, picks)
            for i, one in enumerate(found)
        },
        table=_table(options, told, runs),
    )  # fmt: skip


def _picks(options: Options, dataset: Dataset, asked_: Answers) -> NDArray[np.int64]:
    if options.examples:
        return np.array(options.examples, np.int64)
    guess = shelf.guessed(dataset, asked_)
    return shelf.chosen(dataset, guess, options.count, options.seed)


def _start(dataset: Dataset) -> tuple[Floats, Floats]:
    """Logits of a picture as bright as examples are on average, and the axes of their colours."""
    images = dataset.images[dataset.test]
    level = float(np.clip(images.mean() / 255, *LEVELS))
    count = images.shape[1]
    axes = colour_axes(images[:AXES]) if count == 3 else np.eye(count)
    return logits(np.full(images.shape[1:], level)), axes.astype(np.float32)


def _goal(
    options: Options, name: goals.GoalName, model: Model, level: Level, example: Floats
) -> Goal | Guide:
    if name == "layer":
        return goals.whole(level.shape)
    if name == "direction":
        return goals.along(level.shape, level.axes[options.unit])
    if name == "code":
        return _code(model, level, example)
    if name == "guide":
        _code(model, level, example)
        return goals.Guide(answered(model, example, level.name))
    one = goals.one_of(name, level.shape, options.unit)
    if options.other < 0:
        return one
    return goals.between(one, goals.one_of(name, level.shape, options.other), options.mix)


def _code(model: Model, level: Level, example: Floats) -> Goal:
    try:
        return goals.code(answered(model, example, level.name))
    except ValueError:
        raise FigureError(
            f"{level.name} of {model.card.name} answers the first example with zeros alone, so "
            "there is nothing to come near to",
            hint="name another example first in 'examples', or another layer",
        ) from None


def _plan(options: Options, reach: float) -> Plan:
    moves = Moves(options.jitter, options.scale, options.blur, options.octaves)
    smooth, apart = SMOOTH * options.smooth * reach, options.apart * reach
    share = FAINT if options.start == "example" else 1.0
    return Plan(
        options.steps, options.optima, options.seed, options.rate, moves, smooth, apart, share
    )


def _climbed(
    function: Any, model: Model, shape: tuple[int, int, int], made: Parts, goal: Goal | Guide,
    plan: Plan, layer: str,
) -> Runs:  # fmt: skip
    try:
        return ascended(function, model.weights, shape, made, goal, plan)
    except FloatingPointError as problem:
        raise FigureError(
            f"the objective at {layer} of {model.card.name} is no finite number at step "
            f"{problem.args[0]} of the ascent",
            hint="choose another layer or goal, or a smaller 'rate'",
        ) from None


def _graph(
    model: Model, level: Level, made: Parts, plan: Plan, shape: tuple[int, int, int],
    dataset: Dataset, picks: NDArray[np.int64],
) -> Source:  # fmt: skip
    """A layer's graph, tried on noise and on a real example, with all that can be asked."""
    rows, columns = Moves(2, 0.1, 0.5).at(shape[1:], 0, 0)
    channels = level.shape[0]
    example = from_bytes(dataset.images[picks[0]])
    # Along the layer's own answer, whose terms do not cancel each other.
    answer = answered(model, example, level.name)
    goal = goals.Goal(answer / np.float32(answer.size), 0.5)
    near = torch.eye(channels)[None] / channels**0.5
    feeds = {
        "numbers": torch.from_numpy(noise(shape, 0))[None],
        **made.feeds(),
        "rows": torch.from_numpy(rows.astype(np.float32)),
        "columns": torch.from_numpy(columns.astype(np.float32)),
        **asked(goal, Plan((1,), 1, 0, plan.rate, plan.moves, 0.1, 0.1), near),
    }
    # Rough everywhere: on flat ground poolings would choose by the last bits of a sum.
    rough = logits(example) + noise(shape, 1)
    real = torch.from_numpy(rough)[None]
    function = picture_slope(model.module, level.name, model.card.input, model.card.range)
    return Source(function, model.weights, feeds, [{**feeds, "base": real}, feeds])


def _table(options: Options, told: words.Told, runs: Runs) -> Table:
    """The worth of every optimum at each kept step."""
    columns = ("step", *(f"optimum {run + 1}" for run in range(len(runs.worths))))
    rows = tuple(
        (step, *(float(f"{worth:.4g}") for worth in runs.worths[:, step])) for step in options.steps
    )
    return Table(f"{told.title}: {told.measure}", columns, rows)
