"""``{numref}`fig-a```: a figure of the article, by its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.errors import ArticleError, nearest

if TYPE_CHECKING:
    from generator.read.article import Article
    from generator.read.parts import Role

NAMES = ("numref",)


def check(roles: Sequence[Role], article: Article) -> None:
    """Each names a figure."""
    names = [block.name for block in article.blocks]
    for role in roles:
        if role.text not in names:
            raise ArticleError(
                f"no figure is called {role.text!r}",
                where=role.where,
                hint=nearest(role.text, names),
            )
