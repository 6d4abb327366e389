"""Cards: the TOML file beside a model's weights or a dataset's file that says what it is.

Reading a card needs neither torch nor numpy, so a misspelt layer is found before anything loads.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from pydantic import Field, FiniteFloat, ValidationInfo, field_validator

from generator.card import Card, read_card
from generator.errors import DatasetError, GeneratorError, ModelError
from generator.fields import (
    Drawing,
    Example,
    File,
    Groups,
    History,
    Layers,
    Positive,
    Quantity,
    Range,
    Shape,
)


class ModelCard(Card):
    """``models/<name>/model.toml``."""

    toml: ClassVar[str] = "model.toml"
    code: ClassVar[str] = "model.py"
    parent: ClassVar[str] = "models"
    error: ClassVar[type[GeneratorError]] = ModelError
    listed: ClassVar[str] = "outputs"

    input: Shape = Field(description="shape of one example, without the batch")
    range: Range = Field((0.0, 1.0), description="least and greatest input value")
    outputs: tuple[str, ...] = Field(
        min_length=1,
        description="what each output stands for, in order; or a file of names, one a line",
    )
    quantity: Quantity | None = Field(
        None, description="what its one output measures; absent: its outputs are scores of classes"
    )
    layers: Layers = Field(description="what an article may name, first to last")
    dataset: str = Field("", description="folder in models/datasets/ with examples of its input")
    weights: File
    history: History | None = None
    seeds: dict[int, File] = Field(
        {}, description="weights that the same recipe made from other seeds, by seed"
    )
    measured: dict[str, FiniteFloat | int | str] = Field(
        {}, description="quality, with how it was got"
    )

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

    @property
    def sealed(self) -> tuple[File, ...]:
        """The weights, those of other seeds, and those of the history."""
        kept = (self.history.checkpoints,) if self.history else ()
        return self.weights, *self.seeds.values(), *kept

    @property
    def programs(self) -> tuple[str, ...]:
        """``model.py``, which a foreign model does without."""
        return () if self.foreign else super().programs

    @property
    def contents(self) -> tuple[str, ...]:
        """Names of the card, of all weights, of the metrics and of the further files."""
        return *super().contents, *((self.history.metrics,) if self.history else ())


class DatasetCard(Card):
    """``models/datasets/<name>/dataset.toml``."""

    toml: ClassVar[str] = "dataset.toml"
    code: ClassVar[str] = "loader.py"
    parent: ClassVar[str] = "models/datasets"
    error: ClassVar[type[GeneratorError]] = DatasetError
    listed: ClassVar[str] = "classes"

    classes: tuple[str, ...] = Field(
        (), description="what each label stands for, in order; or a file of names, one a line"
    )
    columns: dict[str, str] = Field(
        {},
        description="where examples are vectors and not pictures: what is known of each, by name, "
        "and what that is; the first column says what an example is called",
    )
    quantity: Quantity | None = Field(
        None,
        description="what is measured of each example; absent: each has a class",
        validate_default=True,
    )
    tree: Groups = Field(
        {}, description="groups by name, each with its classes; every class is in one group"
    )
    concepts: Groups = Field(
        {}, description="categories, each with its concepts as its masks number them from 1"
    )
    shape: Shape = Field(
        description="shape of one example: channels, height, width; of a vector: its length"
    )
    data: File
    source: str = Field(description="where the examples come from")
    attribution: str = Field(description="who made them, as they wish to be named")
    split: dict[str, int | str] = Field(description="examples per part, seed, and how it was drawn")
    drawing: Drawing | None = Field(None, description="absent: drawings are used as they are")
    rate: Positive | None = Field(None, description="frames per second, for examples in clips")
    examples: tuple[Example, ...] = Field(
        (), description="one entry per example, where each has a licence of its own"
    )

    @field_validator("tree")
    @classmethod
    def _every_class_once(cls, tree: Groups, info: ValidationInfo) -> Groups:
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
        if info.data.get("columns"):
            if quantity:
                raise ValueError("a dataset of vectors has columns in place of a 'quantity'")
            return None
        if bool(info.data.get("classes")) == bool(quantity):
            raise ValueError("a dataset has either 'classes' or a 'quantity'")
        return quantity

    @property
    def sealed(self) -> tuple[File, ...]:
        """The one file with the examples."""
        return (self.data,)


def model_card(folder: Path) -> ModelCard:
    """Read ``model.toml``; raises ModelError where it is absent, broken or incomplete."""
    return read_card(folder, ModelCard)


def dataset_card(folder: Path) -> DatasetCard:
    """Read ``dataset.toml``; raises DatasetError where it is absent, broken or incomplete."""
    return read_card(folder, DatasetCard)
