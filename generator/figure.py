"""What every figure kind is made of: the options an author sets and the payload it computes.

A kind is ``generator/figures/<kind>.py`` with ``class Options(FigureOptions)`` and
``payload(options, sources) -> Payload``. This module imports neither torch nor altair, so reading
and resolving an article, and a build with nothing to compute, stay quick.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Protocol, Self

from pydantic import BaseModel, ConfigDict, Field

from generator.errors import FigureError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from torch import Tensor

    from generator.compute.answers import Keeper
    from generator.datasets import Dataset
    from generator.models import Model

    Tensors = Mapping[str, Tensor]


@dataclass(frozen=True)
class Refers:
    """Marks an option that names a model, dataset, layer, function or file of the project."""

    to: Literal["model", "dataset", "layer", "function", "file", "figure"]


ModelName = Annotated[str, Refers("model")]
DatasetName = Annotated[str, Refers("dataset")]
LayerName = Annotated[str, Refers("layer")]
LayerNames = Annotated[tuple[str, ...], Refers("layer")]
FunctionName = Annotated[str, Refers("function")]
FileNames = Annotated[tuple[str, ...], Refers("file")]
FigureName = Annotated[str, Refers("figure")]


class FigureOptions(BaseModel):
    """What a block of any kind may set.

    A kind that can show what a model measures, and not classes alone, sets `quantities`; one that
    can show vectors without pictures sets `vectors`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    quantities: ClassVar[bool] = False
    vectors: ClassVar[bool] = False
    PAGE: ClassVar = frozenset({"layout", "alt", "budget", "engine"})
    """Options that concern the page alone: no key contains them, and no kind sees them."""

    layout: Literal["body", "page", "screen"] = Field(
        "page",
        description="how wide the figure stands: the text, the page or the whole screen",
    )
    alt: str = Field("", description="alternative text; empty: the kind writes its own")
    seed: int = Field(0, ge=0, description="seed of everything random that the build computes")
    budget: str = Field(
        "",
        description="'SIZE kB because REASON': allows the figure to load more than 1 MB at first",
    )

    engine: Literal["auto", "light", "ort"] = Field(
        "auto",
        description="what runs the figure's graphs in the page: 'light', an engine of 15 kB that "
        "knows the usual operators, or 'ort', onnxruntime-web of 3.7 MB, which knows all; 'auto' "
        "takes the light one for a small graph that it can run",
    )

    def computed(self) -> Self:
        """What a kind is given: those that concern the page alone have their defaults."""
        fields = type(self).model_fields
        return self.model_copy(update={name: fields[name].default for name in self.PAGE})


@dataclass(frozen=True)
class Image:
    """Pixels that become one WebP file.

    Shape: (height, width) grey, (height, width, 3) colour or (height, width, 4) with alpha; uint8.
    """

    pixels: np.ndarray[Any, np.dtype[np.uint8]]
    lossless: bool = True


@dataclass(frozen=True)
class Still:
    """The complete static picture, as SVG text.

    `light` alone serves both colour schemes when it is drawn with the classes of ``css/still.css``;
    `dark` is given when a scheme needs a drawing of its own. ``href="image:NAME"`` places an image
    of the same payload.
    """

    light: str
    dark: str | None = None


@dataclass(frozen=True)
class Table:
    """The figure's main data in words and numbers, for readers who do not see the picture."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]


@dataclass(frozen=True)
class Source:
    """A function to be exported, and what its graph is tried on.

    `weights` are float32 tensors named as in the safetensors file; with `shared` the graph refers
    to that file, without it takes them as inputs (a training step). `inputs` fix the name, shape
    and type of each input. `checks` are real inputs. `oracle` is the same computation by the
    original module in eager PyTorch; by default `function` itself, run eagerly.
    """

    function: Callable[[Tensors, Tensors], Tensors]
    weights: Tensors
    inputs: Tensors
    checks: Sequence[Tensors]
    shared: bool = True
    oracle: Callable[[Tensors, Tensors], Tensors] | None = None


@dataclass(frozen=True)
class Payload:
    """What a kind computed for one block; `generator/produce.py` turns it into files.

    `still` may be None for a figure whose picture is its chart ``main``: export draws that.
    """

    still: Still | None
    alt: str
    values: Mapping[str, Any] = field(default_factory=dict)
    arrays: Mapping[str, np.ndarray[Any, Any]] = field(default_factory=dict)
    more: Mapping[str, Mapping[str, np.ndarray[Any, Any]]] = field(default_factory=dict)
    images: Mapping[str, Image] = field(default_factory=dict)
    graphs: Mapping[str, Source] = field(default_factory=dict)
    charts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    table: Table | None = None


class Sources(Protocol):
    """Everything of the project that a kind may ask for; it opens no file itself."""

    def model(self, name: str) -> Model:
        """Load a model of ``models/``, its weights checked against its card."""

    def dataset(self, name: str) -> Dataset:
        """Load a dataset of ``models/datasets/``, its file checked against its card."""

    def keeper(self, model: str, dataset: str) -> Keeper | None:
        """Where a model's answers to a dataset outlive the figure; `compute.answers` uses it."""

    def function(self, name: str) -> Callable[..., Any]:
        """Import a function of the article's own ``charts.py``."""

    def file(self, name: str) -> Path:
        """Find a file that the block declared in its `files` option."""


def dataset_of(model: Model, chosen: str) -> str:
    """Name of the dataset with a figure's examples: the chosen one, else that of the model's card.

    Raises:  FigureError where neither names one.
    """
    if name := chosen or model.card.dataset:
        return name
    raise FigureError(
        f"{model.card.name} names no dataset to take examples from", hint="set ':dataset: NAME'"
    )
