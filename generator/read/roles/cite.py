"""``{cite}`key, other```: works of the article's references.bib."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.errors import ArticleError, nearest
from generator.read.citations import Reference, bibliography

if TYPE_CHECKING:
    from generator.read.article import Article
    from generator.read.parts import Role

NAMES = ("cite",)


def check(roles: Sequence[Role], article: Article) -> list[Reference]:
    """References in the order of first citation."""
    known = bibliography(article.folder / "references.bib", article.source)
    cited: dict[str, Reference] = {}
    for role in roles:
        for key in (part.strip() for part in role.text.split(",")):
            if key not in known:
                raise ArticleError(
                    f"references.bib has no entry {key!r}",
                    where=role.where,
                    hint=nearest(key, known),
                )
            cited.setdefault(key, known[key])
    return list(cited.values())
