"""An attribution figure as the page and the still need it: values, arrays, images and graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from generator.compute import shelf
from generator.compute.architecture import Architecture, trace
from generator.compute.attribution.bench import Bench, Settings
from generator.compute.attribution.examples import chosen, distinct, fillers
from generator.compute.attribution.exported import sources
from generator.compute.attribution.measure import FEWER, chance, shares
from generator.compute.attribution.methods import METHODS, default_pair
from generator.compute.attribution.shown import Drawn, Shown
from generator.compute.attribution.superpixels import counts, usual
from generator.compute.inputs import from_bytes, to_bytes
from generator.compute.reading import reading
from generator.figure import Image, Payload, Still, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.compute.answers import Answers
    from generator.datasets import Dataset
    from generator.figures.attribution import Options
    from generator.models import Model

EPSILONS = (0.0, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0)


def workbench(model: Model, dataset: Dataset, layers: Sequence[str]) -> Bench:
    """Everything that can be asked of a model whose pictures come from a dataset."""
    architecture = trace(model.module, model.card.input)
    side = min(dataset.card.shape[1:])
    return Bench(
        model.module,
        model.weights,
        model.card.input,
        dataset.card.shape,
        model.card.range,
        tuple(layers) or mapped(architecture, model.card.layers),
        Settings(patch=patches(side)[len(patches(side)) // 2], pieces=usual(dataset.card.shape)),
        reading(architecture),
        from_bytes(fillers(dataset), model.card.range),
        len(dataset.images) - len(dataset.test),
    )


def mapped(architecture: Architecture, names: Sequence[str]) -> tuple[str, ...]:
    """Named layers whose answers are maps of more than one place, from the last to the first."""
    found = [name for name in names if architecture[name].size != (1, 1)]
    return tuple(reversed(found))


def patches(side: int) -> list[int]:
    """Sides of patches that a reader can choose, for a picture whose shorter side this is."""
    return sorted({max(1, round(side / part)) for part in (24, 12, 9, 6, 4, 3)})


def cascade(architecture: Architecture, model: Model) -> list[dict[str, Any]]:
    """Layers with weights, from the last to the first, each with the names of its tensors."""
    found: dict[tuple[str, ...], str] = {}
    for layer in architecture:
        if layer.tensors:
            found.setdefault(tuple(sorted(layer.tensors.values())), layer.name)
    known = set(model.weights)
    return [
        {"layer": name, "tensors": [one for one in tensors if one in known]}
        for tensors, name in reversed(found.items())
    ]


def assembled(
    options: Options,
    model: Model,
    dataset: Dataset,
    asked: Answers,
    bench: Bench,
    second: Model | None,
    draw: Callable[[Drawn], str],
) -> Payload:
    """Ask the first methods about the first example, measure all of them, name every part."""
    architecture = trace(model.module, model.card.input)
    offered = [one for one in bench.offered if not options.offer or one in options.offer]
    first = options.methods or default_pair(options.offer, bench.offered)
    offered = [one for one in bench.offered if one in (*offered, *first)]
    categories = distinct(dataset, options.concepts)
    measured = _measured(options, bench, offered, dataset, categories, model, second)
    if categories and not measured["tests"]:
        categories = ()
    indices = _indices(options, asked, dataset, categories)
    inputs = from_bytes(dataset.images[indices], bench.bounds)
    answers = bench.scores(inputs)
    shown = Shown(bench, inputs[0], answers[0], model, first, reading(architecture))
    thumbnails = shelf.thumbnails(dataset, indices)
    examples = {
        int(index): {
            "picture": dataset.images[index],
            **{
                f"mask/{one}": (dataset.masks[one][index] > 0).astype(np.uint8)
                for one in categories
            },
        }
        for index in indices
    }
    start = int(indices[0])
    values = {
        "model": model.card.name,
        "dataset": dataset.card.name,
        "outputs": model.card.outputs,
        "quantity": model.card.quantity and model.card.quantity.model_dump(),
        "reading": shown.reading,
        "shape": dataset.card.shape,
        "input": model.card.input,
        "range": model.card.range,
        "picks": [
            {"index": int(index), "label": shelf.label(dataset, int(index)),
             "answer": answer.tolist(),
             "shows": {one: _concept(dataset, one, int(index)) for one in categories}}
            for index, answer in zip(indices, answers, strict=True)
        ],
        "thumbnails": {"columns": thumbnails.columns, "size": thumbnails.size},
        "methods": [
            {"name": one.name, "title": one.title, "signed": one.signed, "what": one.what}
            for one in (METHODS[name] for name in offered)
        ],
        "shown": list(first),
        "layers": list(bench.layers) if {"grad-cam", "guided-grad-cam"} & set(offered) else [],
        "cascade": cascade(architecture, model),
        "patches": patches(min(dataset.card.shape[1:])),
        "patch": bench.settings.patch,
        "fills": len(bench.fills),
        "fill": min(bench.settings.fills, max(1, len(bench.fills))),
        "known": bench.known,
        "pieces": counts(dataset.card.shape),
        "piece": bench.settings.pieces,
        "epsilons": EPSILONS,
        "flips": shown.flips,
        "concepts": list(categories),
        "first": shown.sums(),
        **measured,
    }  # fmt: skip
    return Payload(
        still=Still(draw(shown.drawn(dataset, start, categories))),
        alt=shown.alternative(shelf.label(dataset, start)),
        values=values,
        arrays={**examples.pop(start), **shown.arrays()},
        more={
            **{f"example-{index}": arrays for index, arrays in examples.items()},
            **(
                {"fills": {"pictures": to_bytes(bench.fills, bench.bounds)}}
                if "difference" in offered
                else {}
            ),
        },
        images={"thumbnails": Image(thumbnails.atlas()), **shown.images(dataset.images[start])},
        graphs=sources(bench, offered, inputs[:2], answers[:2]),
        table=_table(values, categories),
    )


def _indices(
    options: Options, asked: Answers, dataset: Dataset, categories: Sequence[str]
) -> NDArray[np.int64]:
    if options.examples:
        return np.array(options.examples, np.int64)
    category = categories[0] if categories else ""
    return chosen(dataset, shelf.guessed(dataset, asked), options.count, options.seed, category)


def _concept(dataset: Dataset, category: str, index: int) -> str:
    """What of a category an example shows: the concept with most pixels; empty for none."""
    numbers = np.bincount(dataset.masks[category][index].ravel())[1:]
    return dataset.card.concepts[category][int(numbers.argmax())] if numbers.any() else ""


def _measured(
    options: Options,
    bench: Bench,
    offered: Sequence[str],
    dataset: Dataset,
    categories: Sequence[str],
    model: Model,
    second: Model | None,
) -> dict[str, Any]:
    if not categories:
        return {"share": {}, "area": {}, "tests": 0, "fewer": 0, "chance": {}}
    benches = {model.card.name: bench}
    if second:
        benches[second.card.name] = workbench(second, dataset, options.layers)
    found, area, tests = shares(
        benches, offered, dataset, categories, options.tests, options.seed
    )  # fmt: skip
    steady = (
        chance(benches, dataset, categories[0], options.tests, options.seed)
        if {"lime", "lime-again"} <= set(offered) and tests
        else {}
    )
    fewer = min(tests, FEWER)
    return {"share": found, "area": area, "tests": tests, "fewer": fewer, "chance": steady}


def _table(values: dict[str, Any], categories: Sequence[str]) -> Table | None:
    """Shares in masks, one row a method and category, one column a model."""
    if not values["share"]:
        return None
    models = list(values["share"])
    rows = tuple(
        (
            method["title"],
            category,
            *(
                f"{100 * values['share'][model][method['name']][category]:.1f} %"
                if method["name"] in values["share"][model]
                else ""
                for model in models
            ),
            f"{100 * values['area'][category]:.1f} %",
        )
        for category in categories
        for method in values["methods"]
    )
    slow = [one["title"] for one in values["methods"] if METHODS[one["name"]].slow]
    caption = f"Share of each map in masks, mean of {values['tests']} test examples"
    if slow and values["fewer"] < values["tests"]:
        caption += f"; of {values['fewer']} for {' and '.join(slow)}, which take long"
    return Table(caption, ("method", "mask", *models, "share of the area"), rows)
