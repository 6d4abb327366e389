"""Channels as pictures that were made for them: what the page and the still of `units` need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.compute.answers import answers
from generator.compute.architecture import trace
from generator.compute.sheet import Plan, Sheet, sheet
from generator.errors import FigureError
from generator.figure import Image, Payload, Still, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np

    from generator.datasets import Dataset
    from generator.figure import Sources
    from generator.figures.units import Options
    from generator.models import Model

    Units = dict[str, list[dict[str, Any]]]
    Draw = Callable[..., tuple[str, Mapping[str, np.ndarray[Any, np.dtype[np.uint8]]]]]

# Rows of the table that a reader would still scroll through.
LONGEST_TABLE = 200


def assembled(
    options: Options, sources: Sources, model: Model, dataset: Dataset, draw: Draw
) -> Payload:
    """Climb for every channel of every layer, and find the examples.

    Raises:  FigureError for a channel that the first layer does not have; ModelError for a layer
             that cannot be visualized.
    """
    architecture = trace(model.module, model.card.input)
    layers = options.layers or model.card.layers
    channels = architecture[layers[0]].channels
    if options.open >= channels:
        raise FigureError(
            f"{layers[0]} has no channel {options.open}",
            hint=f"it has {channels}, counted from 0",
        )
    plan = Plan(
        objectives=options.objectives,
        steps=options.steps,
        starts=options.starts,
        examples=min(options.examples, len(dataset.test)),
        seed=options.seed,
        bounds=model.card.range,
    )
    asked = answers(sources, options.model, dataset.card.name)
    asked.ask(layers)
    sheets = {
        layer: sheet(architecture, asked, layer, plan, first=i == 0)
        for i, layer in enumerate(layers)
    }
    return _payload(options, model, dataset, sheets, draw)


def _payload(
    options: Options, model: Model, dataset: Dataset, sheets: Mapping[str, Sheet], draw: Draw
) -> Payload:
    """Name images and arrays, and say everything in words."""
    images: dict[str, Image] = {}
    numbers = {}
    for i, one in enumerate(sheets.values()):
        for name, pictures in one.atlases(i).items():
            images[name] = Image(pictures.atlas())
        numbers[f"layer-{i}"] = one.numbers(dataset.labels)
    labels = [dataset.card.classes[label] for label in dataset.labels]
    units = {
        name: [one.told(channel, labels) for channel in range(one.layer.channels)]
        for name, one in sheets.items()
    }
    values = {
        "study": "ascents",
        "model": model.card.name,
        "dataset": dataset.card.name,
        "classes": dataset.card.classes,
        "outputs": model.card.outputs,
        "tested": len(dataset.test),
        "steps": options.steps,
        "starts": options.starts,
        "open": options.open,
        "network": options.network,
        "layers": [
            {"name": name, **one.described(i)} for i, (name, one) in enumerate(sheets.items())
        ],
        "units": units,
    }
    first, sheet = next(iter(sheets.items()))
    still, boards = draw(first, sheet, options.steps, options.open, labels)
    images |= {name: Image(pixels) for name, pixels in boards.items()}
    return Payload(
        still=Still(still),
        alt=_alt(options, units),
        values=values,
        arrays=numbers.pop("layer-0"),
        more=numbers,
        images=images,
        table=_table(options, units),
    )


def _alt(options: Options, units: Units) -> str:
    """The first layer and its open channel, as the still shows them."""
    layer = next(iter(units))
    one = units[layer][options.open]
    count = len(units[layer])
    return (
        f"{count} channel{'s' * (count > 1)} of {layer} of {options.model}, each as the picture "
        f"that excites it most after {options.steps[-1]} steps of gradient ascent. Channel "
        f"{options.open} is open: its {one['objective']} goes from {one['first']:.3g} to "
        f"{one['last']:.3g}, and the test examples that excite it most are labelled "
        f"{', '.join(one['labels'])}, the first with an activation of {one['strongest']:.3g}."
    )


def _table(options: Options, units: Units) -> Table:
    """One row a channel, for as many layers as a reader would still scroll through."""
    rows: list[tuple[str | int | float, ...]] = []
    for layer, channels in units.items():
        if rows and len(rows) + len(channels) > LONGEST_TABLE:
            break
        rows += [
            (
                layer,
                channel,
                float(f"{one['first']:.4g}"),
                float(f"{one['last']:.4g}"),
                float(f"{one['strongest']:.4g}"),
                ", ".join(one["labels"]),
            )
            for channel, one in enumerate(channels)
        ]
    return Table(
        f"Channels of {options.model}",
        (
            "layer",
            "channel",
            f"objective at step {options.steps[0]}",
            f"at step {options.steps[-1]}",
            "greatest test activation",
            "labels of the strongest test examples",
        ),
        tuple(rows),
    )
