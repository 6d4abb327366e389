"""Channels of a layer, each as the picture that excites it most and as the examples that do.

Feature visualizations are states of one run of gradient ascent; beside them stand examples with
the patch that caused the answer, so that a reader can doubt the one by the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, field_validator

from generator.errors import FigureError
from generator.figure import (
    DatasetName,
    FigureName,
    FigureOptions,
    Image,
    LayerNames,
    ModelName,
    Payload,
    Sources,
    Still,
    Table,
    dataset_of,
)
from generator.rules import Number, OneOf, States

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from generator.compute.sheet import Sheet
    from generator.datasets import Dataset
    from generator.models import Model

    Units = dict[str, list[dict[str, Any]]]

Objective = Literal["channel", "neuron", "class", "layer"]

# Rows of the table that a reader would still scroll through.
LONGEST_TABLE = 200

STATES: States = {
    "layer": lambda values: OneOf("layer", [layer["name"] for layer in values["layers"]]),
    "objective": lambda values: OneOf("what is made large", _objectives(values)),
    "unit": lambda values: Number("open channel; -1: none", -1, _widest(values), values["open"], 1),
    "step": lambda values: OneOf("step of the ascent", values["steps"], values["steps"][-1]),
}


class Options(FigureOptions):
    """What an article may set."""

    model: ModelName = Field(description="the model whose channels are shown")
    dataset: DatasetName = Field("", description="examples; empty: the dataset of the model's card")
    layers: LayerNames = Field(
        (),
        description="layers that a reader can choose, the first shown at first; empty: all that "
        "the card names",
    )
    objectives: tuple[Objective, ...] = Field(
        ("channel", "class"),
        min_length=1,
        description="what is made large: the mean of a channel, its neuron in the middle, in the "
        "last layer a class, or all of a layer together; each layer offers those that it has",
    )
    steps: tuple[int, ...] = Field(
        (0, 4, 16, 64, 256, 512),
        min_length=2,
        description="steps of the ascent that are kept, ascending",
    )
    examples: int = Field(9, ge=1, le=18, description="strongest test examples of each channel")
    starts: int = Field(
        2, ge=1, le=4, description="independent ascents of each channel; all but one show their end"
    )
    open: int = Field(0, ge=0, description="channel of the first layer that is open at first")
    network: FigureName = Field(
        "", description="a figure of the kind network, where the channel can be watched at work"
    )

    @field_validator("objectives")
    @classmethod
    def _channels_first(cls, objectives: tuple[Objective, ...]) -> tuple[Objective, ...]:
        if objectives[0] == "layer":
            raise ValueError(
                "'layer' has one picture; name before it what the sheet shows at first"
            )
        return objectives

    @field_validator("steps")
    @classmethod
    def _ascending(cls, steps: tuple[int, ...]) -> tuple[int, ...]:
        if list(steps) != sorted(set(steps)) or steps[0] < 0 or steps[-1] > 4096:
            raise ValueError("steps must ascend and lie between 0 and 4096")
        return steps


def _objectives(values: Mapping[str, Any]) -> list[str]:
    """Those of all layers, the first layer's first."""
    return list(dict.fromkeys(one for layer in values["layers"] for one in layer["objectives"]))


def _widest(values: Mapping[str, Any]) -> int:
    return max(int(layer["channels"]) for layer in values["layers"]) - 1


def payload(options: Options, sources: Sources) -> Payload:
    """Climb for every channel of every layer, find the examples, draw the first layer.

    Raises:  FigureError for a model without a dataset or a channel that the layer does not have;
             ModelError for a layer that cannot be visualized.
    """
    from generator.compute.answers import answers
    from generator.compute.architecture import trace
    from generator.compute.sheet import Plan, sheet

    model = sources.model(options.model)
    name = dataset_of(model, options.dataset)
    dataset = sources.dataset(name)
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
    asked = answers(sources, options.model, name)
    asked.ask(layers)
    sheets = {
        layer: sheet(architecture, asked, layer, plan, first=i == 0)
        for i, layer in enumerate(layers)
    }
    return _assembled(options, model, dataset, sheets)


def _assembled(
    options: Options, model: Model, dataset: Dataset, sheets: Mapping[str, Sheet]
) -> Payload:
    """Name images and arrays, and say everything in words."""
    from generator.stills.units import units_still

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
    still, boards = units_still(first, sheet, options.steps, options.open, labels)
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
