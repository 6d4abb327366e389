"""Cards: the TOML file beside a model's weights or a dataset's file that says what it is.

Reading a card needs neither torch nor numpy, so a misspelt layer is found before anything loads.
"""

from __future__ import annotations

import re
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from generator.errors import DatasetError, GeneratorError, ModelError, nearest
from generator.places import line_with, place, toml_line


class _Card(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())

    name: str = Field(description="the folder's name")
    folder: Path = Field(description="where it lies")
    summary: str = Field(description="one sentence for a reader")
    license: str = Field(description="what may be done with it, and by whose word")


class File(BaseModel):
    """A committed file with its checksum."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str = Field(description="name inside the folder")
    sha256: str = Field(description="of the file's bytes, in hexadecimal")
    source: str = Field("", description="the command or package that made it")


class History(BaseModel):
    """What training left behind."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    metrics: str = Field(description="JSON file: one row of metrics per epoch")
    checkpoints: File = Field(description="safetensors file, float16, tensors named STEP/PARAMETER")


class Quantity(BaseModel):
    """What is measured, not named: an angle, a price."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(description="what it is, as a sentence would say it: steering angle")
    unit: str = Field(description="what it is counted in; empty for a plain number")
    range: tuple[float, float] = Field(description="least and greatest value that it takes")
    meaning: str = Field("", description="what its sign or its ends stand for")


class ModelCard(_Card):
    """``models/<name>/model.toml``."""

    input: tuple[int, ...] = Field(description="shape of one example, without the batch")
    range: tuple[float, float] = Field((0.0, 1.0), description="least and greatest input value")
    outputs: tuple[str, ...] = Field(
        description="what each output stands for, in order; or a file of names, one a line"
    )
    quantity: Quantity | None = Field(
        None, description="what its one output measures; absent: its outputs are scores of classes"
    )
    layers: tuple[str, ...] = Field(description="what an article may name, first to last")
    dataset: str = Field("", description="folder in models/datasets/ with examples of its input")
    weights: File
    history: History | None = None
    seeds: dict[int, File] = Field(
        {}, description="weights that the same recipe made from other seeds, by seed"
    )
    measured: dict[str, float | int | str] = Field({}, description="quality, with how it was got")

    @field_validator("quantity")
    @classmethod
    def _one_output(cls, quantity: Quantity | None, info: ValidationInfo) -> Quantity | None:
        count = len(info.data.get("outputs", ()))
        if quantity and count != 1:
            raise ValueError(f"a model that measures has one output, not {count}")
        return quantity

    @property
    def foreign(self) -> bool:
        """Whether the weights are an ONNX file, which is architecture and weights in one."""
        return self.weights.file.endswith(".onnx")


class Drawing(BaseModel):
    """How a reader's drawing becomes an input like the training data."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    box: int = Field(description="the drawing is scaled so that its longer side has these pixels")
    centre: Literal["mass", "box"] = Field(description="what is put in the middle of the picture")
    pen: float = Field(description="width of the pen's line after scaling, in pixels")


