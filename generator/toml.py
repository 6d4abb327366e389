"""A TOML file to a described model, or one clear message with the line of what is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from generator.errors import GeneratorError, nearest
from generator.places import place, text_at, toml_line

LONGEST = 80
SAID_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")

Described = TypeVar("Described", bound=BaseModel)


@dataclass(frozen=True)
class Toml:
    """A file that is TOML; its fields may still be wrong.

    shown  how an author names the file
    noun   what a field of it is called
    table  the names of the table that the fields are, if they are not the whole file
    """

    shown: str
    text: str
    fields: dict[str, Any]
    error: type[GeneratorError]
    noun: str = ""
    table: tuple[str, ...] = ()

    def where(self, *key: str) -> str:
        """The place at which the file says a field, or else the table that lacks it."""
        return f"{self.shown}:{toml_line(self.text, self.table + key)}"

    def part(self, name: str) -> Toml:
        """One of its fields, which is a table.

        Raises:  the file's error where it is something else.
        """
        fields = self.fields[name]
        if not isinstance(fields, dict):
            what, hint = f"{shorten(name)!r} is no table", f"write [{name}] with its fields below"
            raise self.error(what, where=self.where(name), hint=hint)
        return replace(self, fields=fields, table=(*self.table, name))

    def fit(self, model: type[Described], given: Mapping[str, Any]) -> Described:
        """Make a model whose fields `given` are not the file's to say.

        Raises:  the file's error where it does not fit the model.
        """
        for name in self.fields.keys() & given.keys():
            raise self._unknown(name, (name,), model, given)
        try:
            return model.model_validate({**self.fields, **given})
        except ValidationError as problem:
            # A misspelt field is also a missing one; the misspelling explains more.
            first = min(problem.errors(), key=lambda one: one["type"] != "extra_forbidden")
        key = tuple(part for part in first["loc"] if isinstance(part, str))
        name = shorten(".".join(map(str, first["loc"])))
        if first["type"] == "extra_forbidden":
            raise self._unknown(name, key, model, given)
        field = _table(model, key).model_fields.get(key[-1]) if key else None
        meaning = field.description or "" if field else ""
        if first["type"] == "missing":
            what = f"{name!r} is missing" + (f": {meaning}" if meaning else "")
            raise self.error(what, where=self.where(*key))
        message = first["msg"].removeprefix("Value error, ")
        named = f"{self.noun} {name!r}" if self.noun else name
        what = f"{named}: {message}" if name else message
        # What a validator of ours says needs no explanation.
        hint = "" if first["type"] == "value_error" else meaning
        raise self.error(what, where=self.where(*key), hint=hint)

    def _unknown(
        self, name: str, key: tuple[str, ...], model: type[BaseModel], given: Mapping[str, Any]
    ) -> GeneratorError:
        known = [one for one in _table(model, key).model_fields if one not in given]
        what = f"there is no {self.noun or 'field'} {name!r}"
        return self.error(what, where=self.where(*key), hint=nearest(key[-1], known))


def read_toml(path: Path, error: type[GeneratorError], shown: str = "", noun: str = "") -> Toml:
    """Read a file, which its author knows as `shown`: by default, its place in the project.

    Raises:  `error` where the file is missing, is not UTF-8, or is not TOML.
    """
    shown = shown or place(path)
    if not path.is_file():
        raise error(f"{path.name} is missing", where=shown)
    text = text_at(path, shown, error)
    try:
        return Toml(shown, text, tomllib.loads(text), error, noun)
    except (ValueError, RecursionError) as problem:
        found = SAID_AT.search(str(problem))
        said = str(problem)[: found.start()] if found else str(problem)
        line = f":{found.group(1) or len(text.splitlines()) or 1}" if found else ""
        raise error(f"not TOML: {said}", where=shown + line) from None


def shorten(text: str) -> str:
    """What an author wrote, at a length that a message can bear."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _table(model: type[BaseModel], key: tuple[str, ...]) -> type[BaseModel]:
    """The model of the table that holds the last part of a key."""
    for part in key[:-1]:
        field = model.model_fields.get(part)
        model = _described(field) or model
    return model


def _described(field: FieldInfo | None) -> type[BaseModel] | None:
    kinds = getattr(field and field.annotation, "__args__", (field and field.annotation,))
    found = [one for one in kinds if isinstance(one, type) and issubclass(one, BaseModel)]
    return found[0] if found else None
