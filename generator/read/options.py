"""Options of a directive to a checked model, with the line of each mistake and the nearest name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from generator.errors import ArticleError, nearest

if TYPE_CHECKING:
    from generator.read.parts import Option, Raw


class Options(BaseModel):
    """What a directive of prose may set; a field of words takes what is written, YAML or not."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


Model = TypeVar("Model", bound=BaseModel)
Prose = TypeVar("Prose", bound=Options)


def checked(model: type[Prose], raw: Raw) -> Prose:
    """Check the options of a directive of prose.

    Raises:  ArticleError for an unknown, missing or ill-typed option.
    """
    words = {field.alias or name for name, field in model.model_fields.items()
             if field.annotation is str}  # fmt: skip
    values = {name: one.text if name in words else one.value for name, one in raw.options.items()}
    return validated(model, values, raw.options, raw.name, raw.where, ArticleError)


def validated(
    model: type[Model],
    values: Mapping[str, Any],
    options: Mapping[str, Option],
    name: str,
    where: str,
    error: type[ArticleError],
) -> Model:
    """Check `values`, which come from the `options` of the directive `name` at `where`.

    Raises:  `error` for an unknown, missing or ill-typed option.
    """
    try:
        return model.model_validate(values)
    except ValidationError as problem:
        # An option that nobody knows is often the missing one, misspelt.
        first = min(problem.errors(), key=lambda one: one["type"] != "extra_forbidden")
    key = str(first["loc"][0]) if first["loc"] else ""
    place = options[key].where if key in options else where
    known = {field.alias or name: field for name, field in model.model_fields.items()}
    if first["type"] == "extra_forbidden":
        raise error(f"{name} has no option {key!r}", where=place, hint=nearest(key, known))
    if first["type"] == "missing":
        meaning = known[key].description or ""
        raise error(f"option {key!r} is missing: {meaning}", where=place)
    message = first["msg"].removeprefix("Value error, ")
    raise error(f"option {key!r}: {message}" if key else message, where=place)
