"""The head of a directive: ``:name: value`` lines, or the same between two lines of dashes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from generator.errors import FigureError
from generator.read.parts import Option

if TYPE_CHECKING:
    from generator.read.reader import Reader

OPTION = re.compile(r":([A-Za-z][\w-]*):(?:\s+(.*))?$")
LINE = re.compile(r"([A-Za-z][\w-]*):(?:\s+(.*))?$")
# A longer value is text, not a value; YAML would take its time over it.
LONGEST = 20_000


def options_of(
    content: str, line: int, reader: Reader, *, strict: bool
) -> tuple[dict[str, Option], str, int]:
    """Split what stands in a fence, which opens at `line`, into options, text and its first line.

    Raises:  FigureError for an option that stands twice and, if `strict`, for broken YAML; where
             options are words, what is not YAML is taken as it is written.
    """
    lines = content.split("\n")
    dashed = lines[0].rstrip() == "---" and "---" in (text.rstrip() for text in lines[1:])
    pattern, used = (LINE, 1) if dashed else (OPTION, 0)
    options: dict[str, Option] = {}
    for text in lines[used:]:
        match = pattern.fullmatch(text.rstrip())
        if not match:
            break
        used += 1
        name, value = match.group(1), match.group(2) or ""
        where = reader.where(line + used)
        if name in options:
            raise FigureError(f"option {name!r} stands twice", where=where)
        options[name] = Option(_yaml(value, name, where, strict), where, _words(value))
    if dashed:
        if lines[used].rstrip() != "---":
            what = f"{lines[used].strip()!r} is no 'option: value' on one line"
            raise FigureError(what, where=reader.where(line + used + 1))
        used += 1
    return options, "\n".join(lines[used:]), line + 1 + used


def _words(text: str) -> str:
    """A value as it is written, without quotation marks around it."""
    text = text.strip()
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1] if quoted else text


def _yaml(text: str, name: str, where: str, strict: bool) -> object:
    try:
        return YAML(typ="safe", pure=True).load(text[:LONGEST])
    except (YAMLError, ValueError, OverflowError) as problem:
        if not strict:
            return text
        what = getattr(problem, "problem", None) or problem
        raise FigureError(f"option {name!r} is not YAML: {what}", where=where) from None
