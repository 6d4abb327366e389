"""Tokens as HTML: CommonMark's own rules, and one method for each token that is ours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from importlib import import_module
from posixpath import dirname
from typing import TYPE_CHECKING

from markdown_it.renderer import RendererHTML

from generator.read.article import Block
from generator.read.roles import roles
from generator.render.headings import Headings
from generator.render.rights import credited

if TYPE_CHECKING:
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

    from generator.read.parts import Role
    from generator.render.prose import Prose

ALIGNMENT = re.compile(r"text-align:(left|center|right)")
# Not a region: a page has many, and landmarks of one kind need names of their own.
TABLE = '<div class="table" role="group" tabindex="0" aria-label="Table">'


class Renderer(Headings, RendererHTML):
    """Renders for one article; the names of the methods are those of the tokens."""

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        super().__init__()

    def directive(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        """A figure, or a part of the prose by the file of its family."""
        part = tokens[i].meta["directive"]
        if isinstance(part, Block):
            caption = credited(
                self.prose.html(part.caption), part.rights, self.prose.article.front.language
            )
            return self.prose.figure(part, caption)
        family = import_module(f"generator.render.directives.{part.family}")
        words: str = family.html(part, self.prose)
        return words

    def myst_role(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        """A role, by the file of its family."""
        role: Role = tokens[i].meta["role"]
        family = import_module(f"generator.render.roles.{roles()[role.name]}")
        words: str = family.html(role, self.prose)
        return words

    def footnote_ref(
        self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
    ) -> str:
        """A note cited again keeps its number; only the first mark is where it leads back to."""
        number = tokens[i].meta["note"]
        first = not tokens[i].meta["again"] and not self.prose.page
        anchor = f' id="fnref{number}"' if first else ""
        there = self.prose.to(f"fn{number}")
        return f'<sup class="footnote-ref"><a href="{there}"{anchor}>{number}</a></sup>'

    def math_inline(
        self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
    ) -> str:
        """A formula in the line."""
        mathml: str = tokens[i].meta["mathml"]
        return mathml

    def math_block(
        self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
    ) -> str:
        """A formula on lines of its own, with its number behind it."""
        meta = tokens[i].meta
        if not meta["number"]:
            plain: str = meta["mathml"]
            return f'<div class="equation"><div class="formula">{plain}</div></div>\n'
        name, number = escape(meta["anchor"]), meta["number"]
        said = self.prose.words.number("equation", number)
        return (
            f'<div class="equation numbered" id="{name}">'
            f'<div class="formula">{meta["mathml"]}</div>'
            f'<a class="equation-number" href="#{name}" aria-label="{said}">'
            f"({number})</a></div>\n"
        )

    def blockquote_open(
        self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
    ) -> str:
        """On a line of its own, even where the quotation is empty."""
        return self.renderToken(tokens, i, options, env).rstrip() + "\n"

    def heading_open(
        self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
    ) -> str:
        """A heading, with its number where the article wants numbers."""
        number = tokens[i].meta.get("number", "")
        shown = number and self.prose.article.front.numbered
        mark = f'<span class="section-number">{number}</span> ' if shown else ""
        return self.renderToken(tokens, i, options, env) + mark

    def image(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        """A picture of the article."""
        if "picture" not in tokens[i].meta:
            return super().image(tokens, i, options, env)
        from generator.render.pictures import img

        return img(tokens[i].meta["picture"], self.prose)

    def link_open(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        """A link to a place, an article, a file or the world; a place lends its words."""
        token, words = tokens[i], ""
        if "label" in token.meta:
            label = token.meta["label"]
            token.attrs["href"] = f"{self.prose.page}#{label.name}"
            # A caption is rendered once for each page that it stands on.
            if "ref" not in str(token.attrs.get("class", "")).split():
                token.attrJoin("class", "ref")
            if tokens[i + 1].type == "link_close":
                words = escape(self.prose.called(label))
        elif "article" in token.meta:
            anchor = token.meta["anchor"]
            up = "../" * (self.prose.article.slug.count("/") + 1)
            folder = f"{dirname(self.prose.page)}/{up}" if self.prose.page else up
            there = f"{folder}{token.meta['article']}/index.html"
            token.attrs["href"] = f"{there}#{anchor}" if anchor else there
        elif "file" in token.meta:
            path = token.meta["file"]
            token.attrs["href"] = self.prose.place(path, token.meta["where"]).href
            token.attrs["download"] = path.name
        return self.renderToken(tokens, i, options, env) + words

    def fence(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        """Code in the colours of its language."""
        if "language" not in tokens[i].meta:
            return super().fence(tokens, i, options, env)
        from generator.render.highlight import code

        token = tokens[i]
        name = f' id="{escape(str(token.attrs["id"]))}"' if "id" in token.attrs else ""
        return code(token.content.removesuffix("\n"), token.meta["language"], name)

    def task(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        """The box of a task: it shows what is done, and takes no input."""
        done = tokens[i].meta["done"]
        state = 'checked aria-label="done"' if done else 'aria-label="to do"'
        return f'<input type="checkbox" disabled {state}> '

    def anchor(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        """A place without words."""
        return f'<span id="{escape(str(tokens[i].attrs["id"]))}"></span>'

    def table_open(
        self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
    ) -> str:
        """A table scrolls inside a region of its own."""
        return TABLE + self.renderToken(tokens, i, options, env)

    def table_close(
        self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
    ) -> str:
        """The end of table and region."""
        return self.renderToken(tokens, i, options, env).rstrip() + "</div>\n"

    def _aligned(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        """Cells carry their alignment as a class: the policy forbids inline style."""
        match = ALIGNMENT.match(str(tokens[i].attrs.pop("style", "")))
        if match:
            tokens[i].attrSet("class", f"align-{match.group(1)}")
        return self.renderToken(tokens, i, options, env)

    td_open = th_open = _aligned
