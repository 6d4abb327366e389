"""The project's models, datasets and functions, loaded when a kind asks and once per process."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.blame import Authored
from generator.datasets import Dataset, load_dataset
from generator.errors import ArticleError, FigureError, nearest
from generator.models import Model, load_model
from generator.source import load_module

if TYPE_CHECKING:
    from generator.compute.answers import Keeper
    from generator.resolve import Figure
    from generator.shared import Shared


class ProjectSources:
    """What one figure may use: see `generator.figure.Sources`."""

    def __init__(self, figure: Figure, shared: Shared | None = None) -> None:
        self._figure, self._shared = figure, shared
        self._models = {card.name: card.folder for card in figure.models}
        self._datasets = {card.name: card.folder for card in figure.datasets}
        self._files = {path.relative_to(figure.article).as_posix(): path for path in figure.files}
        self._charts = figure.article / "charts.py"
        self._root = figure.root

    def model(self, name: str) -> Model:
        """Load a model that the block's options name."""
        return _model(_declared("model", name, self._models))

    def dataset(self, name: str) -> Dataset:
        """Load a dataset that the block's options, or its model's card, name."""
        return _dataset(_declared("dataset", name, self._datasets))

    def keeper(self, model: str, dataset: str) -> Keeper | None:
        """Where answers are kept; nowhere for a figure that is computed by itself."""
        if self._shared is None:
            return None
        one = next(card for card in self._figure.models if card.name == model)
        data = next(card for card in self._figure.datasets if card.name == dataset)
        return self._shared.keeper(one, data)

    def function(self, name: str) -> Callable[..., Any]:
        """Import a function of the article's ``charts.py``; what it raises names its line."""
        found = getattr(load_module(self._charts, ArticleError, self._root), name)
        code = getattr(found, "__code__", None)
        where = self._charts.relative_to(self._root).as_posix()
        where += f":{code.co_firstlineno}" if code else ""

        def call(*given: Any) -> Any:
            with Authored(self._root, ArticleError, f"{name}()", where):
                return found(*given)

        return call

    def file(self, name: str) -> Path:
        """Find a file that the block declared.

        Raises:  FigureError for any other name.
        """
        return _declared("file", name, self._files)


def _declared(sort: str, name: str, known: dict[str, Path]) -> Path:
    """What the block declares: anything else would change the figure without changing its key."""
    if name not in known:
        raise FigureError(
            f"{sort} {name!r} is asked for, but the block does not declare it",
            hint=nearest(name, known) if known else "add it to the block's options",
        )
    return known[name]


@lru_cache(maxsize=4)
def _model(folder: Path) -> Model:
    return load_model(folder)


@lru_cache(maxsize=4)
def _dataset(folder: Path) -> Dataset:
    return load_dataset(folder)
