"""``:::{stepper}`` and ``:::{scroll}``: a figure led through named states, with text at each.

Inside stand ``:::{step} Title`` blocks, whose option ``set`` maps states to values. What a step
does not set stays as the steps before it left it, so that the way back is the way there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.errors import ArticleError, nearest
from generator.read.article import Block
from generator.read.controls import Assignment
from generator.read.markdown import slug
from generator.read.parts import Part
from generator.rules import plain

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.read.parts import Option, Raw
    from generator.read.reader import Reader

NAMES = ("stepper", "scroll", "step")
NAME = re.compile(r"[A-Za-z][\w-]*")


@dataclass(frozen=True, kw_only=True)
class Step(Part):
    """One stop: its name in the address, its title, and what it sets."""

    name: str
    title: str
    assignments: tuple[Assignment, ...]


@dataclass(frozen=True, kw_only=True)
class Steps(Part):
    """All stops, with what stands before and after them."""

    sort: str
    name: str
    title: str
    before: list[Token]
    steps: tuple[Step, ...]
    after: list[Token]

    def anchor(self, step: Step) -> str:
        """The id of one stop."""
        return f"{self.name}-{step.name}"


def read(raw: Raw, reader: Reader) -> Part:
    """One stop, or a block with all of its stops.

    Raises:  ArticleError for a block without a name or stops, stops that are parted by other text
             or share a name, a figure inside a stop, and a scroll block with no figure of its own.
    """
    allowed = ("name", "set") if raw.name == "step" else ("name",)
    for option, value in raw.options.items():
        if option not in allowed:
            raise ArticleError(
                f"{raw.name} has no option {option!r}",
                where=value.where,
                hint=nearest(option, allowed),
            )
    tokens = reader.tokens(raw.body, raw.line)
    return _step(raw, tokens) if raw.name == "step" else _steps(raw, tokens)


def _step(raw: Raw, tokens: list[Token]) -> Step:
    if not raw.argument:
        raise ArticleError(
            "this step has no title", where=raw.where, hint="write ':::{step} Title'"
        )
    if any(isinstance(token.meta.get("directive"), Block) for token in tokens):
        raise ArticleError(
            "a figure stands beside the steps, not inside one",
            where=raw.where,
            hint="put it before the first step",
        )
    name = raw.options.get("name")
    return Step(
        family="steps",
        where=raw.where,
        name=_name(name) if name else slug(raw.argument),
        title=raw.argument,
        assignments=_assignments(raw.options.get("set")),
        contents=(tokens,),
    )


def _assignments(option: Option | None) -> tuple[Assignment, ...]:
    if option is None:
        return ()
    values = option.value
    fits = isinstance(values, dict) and all(
        isinstance(value, bool | int | float | str) for value in values.values()
    )
    if not fits:
        raise ArticleError(
            "'set' maps states to values",
            where=option.where,
            hint="write ':set: {figure.state: value}'",
        )
    return tuple(Assignment(str(key), plain(one), option.where) for key, one in values.items())


def _steps(raw: Raw, tokens: list[Token]) -> Steps:
    places = [i for i, token in enumerate(tokens) if _is_step(token)]
    if not places:
        raise ArticleError(f"this {raw.name} has no ':::{{step}} Title'", where=raw.where)
    name = raw.options.get("name")
    if name is None:
        raise ArticleError(
            f"this {raw.name} has no name",
            where=raw.where,
            hint="add a line ':name: ' for its place in the address",
        )
    first, last = places[0], places[-1]
    steps: tuple[Step, ...] = tuple(tokens[i].meta["directive"] for i in places)
    if last - first >= len(places):
        raise ArticleError(
            "steps stand one after another, without other text between", where=steps[1].where
        )
    seen: dict[str, Step] = {}
    for step in steps:
        if step.name in seen:
            raise ArticleError(
                f"the step at {seen[step.name].where} is called {step.name!r} too",
                where=step.where,
                hint="give one of them a ':name:' of its own",
            )
        seen[step.name] = step
    before, after = tokens[:first], tokens[last + 1 :]
    if raw.name == "scroll" and (len(before) != 1 or not _is_figure(before[0]) or after):
        raise ArticleError(
            "a scroll block holds one figure and then its steps, nothing else", where=raw.where
        )
    return Steps(
        family="steps", where=raw.where, sort=raw.name, name=_name(name), title=raw.argument,
        before=before, steps=steps, after=after,
        contents=(before, *(step.contents[0] for step in steps), after),
    )  # fmt: skip


def _is_step(token: Token) -> bool:
    return isinstance(token.meta.get("directive"), Step)


def _is_figure(token: Token) -> bool:
    return isinstance(token.meta.get("directive"), Block)


def _name(option: Option) -> str:
    if not NAME.fullmatch(str(option.value)):
        raise ArticleError(
            f"{option.value!r} cannot be a name",
            where=option.where,
            hint="a letter, then letters, digits and hyphens",
        )
    return str(option.value)
