"""A word of the glossary as a link to what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.read.parts import Role
    from generator.render.prose import Prose


def html(role: Role, prose: Prose) -> str:
    """The word, marked where it is first used."""
    return prose.term(role)
