"""Citations as the site's style writes them, each work a link to the list of references."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.read.parts import Role
    from generator.render.prose import Prose


def html(role: Role, prose: Prose) -> str:
    """The citation; the list learns where it stands."""
    return prose.cite(role)
