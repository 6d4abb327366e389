"""Code with its number and caption."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from generator.render.highlight import code

if TYPE_CHECKING:
    from generator.read.directives.code import Listing
    from generator.render.prose import Prose


def html(part: Listing, prose: Prose) -> str:
    """A figure where there is a caption or a number, else the code alone."""
    start = part.start if part.linenos else None
    shown = code(part.text, part.language, "", start=start, marked=part.marked)
    if not part.number:
        return shown
    name = f' id="{escape(part.name)}"' if part.name else ""
    words = prose.words.number("code", part.number)
    link = f'<a href="#{escape(part.name)}">{words}</a>' if part.name else words
    caption = f'<span class="figure-number">{link}</span> {prose.line(part.contents[0])}'
    return (
        f'<figure class="listing l-body"{name}>\n{shown}'
        f"<figcaption>{caption.strip()}</figcaption>\n</figure>\n"
    )
