"""What an article must have for the layout that its front matter names."""

from __future__ import annotations

from collections.abc import Sequence

from generator.errors import ArticleError
from generator.read.article import Block
from generator.read.front import FrontMatter


def check_layout(front: FrontMatter, blocks: Sequence[Block], source: str) -> None:
    """Hold a playground to its one figure.

    Raises:  ArticleError at the second figure, or for an article that has none.
    """
    if front.layout != "playground" or len(blocks) == 1:
        return
    found = "this is the second" if blocks else "the article has none"
    raise ArticleError(
        f"'layout: playground' fills the screen with one figure, and {found}",
        where=blocks[1].where if blocks else f"{source}:1",
        hint="leave one figure, or take the layout 'article'",
    )
