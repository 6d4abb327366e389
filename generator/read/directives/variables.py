"""``:::{variables}``: reader variables, one a line of YAML; nothing is shown where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.read.parts import Part
from generator.read.variables import Variable, listed

if TYPE_CHECKING:
    from generator.read.parts import Raw
    from generator.read.reader import Reader

NAMES = ("variables",)


@dataclass(frozen=True, kw_only=True)
class Variables(Part):
    """What one block declares."""

    variables: tuple[Variable, ...]


def read(raw: Raw, reader: Reader) -> Variables:
    """The body is YAML, as front matter is."""
    found = listed(raw.body, reader.source, raw.line)
    return Variables(family="variables", where=raw.where, variables=tuple(found))
