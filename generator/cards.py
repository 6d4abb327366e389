"""Cards: the TOML file beside a model's weights or a dataset's file that says what it is.

Reading a card needs neither torch nor numpy, so a misspelt layer is found before anything loads.
"""

from __future__ import annotations

import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from generator.errors import DatasetError, GeneratorError, ModelError, nearest


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


class ModelCard(_Card):
    """``models/<name>/model.toml``."""

    input: tuple[int, ...] = Field(description="shape of one example, without the batch")
    range: tuple[float, float] = Field((0.0, 1.0), description="least and greatest input value")
    outputs: tuple[str, ...] = Field(description="what each output stands for, in order")
    layers: tuple[str, ...] = Field(description="what an article may name, first to last")
    dataset: str = Field("", description="folder in models/datasets/ with examples of its input")
    weights: File
    history: History | None = None
    measured: dict[str, float | int | str] = Field({}, description="quality, with how it was got")


class Drawing(BaseModel):
    """How a reader's drawing becomes an input like the training data."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    box: int = Field(description="the drawing is scaled so that its longer side has these pixels")
    centre: Literal["mass", "box"] = Field(description="what is put in the middle of the picture")
    pen: float = Field(description="width of the pen's line after scaling, in pixels")


class DatasetCard(_Card):
    """``models/datasets/<name>/dataset.toml``."""

    classes: tuple[str, ...] = Field(description="what each label stands for, in order")
    shape: tuple[int, ...] = Field(description="shape of one example: channels, height, width")
    data: File
    source: str = Field(description="where the examples come from")
    attribution: str = Field(description="who made them, as they wish to be named")
    split: dict[str, int | str] = Field(description="examples per part, seed, and how it was drawn")
    drawing: Drawing | None = Field(None, description="absent: drawings are used as they are")


Card = TypeVar("Card", bound=_Card)


def model_card(folder: Path) -> ModelCard:
    """Read ``model.toml``; raises ModelError where it is absent, broken or incomplete."""
    return _read(folder, "model.toml", ModelCard, ModelError)


def dataset_card(folder: Path) -> DatasetCard:
    """Read ``dataset.toml``; raises DatasetError where it is absent, broken or incomplete."""
    return _read(folder, "dataset.toml", DatasetCard, DatasetError)


def checked(folder: Path, file: File, error: type[GeneratorError]) -> bytes:
    """Give the bytes of a committed file once they match the card's sha256.

    Raises:  `error` where the file is missing or is not the one that the card describes.
    """
    path = folder / file.file
    where = f"{folder.parent.name}/{folder.name}/{file.file}"
    if not path.is_file():
        made = f"run {file.source!r} to make it" if file.source else "copy it there"
        raise error(f"{file.file} is missing", where=where, hint=made)
    content = path.read_bytes()
    found = sha256(content).hexdigest()
    if found != file.sha256:
        raise error(
            f"sha256 is {found[:12]}…, the card says {file.sha256[:12]}…",
            where=where,
            hint="restore the file, or train again and let the recipe write the card",
        )
    return content


def _read(folder: Path, file: str, card: type[Card], error: type[GeneratorError]) -> Card:
    path = folder / file
    where = f"{folder.parent.name}/{folder.name}/{file}"
    if not path.is_file():
        raise error(f"{file} is missing", where=where)
    try:
        fields: dict[str, Any] = tomllib.loads(path.read_text("utf8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise error(f"not TOML: {problem}", where=where) from None
    try:
        return card(name=folder.name, folder=folder, **fields)
    except ValidationError as problem:
        first = problem.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        hint = nearest(key, card.model_fields) if first["type"] == "extra_forbidden" else ""
        raise error(f"{key}: {first['msg']}", where=where, hint=hint) from None
