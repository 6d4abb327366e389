"""``{sub}``, ``{sup}``, ``{kbd}``, ``{abbr}``: small marks that HTML has and Markdown has not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.errors import ArticleError

if TYPE_CHECKING:
    from generator.read.article import Article
    from generator.read.parts import Role

NAMES = ("sub", "sup", "kbd", "abbr")
ABBREVIATION = re.compile(r"(.*\S)\s*\(([^()]+)\)")


def check(roles: Sequence[Role], article: Article) -> None:
    """An abbreviation says what it stands for.

    Raises:  ArticleError where it does not.
    """
    for role in roles:
        if role.name == "abbr" and not ABBREVIATION.fullmatch(role.text):
            raise ArticleError(
                f"{role.text!r} does not say what it stands for",
                where=role.where,
                hint="write {abbr}`CNN (convolutional neural network)`",
            )
