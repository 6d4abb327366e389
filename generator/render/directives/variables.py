"""A block of variables shows nothing where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.read.parts import Part
    from generator.render.prose import Prose


def html(part: Part, prose: Prose) -> str:
    """Nothing."""
    return ""
