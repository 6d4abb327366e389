"""``{slider}``, ``{choice}``, ``{show}``, ``{set}``: sentences share variables with figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.errors import ArticleError, nearest
from generator.expression import names
from generator.read.controls import Assignment, Control, Link, Shown, control, link, shown
from generator.read.directives.steps import Step, Steps
from generator.read.directives.variables import Variables
from generator.read.variables import Variable
from generator.rules import OneOf, assigned

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.read.article import Article
    from generator.read.parts import Part, Role

NAMES = ("slider", "choice", "show", "set")
# Selections that all figures of a page share; the figures of the page say what they may hold.
SHARED = ("instance:", "unit:")


@dataclass(frozen=True)
class Asked:
    """All that an article's text asks of variables and figures."""

    variables: dict[str, Variable] = field(default_factory=dict)
    roles: dict[Role, Control | Shown | Link] = field(default_factory=dict)
    steps: list[Steps] = field(default_factory=list)

    @property
    def moves(self) -> bool:
        """Whether anything in the text answers to the reader."""
        return bool(self.roles or self.steps)

    def assignments(self) -> Iterator[Assignment]:
        """Every value that the text gives to something."""
        for role in self.roles.values():
            if isinstance(role, Link):
                yield from role.assignments
        for block in self.steps:
            for step in block.steps:
                yield from step.assignments

    def stops(self) -> dict[str, OneOf]:
        """The place of every stepper; a scroll block has its place on the page."""
        steppers = [block for block in self.steps if block.sort == "stepper"]
        return {
            f"{block.name}.step": OneOf("step", [step.name for step in block.steps])
            for block in steppers
        }

    def named(self) -> Iterator[tuple[str, str]]:
        """Every variable and state that is named, with the place where it is."""
        for role in self.roles.values():
            if isinstance(role, Control):
                yield role.key, role.where
            elif isinstance(role, Shown):
                yield from ((name, role.where) for name in names(role.tree))
        yield from ((one.key, one.where) for one in self.assignments())
        for variable in self.variables.values():
            yield from ((key, variable.where) for key in variable.bind)


def check(roles: Sequence[Role], article: Article) -> Asked:
    """Read every role; then every name must lead to a variable, a figure or a row of steps.

    Raises:  ArticleError for a variable declared twice, a name that leads nowhere, a value that a
             variable cannot have, and a step that stands alone.
    """
    asked = Asked()
    for part in _parts(article.tokens):
        if isinstance(part, Variables):
            for variable in part.variables:
                _declare(variable, asked)
        elif isinstance(part, Steps):
            asked.steps.append(part)
        elif isinstance(part, Step):
            raise ArticleError("a step stands inside a stepper or a scroll block", where=part.where)
    for role in roles:
        _read(role, asked)
    _unique(asked.steps, article.anchors)
    blocks = [*(block.name for block in article.blocks), *(row.name for row in asked.steps)]
    for key, where in asked.named():
        _lead(key, where, asked, blocks)
    for one in asked.assignments():
        _fit(one, asked)
    return asked


def _parts(tokens: Sequence[Token]) -> Iterator[Part]:
    for token in tokens:
        part = token.meta.get("directive")
        if part is not None:
            yield part
            for content in part.contents:
                yield from _parts(content)


def _declare(variable: Variable, asked: Asked) -> None:
    first = asked.variables.get(variable.name)
    if first:
        raise ArticleError(
            f"the variable {variable.name!r} is declared at {first.where} already",
            where=variable.where,
            hint="name it alone to show it again",
        )
    asked.variables[variable.name] = variable


def _read(role: Role, asked: Asked) -> None:
    if role.name in ("slider", "choice"):
        asked.roles[role], declared = control(role)
        if declared:
            _declare(declared, asked)
    else:
        asked.roles[role] = shown(role) if role.name == "show" else link(role)


def _unique(steps: list[Steps], anchors: frozenset[str]) -> None:
    taken = set(anchors)
    for block in steps:
        named = [
            (block.name, block.where),
            *((block.anchor(one), one.where) for one in block.steps),
        ]
        for name, where in named:
            if name in taken:
                raise ArticleError(f"the name {name!r} is taken on this page", where=where)
            taken.add(name)


def _lead(key: str, where: str, asked: Asked, blocks: list[str]) -> None:
    if key.startswith(SHARED):
        return
    name, dot, state = key.partition(".")
    if dot and name not in blocks:
        raise ArticleError(f"no figure is called {name!r}", where=where, hint=nearest(name, blocks))
    if any(name == block.name for block in asked.steps) and key not in asked.stops():
        hint = "a stepper has 'step', a scroll block nothing that can be set"
        raise ArticleError(f"{name!r} has no state {state!r}", where=where, hint=hint)
    if not dot and name not in asked.variables:
        hint = nearest(name, asked.variables)
        raise ArticleError(f"no variable is called {name!r}", where=where, hint=hint)


def _fit(one: Assignment, asked: Asked) -> None:
    """What is known without the figures is checked before they are computed."""
    variable = asked.variables.get(one.key)
    if variable and variable.rule:
        assigned(variable.rule, one.key, one.text, one.where)
    stops = asked.stops()
    if one.key in stops:
        assigned(stops[one.key], one.key, one.text, one.where)
