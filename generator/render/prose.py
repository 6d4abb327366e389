"""An article's tokens to HTML: roles filled in, blocks put in their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from generator.read.article import Article, Block
from generator.read.directives import Note
from generator.read.markdown import Role, parser

ALIGNMENT = re.compile(r"text-align:(left|center|right)")


@dataclass(frozen=True)
class Prose:
    """Everything an article's tokens need to become HTML."""

    article: Article
    figure: Callable[[Block, str], str]
    value: Callable[[Role], str]

    def html(self, tokens: Sequence[Token]) -> str:
        """Render tokens; a block's caption is rendered first and handed to `figure`."""
        md = parser()
        renderer = _Renderer(self)
        return str(renderer.render(tokens, md.options, {}))


class _Renderer(RendererHTML):
    """CommonMark's own rules and one method for each token of ours."""

    def __init__(self, prose: Prose) -> None:
        super().__init__()
        self.prose = prose
        # The plug-ins bring rules for footnotes; ours win where both know a token.
        for name, rule in vars(parser().renderer)["rules"].items():
            if name.startswith("footnote"):
                self.rules.setdefault(name, rule)

    def colon_fence(
        self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
    ) -> str:
        part = tokens[i].meta["directive"]
        if isinstance(part, Note):
            body = self.prose.html(part.tokens)
            return (
                f'<aside class="note note-{part.sort}"><p class="note-title">'
                f"{escape(part.title)}</p>{body}</aside>\n"
            )
        return self.prose.figure(part, self.prose.html(part.caption))

    def myst_role(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        role: Role = tokens[i].meta["role"]
        if role.name == "cite":
            return self._cite(role)
        if role.name == "numref":
            number = next(b.number for b in self.prose.article.blocks if b.name == role.text)
            return f'<a class="numref" href="#{escape(role.text)}">Figure&nbsp;{number}</a>'
        return f'<span class="value">{escape(self.prose.value(role))}</span>'

    def _cite(self, role: Role) -> str:
        numbers = {ref.key: i for i, ref in enumerate(self.prose.article.references, start=1)}
        references = {ref.key: ref for ref in self.prose.article.references}
        links = []
        for key in (part.strip() for part in role.text.split(",")):
            hover = escape(f"{references[key].short}: {references[key].title}")
            links.append(
                f'<a class="citation" href="#ref-{escape(key)}" title="{hover}">{numbers[key]}</a>'
            )
        return f'<span class="citations">[{", ".join(links)}]</span>'

    def math_inline(
        self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
    ) -> str:
        mathml: str = tokens[i].meta["mathml"]
        return mathml

    def math_block(
        self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
    ) -> str:
        return f'<div class="equation">{tokens[i].meta["mathml"]}</div>\n'

    def _aligned(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        """Cells carry their alignment as a class: the policy forbids inline style."""
        style = tokens[i].attrs.pop("style", None)
        if style:
            match = ALIGNMENT.match(str(style))
            tokens[i].attrSet("class", f"align-{match.group(1)}" if match else "")
        return self.renderToken(tokens, i, options, env)

    td_open = th_open = _aligned


def format_value(value: Any, spec: str) -> str:
    """A number or word as prose, by Python's format mini-language; without one as plain as can be.

    Raises:  ValueError for a specification that does not suit the value.
    """
    if spec:
        return format(value, spec)
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return f"{value:,}" if isinstance(value, int) and value >= 10_000 else str(value)
