"""``{cite}`key, p. 3; other```, in brackets, or ``{cite:t}`key``` in the sentence: works cited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.errors import ArticleError, nearest
from generator.read.citations import Reference, bibliography
from generator.read.cites import cites

if TYPE_CHECKING:
    from generator.read.article import Article
    from generator.read.parts import Role

NAMES = ("cite", "cite:p", "cite:t")


@dataclass(frozen=True)
class Works:
    """Works in the order of first citation, and all that the article's files hold, by key."""

    cited: list[Reference]
    known: Mapping[str, Reference]

    @property
    def unused(self) -> list[Reference]:
        """Works that the article never cites, in the order of the files."""
        return [one for one in self.known.values() if one not in self.cited]


def check(roles: Sequence[Role], article: Article) -> Works:
    """Every work that is cited is there."""
    known = bibliography(article.folder, article.source)
    cited: dict[str, Reference] = {}
    for role in roles:
        for one in cites(role.text, role.where):
            if one.key not in known:
                raise ArticleError(
                    f"references.bib has no entry {one.key!r}",
                    where=role.where,
                    hint=nearest(one.key, known),
                )
            cited.setdefault(one.key, known[one.key])
    return Works(list(cited.values()), known)
