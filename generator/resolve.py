"""Stage 2: blocks to `Figure`s whose options, models, datasets and layers are known to exist.

Only cards are read, so a typo costs a second and not ten minutes of feature visualization.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from generator.cards import DatasetCard, ModelCard, checked, dataset_card, model_card
from generator.closure import functions
from generator.errors import DatasetError, FigureError, ModelError, nearest
from generator.figure import FigureOptions, Refers
from generator.figures import kind, kinds
from generator.project import Project
from generator.read.article import Article, Block


@dataclass(frozen=True)
class Figure:
    """A block that can be computed: its checked options and the cards it depends on."""

    article: Path
    block: Block
    options: FigureOptions
    models: tuple[ModelCard, ...]
    datasets: tuple[DatasetCard, ...]
    files: tuple[Path, ...]
    function: str

    @property
    def kind(self) -> str:
        """The sort of figure."""
        return self.block.kind

    @property
    def name(self) -> str:
        """Article and figure, as reports and `explorable why` name it."""
        return f"{self.article.name}/{self.block.name}"


def resolve(block: Block, article: Article, project: Project) -> Figure:
    """Check one block against its kind and against the cards of the project.

    Raises:  FigureError for an unknown kind, an unknown, missing or ill-typed option, and for a
             model, dataset, layer, function or file that is not there; ModelError or DatasetError
             where a card, or a file that it vouches for, is missing or damaged.
    """
    if block.kind not in kinds():
        raise FigureError(
            f"unknown kind {block.kind!r}", where=block.where, hint=nearest(block.kind, kinds())
        )
    options = _options(block)
    named = _Named(block, options)
    models = tuple(
        model_card(_folder(project.models, name, where, "model"))
        for name, where in named.all("model")
    )
    wanted = [*named.all("dataset"), *((card.dataset, block.where) for card in models)]
    datasets = tuple(
        dataset_card(_folder(project.models / "datasets", name, where, "dataset"))
        for name, where in dict(wanted).items()
        if name
    )
    for model in models:
        checked(model.folder, model.weights, ModelError)
    for dataset in datasets:
        checked(dataset.folder, dataset.data, DatasetError)
    layers = [layer for model in models for layer in model.layers]
    for name, where in named.all("layer"):
        _known("layer", name, layers, where)
    charts = article.folder / "charts.py"
    function = ""
    for name, where in named.all("function"):
        _known(f"function in {charts.name}", name, functions(charts), where)
        function = name
    for name, where in named.all("figure"):
        _known("figure", name, [other.name for other in article.blocks], where)
    files = tuple(_inside(article.folder, name, where) for name, where in named.all("file"))
    return Figure(article.folder, block, options, models, datasets, files, function)


class _Named:
    """Values of options that refer to something, with the line each stands at."""

    def __init__(self, block: Block, options: FigureOptions) -> None:
        self.block = block
        self.options = options

    def all(self, sort: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for name, field in type(self.options).model_fields.items():
            if Refers(sort) not in field.metadata:  # type: ignore[arg-type]
                continue
            option = self.block.options.get(name)
            where = option.where if option else self.block.where
            value: Any = getattr(self.options, name)
            values = [value] if isinstance(value, str) else value
            found.extend((one, where) for one in values if one)
        return found


def _options(block: Block) -> FigureOptions:
    model: type[FigureOptions] = kind(block.kind).Options
    try:
        return model.model_validate({name: option.value for name, option in block.options.items()})
    except ValidationError as problem:
        first = problem.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        where = block.options[name].where if name in block.options else block.where
        if first["type"] == "extra_forbidden":
            what = f"{block.kind} has no option {name!r}"
            raise FigureError(what, where=where, hint=nearest(name, model.model_fields)) from None
        if first["type"] == "missing":
            meaning = model.model_fields[name].description or ""
            raise FigureError(f"option {name!r} is missing: {meaning}", where=where) from None
        message = first["msg"].removeprefix("Value error, ")
        what = f"option {name!r}: {message}" if name else message
        raise FigureError(what, where=where) from None


def _folder(parent: Path, name: str, where: str, sort: str) -> Path:
    card = f"{sort}.toml"
    choices = sorted(path.parent.name for path in parent.glob(f"*/{card}"))
    if name not in choices and not (parent / name / card).parent.is_dir():
        _known(sort, name, choices, where)
    return parent / name


def _known(sort: str, name: str, choices: Iterable[str], where: str) -> None:
    choices = list(choices)
    if name not in choices:
        raise FigureError(f"unknown {sort} {name!r}", where=where, hint=nearest(name, choices))


def _inside(folder: Path, name: str, where: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise FigureError(f"{name!r} lies outside the article's folder", where=where)
    if not path.is_file():
        raise FigureError(f"there is no file {name!r} in the article's folder", where=where)
    return path
