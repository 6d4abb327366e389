"""A TOML file to a described model, or one clear message with the line of what is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from generator.errors import GeneratorError, nearest
from generator.places import place, toml_line

LONGEST = 80
AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")

Described = TypeVar("Described", bound=BaseModel)


def read_toml(
    path: Path, model: type[Described], given: Mapping[str, Any], error: type[GeneratorError]
) -> Described:
    """Read a file into a model whose fields `given` are not the file's to say.

    Raises:  `error` where the file is missing, is not TOML, or does not fit the model.
    """
    if not path.is_file():
        raise error(f"{path.name} is missing", where=place(path))
    try:
        text = path.read_bytes().decode()
        fields = tomllib.loads(text)
    except (ValueError, RecursionError) as problem:
        said, line = str(problem), AT_LINE.search(str(problem))
        where = place(path, int(line.group(1)) if line else 0)
        said = said.removesuffix(line.group(0)) if line else said
        raise error(f"not TOML: {said}", where=where) from None
    own = {name: field for name, field in model.model_fields.items() if name not in given}
    for name in fields.keys() & given.keys():
        where = place(path, toml_line(text, (name,)))
        raise error(f"there is no field {name!r}", where=where, hint=nearest(name, own))
    try:
        return model.model_validate({**fields, **given})
    except ValidationError as problem:
        # A misspelt field is also a missing one; the misspelling explains more.
        first = min(problem.errors(), key=lambda one: one["type"] != "extra_forbidden")
    loc = tuple(part for part in first["loc"] if isinstance(part, str))
    what, hint = _said(first, loc, model, given)
    raise error(what, where=place(path, toml_line(text, loc)), hint=hint) from None


def _said(
    first: Any, loc: tuple[str, ...], model: type[BaseModel], given: Mapping[str, Any]
) -> tuple[str, str]:
    name = shorten(".".join(map(str, first["loc"])))
    message = first["msg"].removeprefix("Value error, ")
    for part in loc[:-1]:
        model = _below(model, part)
    if first["type"] == "extra_forbidden":
        fields = [one for one in model.model_fields if one not in given]
        return f"there is no field {name!r}", nearest(loc[-1], fields)
    if first["type"] == "missing":
        meaning = model.model_fields[loc[-1]].description or ""
        return f"{name!r} is missing" + (f": {meaning}" if meaning else ""), ""
    return (f"{name}: {message}" if name else message), ""


def shorten(text: str) -> str:
    """What an author wrote, at a length that a message can bear."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _below(model: type[BaseModel], part: str) -> type[BaseModel]:
    """The model of a table inside another."""
    field = model.model_fields.get(part)
    kinds = getattr(field and field.annotation, "__args__", (field and field.annotation,))
    found = [one for one in kinds if isinstance(one, type) and issubclass(one, BaseModel)]
    return found[0] if found else model
