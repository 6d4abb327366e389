"""Raw HTML: shown as the text it is, unless the site passes it on; comments vanish."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

if TYPE_CHECKING:
    from generator.read.reader import Reader


COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def inline(token: Token, reader: Reader) -> None:
    """A tag within a line."""
    if not reader.about.unsafe_html:
        token.type = "text"
        token.content = "" if token.content.startswith("<!--") else token.content


def block(token: Token, reader: Reader) -> list[Token]:
    """A block of HTML."""
    if reader.about.unsafe_html:
        return [token]
    text = COMMENT.sub("", token.content).strip()
    if not text:
        return []
    words = Token("inline", "", 0, content=text, children=[Token("text", "", 0, content=text)])
    return [Token("paragraph_open", "p", 1), words, Token("paragraph_close", "p", -1)]
