"""What a reader variable or a figure's state may hold; ``templates/js/rules.js`` says the same.

A kind lists its states in ``STATES``: names to rules, or to functions of the payload's values where
the choices come with the payload. The start of a rule is what stills and the text without scripts
show. Nothing here computes, so an article's settings are checked before anything does.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.errors import ArticleError, nearest

Scalar = bool | int | float | str
# Steps are made of decimal fractions, which floats hold to about sixteen digits.
ON_STEP = 1e-6


@dataclass(frozen=True)
class OneOf:
    """One of a few values; `words` is how prose calls them, by default as they are."""

    description: str
    choices: Sequence[Scalar]
    start: Scalar | None = None
    words: Sequence[str] = ()

    def told(self) -> dict[str, Any]:
        """Say the rule to the page."""
        start = self.choices[0] if self.start is None else self.start
        words = {"words": list(self.words)} if self.words else {}
        return {"start": start, "choices": list(self.choices), **words}

    def read(self, text: str) -> Scalar | None:
        """Find the choice that is written as `text`; None: there is none."""
        return next((one for one in self.choices if plain(one) == text), None)

    def remedy(self, text: str) -> str:
        """Say what the author may have meant."""
        return nearest(text, map(plain, self.choices))


@dataclass(frozen=True)
class Number:
    """A number from `least` to `most`, in steps from `least`; step 0: any."""

    description: str
    least: float
    most: float
    start: float | None = None
    step: float = 0

    def told(self) -> dict[str, Any]:
        """Say the rule to the page."""
        start = self.least if self.start is None else self.start
        return {"start": start, "least": self.least, "most": self.most, "step": self.step}

    def read(self, text: str) -> Scalar | None:
        """Find the number that `text` writes; None: there is none, or it does not fit."""
        try:
            number = int(text) if re.fullmatch(r"[+-]?\d+", text) else float(text)
        except ValueError:
            return None
        return number if self.holds(number) else None

    def holds(self, number: float) -> bool:
        """Tell whether a number lies in the range and on a step."""
        if not self.least <= number <= self.most:
            return False
        steps = (number - self.least) / self.step if self.step else 0
        return abs(steps - round(steps)) < ON_STEP

    def remedy(self, text: str) -> str:
        """Say what is allowed."""
        by = f" in steps of {plain(self.step)}" if self.step else ""
        return f"a number from {plain(self.least)} to {plain(self.most)}{by}"


@dataclass(frozen=True)
class Some:
    """Any of a few names, separated by spaces; none at first."""

    description: str
    names: Sequence[str]

    def told(self) -> dict[str, Any]:
        """Say the rule to the page."""
        return {"start": "", "some": list(self.names)}

    def read(self, text: str) -> Scalar | None:
        """Give the names back; None: one of them is not known."""
        return text if set(text.split()) <= set(self.names) else None

    def remedy(self, text: str) -> str:
        """Say what the author may have meant by the first name that is not known."""
        return nearest(next(n for n in text.split() if n not in self.names), self.names)


@dataclass(frozen=True)
class Text:
    """A text of a fixed form; `form` is a regular expression of what Python and browsers share."""

    description: str
    form: str
    example: str
    start: str = ""

    def told(self) -> dict[str, Any]:
        """Say the rule to the page."""
        return {"start": self.start, "form": self.form}

    def read(self, text: str) -> Scalar | None:
        """Give the text back; None: it has another form."""
        return text if text == "" or re.fullmatch(self.form, text) else None

    def remedy(self, text: str) -> str:
        """Show one that fits."""
        return f"as in {self.example!r}"


@dataclass(frozen=True)
class Free:
    """Anything of the same type as its start."""

    description: str
    start: Scalar

    def told(self) -> dict[str, Any]:
        """Say the rule to the page."""
        return {"start": self.start}

    def read(self, text: str) -> Scalar | None:
        """Give the value that `text` writes in the start's type; None: it writes none."""
        if isinstance(self.start, bool):
            return {"true": True, "false": False}.get(text)
        if isinstance(self.start, str):
            return text
        try:
            number = float(text)
        except ValueError:
            return None
        return number if math.isfinite(number) else None

    def remedy(self, text: str) -> str:
        """Say what is allowed."""
        return "true or false" if isinstance(self.start, bool) else "a number"


Rule = OneOf | Number | Some | Text | Free
Values = Mapping[str, Any]
Named = Mapping[str, Rule | Callable[[Values], Rule]]
States = Named | Callable[[Values], Mapping[str, Rule]]


def rules(states: States, values: Values) -> dict[str, Rule]:
    """Every rule of a figure, once its payload's values are known."""
    if callable(states):
        return dict(states(values))
    return {name: rule(values) if callable(rule) else rule for name, rule in states.items()}


def plain(value: Scalar) -> str:
    """A value as an author writes it: true, 3, 0.5, pool1."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def assigned(rule: Rule, key: str, text: str, where: str) -> Scalar:
    """The value that `text` gives to `key`.

    Raises:  ArticleError where the rule does not have it, with what it has.
    """
    value = rule.read(text)
    if value is None:
        raise ArticleError(f"{key} cannot be {text!r}", where=where, hint=rule.remedy(text))
    return value
