"""A picture that climbs, in the page, to what a part of a network answers most.

The reader chooses the goal and what keeps the picture from turning into noise, and watches several
optima grow from different noise; beside them stand the test examples that the same part likes best.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field, field_validator

from generator.figure import (
    DatasetName,
    FigureOptions,
    LayerNames,
    ModelName,
    Payload,
    Sources,
    dataset_of,
)
from generator.rules import Number, OneOf

if TYPE_CHECKING:
    from collections.abc import Mapping

GoalName = Literal["channel", "unit", "class", "layer", "direction", "code", "guide"]
LONGEST = 1024
OWN = -1
"""Among examples the picture that the reader has brought."""


def _set(name: str, description: str, least: float, most: float, step: float) -> Any:
    def rule(values: Mapping[str, Any]) -> Number:
        return Number(description, least, most, values[name], step)

    return rule


def _widest(values: Mapping[str, Any]) -> int:
    counts = [int(layer["shape"][0]) for layer in values["layers"]]
    return max(*counts, len(values["classes"])) - 1


def _goals(values: Mapping[str, Any]) -> list[str]:
    """Those of all layers, that of the still first."""
    every = [goal for layer in values["layers"] for goal in layer["goals"]]
    return list(dict.fromkeys([values["goal"], *every]))


STATES = {
    "layer": lambda values: OneOf("layer", [layer["name"] for layer in values["layers"]]),
    "goal": lambda values: OneOf("what is made large", _goals(values)),
    "unit": lambda values: Number(
        "channel, unit or class", 0, _widest(values), values["unit"], 1
    ),
    "other": lambda values: Number(
        "a second one at the same time; -1: none", -1, _widest(values), values["other"], 1
    ),
    "mix": _set("mix", "share of the second one", 0, 1, 0.05),
    "example": lambda values: OneOf(
        "example whose code is sought, or that is changed",
        [*(pick["index"] for pick in values["picks"]), OWN],
    ),
    "guide": lambda values: OneOf(
        "example that guides",
        [*(pick["index"] for pick in values["picks"]), OWN],
        [pick["index"] for pick in values["picks"]][:2][-1],
    ),
    "start": lambda values: OneOf(
        "what the picture starts from", ("noise", "example"), values["start"]
    ),
    "jitter": _set("jitter", "greatest shift before each step, in pixels", 0, 8, 1),
    "scale": _set("scale", "greatest growth before each step, as a share", 0, 0.3, 0.01),
    "blur": _set("blur", "standard deviation of the blur in pixels", 0, 3, 0.25),
    "octaves": _set("octaves", "sizes in which the picture is seen, in turn", 1, 4, 1),
    "smooth": _set("smooth", "weight of the total variation", 0, 2, 0.05),
    "waves": lambda values: OneOf(
        "whether waves are changed, not pixels", (True, False), values["waves"]
    ),
    "colour": lambda values: OneOf(
        "whether colours vary as in the examples", (True, False), values["colour"]
    ),
    "optima": _set("optima", "pictures from different noise", 1, 6, 1),
    "apart": _set("apart", "how much optima push each other apart", 0, 1, 0.05),
    "facets": Number("facets of the best examples, each with a picture; 1: none", 1, 6, 1, 1),
    "rate": _set("rate", "length of a step", 0.01, 0.3, 0.01),
    "seed": _set("seed", "noise that the first picture starts from", 0, 999, 1),
    "steps": lambda values: Number("steps of a run", 16, LONGEST, values["kept"][-1], 16),
    "step": lambda values: Number("step that is shown", 0, LONGEST, values["kept"][-1], 1),
}  # fmt: skip


class Options(FigureOptions):
    """What an article may set."""

    quantities: ClassVar[bool] = True

    model: ModelName = Field(description="the model that is asked what it would like to see")
    dataset: DatasetName = Field("", description="examples; empty: the dataset of the model's card")
    layers: LayerNames = Field(
        (),
        description="layers that a reader can choose, the first shown at first; empty: those of "
        "the card that have weights",
    )
    goal: Literal["", "channel", "unit", "class", "layer", "direction", "code", "guide"] = Field(
        "",
        description="what is made large at first: the mean of a channel, its unit in the middle, a "
        "class, all of a layer, the direction in which the examples of a class lie, or how near "
        "the layer's answer is to that of an example, or how much of an example is found in the "
        "picture; empty: the plainest that the layer has",
    )
    unit: int = Field(0, ge=0, description="channel, unit or class at first; from 0")
    other: int = Field(-1, ge=-1, description="a second one at the same time at first; -1: none")
    mix: float = Field(0.5, ge=0, le=1, description="share of the second one, in steps of 0.05")
    steps: tuple[int, ...] = Field(
        (0, 8, 32, 128),
        min_length=2,
        max_length=6,
        description="steps whose pictures the build keeps, from 0 upwards; the last one, a "
        "multiple of 16, ends the run",
    )
    jitter: int = Field(1, ge=0, le=8, description="greatest shift before each step, in pixels")
    scale: float = Field(
        0.05, ge=0, le=0.3, description="greatest growth before each step, in steps of 0.01"
    )
    blur: float = Field(
        0, ge=0, le=3, description="blur before each step, σ in pixels, in steps of 0.25"
    )
    octaves: int = Field(
        1, ge=1, le=4, description="sizes in which the picture is seen, in turn; each 1.4 smaller"
    )
    smooth: float = Field(
        0, ge=0, le=2, description="weight of the total variation, in steps of 0.05"
    )
    waves: bool = Field(True, description="change waves, each as strong as in photographs")
    colour: bool = Field(True, description="let colours vary together as in the examples")
    optima: int = Field(4, ge=1, le=6, description="pictures from different noise at first")
    apart: float = Field(
        0, ge=0, le=1, description="how much they push each other apart, in steps of 0.05"
    )
    facets: bool = Field(
        False, description="offer to part the best examples into facets, each with its own picture"
    )
    rate: float = Field(0.05, ge=0.01, le=0.3, description="length of a step, in steps of 0.01")
    start: Literal["noise", "example"] = Field(
        "noise", description="what the picture starts from; an example is the first to pick from"
    )
    examples: tuple[int, ...] = Field(
        (), description="examples to pick from, as the dataset numbers them; empty: picks by seed"
    )
    count: int = Field(10, ge=1, le=24, description="how many to pick where none are named")

    @field_validator("steps")
    @classmethod
    def _upwards(cls, steps: tuple[int, ...]) -> tuple[int, ...]:
        rising = list(steps) == sorted(set(steps)) and steps[0] == 0
        if not rising or steps[-1] % 16 or steps[-1] > LONGEST:
            raise ValueError(
                f"begin at 0 and rise to a multiple of 16, at most {LONGEST}, as in [0, 8, 32, 128]"
            )
        return steps


def payload(options: Options, sources: Sources) -> Payload:
    """Climb for the first goal from several noises, and export a graph for every layer.

    Raises:  FigureError for a dataset that the model cannot read, a goal or a channel that the
             layer does not have, a setting off its steps, and an objective that is no finite
             number; ModelError for a layer that does not exist.
    """
    from generator.compute.answers import answers
    from generator.compute.dream.page import assembled
    from generator.compute.shelf import check_examples
    from generator.stills.dream import dream_still

    model = sources.model(options.model)
    name = dataset_of(model, options.dataset)
    dataset = sources.dataset(name)
    check_examples(model, dataset, options.examples)
    _on_steps(options)
    asked = answers(sources, model.card.name, name)
    return assembled(options, model, dataset, asked, dream_still)


def _on_steps(options: Options) -> None:
    """See to it that a reader could come back to every setting.

    Raises:  FigureError for one that lies between two steps.
    """
    from generator.errors import FigureError

    values = {name: getattr(options, name) for name in type(options).model_fields}
    for name in ("mix", "scale", "blur", "smooth", "apart", "rate", "seed"):
        rule = STATES[name](values)
        if not rule.holds(values[name]):
            raise FigureError(
                f"{name} {values[name]:g} cannot be set", hint=rule.remedy(str(values[name]))
            )
