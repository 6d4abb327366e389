"""Figures side by side under one number."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.read.directives.subfigures import Subfigures
    from generator.render.prose import Prose


def html(part: Subfigures, prose: Prose) -> str:
    """A figure of figures; the caption of all of them stands below."""
    name = escape(part.name)
    figures, caption = prose.html(part.contents[0]), prose.line(part.contents[1])
    return (
        f'<figure class="subfigures l-{part.layout}" id="{name}"'
        f' aria-labelledby="{name}-caption">\n'
        f'<div class="side-by-side of-{part.columns}">\n{figures}</div>\n'
        f'<figcaption id="{name}-caption"><span class="figure-number">'
        f'<a href="#{name}">{prose.words.number("figure", part.number)}</a></span> '
        f"{caption}</figcaption>\n</figure>\n"
    )
