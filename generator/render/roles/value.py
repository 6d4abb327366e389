"""A number from the build, in the line like any other word."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.read.parts import Role
    from generator.render.prose import Prose


def html(role: Role, prose: Prose) -> str:
    """The value in words, set so that it is not broken between lines."""
    return f'<span class="value">{escape(prose.value(role))}</span>'
