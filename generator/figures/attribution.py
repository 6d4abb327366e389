"""Which pixels an answer rests on, by several methods side by side, and how far to trust them.

Every method runs in the page, on the example, the class and the settings that the reader chooses.
Beside each map stand the checks that it can fail: shuffled weights, deleted pixels, known masks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field, field_validator

from generator.errors import FigureError
from generator.figure import (
    DatasetName,
    FigureOptions,
    LayerNames,
    ModelName,
    Payload,
    Sources,
    dataset_of,
)
from generator.rules import Number, OneOf, Rule, Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from generator.datasets import Dataset
    from generator.models import Model

MethodName = Literal[
    "integrated",
    "gradient",
    "gradient-input",
    "smooth",
    "guided",
    "deconvolution",
    "lrp-epsilon",
    "lrp-alpha-beta",
    "occlusion",
    "difference",
    "lime",
    "lime-again",
    "cam",
    "grad-cam",
    "guided-grad-cam",
    "visual-backprop",
]
FEWEST, MOST = 2, 4
CUT = "(?:s[0-9]+|m[0-9]+-[0-9]+)"


def _methods(values: Mapping[str, Any]) -> Rule:
    one = "(?:" + "|".join(method["name"] for method in values["methods"]) + ")"
    start = ",".join(values["shown"])
    return Text("methods side by side", f"{one}(?:,{one}){{{FEWEST - 1},{MOST - 1}}}", start, start)


STATES = {
    "methods": _methods,
    "example": lambda values: OneOf("example", [pick["index"] for pick in values["picks"]]),
    "target": lambda values: Number(
        "output asked about; -1: the model's answer", -1, len(values["outputs"]) - 1, -1, 1
    ),
    "opacity": Number("how far a map covers the picture", 0, 1, 0.85, 0.05),
    "layer": lambda values: OneOf("layer of Grad-CAM", values["layers"] or [""]),
    "counter": OneOf("whether Grad-CAM shows what speaks against", (False, True)),
    "baseline": OneOf("what stands for nothing", ("least", "grey", "blurred")),
    "steps": Number("steps from the baseline", 4, 128, 32, 4),
    "sigma": Number("noise, as a share of the range", 0, 0.5, 0.15, 0.01),
    "copies": Number("pictures with noise", 1, 64, 16, 1),
    "epsilon": lambda values: OneOf("epsilon of LRP", values["epsilons"], 0.01),
    "alpha": Number("alpha of LRP", 1, 3, 2, 0.5),
    "patch": lambda values: OneOf("side of the patch", values["patches"], values["patch"]),
    "rubbed": Text("strokes of the brush, as a link to the figure has them", r"[\w.-]+", "AwNwN"),
    "fills": lambda values: Number(
        "other pictures whose windows are put in", 1, max(1, values["fills"]), values["fill"], 1
    ),
    "pieces": lambda values: OneOf("superpixels", values["pieces"] or [0], values["piece"]),
    "each": Number("pictures that LIME asks about for each superpixel", 1, 30, 10, 1),
    "seed": Number("seed of the other LIME", 2, 99, 2, 1),
    "cuts": Text(
        "superpixels split, and merged, each named by one of its pixels",
        f"{CUT}(?:,{CUT})*",
        "s130,m12-40",
    ),
    "off": Text(
        "superpixels switched off, each named by one of its pixels", "[0-9]+(?:,[0-9]+)*", "12,40"
    ),
    "shuffled": lambda values: Number(
        "layers with shuffled weights, from the last", 0, len(values["cascade"]), 0, 1
    ),
}


class Options(FigureOptions):
    """What an article may set."""

    quantities: ClassVar[bool] = True

    model: ModelName = Field(description="the model that is asked")
    against: ModelName = Field(
        "", description="a second model with the same input and outputs, measured beside the first"
    )
    dataset: DatasetName = Field("", description="examples; empty: the dataset of the model's card")
    methods: tuple[MethodName, ...] = Field(
        (),
        max_length=MOST,
        description="methods side by side at first, at least two; empty: integrated gradients and "
        "one about regions. A reader can choose all that the model can have",
    )
    offer: tuple[MethodName, ...] = Field(
        (),
        description="methods that a reader can choose, besides those at first; empty: all that the "
        "model can have",
    )
    layers: LayerNames = Field(
        (),
        description="layers for Grad-CAM, the first at first; empty: all with maps that the card "
        "names, from the last",
    )
    examples: tuple[int, ...] = Field(
        (), description="examples to pick from, as the dataset numbers them; empty: picks by seed"
    )
    count: int = Field(8, ge=1, le=24, description="how many to pick where none are named")
    concepts: tuple[str, ...] = Field(
        (),
        description="categories of the dataset's masks whose share of each map is told; empty: all "
        "that differ",
    )
    tests: int = Field(
        24,
        ge=1,
        le=500,
        description="test examples over which shares in masks are measured; at most 12 for methods "
        "that ask about hundreds of pictures",
    )

    @field_validator("methods")
    @classmethod
    def _two(cls, methods: tuple[MethodName, ...]) -> tuple[MethodName, ...]:
        if len(methods) == 1:
            raise ValueError("name two methods or more: one alone would be taken for the truth")
        return methods


def payload(options: Options, sources: Sources) -> Payload:
    """Choose examples, ask the first methods about the first of them, export every method.

    Raises:  FigureError for a dataset that the model cannot read, a method that it cannot have, an
             example, a layer or a category that does not exist.
    """
    from generator.compute.answers import answers
    from generator.compute.attribution.page import assembled, workbench
    from generator.stills.attribution import attribution_still

    model = sources.model(options.model)
    name = dataset_of(model, options.dataset)
    dataset = sources.dataset(name)
    _check(options, model, dataset)
    asked = answers(sources, model.card.name, name)
    bench = workbench(model, dataset, options.layers)
    if options.layers and "grad-cam" in bench.refused:
        reason = bench.refused["grad-cam"]
        raise FigureError(f"Grad-CAM cannot show these layers: {reason.what}", hint=reason.hint)
    for method in (*options.methods, *options.offer):
        if method not in bench.offered:
            reason = bench.refused[method]
            raise FigureError(
                f"{options.model} cannot have the method {method}: {reason.what}",
                hint=f"{reason.hint}; it can have {', '.join(bench.offered)}".lstrip("; "),
            )
    second = sources.model(options.against) if options.against else None
    if second:
        _check(options, second, dataset)
        if second.card.outputs != model.card.outputs:
            raise FigureError(
                f"{second.card.name!r} answers otherwise than {model.card.name!r}",
                hint="compare models with the same outputs",
            )
    return assembled(options, model, dataset, asked, bench, second, attribution_still)


def _check(options: Options, model: Model, dataset: Dataset) -> None:
    from generator.compute.shelf import check_examples
    from generator.errors import nearest

    check_examples(model, dataset, options.examples)
    card = dataset.card
    for category in options.concepts:
        if category not in card.concepts:
            raise FigureError(
                f"{card.name!r} has no masks of a category {category!r}",
                hint=nearest(category, card.concepts) if card.concepts else "it has no masks",
            )
