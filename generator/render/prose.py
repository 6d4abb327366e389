"""An article's tokens to HTML: roles filled in, blocks put in their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from generator.read.article import Article, Block
from generator.read.markdown import parser
from generator.read.parts import Role
from generator.read.roles import roles

ALIGNMENT = re.compile(r"text-align:(left|center|right)")


@dataclass(frozen=True)
class Prose:
    """Everything an article's tokens need to become HTML."""

    article: Article
    figure: Callable[[Block, str], str]
    value: Callable[[Role], str]

    def html(self, tokens: Sequence[Token]) -> str:
        """Render tokens; a block's caption is rendered first and handed to `figure`."""
        options, renderer = parser().options, _Renderer(self)
        body, notes = _footnotes(list(tokens))
        parts: list[str] = []
        for block in _blocks(body):
            parts.append(str(renderer.render(block, options, {})))
            for token in (child for one in block for child in one.children or []):
                if token.type == "footnote_ref" and not token.meta.get("subId"):
                    words = renderer.render(notes[token.meta["id"]], options, {})
                    parts.append(_note(token.meta["id"] + 1, str(words)))
        return "".join(parts)


class _Renderer(RendererHTML):
    """CommonMark's own rules and one method for each token of ours."""

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        super().__init__()

    def colon_fence(
        self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
    ) -> str:
        part = tokens[i].meta["directive"]
        if isinstance(part, Block):
            return self.prose.figure(part, self.prose.html(part.caption))
        family = import_module(f"generator.render.directives.{part.family}")
        words: str = family.html(part, self.prose)
        return words

    def myst_role(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        role: Role = tokens[i].meta["role"]
        family = import_module(f"generator.render.roles.{roles()[role.name]}")
        words: str = family.html(role, self.prose)
        return words

    def footnote_ref(
        self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
    ) -> str:
        number = tokens[i].meta["id"] + 1
        # A note cited again keeps its number; only the first mark is where it leads back to.
        again = tokens[i].meta.get("subId", 0)
        anchor = "" if again else f' id="fnref{number}"'
        return f'<sup class="footnote-ref"><a href="#fn{number}"{anchor}>{number}</a></sup>'

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


def _footnotes(tokens: list[Token]) -> tuple[list[Token], dict[int, list[Token]]]:
    """Take the list of footnotes from the end of the tokens; each note's own tokens by its id."""
    opening = [i for i, token in enumerate(tokens) if token.type == "footnote_block_open"]
    if not opening:
        return tokens, {}
    notes: dict[int, list[Token]] = {}
    for token in tokens[opening[0] + 1 :]:
        if token.type == "footnote_open":
            current = notes.setdefault(token.meta["id"], [])
        elif token.type not in ("footnote_close", "footnote_block_close", "footnote_anchor"):
            current.append(token)
    return tokens[: opening[0]], notes


def _blocks(tokens: list[Token]) -> Iterator[list[Token]]:
    """Cut tokens where no block is open: a paragraph, a list with all its items, a figure."""
    block: list[Token] = []
    depth = 0
    for token in tokens:
        block.append(token)
        depth += token.nesting
        if depth == 0:
            yield block
            block = []


def _note(number: int, words: str) -> str:
    """A note right behind its block: beside the text where there is room, else below it."""
    back = f'<a class="back" href="#fnref{number}" aria-label="Back to the text">↩</a>'
    inner = words.strip().removesuffix("</p>").removeprefix("<p>")
    mark = f'<span class="footnote-number">{number}</span>'
    return (
        f'<aside class="notes" role="note"><p id="fn{number}">{mark} {inner} {back}</p></aside>\n'
    )


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
