"""``:::{name} argument`` blocks: options as YAML values, then text.

A name is a figure's kind, or belongs to a family of prose. A family is one name in two trees, and
no list is edited:

    generator/read/directives/<family>.py     NAMES of its directives, and read(raw, reader) -> Part
    generator/render/directives/<family>.py   html(part, prose) -> str

`read` checks what is written: the options with `checked`, the text inside with
``reader.inside(raw.where).tokens(raw.body, raw.line)``. It raises ArticleError at ``raw.where`` or
at an option's own `where`. A fence of backticks with a name in braces is read in the same way.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from generator.errors import ArticleError, FigureError, nearest
from generator.read.article import Block
from generator.read.head import options_of
from generator.read.parts import Label, Option, Part, Raw
from generator.read.rights import rights

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.read.reader import Reader

FOLDER = Path(__file__).parent
HEAD = re.compile(r"\{([\w-]+)\}\s*(.*)")


@cache
def families() -> dict[str, ModuleType]:
    """Every family by its name."""
    names = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
    return {name: import_module(f"{__name__}.{name}") for name in names}


@cache
def directives() -> dict[str, str]:
    """The family of every directive of prose; every other name is a figure's kind."""
    return {name: family for family, module in families().items() for name in module.NAMES}


def is_directive(token: Token) -> bool:
    """A fence of colons is one, a fence of backticks is if its name stands in braces."""
    info = token.info.strip()
    return token.type == "colon_fence" or (token.type == "fence" and bool(HEAD.fullmatch(info)))


def directive(
    token: Token, line: int, name: tuple[str, str] | None, reader: Reader
) -> Block | Part:
    """Read one fence; `name` is the target that stands before it.

    Raises:  ArticleError for a fence without ``{name}``; FigureError for an option twice, broken
             YAML, a figure without a name or with one that cannot be an anchor.
    """
    raw = _raw(token, line, reader)
    if name is not None:
        if "name" in raw.options:
            what = f"{name[0]!r} and {raw.options['name'].value!r} name one {raw.name}"
            raise ArticleError(what, where=raw.where)
        raw.options["name"] = Option(name[0], name[1], name[0])
    family = directives().get(raw.name)
    if family is not None:
        part: Part = families()[family].read(raw, reader)
        return part
    return _block(raw, reader)


def _raw(token: Token, line: int, reader: Reader) -> Raw:
    match = HEAD.fullmatch(token.info.strip())
    if not match:
        raise ArticleError(
            f"a ':::' block starts with its kind, as in ':::{{network}}', not {token.info!r}",
            where=reader.where(line),
        )
    kind, argument = match.groups()
    options, body, start = options_of(token.content, line, reader, strict=kind not in directives())
    return Raw(kind, argument.strip(), options, body, reader.where(line), start, line)


def _block(raw: Raw, reader: Reader) -> Block:
    """A figure; whether there is such a kind is not known here."""
    name = raw.options.pop("name", None)
    if name is None:
        close = nearest(raw.name, directives())
        if close.startswith("did you"):
            raise ArticleError(f"unknown directive {raw.name!r}", where=raw.where, hint=close)
        raise FigureError(
            f"this {raw.name} has no name",
            where=raw.where,
            hint="add a line ':name: fig-something'",
        )
    number = reader.number("figure")
    reader.label(Label(str(name.value), "figure", number, "", name.where))
    caption = reader.inside(raw.where).tokens(raw.body, raw.line)
    own = rights(raw.options)
    block = Block(raw.name, str(name.value), raw.options, caption, raw.where, number, own)
    reader.gathered.blocks.append(block)
    return block
