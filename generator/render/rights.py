"""Whose picture it is and what may be done with it, at the end of its caption."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from generator.render.words import Words

if TYPE_CHECKING:
    from generator.read.rights import Rights


def credit(rights: Rights | None, language: str) -> str:
    """Maker, licence and source as HTML; "" for a picture that is the article's own."""
    if rights is None:
        return ""
    words = Words(language)
    maker = escape(rights.credit) or (words.source if rights.source else "")
    if rights.source:
        maker = f'<a href="{escape(rights.source)}">{maker}</a>'
    terms = escape(rights.license.name) if rights.license else ""
    if rights.license and rights.license.url:
        terms = f'<a href="{escape(rights.license.url)}" rel="license">{terms}</a>'
    found = words.picture.format(rights=", ".join(filter(None, (maker, terms))))
    return f'<span class="credit"{words.marks}>{found}</span>'


def credited(caption: str, rights: Rights | None, language: str) -> str:
    """A caption with maker and licence in its last paragraph, where the picture has its own."""
    words = credit(rights, language)
    text, end = caption.rstrip(), ""
    if not words:
        return caption
    if text.endswith("</p>"):
        text, end = text.removesuffix("</p>"), "</p>\n"
    return f"{text} {words}{end}"
