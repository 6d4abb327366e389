"""What the marks of a text become: roles within a line, parts where a directive stood, labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(frozen=True)
class Role:
    """An inline role such as ``{cite}`key```."""

    name: str
    text: str
    where: str


@dataclass(frozen=True)
class Option:
    """One ``:name: value`` line of a directive."""

    value: Any
    where: str


@dataclass(frozen=True)
class Raw:
    """A directive as it is written; `line` is the line of the file on which its body starts."""

    name: str
    argument: str
    options: dict[str, Option]
    body: str
    where: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a directive of prose became; each family has a subclass with fields of its own.

    `contents` are all tokens inside it, one list for each stretch of text, in reading order: roles,
    figures and notes in them are found there.
    """

    family: str
    where: str
    contents: tuple[list[Token], ...] = ()
