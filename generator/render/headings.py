"""A link at the end of every heading to the heading itself, so that a section can be shared."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict


class Headings:
    """The rule for closing headings, for the renderer of prose to inherit."""

    def heading_close(
        self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
    ) -> str:
        opening = next(one for one in reversed(tokens[:i]) if one.type == "heading_open")
        anchor = opening.attrGet("id")
        if anchor is None:
            return f"</{tokens[i].tag}>\n"
        name = escape(str(anchor))
        # Named by its heading: a reader of links alone hears which section it is.
        return (
            f' <a class="anchor" href="#{name}" aria-labelledby="{name}">'
            f'<span aria-hidden="true">#</span></a></{tokens[i].tag}>\n'
        )
