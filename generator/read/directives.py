"""``:::{kind}`` blocks: options as YAML values, then a caption; or a note with prose of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from generator.errors import ArticleError, FigureError
from generator.read.article import Block, Option
from generator.read.markdown import tokens

NOTES = {"note": "Note", "aside": "Aside", "warning": "Careful"}
OPTION = re.compile(r":([A-Za-z][\w-]*):(?:\s+(.*))?$")


@dataclass(frozen=True)
class Note:
    """An admonition: a box of prose beside or within the text."""

    sort: str
    title: str
    tokens: list[Token]


def directive(md: MarkdownIt, token: Token, source: str, number: int) -> Block | Note:
    """Read one colon fence.

    Raises:  ArticleError for a fence without ``{name}``; FigureError for an option twice, broken
             YAML, a figure without a name or with one that cannot be an anchor.
    """
    line = (token.map or [0])[0] + 1
    where = f"{source}:{line}"
    match = re.fullmatch(r"\{([\w-]+)\}\s*(.*)", token.info.strip())
    if not match:
        raise ArticleError(
            f"a ':::' block starts with its kind, as in ':::{{network}}', not {token.info!r}",
            where=where,
        )
    kind, title = match.groups()
    options, body, start = _options(token.content, source, line)
    inner = tokens(md, body, source, first_line=start)
    if kind in NOTES:
        return Note(kind, title or NOTES[kind], inner)
    name = options.pop("name", None)
    if name is None:
        raise FigureError(
            f"this {kind} has no name", where=where, hint="add a line ':name: fig-something'"
        )
    if not re.fullmatch(r"[A-Za-z][\w-]*", str(name.value)):
        raise FigureError(
            f"{name.value!r} cannot be a figure's name",
            where=name.where,
            hint="a letter, then letters, digits and hyphens",
        )
    return Block(kind, str(name.value), options, inner, where, number)


def _options(content: str, source: str, line: int) -> tuple[dict[str, Option], str, int]:
    """Split a block into options, caption and the caption's first line."""
    lines = content.split("\n")
    options: dict[str, Option] = {}
    used = 0
    for text in lines:
        match = OPTION.fullmatch(text.rstrip())
        if not match:
            break
        used += 1
        name, value = match.group(1), match.group(2) or ""
        where = f"{source}:{line + used}"
        if name in options:
            raise FigureError(f"option {name!r} stands twice", where=where)
        options[name] = Option(_yaml(value, name, where), where)
    return options, "\n".join(lines[used:]), line + 1 + used


def _yaml(text: str, name: str, where: str) -> object:
    try:
        return YAML(typ="safe", pure=True).load(text)
    except MarkedYAMLError as problem:
        raise FigureError(
            f"option {name!r} is not YAML: {problem.problem or problem}", where=where
        ) from None
