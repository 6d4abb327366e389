"""``{numref}`fig-a```, ``{eq}`loss```, ``{ref}`a-section```: whatever has a name in the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.errors import ArticleError, nearest
from generator.read.labels import WORDS

if TYPE_CHECKING:
    from generator.read.article import Article
    from generator.read.parts import Label, Role

NAMES = ("numref", "ref", "eq")


def target(role: Role) -> tuple[str, str]:
    """The author's own words and the name: ``{ref}`words <name>``` or ``{ref}`name```."""
    match = re.fullmatch(r"(.*\S)\s*<([^<>]+)>", role.text)
    return (match.group(1), match.group(2).strip()) if match else ("", role.text)


def check(roles: Sequence[Role], article: Article) -> None:
    """Each names something that is there and has what the role shows: a number, or words.

    Raises:  ArticleError with the nearest name, or with the role that would serve.
    """
    for role in roles:
        words, name = target(role)
        label = article.labels.get(name)
        if label is None:
            _unknown(role, name, article)
        else:
            _fits(role, words, label, article)


def _unknown(role: Role, name: str, article: Article) -> None:
    sorts = {"numref": ("figure", "table", "code", "section"), "eq": ("equation",)}
    wanted = sorts.get(role.name, tuple(WORDS))
    names = [label.name for label in article.labels.values() if label.sort in wanted]
    if role.name == "numref":
        numbered = article.front.numbered
        names = [name for name in names if numbered or article.labels[name].sort != "section"]
    what = {"numref": "figure", "eq": "equation"}.get(role.name, "place")
    raise ArticleError(f"no {what} is called {name!r}", where=role.where, hint=nearest(name, names))


def _fits(role: Role, words: str, label: Label, article: Article) -> None:
    sort = WORDS[label.sort]
    if role.name == "eq" and label.sort != "equation":
        hint = f"write {{numref}}`{label.name}`"
        raise ArticleError(f"{label.name!r} is a {sort}", where=role.where, hint=hint)
    if role.name == "numref" and label.sort == "equation":
        hint = f"write {{eq}}`{label.name}`"
        raise ArticleError(f"{label.name!r} is an equation", where=role.where, hint=hint)
    unnumbered = label.sort == "section" and not (article.front.numbered and label.number)
    if role.name == "numref" and (unnumbered or label.sort == "place"):
        hint = f"write {{ref}}`{label.name}`" + (
            ", or 'numbered: true' in the front matter" if label.sort == "section" else ""
        )
        raise ArticleError(f"the {sort} {label.name!r} has no number", where=role.where, hint=hint)
    if role.name == "ref" and label.sort == "place" and not (words or label.title):
        hint = f"write {{ref}}`some words <{label.name}>`"
        raise ArticleError(f"the place {label.name!r} has no title", where=role.where, hint=hint)
