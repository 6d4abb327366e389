"""A picture with its number, caption, maker and licence."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from generator.render.pictures import img
from generator.settings import LICENSES

if TYPE_CHECKING:
    from generator.read.directives.picture import Still
    from generator.render.prose import Prose


def html(part: Still, prose: Prose) -> str:
    """A figure; without number, caption and credit it is the picture alone."""
    caption, credit = prose.line(part.contents[0]), _credit(part)
    name = f' id="{escape(part.name)}"' if part.name else ""
    number = ""
    if part.number:
        link = f'<a href="#{escape(part.name)}">Figure {part.number}</a>'
        number = f'<span class="figure-number">{link}</span> '
    words = " ".join(filter(None, (number + caption, credit)))
    shown = f"<figcaption>{words}</figcaption>\n" if words.strip() else ""
    return (
        f'<figure class="picture l-{part.layout}"{name}>\n{img(part.picture, prose)}\n'
        f"{shown}</figure>\n"
    )


def _credit(part: Still) -> str:
    """Who made the picture, what may be done with it, where it comes from."""
    maker = escape(part.credit)
    if maker and part.source:
        maker = f'<a href="{escape(part.source)}">{maker}</a>'
    elif part.source:
        maker = f'<a href="{escape(part.source)}">source</a>'
    terms = escape(part.license)
    if part.license in LICENSES:
        terms = f'<a href="{LICENSES[part.license]}" rel="license">{terms}</a>'
    words = ", ".join(filter(None, (maker, terms)))
    return f'<span class="credit">Picture: {words}.</span>' if words else ""
