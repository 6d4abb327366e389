"""A network learns a few shapes in the page, and a picture is made that it takes for each.

It shows no model of the project: shapes, examples and networks are the figure's own, drawn from
seeds, and what the still shows is what the page finds from the same seeds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, field_validator

from generator.figure import FigureOptions, Payload, Sources
from generator.rules import Number, OneOf, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

NETS = ("perceptron", "convolution")
STARTS = ("empty", "grey", "noise")
ShapeName = Literal[
    "nothing", "box", "hollow-box", "corner", "disc", "ring", "triangle", "hollow-triangle",
    "house", "cross", "upright-line", "level-line",
]  # fmt: skip
FEWEST = 2
NAMED = r"[a-z]+(-[a-z]+)*"


def _number(name: str, description: str, least: int, most: int, step: int) -> Any:
    def rule(values: Mapping[str, Any]) -> Number:
        return Number(description, least, most, values["first"][name], step)

    return rule


STATES = {
    "shapes": lambda values: Text(
        "names of the shapes that are learned", f"{NAMED}(,{NAMED})*", "box,disc",
        ",".join(values["first"]["shapes"]),
    ),
    "net": lambda values: OneOf("network", NETS, values["first"]["net"]),
    "epochs": _number("epochs", "times that all examples are seen", 1, 20, 1),
    "steps": _number("steps", "steps of a picture", 16, 256, 16),
    "start": lambda values: OneOf(
        "what a picture starts from", STARTS, values["first"]["start"]
    ),
    "seed": _number("seed", "seed of weights, examples and noise", 0, 99, 1),
}  # fmt: skip


class Options(FigureOptions):
    """What an article may set: the first experiment."""

    shapes: tuple[ShapeName, ...] = Field(
        ("box", "disc", "triangle"), description="shapes that are learned at first, two or more"
    )
    net: Literal["perceptron", "convolution"] = Field(
        "perceptron", description="network: one hidden layer, or two convolutions"
    )
    epochs: int = Field(6, ge=1, le=20, description="times that all examples are seen")
    steps: int = Field(48, ge=16, le=256, multiple_of=16, description="steps that a picture climbs")
    start: Literal["empty", "grey", "noise"] = Field(
        "empty", description="what a picture starts from: almost no ink, half of it, or noise"
    )
    seed: int = Field(0, ge=0, le=99, description="seed of weights, examples and noise")

    @field_validator("shapes")
    @classmethod
    def _several(cls, shapes: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(shapes)) < FEWEST or len(set(shapes)) < len(shapes):
            raise ValueError("name two or more shapes, each once, as in [box, disc]")
        return shapes


def payload(options: Options, _sources: Sources) -> Payload:
    """Make the first experiment, and export the training step and the slope of both networks."""
    from generator.compute.imagine.page import assembled
    from generator.stills.imagine import imagine_still

    return assembled(options, imagine_still)
