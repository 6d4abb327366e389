"""A picture with its number, caption, maker and licence."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from generator.render.pictures import img
from generator.render.rights import credit

if TYPE_CHECKING:
    from generator.read.directives.picture import Still
    from generator.render.prose import Prose


def html(part: Still, prose: Prose) -> str:
    """A figure; without number, caption and credit it is the picture alone."""
    caption = prose.line(part.contents[0])
    credits = credit(part.rights, prose.article.front.language)
    name = f' id="{escape(part.name)}"' if part.name else ""
    number = ""
    if part.number:
        link = f'<a href="#{escape(part.name)}">{prose.words.number("figure", part.number)}</a>'
        number = f'<span class="figure-number">{link}</span> '
    words = " ".join(filter(None, (number + caption, credits)))
    shown = f"<figcaption>{words}</figcaption>\n" if words.strip() else ""
    return (
        f'<figure class="picture l-{part.layout}"{name}>\n{img(part.picture, prose)}\n'
        f"{shown}</figure>\n"
    )
