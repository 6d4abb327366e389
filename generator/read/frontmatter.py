"""The YAML at the head of an article to a checked `FrontMatter`, with line numbers in errors."""

from __future__ import annotations

import re
from datetime import date as Date  # noqa: N812
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from generator.errors import ArticleError, nearest
from generator.read.front import FrontMatter

# What pydantic finds wrong, in an author's words.
WRONG = {
    "string_type": "should be text; put it in quotes",
    "tuple_type": "should be a list, such as [one, another]",
    "model_type": "should be a group of 'field: value' lines",
    "model_attributes_type": "should be a group of 'field: value' lines",
    "date_type": "should be a day, written like 2026-11-22",
    "date_parsing": "should be a day, written like 2026-11-22",
    "date_from_datetime_parsing": "should be a day, written like 2026-11-22",
    "date_from_datetime_inexact": "should be a day without a time, written like 2026-11-22",
}
# Our own fields need four.
DEEPEST = 20
FORMS = {
    "doi": "is no DOI, which is written like 10.1109/5.726791",
    "language": "is no language tag, which is written like en, de or pt-BR",
}


def front_matter(text: str, source: str) -> FrontMatter:
    """Check the front matter; `text` is the YAML between the dashes, which start on line 1.

    Raises:  ArticleError with file and line for broken YAML and for an unknown, missing or
             ill-typed field.
    """
    if _depth(text) > DEEPEST:
        raise ArticleError("YAML: nested too deeply", where=f"{source}:1")
    try:
        fields = YAML(typ="rt").load(text)
    except MarkedYAMLError as problem:
        mark = problem.problem_mark
        line = mark.line + 2 if mark else 1
        raise ArticleError(f"YAML: {problem.problem}", where=f"{source}:{line}") from None
    except ReaderError as problem:
        line = text.count("\n", 0, problem.position) + 2
        sign = f"{text[problem.position : problem.position + 1]!r}"
        raise ArticleError(
            f"YAML: the sign {sign} cannot stand here", where=f"{source}:{line}"
        ) from None
    # What YAML allows and nobody means, such as a mapping for a key, the library meets unprepared.
    except (YAMLError, ValueError, OverflowError, TypeError, AttributeError) as problem:
        where = f"{source}:{_bad_day(text)}"
        raise ArticleError(f"YAML: {problem}", where=where) from None
    if not isinstance(fields, CommentedMap):
        raise ArticleError(
            "the front matter is no list of 'field: value' lines", where=f"{source}:1"
        )
    try:
        return FrontMatter.model_validate(fields)
    except ValidationError as problem:
        # A misspelt name explains the missing one, so it is said first.
        found = sorted(problem.errors(), key=lambda one: one["type"] != "extra_forbidden")
        raise _said(found[0], f"{source}:{_line(fields, found[0]['loc'])}") from None


def _depth(text: str) -> int:
    """How deeply brackets and braces nest, quotes aside."""
    depth = deepest = 0
    for sign in text:
        depth += (sign in "[{") - (sign in "]}")
        deepest = max(deepest, depth)
    return deepest


def _bad_day(text: str) -> int:
    """Line of the first thing written like a day that no calendar has; YAML itself does not say."""
    for number, line in enumerate(text.split("\n"), start=2):
        for day in re.findall(r"\b\d{4}-\d{2}-\d{2}\b", line):
            try:
                Date.fromisoformat(day)
            except ValueError:
                return number
    return 1


def _said(problem: ErrorDetails, where: str) -> ArticleError:
    path = problem["loc"]
    key = ".".join(str(part) for part in path)
    if problem["type"] == "extra_forbidden":
        what = f"unknown front matter field {key!r}"
        return ArticleError(what, where=where, hint=nearest(str(path[-1]), _fields_at(path[:-1])))
    if problem["type"] == "missing":
        meaning = _meaning(path)
        return ArticleError(f"front matter field {key!r} is missing: {meaning}", where=where)
    reason = WRONG.get(problem["type"], problem["msg"].removeprefix("Value error, "))
    if problem["type"] == "string_pattern_mismatch":
        reason = f"{problem['input']!r} {FORMS.get(str(path[-1]), reason)}"
    field = f"front matter field {key!r}" if key else "front matter"
    return ArticleError(f"{field}: {reason}", where=where)


def _meaning(path: tuple[int | str, ...]) -> str:
    field = _model_at(path[:-1]).model_fields.get(str(path[-1]))
    return (field.description or "") if field else ""


def _fields_at(path: tuple[int | str, ...]) -> list[str]:
    return list(_model_at(path).model_fields)


def _model_at(path: tuple[int | str, ...]) -> type[BaseModel]:
    model: type[BaseModel] = FrontMatter
    for part in path:
        if isinstance(part, str) and part in model.model_fields:
            model = next(_models(model.model_fields[part].annotation), model)
    return model


def _models(annotation: Any) -> Any:
    """Every model that an annotation names, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _line(fields: Any, path: tuple[int | str, ...]) -> int:
    """Line of the deepest part of `path` that the YAML has; the opening dashes are line 1."""
    line = 0
    for part in path:
        if isinstance(fields, CommentedMap) and part in fields:
            line = fields.lc.key(part)[0] + 1
        elif isinstance(fields, CommentedSeq) and isinstance(part, int) and part < len(fields):
            line = fields.lc.item(part)[0] + 1
        else:
            break
        fields = fields[part]
    return line + 1
