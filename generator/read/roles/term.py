"""``{term}`neuron```, or ``{term}`small steps <gradient>```: words of the glossary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.read.glossary import Glossary, Term, load

if TYPE_CHECKING:
    from generator.read.article import Article
    from generator.read.parts import Role

NAMES = ("term",)


@dataclass(frozen=True)
class Used:
    """The glossary in the article's language, and the terms in the order of first use."""

    glossary: Glossary
    terms: tuple[Term, ...]


def check(roles: Sequence[Role], article: Article) -> Used:
    """Every term is in the glossary."""
    root = article.folder.parents[article.slug.count("/") + 1]
    glossary = load(root, article.front.language)
    terms = (glossary.term(role.text, role.where)[0] for role in roles)
    return Used(glossary, tuple(dict.fromkeys(terms)))
