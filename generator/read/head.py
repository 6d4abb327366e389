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
# What most values are, and what YAML takes a hundred times as long to say of them.
WORD = r"[A-Za-z][\w-]*"
WORDS = re.compile(rf"({WORD})|\[ *({WORD}(?:, *{WORD})*) *\]", re.ASCII)
NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
NO_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
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
    plain = _plain(text.strip(" "))
    if plain is not None:
        return plain
    try:
        return YAML(typ="safe", pure=True).load(text[:LONGEST])
    except (YAMLError, ValueError, OverflowError) as problem:
        if not strict:
            return text
        what = getattr(problem, "problem", None) or problem
        raise FigureError(f"option {name!r} is not YAML: {what}", where=where) from None


def _plain(text: str) -> str | int | list[str] | None:
    """A word, a list of words or a whole number, as YAML would read it; None for anything else."""
    if NUMBER.fullmatch(text):
        return int(text)
    match = WORDS.fullmatch(text)
    if not match:
        return None
    words = [match[1]] if match[1] else [one.strip(" ") for one in match[2].split(",")]
    if NO_WORDS.intersection(one.lower() for one in words):
        return None
    return words[0] if match[1] else words
