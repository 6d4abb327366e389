"""What every key of one page may hold: its figures' states, its variables, its rows of steps.

The page gets the same rules, so that an address is held to what the text was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from generator.errors import ArticleError, FigureError, nearest
from generator.read.article import Article
from generator.read.controls import Assignment
from generator.read.roles.variables import Asked
from generator.read.variables import Variable
from generator.resolve import Figure
from generator.rules import Free, Number, OneOf, Rule, Scalar, Text, assigned, plain, rules
from generator.store import Entry


@dataclass(frozen=True)
class Variables:
    """The rules of one page by key; `links` lead from a figure's state to its variable."""

    asked: Asked = field(default_factory=Asked)
    rules: dict[str, Rule] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    def start(self, key: str) -> Scalar | None:
        """What a key holds at first; shared selections hold nothing."""
        rule = self.rules[key]
        start: Scalar = rule.told()["start"]
        return None if ":" in key else start

    def value(self, one: Assignment) -> Scalar:
        """The value of an assignment; raises ArticleError where its key cannot have it."""
        return assigned(self.rule(one.key, one.where), one.key, one.text, one.where)

    def rule(self, key: str, where: str) -> Rule:
        """The rule of a key; raises FigureError where no figure of the page has it."""
        if key not in self.rules:
            figure, dot, name = key.partition(".")
            if not dot:
                known = [one for one in self.rules if ":" in one]
                raise FigureError(
                    f"no figure of this page knows {key!r}", where=where, hint=nearest(key, known)
                )
            states = [one.removeprefix(f"{figure}.") for one in self.rules if _of(one, figure)]
            raise FigureError(
                f"{figure!r} has no state {name!r}", where=where, hint=nearest(name, states)
            )
        return self.rules[key]

    def figure(self, name: str) -> dict[str, Any]:
        """What a figure's element says of its states."""
        return {
            key.removeprefix(f"{name}."): rule.told()
            for key, rule in self.rules.items()
            if _of(key, name)
        }

    def page(self) -> dict[str, Any]:
        """What the page says of its variables and steps; nothing, where it has none."""
        told = {name: self.rules[name].told() for name in self.asked.variables}
        for name, variable in self.asked.variables.items():
            told[name]["format"] = variable.format
        for key in self.asked.stops():
            told[key] = {**self.rules[key].told(), "leads": True}
        return {"rules": told, "links": self.links} if told else {}


def _of(key: str, figure: str) -> bool:
    return key.startswith(f"{figure}.")


def variables(
    article: Article, figures: Sequence[Figure], entries: Mapping[str, Entry]
) -> Variables:
    """Gather the rules of one page and check everything that its text asks for.

    Raises:  ArticleError or FigureError, with the line of the text, for a state that a figure does
             not have, a value that a key cannot have, and a variable that starts elsewhere than
             the figure that it is bound to.
    """
    asked: Asked = article.found["variables"]
    found = Variables(asked)
    charts: dict[str, list[str]] = {}
    for figure in figures:
        states = figure.states
        values = entries[figure.name].payload["values"]
        for name, rule in rules(states, values).items():
            key = f"{figure.block.name}.{name}"
            found.rules[key] = rule
            if callable(states):
                charts.setdefault(name, []).append(key)
        found.rules.update(_shared(figure))
    found.rules.update(asked.stops())
    for variable in asked.variables.values():
        _bind(variable, [*variable.bind, *charts.get(variable.name, [])], found)
    for key, where in asked.named():
        found.rule(key, where)
    for one in asked.assignments():
        found.value(one)
    return found


def _shared(figure: Figure) -> Iterator[tuple[str, Rule]]:
    """Selections that figures share: an example of a dataset, a channel of a model."""
    for card in figure.datasets:
        parts = [card.split.get(part, 0) for part in ("train", "test")]
        count = sum(part for part in parts if isinstance(part, int))
        yield f"instance:{card.name}", Number("example", 0, max(count - 1, 0), step=1)
    for model in figure.models:
        layers = "|".join(model.layers).replace(".", r"\.")
        yield f"unit:{model.name}", Text("channel", rf"(?:{layers})/\d+", f"{model.layers[0]}/0")


def _bind(variable: Variable, states: list[str], found: Variables) -> None:
    """Join a variable to states of figures: from now on both are one.

    Where an author chose a state's name, as that of a chart's parameter, the name joins them.
    """
    rule: Rule | None = variable.rule
    for key in dict.fromkeys(states):
        state, start = found.rule(key, variable.where), found.start(key)
        own = rule or state
        if not isinstance(own, OneOf | Number) or not _same(own, state):
            raise ArticleError(
                f"{variable.name!r} does not have the values of {key!r}",
                where=variable.where,
                hint=_values(state, variable.name),
            )
        if start is not None and own.start not in (None, start):
            raise ArticleError(
                f"{variable.name!r} cannot start at {own.start!r}: {key!r} starts at {start!r}, "
                "as its still shows",
                where=variable.where,
            )
        rule = replace(own, start=start)  # type: ignore[arg-type]
        found.links[key] = variable.name
    if rule is not None:
        found.rules[variable.name] = rule


def _same(one: OneOf | Number, state: Rule) -> bool:
    """Whether two rules hold the same values."""
    if isinstance(one, OneOf) and isinstance(state, OneOf):
        return set(map(plain, one.choices)) == set(map(plain, state.choices))
    if isinstance(one, Number) and isinstance(state, Number):
        return (one.least, one.most, one.step) == (state.least, state.most, state.step)
    values = one.choices if isinstance(one, OneOf) else [one.least]
    return isinstance(state, Free) and all(_type(v) is _type(state.start) for v in values)


def _type(value: Scalar) -> type:
    return float if type(value) is int else type(value)


def _values(state: Rule, name: str) -> str:
    if isinstance(state, OneOf):
        return f"leave them out, or give {', '.join(map(plain, state.choices))}"
    if isinstance(state, Number):
        return f"leave them out, or give {state.remedy('')}"
    if isinstance(state, Free):
        return f"it holds {'a text' if isinstance(state.start, str) else state.remedy('')}"
    return f"set it with {{set}}; {name!r} would have no control"
