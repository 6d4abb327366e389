"""Small marks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from generator.read.roles.marks import ABBREVIATION

if TYPE_CHECKING:
    from generator.read.parts import Role
    from generator.render.prose import Prose


def html(role: Role, prose: Prose) -> str:
    """The element of the role's own name."""
    match = ABBREVIATION.fullmatch(role.text) if role.name == "abbr" else None
    if match:
        return f'<abbr title="{escape(match.group(2))}">{escape(match.group(1))}</abbr>'
    return f"<{role.name}>{escape(role.text)}</{role.name}>"
