"""Reader variables: what a ``:::{variables}`` block or the first ``{slider}`` or ``{choice}`` says.

A variable has a name, a rule and a start, which is what the text without scripts shows. It may be
bound to states of figures, which then move with it and move it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError

from generator.errors import ArticleError, nearest
from generator.rules import Number, OneOf, Scalar, plain
from generator.wording import is_spec

NAME = re.compile(r"[A-Za-z]\w*")
STATE = re.compile(r"[A-Za-z][\w-]*\.[A-Za-z]\w*")


class Declared(BaseModel):
    """What an author may say of a variable."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slider: tuple[float, float] | None = Field(None, description="least and greatest value")
    choice: tuple[Scalar, ...] | dict[Scalar, str] | None = Field(
        None, description="the values, or the values with what prose calls them"
    )
    start: Scalar | None = Field(None, description="value at first")
    step: float | None = Field(None, gt=0, description="of a slider; by default 1 or a hundredth")
    label: str = Field("", description="the control's name; empty: the variable's")
    format: str = Field("", description="how its value is written, by Python's mini-language")
    bind: tuple[str, ...] = Field((), description="states of figures that move with it")


@dataclass(frozen=True)
class Variable:
    """One reader variable; without a rule of its own it takes that of what it is bound to."""

    name: str
    rule: OneOf | Number | None
    label: str
    format: str
    bind: tuple[str, ...]
    where: str


def listed(content: str, source: str, line: int) -> list[Variable]:
    """Read the YAML of a ``:::{variables}`` block, which starts at `line` of the file.

    Raises:  ArticleError with the line of the variable for whatever cannot be meant.
    """
    try:
        found = YAML(typ="rt").load(content)
    except MarkedYAMLError as problem:
        below = problem.problem_mark.line if problem.problem_mark else 0
        where = f"{source}:{line + below}"
        raise ArticleError(f"YAML: {problem.problem or problem}", where=where) from None
    if not isinstance(found, CommentedMap):
        raise ArticleError(
            "a 'variables' block lists variables",
            where=f"{source}:{line}",
            hint="one a line, as in 'epochs: {slider: [1, 30], start: 5}'",
        )
    return [
        declare(str(name), fields, f"{source}:{line + found.lc.key(name)[0]}")
        for name, fields in found.items()
    ]


def declare(name: str, fields: Any, where: str) -> Variable:
    """Check what is said of one variable.

    Raises:  ArticleError for an unknown or ill-typed field, a range that holds nothing, a start
             outside it, and for a variable that has neither values nor a figure to take them from.
    """
    if not NAME.fullmatch(name):
        hint = "a letter, then letters, digits and underscores"
        raise ArticleError(f"{name!r} cannot be a variable's name", where=where, hint=hint)
    if not isinstance(fields, Mapping):
        raise ArticleError(f"variable {name!r} has no fields", where=where)
    try:
        declared = Declared.model_validate(_lists(fields))
        rule = _rule(declared)
    except ValidationError as problem:
        first = problem.errors()[0]
        field = str(first["loc"][0]) if first["loc"] else ""
        unknown = first["type"] == "extra_forbidden"
        raise ArticleError(
            f"variable {name!r} has no field {field!r}" if unknown
            else f"variable {name!r}, {field}: {first['msg']}",
            where=where,
            hint=nearest(field, Declared.model_fields) if unknown else "",
        ) from None  # fmt: skip
    except ValueError as problem:
        raise ArticleError(f"variable {name!r}: {problem}", where=where) from None
    return Variable(name, rule, declared.label, declared.format, declared.bind, where)


def _lists(fields: Mapping[Any, Any]) -> dict[str, Any]:
    """One bound state may stand without brackets."""
    plain_fields = {str(key): value for key, value in fields.items()}
    if isinstance(plain_fields.get("bind"), str):
        plain_fields["bind"] = [plain_fields["bind"]]
    return plain_fields


def _rule(declared: Declared) -> OneOf | Number | None:
    if not is_spec(declared.format):
        raise ValueError(f"format {declared.format!r} is not like '.1f', ',.0f', '.3g' or '.0%'")
    for state in declared.bind:
        if not STATE.fullmatch(state):
            raise ValueError(f"it is bound to {state!r}, which is not 'figure.state'")
    if declared.slider and declared.choice:
        raise ValueError("it is a slider or a choice, not both")
    if declared.slider:
        return _range(declared, *declared.slider)
    if declared.choice:
        return _choice(declared, declared.choice)
    if not declared.bind:
        raise ValueError("it needs 'slider: [least, greatest]' or 'choice: [one, another]'")
    if declared.start is not None:
        raise ValueError("its start is that of the figure it is bound to; set it there")
    return None


def _range(declared: Declared, least: float, most: float) -> Number:
    if not least < most:
        raise ValueError(f"no number lies between {plain(least)} and {plain(most)}")
    whole = least.is_integer() and most.is_integer()
    step = declared.step or (1 if whole else (most - least) / 100)
    rule = Number("", _short(least), _short(most), None, _short(step))
    start = declared.start
    if start is not None:
        number = rule.read(plain(start))
        if not isinstance(number, int | float):
            raise ValueError(f"it cannot start at {start!r}, but at {rule.remedy(plain(start))}")
        return replace(rule, start=number)
    return rule


def _choice(declared: Declared, choice: tuple[Scalar, ...] | dict[Scalar, str]) -> OneOf:
    words = tuple(choice.values()) if isinstance(choice, dict) else ()
    rule = OneOf("", tuple(choice), declared.start, words)
    if len({plain(one) for one in rule.choices}) < len(rule.choices):
        raise ValueError("a value stands twice among its choices")
    if declared.start is not None and declared.start not in rule.choices:
        start = plain(declared.start)
        raise ValueError(f"it cannot start at {start!r}; {rule.remedy(start)}")
    return rule


def _short(number: float) -> float:
    """5 and not 5.0, in pages and messages."""
    return int(number) if float(number).is_integer() else number