class Example(BaseModel):
    """One example of a dataset whose examples have makers and licences of their own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(description="what it shows")
    license: str = Field(description="what may be done with it")
    attribution: str = Field(description="who made it, as they wish to be named")
    source: str = Field(description="where it was taken from")


class DatasetCard(_Card):
    """``models/datasets/<name>/dataset.toml``."""

    classes: tuple[str, ...] = Field(
        (), description="what each label stands for, in order; or a file of names, one a line"
    )
    quantity: Quantity | None = Field(
        None,
        description="what is measured of each example; absent: each has a class",
        validate_default=True,
    )
    tree: dict[str, tuple[str, ...]] = Field(
        {}, description="groups by name, each with its classes; every class is in one group"
    )
    concepts: dict[str, tuple[str, ...]] = Field(
        {}, description="categories, each with its concepts as its masks number them from 1"
    )
    shape: tuple[int, ...] = Field(description="shape of one example: channels, height, width")
    data: File
    source: str = Field(description="where the examples come from")
    attribution: str = Field(description="who made them, as they wish to be named")
    split: dict[str, int | str] = Field(description="examples per part, seed, and how it was drawn")
    drawing: Drawing | None = Field(None, description="absent: drawings are used as they are")
    rate: float | None = Field(None, gt=0, description="frames per second, for examples in clips")
    examples: tuple[Example, ...] = Field(
        (), description="one entry per example, where each has a licence of its own"
    )

    @field_validator("tree")
    @classmethod
    def _every_class_once(
        cls, tree: dict[str, tuple[str, ...]], info: ValidationInfo
    ) -> dict[str, tuple[str, ...]]:
        listed = sorted(name for group in tree.values() for name in group)
        wanted = sorted(info.data.get("classes", ()))
        if tree and listed != wanted:
            odd = sorted(set(listed) ^ set(wanted)) or [
                name for name in wanted if listed.count(name) > 1
            ]
            raise ValueError(f"every class stands in one group; {odd[0]!r} does not")
        return tree

    @field_validator("quantity")
    @classmethod
    def _class_or_quantity(cls, quantity: Quantity | None, info: ValidationInfo) -> Quantity | None:
        if bool(info.data.get("classes")) == bool(quantity):
            raise ValueError("a dataset has either 'classes' or a 'quantity'")
        return quantity


Card = TypeVar("Card", bound=_Card)


def model_card(folder: Path) -> ModelCard:
    """Read ``model.toml``; raises ModelError where it is absent, broken or incomplete."""
    return _read(folder, "model.toml", ModelCard, ModelError)


def dataset_card(folder: Path) -> DatasetCard:
    """Read ``dataset.toml``; raises DatasetError where it is absent, broken or incomplete."""
    return _read(folder, "dataset.toml", DatasetCard, DatasetError)


def checked(folder: Path, file: File, error: type[GeneratorError]) -> bytes:
    """Give the bytes of a committed file once they match the card's sha256.

    Raises:  `error` where the file is missing or is not the one that the card describes; it names
             the card's line.
    """
    path = folder / file.file
    card = folder / ("model.toml" if error is ModelError else "dataset.toml")
    if not path.is_file():
        made = f"run {file.source!r} to make it" if file.source else "copy it there"
        where = place(card, line_with(card, f'"{file.file}"'))
        raise error(f"{file.file} is missing", where=where, hint=made)
    content = path.read_bytes()
    found = sha256(content).hexdigest()
    if found != file.sha256:
        raise error(
            f"{file.file} has sha256 {found[:12]}…, the card says {file.sha256[:12]}…",
            where=place(card, line_with(card, f'"{file.sha256}"')),
            hint="restore the file, or train again and let the recipe write the card",
        )
    return content


def _read(folder: Path, file: str, card: type[Card], error: type[GeneratorError]) -> Card:
    path = folder / file
    if not path.is_file():
        raise error(f"{file} is missing", where=place(path))
    try:
        text = path.read_text("utf8")
        fields: dict[str, Any] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        what, line = _located(str(problem))
        raise error(f"not TOML: {what}", where=place(path, line)) from None
    for key in ("outputs", "classes"):
        if isinstance(fields.get(key), str):
            fields[key] = _names(folder / fields[key], place(path, toml_line(text, (key,))), error)
    try:
        return card(name=folder.name, folder=folder, **fields)
    except ValidationError as problem:
        # A field that nobody knows is often the missing one, misspelt.
        first = min(problem.errors(), key=lambda one: one["type"] != "extra_forbidden")
        key = ".".join(str(part) for part in first["loc"])
        hint = nearest(key, card.model_fields) if first["type"] == "extra_forbidden" else ""
        where = place(path, toml_line(text, first["loc"]))
        message = first["msg"].removeprefix("Value error, ")
        raise error(f"{key}: {message}", where=where, hint=hint) from None


def _located(said: str) -> tuple[str, int]:
    """Take the line out of what tomllib says: "… (at line 6, column 10)"."""
    found = re.search(r" \(at line (\d+), column \d+\)$", said)
    return (said[: found.start()], int(found.group(1))) if found else (said, 0)


def _names(path: Path, where: str, error: type[GeneratorError]) -> list[str]:
    """Names of a file, one a line: a thousand of them would bury a card."""
    if not path.is_file():
        raise error(f"{path.name} is missing", where=where, hint="it holds the names, one a line")
    return path.read_text("utf8").splitlines()
