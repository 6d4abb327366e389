"""A figure's number as a link to it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.read.parts import Role
    from generator.render.prose import Prose


def html(role: Role, prose: Prose) -> str:
    """Word and number stay on one line."""
    number = next(block.number for block in prose.article.blocks if block.name == role.text)
    return f'<a class="numref" href="#{escape(role.text)}">Figure&nbsp;{number}</a>'
