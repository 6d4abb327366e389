"""Channels of a layer, each as what it answers to: in one of three studies.

ascents    pictures that excite it most, states of one run of gradient ascent; beside them stand
           examples with the patch that caused the answer, so that one can be doubted by the other
concepts   how well the pixels that it answers to are those that show something with a name, in
           several versions of the network side by side (network dissection)
pixels     the patches that excite it most beside what deconvolution carries back to their pixels,
           through the steps of training
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, field_validator, model_validator

from generator.figure import (
    DatasetName,
    FigureName,
    FigureOptions,
    LayerNames,
    ModelName,
    Payload,
    Sources,
    dataset_of,
)
from generator.rules import Number, OneOf, States

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

Objective = Literal["channel", "neuron", "class", "layer"]

STATES: States = {
    "layer": lambda values: OneOf("layer", [layer["name"] for layer in values["layers"]]),
    "unit": lambda values: Number("open channel; -1: none", -1, _widest(values), values["open"], 1),
    # ascents
    "objective": lambda values: OneOf("what is made large", _objectives(values)),
    # ascents and pixels
    "step": lambda values: OneOf(
        "step of the ascent, or of training", values.get("steps", [0]), values.get("steps", [0])[-1]
    ),
    # concepts
    "version": lambda values: OneOf("version of the network", _versions(values)),
    "beside": lambda values: OneOf(
        "version beside it", [*_versions(values), ""], (*_versions(values), "", "")[1]
    ),
    "share": lambda values: OneOf(
        "share of pixels above a channel's threshold", values.get("shares", [0]),
        values.get("share", 0),
    ),
    "least": lambda values: Number(
        "IoU from which a channel counts as a detector", 0, 0.5, values.get("least", 0), 0.01
    ),
    "sort": OneOf("order of the channels", ("overlap", "concept", "channel")),
    "find": lambda values: OneOf("category or concept whose channels are shown", _found(values)),
}  # fmt: skip


class Options(FigureOptions):
    """What an article may set."""

    model: ModelName = Field(description="the model whose channels are shown")
    dataset: DatasetName = Field("", description="examples; empty: the dataset of the model's card")
    study: Literal["ascents", "concepts", "pixels"] = Field(
        "ascents",
        description="what is asked of each channel: pictures made for it, the concepts of the "
        "dataset's masks that it finds, or what in its strongest examples it answers to",
    )
    layers: LayerNames = Field(
        (),
        description="layers that a reader can choose, the first shown at first; empty: all that "
        "the card names, of those with places where places are asked for",
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
    versions: tuple[str, ...] = Field(
        ("trained", "rotated"),
        min_length=1,
        max_length=8,
        description="for concepts: networks to choose from, the first two side by side at first: "
        "'trained', 'rotated' (the layer in a random basis), 'seed-N', 'step-N' of training, "
        "'against'",
    )
    against: ModelName = Field(
        "", description="for concepts: a second model that reads the same pictures"
    )
    concepts: tuple[str, ...] = Field(
        (), description="for concepts: categories of the dataset's masks; empty: all"
    )
    shares: tuple[float, ...] = Field(
        (0.001, 0.002, 0.003, 0.005, 0.007, 0.01, 0.015, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2),
        min_length=1,
        max_length=40,
        description="for concepts: shares of a channel's pixels that its mask may have, ascending",
    )
    share: float = Field(0.005, description="for concepts: one of them, the first that is shown")
    least: float = Field(
        0.04,
        ge=0,
        le=0.5,
        description="for concepts: IoU from which a channel counts as a detector, in steps of 0.01",
    )
    sample: int = Field(
        480,
        ge=1,
        le=5000,
        description="for concepts and pixels: test examples that are looked at, evenly taken",
    )

    checkpoints: tuple[int, ...] = Field(
        (),
        max_length=16,
        description="for pixels: kept steps of training whose strongest patches are shown; empty: "
        "all that the model keeps",
    )
    cover: float = Field(
        0,
        ge=0,
        le=1,
        description="for pixels: side of a square that is slid over the strongest examples to "
        "measure how far a channel looks, as a share of what it can see; 0: not measured",
    )

    @model_validator(mode="after")
    def _one_of_the_shares(self) -> Options:
        shares = self.shares
        if list(shares) != sorted(set(shares)) or not 0 < shares[0] <= shares[-1] <= 0.5:
            raise ValueError("shares must ascend and lie above 0 and not above 0.5")
        if self.study == "concepts" and self.share not in shares:
            raise ValueError(f"share {self.share:g} is none of the shares")
        if len(set(self.versions)) < len(self.versions):
            raise ValueError("every version once")
        return self

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
    every = (one for layer in values["layers"] for one in layer.get("objectives", ["none"]))
    return list(dict.fromkeys(every))


def _versions(values: Mapping[str, Any]) -> list[str]:
    return [version["name"] for version in values.get("versions", [{"name": "trained"}])]


def _found(values: Mapping[str, Any]) -> list[str]:
    """Nothing, every category, and every concept as CATEGORY/CONCEPT."""
    concepts = values.get("concepts", [])
    names = [f"{one['category']}/{one['name']}" for one in concepts]
    return ["", *dict.fromkeys(one["category"] for one in concepts), *names]


def _widest(values: Mapping[str, Any]) -> int:
    return max(int(layer["channels"]) for layer in values["layers"]) - 1


def payload(options: Options, sources: Sources) -> Payload:
    """Ask what the study asks of every channel of every layer, and draw the first layer.

    Raises:  FigureError for a model without a dataset, a channel that the layer does not have, and
             a study for which the dataset or the layer lacks something; ModelError for a layer that
             does not exist or cannot be visualized.
    """
    model = sources.model(options.model)
    dataset = sources.dataset(dataset_of(model, options.dataset))
    if options.study == "concepts":
        from generator.compute.dissection.page import assembled as dissected
        from generator.stills.dissection import dissection_still

        return dissected(options, sources, model, dataset, dissection_still)
    if options.study == "pixels":
        from generator.compute.dissection.patches_page import assembled as patched
        from generator.stills.patches import patches_still

        return patched(options, sources, model, dataset, patches_still)
    from generator.compute.ascents import assembled
    from generator.stills.units import units_still

    return assembled(options, sources, model, dataset, units_still)
