"""A box of prose."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.read.directives.note import Note
    from generator.render.prose import Prose


def html(part: Note, prose: Prose) -> str:
    """An aside with its title as a paragraph."""
    return (
        f'<aside class="note note-{part.sort}"><p class="note-title">'
        f"{escape(part.title)}</p>{prose.html(part.contents[0])}</aside>\n"
    )
