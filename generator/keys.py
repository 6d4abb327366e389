"""The key of a payload: everything its bytes depend on, part by part.

Keys are made from source text and file contents, never by importing, so an unchanged build loads
no library that computes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING

from generator.closure import Closure
from generator.code import Code, Owner
from generator.errors import ArticleError, FigureError
from generator.libraries import python
from generator.package import PACKAGE, templates_folder

if TYPE_CHECKING:
    from generator.card import Card
    from generator.cards import DatasetCard, ModelCard
    from generator.resolve import Figure

POLICY = "cpu, float32, one thread"
# Of payload.json: an entry that has another is of no use to today's pages.
FORMAT = "3"
OWN = Owner(PACKAGE.parent)


@dataclass(frozen=True)
class Key:
    """Named parts, each a short text or a hash; `digest` stands for them all.

    `files` are those that the parts speak of: what else a figure reads, its key knows nothing of.
    """

    parts: dict[str, str]
    files: frozenset[Path] = field(default=frozenset(), compare=False)

    @property
    def digest(self) -> str:
        """SHA-256 over the parts in order of their names, in hexadecimal."""
        return sha256(json.dumps(self.parts, sort_keys=True).encode()).hexdigest()


def key(figure: Figure, code: Code | None = None) -> Key:
    """Name every ingredient of a figure; layout and words of the article are none.

    Raises:  ModelError, DatasetError or ArticleError for Python of the author that is not Python.
    """
    options = figure.options.model_dump(mode="json", exclude=set(figure.options.PAGE))
    closure = Closure(code or Code())
    closure.add(*_kind(figure))
    closure.add(PACKAGE / "produce.py", OWN)
    _programs(closure, (*figure.models, *figure.datasets))
    if figure.function:
        owner = Owner(figure.article, f"articles/{figure.slug}", ArticleError)
        closure.add(figure.article / "charts.py", owner)
    files = dict(_contents((*figure.models, *figure.datasets)))
    files |= {path.relative_to(figure.root).as_posix(): path for path in figure.files}
    fonts = sorted((templates_folder() / "vendor/fonts/ttf").glob("*.ttf"))
    files |= {f"fonts/{path.name}": path for path in fonts}
    parts = {"kind": figure.kind, "options": json.dumps(options, sort_keys=True)}
    return _key(parts, closure, files)


def _kind(figure: Figure) -> tuple[Path, Owner]:
    """The Python of a kind, ours or the author's own."""
    name = f"{figure.kind}.py"
    if figure.home is None:
        return PACKAGE / "figures" / name, OWN
    return figure.home / name, Owner(figure.home, f"figures/{figure.kind}", FigureError)


def answers_key(model: ModelCard, dataset: DatasetCard, code: Code) -> Key:
    """Name what the answers of a model to a dataset depend on: a part of each figure's own key."""
    closure = Closure(code)
    for name in ("compute/answers.py", "models.py", "datasets.py"):
        closure.add(PACKAGE / name, OWN)
    _programs(closure, (model, dataset))
    kind = f"answers of {model.place} to {dataset.place}"
    return _key({"kind": kind}, closure, dict(_contents((model, dataset))))


def _programs(closure: Closure, cards: Iterable[Card]) -> None:
    for card in cards:
        for name in card.programs:
            closure.add(card.folder / name, Owner(card.folder, card.place, card.error))


def _key(parts: dict[str, str], closure: Closure, files: dict[str, Path]) -> Key:
    parts |= {"format": FORMAT, "policy": POLICY, "python": python()}
    parts |= {f"file {name}": _hash(path) for name, path in files.items()}
    parts |= {f"code {name}": digest for name, digest in closure.modules.items()}
    parts |= {f"library {name}": version for name, version in closure.libraries.items()}
    return Key(parts, frozenset(closure.files.union(files.values())))


def _contents(cards: Iterable[Card]) -> Iterator[tuple[str, Path]]:
    """Cards, weights, data, and the further files that a card declares."""
    for card in cards:
        for name in card.contents:
            yield f"{card.place}/{name}", card.folder / name


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
