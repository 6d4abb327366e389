"""What the fields of a card hold: shapes, files with their checksums, quantities, makers."""

from __future__ import annotations

from math import prod
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    FiniteFloat,
    PositiveInt,
)

# A single example beyond this is a slip of the pen, and would fill the memory.
LARGEST = 20_000_000


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    seen: set[str] = set()
    for name in names:
        if not name.strip():
            raise ValueError("a name is empty")
        if name in seen:
            raise ValueError(f"{name!r} stands twice")
        seen.add(name)
    return names


def _countable(shape: tuple[int, ...]) -> tuple[int, ...]:
    if prod(shape) > LARGEST:
        raise ValueError(f"{prod(shape):,} numbers are too many for one example")
    return shape


def _ascending(ends: tuple[float, float]) -> tuple[float, float]:
    if ends[0] >= ends[1]:
        raise ValueError(f"{ends[0]:g} is not below {ends[1]:g}")
    return ends


Layers = Annotated[tuple[str, ...], Field(min_length=1), AfterValidator(_distinct)]
Shape = Annotated[tuple[PositiveInt, ...], Field(min_length=1), AfterValidator(_countable)]
Range = Annotated[tuple[FiniteFloat, FiniteFloat], AfterValidator(_ascending)]
Positive = Annotated[FiniteFloat, Field(gt=0)]
Groups = dict[str, tuple[str, ...]]


class Part(BaseModel):
    """A table of a card, or a card: no field but those described, and nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class File(Part):
    """A committed file with its checksum."""

    file: str = Field(description="name inside the folder")
    sha256: str = Field(description="of the file's bytes, in hexadecimal")
    source: str = Field("", description="the command or package that made it")


class History(Part):
    """What training left behind."""

    metrics: str = Field(description="JSON file: one row of metrics per epoch")
    checkpoints: File = Field(description="safetensors file, float16, tensors named STEP/PARAMETER")


class Quantity(Part):
    """What is measured, not named: an angle, a price."""

    name: str = Field(description="what it is, as a sentence would say it: steering angle")
    unit: str = Field(description="what it is counted in; empty for a plain number")
    range: Range = Field(description="least and greatest value that it takes")
    meaning: str = Field("", description="what its sign or its ends stand for")


class Drawing(Part):
    """How a reader's drawing becomes an input like the training data."""

    box: PositiveInt = Field(
        description="the drawing is scaled so that its longer side has these pixels"
    )
    centre: Literal["mass", "box"] = Field(description="what is put in the middle of the picture")
    pen: Positive = Field(description="width of the pen's line after scaling, in pixels")


class Example(Part):
    """One example of a dataset whose examples have makers and licences of their own."""

    name: str = Field(description="what it shows")
    license: str = Field(description="what may be done with it")
    attribution: str = Field(description="who made it, as they wish to be named")
    source: str = Field(description="where it was taken from")
