"""``{value}`PATH | FORMAT```: numbers of payloads and cards in prose, so no text goes stale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from generator.errors import ArticleError, nearest
from generator.paths import child
from generator.project import Project
from generator.read.article import Article
from generator.read.parts import Role
from generator.render.prose import format_value
from generator.store import Entry


class Values:
    """Looks up values for one article."""

    def __init__(self, article: Article, entries: Mapping[str, Entry], project: Project) -> None:
        self.article, self.entries, self.project = article, entries, project

    def __call__(self, role: Role) -> str:
        """Give the words for a role.

        Raises:  ArticleError with the role's line for a path that leads nowhere, with the nearest
                 that does, and for a format that does not suit the value.
        """
        path, _, spec = (part.strip() for part in role.text.partition("|"))
        sort, _, rest = path.partition("/")
        name, _, keys = rest.partition("/")
        if sort not in ("figure", "model", "dataset"):
            raise ArticleError(
                f"{path!r} starts with {sort!r}", where=role.where,
                hint="a value is 'figure/NAME/KEY', 'model/NAME/KEY' or 'dataset/NAME/KEY'",
            )  # fmt: skip
        try:
            found = _walk(self._root(sort, name, role), keys, role)
            return format_value(found, spec)
        except (ValueError, TypeError) as problem:
            raise ArticleError(f"format {spec!r}: {problem}", where=role.where) from None

    def _root(self, sort: str, name: str, role: Role) -> Any:
        from generator.cards import dataset_card, model_card

        if sort == "figure":
            names = [block.name for block in self.article.blocks]
            if name not in names:
                raise ArticleError(
                    f"no figure is called {name!r}", where=role.where, hint=nearest(name, names)
                )
            return self.entries[f"{self.article.slug}/{name}"].payload["values"]
        shelf = self.project.models / ("datasets" if sort == "dataset" else "")
        folder = child(shelf, name, self.project.root)
        if folder is None or not (folder / f"{sort}.toml").is_file():
            known = [path.parent.name for path in shelf.glob(f"*/{sort}.toml")]
            raise ArticleError(
                f"no {sort} is called {name!r}", where=role.where, hint=nearest(name, known)
            )
        return dataset_card(folder) if sort == "dataset" else model_card(folder)


def _walk(found: Any, keys: str, role: Role) -> Any:
    """Follow dots through mappings, card fields and list positions."""
    for key in keys.split("."):
        if isinstance(found, BaseModel):
            shown = (name for name, one in type(found).model_fields.items() if not one.exclude)
            found = {name: getattr(found, name) for name in shown}
        if isinstance(found, list | tuple):
            found = {str(i): one for i, one in enumerate(found)}
        if not isinstance(found, Mapping) or key not in found:
            known = [str(name) for name in found] if isinstance(found, Mapping) else []
            raise ArticleError(
                f"there is no value {key!r} in {role.text!r}",
                where=role.where,
                hint=nearest(key, known),
            )
        found = found[key]
    return found
