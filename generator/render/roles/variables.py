"""Controls, words that follow the reader, and words that set something.

Each holds its start as text, in ``.told``: what stands there without scripts and on paper, beside
stills that show the same start. The page's script adds what moves.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

from generator.errors import ArticleError
from generator.expression import Tree, evaluate, names, sort
from generator.read.controls import Control, Link, Shown
from generator.rules import Number, OneOf, Rule, Scalar
from generator.wording import NOTHING, written

if TYPE_CHECKING:
    from generator.read.parts import Role
    from generator.render.prose import Prose
    from generator.render.variables import Variables


def html(role: Role, prose: Prose) -> str:
    """Give the element of one role.

    Raises:  ArticleError for a control that does not suit what it controls, and for an expression
             whose parts do not fit or that has no value at first.
    """
    known = prose.variables
    one = known.asked.roles[role]
    if isinstance(one, Control):
        return _control(one, known)
    return _shown(one, known) if isinstance(one, Shown) else _link(one, known)


def _control(one: Control, known: Variables) -> str:
    rule = known.rules[one.key]
    fits = isinstance(rule, OneOf | Number) if one.sort == "slider" else isinstance(rule, OneOf)
    if not fits:
        raise ArticleError(
            f"{one.key!r} is no {one.sort}",
            where=one.where,
            hint="a slider has two ends, a choice a few values",
        )
    variable = known.asked.variables.get(one.key)
    label = one.label or (variable.label if variable else "") or rule.description
    told = {
        "control": one.sort,
        "key": one.key,
        "label": label or one.key.replace("_", " "),
        "format": one.format,
    }
    return _element("span", "variable", told, _word(one.key, one.format, known))


def _shown(one: Shown, known: Variables) -> str:
    asked = names(one.tree)
    for name in asked:
        if ":" in name:
            raise ArticleError(f"{name!r} cannot be shown", where=one.where)
    try:
        found = sort(one.tree, {name: _sort(known.rules[name]) for name in asked})
        text = _text(one, known)
    except ValueError as problem:
        raise ArticleError(str(problem), where=one.where) from None
    if found == "truth" and not _bare(one.tree):
        raise ArticleError(
            "a condition is no word", where=one.where, hint="write 'one' if … else 'another'"
        )
    if text == NOTHING:
        raise ArticleError("the expression has no value at first", where=one.where)
    return _element("span", "shown", {"tree": json.dumps(one.tree), "format": one.format}, text)


def _text(one: Shown, known: Variables) -> str:
    if _bare(one.tree):
        return _word(names(one.tree)[0], one.format, known)
    starts = {name: known.start(name) for name in names(one.tree)}
    values = {name: start for name, start in starts.items() if start is not None}
    return written(evaluate(one.tree, values), one.format)


def _bare(tree: Tree) -> bool:
    return isinstance(tree, list) and tree[0] == "name"


def _word(key: str, spec: str, known: Variables) -> str:
    """A key's start as prose calls it."""
    rule, start = known.rules[key], known.start(key)
    if start is None:
        return NOTHING
    variable = known.asked.variables.get(key)
    return word(rule, start, spec or (variable.format if variable else ""))


def word(rule: Rule, value: Scalar, spec: str) -> str:
    """A value as prose calls it: by the words of its choice, or as a number is written."""
    if isinstance(rule, OneOf) and rule.words:
        return rule.words[list(rule.choices).index(value)]
    return written(value, spec)


def _sort(rule: Rule) -> str:
    values = rule.choices if isinstance(rule, OneOf) else [rule.told()["start"]]
    if all(isinstance(value, bool) for value in values):
        return "truth"
    numbers = all(isinstance(value, int | float) and value is not True for value in values)
    return "number" if numbers else "text"


def _link(one: Link, known: Variables) -> str:
    values = {each.key: known.value(each) for each in one.assignments}
    figures = [key.partition(".")[0] for key in values if "." in key]
    told = {"set": json.dumps(values, ensure_ascii=False)}
    # Without scripts a link still leads to the figure it speaks of; elsewhere only words remain.
    if not figures:
        return _element("span", "set", told, one.words)
    goal = {"href": f"#{figures[0]}"}
    return _element("a", "set", told, one.words, goal)


def _element(
    tag: str, name: str, data: dict[str, str], text: str, more: dict[str, Any] | None = None
) -> str:
    written_ = {**(more or {}), **{f"data-{key}": value for key, value in data.items() if value}}
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in written_.items())
    body = escape(text) if name == "set" else f'<span class="told">{escape(text)}</span>'
    return f'<{tag} class="{name}"{attributes}>{body}</{tag}>'
