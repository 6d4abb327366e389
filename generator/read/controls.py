"""The roles of reader variables: ``{slider}``, ``{choice}``, ``{show}`` and ``{set}``.

Each names page variables or, as ``figure.state``, a state of a figure.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from generator.errors import ArticleError, nearest
from generator.expression import Tree, parse
from generator.read.parts import Role
from generator.read.variables import STATE, Variable, declare
from generator.wording import is_spec

ROLES = ("slider", "choice", "show", "set")
OPTION = re.compile(r"([a-z]+)=(.*)", re.DOTALL)
TITLED = re.compile(r"(.*\S)\s*<([^<>]+)>", re.DOTALL)
PAIR = re.compile(r"([^\s=]+)=(.*)", re.DOTALL)


@dataclass(frozen=True)
class Control:
    """A slider or a choice in a sentence."""

    sort: str
    key: str
    label: str
    format: str
    where: str


@dataclass(frozen=True)
class Shown:
    """Words that follow the reader."""

    tree: Tree
    format: str
    where: str


@dataclass(frozen=True)
class Assignment:
    """One key and the value it is to have, as the author wrote it."""

    key: str
    text: str
    where: str


@dataclass(frozen=True)
class Link:
    """Words that, once chosen, set something."""

    words: str
    assignments: tuple[Assignment, ...]
    where: str


def control(role: Role) -> tuple[Control, Variable | None]:
    """Read ``{slider}`NAME LEAST GREATEST [START]``` or ``{choice}`NAME ONE ANOTHER…```.

    With values, or with ``bind=``, it declares the variable; with the name alone it is one more
    control of a variable or of a figure's state.

    Raises:  ArticleError for a broken quotation, an unknown option, and as `declare` does.
    """
    words = _words(role.text, role)
    options = {match.group(1): match.group(2) for w in words if (match := OPTION.fullmatch(w))}
    name, *values = [word for word in words if not OPTION.fullmatch(word)] or [""]
    allowed = ("label", "format", "start", "bind", *(["step"] if role.name == "slider" else []))
    for option in options:
        if option not in allowed:
            raise ArticleError(
                f"{role.name} has no option {option!r}",
                where=role.where,
                hint=nearest(option, allowed),
            )
    declared = None
    if values or "bind" in options:
        declared = declare(name, _fields(role, values, options), role.where)
    elif not STATE.fullmatch(name) and set(options) - {"label", "format"}:
        what = f"{role.name} {name!r} has no values"
        raise ArticleError(what, where=role.where, hint=_usage(role))
    format_ = options.get("format", "")
    if not is_spec(format_):
        raise ArticleError(_format(format_), where=role.where)
    return Control(role.name, name, options.get("label", ""), format_, role.where), declared


def _words(text: str, role: Role) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        raise ArticleError("a quotation mark has no partner", where=role.where) from None


def _fields(role: Role, values: list[str], options: dict[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {**options}
    if "bind" in fields:
        fields["bind"] = [one for one in fields["bind"].split(",") if one]
    if "start" in fields:
        fields["start"] = _typed(fields["start"])
    typed = [_typed(value) for value in values]
    if role.name == "choice":
        return fields | ({"choice": typed} if typed else {})
    if len(typed) == 3:
        fields.setdefault("start", typed.pop())
    if len(typed) not in (0, 2):
        raise ArticleError("a slider has two ends", where=role.where, hint=_usage(role))
    return fields | ({"slider": typed} if typed else {})


def _typed(text: str) -> Any:
    """A word as YAML reads it, as long as that is a number, a truth or a text."""
    try:
        value = YAML(typ="safe", pure=True).load(text)
    except YAMLError:
        return text
    return value if isinstance(value, bool | int | float) else text


def _usage(role: Role) -> str:
    if role.name == "slider":
        return "{slider}`NAME LEAST GREATEST START`, as in {slider}`epochs 1 30 5`"
    return "{choice}`NAME ONE ANOTHER`, as in {choice}`method pca tsne`"


def _format(spec: str) -> str:
    return f"format {spec!r} is not like '.1f', ',.0f', '.3g' or '.0%'"


def shown(role: Role) -> Shown:
    """Read ``{show}`EXPRESSION | FORMAT```.

    Raises:  ArticleError for what is no expression, and for a format that the page cannot write.
    """
    text, _, spec = (part.strip() for part in role.text.rpartition("|"))
    # Without a bar, all of it is behind the last one.
    text, spec = (text, spec) if "|" in role.text else (spec, "")
    if not is_spec(spec):
        raise ArticleError(_format(spec), where=role.where)
    try:
        return Shown(parse(text), spec, role.where)
    except ValueError as problem:
        raise ArticleError(str(problem), where=role.where) from None


def link(role: Role) -> Link:
    """Read ``{set}`words <key=value key=value>```.

    Raises:  ArticleError for any other form.
    """
    match = TITLED.fullmatch(role.text)
    pairs = [PAIR.fullmatch(one) for one in _words(match.group(2), role)] if match else []
    found = tuple(Assignment(pair.group(1), pair.group(2), role.where) for pair in pairs if pair)
    if not match or not found or len(found) < len(pairs):
        raise ArticleError(
            f"{role.text!r} sets nothing",
            where=role.where,
            hint="write {set}`words <figure.state=value>`",
        )
    return Link(match.group(1), found, role.where)
