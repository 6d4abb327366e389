"""The states that an article's text names, held against those that its figures have.

Names, and values of states whose choices a kind knows by itself, are checked before anything is
computed; the others once the payload is there (`generator/render/variables.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import FigureError, nearest
from generator.rules import States, assigned

if TYPE_CHECKING:
    from generator.read.article import Article, Block
    from generator.read.roles.variables import Asked


def check_states(block: Block, states: States, article: Article) -> None:
    """Check what the text asks of one figure.

    Raises:  FigureError, with the line of the text, for a state that the kind does not have;
             ArticleError for a value that it cannot have.
    """
    asked: Asked | None = article.found.get("variables")
    # Where names come with the payload, they are checked when it is there.
    if asked is None or callable(states):
        return
    for key, where in asked.named():
        figure, _, name = key.partition(".")
        if figure == block.name and name not in states:
            raise FigureError(
                f"{block.kind} {figure!r} has no state {name!r}",
                where=where,
                hint=nearest(name, states),
            )
    for one in asked.assignments():
        figure, _, name = one.key.partition(".")
        rule = states.get(name) if figure == block.name else None
        if rule is not None and not callable(rule):
            assigned(rule, one.key, one.text, one.where)
