"""A machine that a reader teaches by examples: hold a button to record, and watch it learn.

A frozen network tells what it sees; nearest neighbours and a softmax head learn from that, in the
page and side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, field_validator

from generator.errors import FigureError
from generator.figure import (
    DatasetName,
    FigureOptions,
    LayerName,
    ModelName,
    Payload,
    Sources,
    dataset_of,
)
from generator.rules import Number, OneOf, States, Text

if TYPE_CHECKING:
    from generator.datasets import Dataset
    from generator.models import Model

LEAST, MOST, LONGEST = 2, 8, 40
SourceName = Literal["examples", "draw", "camera", "file"]

STATES: States = {
    "source": lambda values: OneOf("what is shown to it", values["sources"]),
    "example": lambda values: OneOf("example", [pick["index"] for pick in values["picks"]]),
    "drawing": Text("strokes, as a link to the figure has them", r"[\w.-]*", "BQ0C", ""),
    "method": lambda values: OneOf("whose answer counts", ("head", "neighbours"), values["method"]),
    "neighbours": lambda values: Number(
        "neighbours that vote", 1, values["most"], values["neighbours"], 1
    ),
    "strength": lambda values: Number(
        "freedom of the weights, C, as a power of ten", -2, 4, values["strength"], 0.5
    ),
    "held": lambda values: OneOf(
        "captures that are kept back to test", ("fifth", "take", "none"), values["held"]
    ),
}


class Options(FigureOptions):
    """What an article may set."""

    model: ModelName = Field(description="the frozen network that looks at pictures")
    dataset: DatasetName = Field("", description="examples; empty: the dataset of the model's card")
    layer: LayerName = Field(
        "", description="whose answers are learned from; empty: the last but one of the card"
    )
    captures: dict[str, int | tuple[int, ...]] = Field(
        {},
        description="classes at first, from 2 to 8, each with examples that it is taught: so many "
        "of the dataset's class of that name, or those that are named, as the dataset counts them; "
        "empty: the dataset's first three classes",
    )
    examples: tuple[int, ...] = Field(
        (), description="examples to show it, as the dataset numbers them; empty: some by seed"
    )
    count: int = Field(9, ge=1, le=24, description="how many to choose where none are named")
    tested: int = Field(
        0,
        ge=0,
        le=500,
        description="other test examples of each class on which the head at first is measured, for "
        "the text around",
    )
    sources: tuple[SourceName, ...] = Field(
        ("examples", "draw", "camera", "file"),
        min_length=1,
        description="ways of showing something, that at first shown first",
    )
    method: Literal["head", "neighbours"] = Field(
        "head", description="whose answer counts at first"
    )
    neighbours: int = Field(5, ge=1, le=15, description="neighbours that vote at first")
    strength: float = Field(
        2,
        ge=-2,
        le=4,
        multiple_of=0.5,
        description="freedom of the head's weights at first, C, as a power of ten",
    )
    held: Literal["fifth", "take", "none"] = Field(
        "fifth",
        description="captures kept back to test at first: of five of a class one, its last "
        "recording, or none",
    )

    @field_validator("captures")
    @classmethod
    def _classes(
        cls, captures: dict[str, int | tuple[int, ...]]
    ) -> dict[str, int | tuple[int, ...]]:
        if captures and not LEAST <= len(captures) <= MOST:
            raise ValueError(f"name from {LEAST} to {MOST} classes, not {len(captures)}")
        for name, what in captures.items():
            if not name.strip() or len(name) > LONGEST:
                raise ValueError(f"a class has a name of 1 to {LONGEST} letters, not {name!r}")
            if isinstance(what, int) and not 0 <= what <= 100:
                raise ValueError(f"{name}: from 0 to 100 captures, not {what}")
        return captures


def payload(options: Options, sources: Sources) -> Payload:
    """Teach it what the article says, show it the first example, export the features as a graph.

    Raises:  FigureError for a dataset that the model cannot read, a class or an example that the
             dataset does not have, fewer than two classes, nothing left to show, and a layer that
             answers one number.
    """
    from generator.compute.shelf import check_examples
    from generator.compute.teach.page import assembled
    from generator.stills.teach import teach_still

    model = sources.model(options.model)
    dataset = sources.dataset(dataset_of(model, options.dataset))
    named = [i for what in options.captures.values() if isinstance(what, tuple) for i in what]
    check_examples(model, dataset, (*options.examples, *named))
    _check(options, model, dataset)
    return assembled(options, model, dataset, teach_still)


def _check(options: Options, model: Model, dataset: Dataset) -> None:
    classes = dataset.card.classes if len(dataset.labels) else ()
    if not options.captures and len(classes) < LEAST:
        raise FigureError(
            f"{dataset.card.name!r} has no two classes to teach {model.card.name!r} at first",
            hint="name classes with their examples, captures: {left: [0, 1], right: [2, 3]}",
        )
