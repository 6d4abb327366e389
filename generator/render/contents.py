"""The table of contents: an article's second- and third-level headings, read off its HTML.

What a role or a formula in a heading says is known only there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape

from markdown_it.token import Token
from markupsafe import Markup

HEADING = re.compile(r'<(h[23]) id="([^"]+)"[^>]*>(.*?)</\1>', re.DOTALL)
# A link within a link is none, a citation names no section, and an id is given once.
LEFT_OUT = re.compile(
    r'<a class="anchor".*?</a>|<span class="citations[^"]*">.*?</span>|</?a\b[^>]*>|\sid="[^"]*"',
    re.DOTALL,
)


@dataclass
class Section:
    """One heading, its title as HTML, and the headings below it."""

    anchor: str
    title: Markup
    parts: list[Section] = field(default_factory=list)


def contents(html: str, tokens: Sequence[Token]) -> list[Section]:
    """Sections in order, those in boxes left out; `tokens` are those of the text.

    A third-level heading before any second-level one stands by itself.
    """
    sections = {str(token.attrGet("id")) for token in tokens if token.type == "heading_open"}
    found: list[Section] = []
    for level, anchor, inner in HEADING.findall(html):
        if unescape(anchor) not in sections:
            continue
        # The anchor was escaped as an attribute, and is again where a template writes it.
        section = Section(Markup(anchor), Markup(LEFT_OUT.sub("", inner).strip()))
        (found[-1].parts if level == "h3" and found else found).append(section)
    return found
