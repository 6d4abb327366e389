"""Cards: the TOML file beside a model's weights or a dataset's file that says what it is.

Reading a card needs neither torch nor numpy, so a misspelt layer is found before anything loads.
"""

from __future__ import annotations

from hashlib import sha256
from math import prod
from pathlib import Path
from typing import Annotated, ClassVar, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    FiniteFloat,
    PositiveFloat,
    PositiveInt,
    model_validator,
)

from generator.errors import DatasetError, GeneratorError, ModelError
from generator.paths import inside
from generator.places import line_with, place
from generator.toml import read_toml

# A single example beyond this is a slip of the pen, and would fill the memory.
LARGEST = 20_000_000

AnyCard = TypeVar("AnyCard", bound="Card")


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if not name.strip():
            raise ValueError("a name is empty")
        if names.count(name) > 1:
            raise ValueError(f"{name!r} stands twice")
    return names


def _countable(shape: tuple[int, ...]) -> tuple[int, ...]:
    if prod(shape) > LARGEST:
        raise ValueError(f"{prod(shape):,} numbers are too many for one example")
    return shape


Layers = Annotated[tuple[str, ...], Field(min_length=1), AfterValidator(_distinct)]
Shape = Annotated[tuple[PositiveInt, ...], Field(min_length=1), AfterValidator(_countable)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class File(_Part):
    """A committed file with its checksum."""

    file: str = Field(description="name inside the folder")
    sha256: str = Field(description="of the file's bytes, in hexadecimal")
    source: str = Field("", description="the command or package that made it")


class History(_Part):
    """What training left behind."""

    metrics: str = Field(description="JSON file: one row of metrics per epoch")
    checkpoints: File = Field(description="safetensors file, float16, tensors named STEP/PARAMETER")


class Card(_Part):
    """What models and datasets have in common."""

    toml: ClassVar[str]
    code: ClassVar[str]
    parent: ClassVar[str]
    error: ClassVar[type[GeneratorError]]

    model_config = ConfigDict(protected_namespaces=())

    name: str = Field(description="the folder's name")
    folder: Path = Field(exclude=True, description="where it lies on this machine")
    summary: str = Field(description="one sentence for a reader")
    license: str = Field(description="what may be done with it, and by whose word")
    files: tuple[str, ...] = Field((), description="further files that its code reads")

    @property
    def place(self) -> str:
        """The folder as an author names it."""
        return f"{self.parent}/{self.name}"

    def line(self, text: str) -> str:
        """Where the card says something, for a message about it."""
        return place(self.folder / self.toml, line_with(self.folder / self.toml, text))

    @property
    def contents(self) -> tuple[str, ...]:
        """Names of the card and of all files that it vouches for; recipes are none of them."""
        return self.toml, *self.files


class ModelCard(Card):
    """``models/<name>/model.toml``."""

    toml: ClassVar[str] = "model.toml"
    code: ClassVar[str] = "model.py"
    parent: ClassVar[str] = "models"
    error: ClassVar[type[GeneratorError]] = ModelError

    input: Shape = Field(description="shape of one example, without the batch")
    range: tuple[FiniteFloat, FiniteFloat] = Field(
        (0.0, 1.0), description="least and greatest input value"
    )
    outputs: tuple[str, ...] = Field(
        min_length=1, description="what each output stands for, in order"
    )
    layers: Layers = Field(description="what an article may name, first to last")
    dataset: str = Field("", description="folder in models/datasets/ with examples of its input")
    weights: File
    history: History | None = None
    measured: dict[str, FiniteFloat | int | str] = Field(
        {}, description="quality, with how it was got"
    )

    @property
    def contents(self) -> tuple[str, ...]:
        """Names of the card, the weights, the history and the further files."""
        history = self.history
        kept = (history.metrics, history.checkpoints.file) if history else ()
        return *super().contents, self.weights.file, *kept

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if self.range[0] >= self.range[1]:
            raise ValueError(f"range: {self.range[0]:g} is not below {self.range[1]:g}")
        return self


class Drawing(_Part):
    """How a reader's drawing becomes an input like the training data."""

    box: PositiveInt = Field(
        description="the drawing is scaled so that its longer side has these pixels"
    )
    centre: Literal["mass", "box"] = Field(description="what is put in the middle of the picture")
    pen: PositiveFloat = Field(description="width of the pen's line after scaling, in pixels")


class DatasetCard(Card):
    """``models/datasets/<name>/dataset.toml``."""

    toml: ClassVar[str] = "dataset.toml"
    code: ClassVar[str] = "loader.py"
    parent: ClassVar[str] = "models/datasets"
    error: ClassVar[type[GeneratorError]] = DatasetError

    classes: tuple[str, ...] = Field(
        min_length=1, description="what each label stands for, in order"
    )
    shape: Shape = Field(description="shape of one example: channels, height, width")
    data: File
    source: str = Field(description="where the examples come from")
    attribution: str = Field(description="who made them, as they wish to be named")
    split: dict[str, int | str] = Field(description="examples per part, seed, and how it was drawn")
    drawing: Drawing | None = Field(None, description="absent: drawings are used as they are")

    @property
    def contents(self) -> tuple[str, ...]:
        """Names of the card, the data and the further files."""
        return *super().contents, self.data.file


def model_card(folder: Path) -> ModelCard:
    """Read ``model.toml``; raises ModelError where it is absent, broken or incomplete."""
    return _read(folder, ModelCard)


def dataset_card(folder: Path) -> DatasetCard:
    """Read ``dataset.toml``; raises DatasetError where it is absent, broken or incomplete."""
    return _read(folder, DatasetCard)


def _read(folder: Path, card: type[AnyCard]) -> AnyCard:
    given = {"name": folder.name, "folder": folder}
    return read_toml(folder / card.toml, card, given, card.error)


def located(card: Card, name: str, made: str = "") -> Path:
    """Find a file that a card names.

    Raises:  the card's error where it is missing or lies outside.
    """
    root = card.folder.parents[len(Path(card.parent).parts)]
    path = inside(card.folder, name, root)
    if path is None:
        raise card.error(f"{name!r} lies outside the folder", where=card.line(f'"{name}"'))
    if not path.is_file():
        where = place(card.folder / name) if name == card.code else card.line(f'"{name}"')
        hint = f"run {made!r} to make it" if made else "copy it there"
        raise card.error(f"{name} is missing", where=where, hint=hint)
    return path


def checked(card: Card, file: File) -> bytes:
    """Give the bytes of a committed file once they match the card's sha256.

    Raises:  the card's error, with its line, where the file is missing, or is not the one that the
             card describes.
    """
    content = located(card, file.file, file.source).read_bytes()
    found = sha256(content).hexdigest()
    if found != file.sha256:
        raise card.error(
            f"{file.file} has sha256 {found[:12]}…, the card says {file.sha256[:12]}…",
            where=card.line(f'"{file.sha256}"'),
            hint="restore the file, or train again and let the recipe write the card",
        )
    return content
