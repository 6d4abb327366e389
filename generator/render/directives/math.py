"""An equation, as those between two pairs of dollar signs are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.read.parts import Part
    from generator.render.prose import Prose


def html(part: Part, prose: Prose) -> str:
    """The one token that the directive became."""
    return prose.html(part.contents[0])
