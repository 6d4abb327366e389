"""Small changes that turn a network's answer, found in the page, and what may be put in their way.

Before and after stand side by side with the answers to both and the difference between them; below,
how often each attack succeeds, measured at build on many test examples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, field_validator

from generator.errors import FigureError
from generator.figure import (
    DatasetName,
    FigureOptions,
    ModelName,
    Payload,
    Sources,
    dataset_of,
)
from generator.rules import Number, OneOf, Some

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.datasets import Dataset
    from generator.models import Model

AttackName = Literal["fgsm", "iterated", "jsma", "fast-jsma"]


def _guard(name: str, description: str, least: float, most: float, step: float) -> Any:
    def rule(values: Mapping[str, Any]) -> Number:
        return Number(description, least, most, values["guard"][name], step)

    return rule


STATES = {
    "example": lambda values: OneOf("example", [pick["index"] for pick in values["picks"]]),
    "start": OneOf("what is changed", ("example", "noise", "blank")),
    "attack": lambda values: OneOf(
        "attack", [one["name"] for one in values["attacks"]], values["attack"]
    ),
    "target": lambda values: Number(
        "output to be read as; -1: any but the first answer",
        *(-1, len(values["outputs"]) - 1, values["target"], 1),
    ),
    "strength": lambda values: Number(
        "how much may change", 0, values["most"], values["strength"], values["step"]
    ),
    "steps": lambda values: Number("steps of the iterated attack", 1, 40, values["steps"], 1),
    "defences": lambda values: Some(
        "what pictures go through first", [one["name"] for one in values["defences"]]
    ),
    "blur": _guard("blur", "standard deviation of the blur in pixels", 0.25, 3, 0.25),
    "levels": _guard("levels", "levels that a number may have", 2, 32, 1),
    "quality": _guard("quality", "quality of JPEG", 5, 100, 5),
    "noise": _guard("noise", "noise, as a share of the range", 0, 0.5, 0.01),
    "copies": _guard("copies", "copies that vote where chance takes part", 1, 32, 1),
    "aware": OneOf("whether the attacker knows the defence", (False, True)),
}


class Options(FigureOptions):
    """What an article may set."""

    model: ModelName = Field(description="the classifier that is attacked")
    dataset: DatasetName = Field("", description="examples; empty: the dataset of the model's card")
    attack: AttackName = Field("fgsm", description="the attack at first")
    target: str = Field(
        "", description="the output to be read as at first; empty: any but the first answer"
    )
    strength: float = Field(
        0.1,
        ge=0,
        description="how much may change at first: the share of the range that every number may "
        "move, or with JSMA the share of numbers that may change",
    )
    most: float = Field(1.0, gt=0, le=1, description="the greatest strength that a reader can set")
    step: float = Field(0.01, gt=0, le=0.1, description="steps of the strength")
    steps: int = Field(10, ge=1, le=40, description="steps of the iterated attack at first")
    strengths: tuple[float, ...] = Field(
        (0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.25, 0.3),
        min_length=2,
        description="strengths at which accuracy is measured, from 0 upwards",
    )
    examples: tuple[int, ...] = Field(
        (), description="examples to pick from, as the dataset numbers them; empty: picks by seed"
    )
    count: int = Field(
        12,
        ge=1,
        le=24,
        description="how many to pick where none are named, a fifth of them misread",
    )
    tests: int = Field(
        500, ge=1, le=2000, description="test examples on which accuracy is measured; at most all"
    )
    defended: int = Field(
        100, ge=0, le=500, description="of these, how many are measured behind each defence too"
    )

    @field_validator("strengths")
    @classmethod
    def _upwards(cls, strengths: tuple[float, ...]) -> tuple[float, ...]:
        rising = all(a < b for a, b in zip(strengths, strengths[1:], strict=False))
        if strengths[0] != 0 or not rising or strengths[-1] > 1:
            raise ValueError("begin at 0 and rise to at most 1, as in [0, 0.05, 0.1, 0.2]")
        return strengths


def payload(options: Options, sources: Sources) -> Payload:
    """Choose examples, attack the first, measure accuracy, export what attacks ask.

    Raises:  FigureError for a dataset without classes or of another size than the model reads, an
             output or an example that does not exist, a strength beyond the greatest or off its
             steps, and a model with one output.
    """
    from generator.compute.answers import answers
    from generator.compute.perturb.page import assembled, besieged
    from generator.stills.perturb import perturb_still

    model = sources.model(options.model)
    name = dataset_of(model, options.dataset)
    dataset = sources.dataset(name)
    _check(options, model, dataset)
    victim = besieged(model)
    asked = answers(sources, model.card.name, name)
    return assembled(options, model, dataset, asked, victim, perturb_still)


def _check(options: Options, model: Model, dataset: Dataset) -> None:
    from generator.compute.shelf import check_examples
    from generator.errors import nearest

    check_examples(model, dataset, options.examples)
    if tuple(dataset.card.classes) != tuple(model.card.outputs):
        raise FigureError(
            f"the classes of {dataset.card.name!r} are not the outputs of {model.card.name!r}, so "
            "right and wrong answers cannot be told",
            hint="name a dataset with the classes that the model knows",
        )
    if options.target and options.target not in model.card.outputs:
        raise FigureError(
            f"{model.card.name} has no output {options.target!r}",
            hint=nearest(options.target, model.card.outputs),
        )
    rule = Number("strength", 0, options.most, options.strength, options.step)
    if not rule.holds(options.strength):
        raise FigureError(
            f"strength {options.strength:g} cannot be set", hint=rule.remedy(str(options.strength))
        )
