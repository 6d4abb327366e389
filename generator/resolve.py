"""Stage 2: blocks to `Figure`s whose options, models, datasets and layers are known to exist.

Only cards are read, so a typo costs a second and not ten minutes of feature visualization.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from generator import figures
from generator.card import checked, located
from generator.cards import DatasetCard, ModelCard, dataset_card, model_card
from generator.code import functions
from generator.errors import FigureError, nearest
from generator.figure import FigureOptions, Refers
from generator.figures import kind, kinds
from generator.kinds import find, home
from generator.own import load
from generator.paths import child, inside
from generator.project import Project
from generator.read.article import Article, Block
from generator.read.options import validated
from generator.rules import States
from generator.states import check_states


@dataclass(frozen=True)
class Figure:
    """A block that can be computed: its checked options and the cards it depends on.

    `slug` is the article's address below ``articles/``, `article` its folder.
    """

    slug: str
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
    def root(self) -> Path:
        """The project's folder."""
        return self.article.parents[len(self.slug.split("/"))]

    @property
    def home(self) -> Path | None:
        """Folder of the kind where it is the author's own; None for one of ours."""
        return home(self.kind, self.root / "figures")

    @property
    def states(self) -> States:
        """What of it the text and addresses may set; an author's own kind need not say."""
        module = load(self.home) if self.home else figures.kind(self.kind)
        states: States = getattr(module, "STATES", {})
        return states

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to another process, which knows an author's own kind only by its folder."""
        content = pickle.dumps(tuple(getattr(self, field.name) for field in fields(self)))
        return _arrived, (self.home, content)

    @property
    def name(self) -> str:
        """Article and figure, as reports and `explorable why` name it."""
        return f"{self.slug}/{self.block.name}"


def _arrived(own: Path | None, content: bytes) -> Figure:
    if own:
        load(own)
    return Figure(*pickle.loads(content))


def resolve(block: Block, article: Article, project: Project) -> Figure:
    """Check one block against its kind and against the cards of the project.

    Raises:  FigureError for an unknown kind, an unknown, missing or ill-typed option, and for a
             model, dataset, layer, function or file that is not there; ModelError or DatasetError
             where a card, or a file that it vouches for, is missing or damaged.
    """
    options = _options(block, find(block.kind, project.figures, block.where).Options)
    named = _Named(block, options)
    models = tuple(
        model_card(_folder(project, project.models, name, where, "model"))
        for name, where in named.all("model")
    )
    cards = ((card.dataset, card.line("dataset")) for card in models)
    wanted = [*named.all("dataset"), *cards]
    datasets = tuple(
        dataset_card(_folder(project, project.models / "datasets", name, where, "dataset"))
        for name, where in dict(wanted).items()
        if name
    )
    if not type(options).quantities:
        _classes_only(block, models, datasets)
    if not type(options).vectors:
        _pictures_only(block, datasets)
    for card in (*models, *datasets):
        for file in card.sealed:
            checked(card, file)
        for name in (*card.contents, *card.programs):
            located(card, name)
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
    files = tuple(_file(article, name, where, project) for name, where in named.all("file"))
    figure = Figure(article.slug, article.folder, block, options, models, datasets, files, function)
    check_states(block, figure.states, article)
    return figure


def _classes_only(
    block: Block, models: tuple[ModelCard, ...], datasets: tuple[DatasetCard, ...]
) -> None:
    """Refuse a model or dataset of a quantity where a kind speaks of classes."""
    cards: tuple[ModelCard | DatasetCard, ...] = (*models, *datasets)
    for card in cards:
        if card.quantity:
            unit = f" in {card.quantity.unit}" if card.quantity.unit else ""
            raise FigureError(
                f"{block.kind} shows classes, and {card.name!r} is about a quantity, "
                f"{card.quantity.name}{unit}",
                where=block.where,
                hint=f"kinds that show quantities: {', '.join(_measuring())}",
            )


def _pictures_only(block: Block, datasets: tuple[DatasetCard, ...]) -> None:
    """Refuse a dataset of vectors where a kind shows pictures."""
    for card in datasets:
        if card.columns:
            showing = [name for name in kinds() if kind(name).Options.vectors]
            raise FigureError(
                f"{block.kind} shows pictures, and the examples of {card.name!r} are vectors",
                where=block.where,
                hint=f"kinds that show vectors: {', '.join(showing)}",
            )


def _measuring() -> list[str]:
    return [name for name in kinds() if kind(name).Options.quantities]


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


def _options(block: Block, model: type[FigureOptions]) -> FigureOptions:
    values = {name: option.value for name, option in block.options.items()}
    return validated(model, values, block.options, block.kind, block.where, FigureError)


def _folder(project: Project, parent: Path, name: str, where: str, sort: str) -> Path:
    """A model's or dataset's folder; one without a card is left for the card's own message."""
    folder = child(parent, name, project.root)
    if folder is not None and folder.is_dir() and folder != project.models / "datasets":
        return folder
    known = [path.parent.name for path in parent.glob(f"*/{sort}.toml")]
    _known(sort, name, known, where)
    raise FigureError(f"the {sort} {name!r} lies outside the project", where=where)


def _known(sort: str, name: str, choices: Iterable[str], where: str) -> None:
    choices = list(choices)
    if name not in choices:
        raise FigureError(f"unknown {sort} {name!r}", where=where, hint=nearest(name, choices))


def _file(article: Article, name: str, where: str, project: Project) -> Path:
    path = inside(article.folder, name, project.root)
    if path is None:
        raise FigureError(f"{name!r} lies outside the article's folder", where=where)
    if not path.is_file():
        raise FigureError(f"there is no file {name!r} in the article's folder", where=where)
    return path
