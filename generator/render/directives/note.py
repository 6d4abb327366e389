"""A box of prose."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.read.directives.note import Note
    from generator.render.prose import Prose


def html(part: Note, prose: Prose) -> str:
    """An aside with its title as a paragraph, or what opens when its title is pressed."""
    title, body = prose.line(part.contents[0]), prose.html(part.contents[1])
    name = f' id="{escape(part.name)}"' if part.name else ""
    if part.folds:
        shown = " open" if part.open else ""
        return (
            f'<details class="note note-{part.sort}"{name}{shown}>'
            f'<summary class="note-title">{title}</summary>{body}</details>\n'
        )
    head = f'<p class="note-title">{title}</p>' if title else ""
    return f'<aside class="note note-{part.sort}"{name}>{head}{body}</aside>\n'
