"""``:::{name} argument`` blocks: options as YAML values, then text.

A name is a figure's kind, or belongs to a family of prose. A family is one name in two trees, and
no list is edited:

    generator/read/directives/<family>.py     NAMES of its directives, and read(raw, reader) -> Part
    generator/render/directives/<family>.py   html(part, prose) -> str

`read` checks what is written, reads the text inside with ``reader.tokens(raw.body, raw.line)`` and
raises ArticleError at ``raw.where`` or at an option's own `where`.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from generator.errors import ArticleError, FigureError
from generator.read.article import Block
from generator.read.parts import Option, Part, Raw

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.read.reader import Reader

FOLDER = Path(__file__).parent
HEAD = re.compile(r"\{([\w-]+)\}\s*(.*)")
OPTION = re.compile(r":([A-Za-z][\w-]*):(?:\s+(.*))?$")
NAME = re.compile(r"[A-Za-z][\w-]*")


@cache
def families() -> dict[str, ModuleType]:
    """Every family by its name."""
    names = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
    return {name: import_module(f"{__name__}.{name}") for name in names}


@cache
def directives() -> dict[str, str]:
    """The family of every directive of prose; every other name is a figure's kind."""
    return {name: family for family, module in families().items() for name in module.NAMES}


def directive(token: Token, reader: Reader) -> Block | Part:
    """Read one colon fence.

    Raises:  ArticleError for a fence without ``{name}``; FigureError for an option twice, broken
             YAML, a figure without a name or with one that cannot be an anchor.
    """
    raw = _raw(token, reader)
    family = directives().get(raw.name)
    if family is not None:
        part: Part = families()[family].read(raw, reader)
        return part
    return _block(raw, reader)


def _block(raw: Raw, reader: Reader) -> Block:
    name = raw.options.pop("name", None)
    if name is None:
        raise FigureError(
            f"this {raw.name} has no name",
            where=raw.where,
            hint="add a line ':name: fig-something'",
        )
    if not NAME.fullmatch(str(name.value)):
        raise FigureError(
            f"{name.value!r} cannot be a figure's name",
            where=name.where,
            hint="a letter, then letters, digits and hyphens",
        )
    number = reader.number("figure")
    caption = reader.tokens(raw.body, raw.line)
    block = Block(raw.name, str(name.value), raw.options, caption, raw.where, number)
    reader.gathered.blocks.append(block)
    return block


def _raw(token: Token, reader: Reader) -> Raw:
    line = (token.map or [0])[0] + 1
    match = HEAD.fullmatch(token.info.strip())
    if not match:
        raise ArticleError(
            f"a ':::' block starts with its kind, as in ':::{{network}}', not {token.info!r}",
            where=reader.where(line),
        )
    options, body, start = _options(token.content, reader, line)
    return Raw(match.group(1), match.group(2), options, body, reader.where(line), start)


def _options(content: str, reader: Reader, line: int) -> tuple[dict[str, Option], str, int]:
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
        where = reader.where(line + used)
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
