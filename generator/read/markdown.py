"""Markdown to tokens that know their line: CommonMark, directives, roles, footnotes, mathematics.

The tokens of markdown-it-py stay as they are; what is ours is kept in ``token.meta``:

* ``directive``  a figure block (`Block`) or a part of the prose (`Part`)
* ``role``       an inline role: its name, text and the place it stands at
* ``mathml``     a formula, converted
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token
from math_core import LatexError, LatexToMathML
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from generator.errors import ArticleError, nearest
from generator.read.parts import Role
from generator.read.roles import roles


def parser() -> MarkdownIt:
    """CommonMark with our extensions; raw HTML is shown as text, never passed on."""
    return (
        MarkdownIt("commonmark", {"html": False, "typographer": True})
        .enable(["table", "strikethrough", "smartquotes", "replacements"])
        .use(front_matter_plugin)
        .use(colon_fence_plugin)
        .use(footnote_plugin)
        .use(dollarmath_plugin, allow_space=False, double_inline=False)
        .use(myst_role_plugin)
    )


def tokens(md: MarkdownIt, text: str, source: str, first_line: int = 1) -> list[Token]:
    """Parse `text`, which starts at `first_line` of `source`; every block token keeps its lines.

    Raises:  ArticleError for an unknown role and for mathematics that cannot be read.
    """
    parsed = md.parse(text)
    for token in parsed:
        if token.map:
            token.map = [token.map[0] + first_line - 1, token.map[1] + first_line - 1]
    for token, line in inline_tokens(parsed):
        _mark(token, f"{source}:{line}")
    return parsed


def inline_tokens(parsed: list[Token]) -> Iterator[tuple[Token, int]]:
    """Every token that is a leaf, with its line in the file, counted from 1."""
    line = 1
    for token in parsed:
        if token.map:
            line = token.map[0] + 1
        yield token, line
        for child in token.children or []:
            yield child, line
            if child.type in ("softbreak", "hardbreak"):
                line += 1


def plain(token: Token) -> str:
    """The words of an inline token, without its marks."""
    return "".join(child.content for child in token.children or [] if child.type != "image")


def slug(text: str) -> str:
    """A heading's words as an anchor: letters and digits of any script, joined by hyphens."""
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-") or "section"


def _mark(token: Token, where: str) -> None:
    if token.type in ("myst_role", "myst_role_error"):
        name = token.meta.get("name", "")
        if name not in roles():
            raise ArticleError(f"unknown role {{{name}}}", where=where, hint=nearest(name, roles()))
        token.meta = {"role": Role(name, token.content.strip(), where)}
    elif token.type.startswith("math_"):
        display = token.type != "math_inline"
        try:
            mathml = LatexToMathML(fancy_error=False).convert_with_local_state(
                token.content.strip(), displaystyle=display
            )
        except LatexError as problem:
            raise ArticleError(f"mathematics: {problem}", where=where) from None
        token.meta = {**token.meta, "mathml": mathml}
