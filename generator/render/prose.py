"""An article's tokens to HTML: roles filled in, blocks put in their places, notes beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.read.markdown import everything, parser
from generator.render.citing import Citations
from generator.render.csl import styled
from generator.render.renderer import Renderer
from generator.render.terms import Terms
from generator.render.variables import Variables
from generator.render.words import Words

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.read.article import Article, Block
    from generator.read.parts import Label, Role


@dataclass(frozen=True)
class Placed:
    """A file of the article as the page finds it; width and height are 0 for what is no picture."""

    href: str
    width: int = 0
    height: int = 0


def unplaced(path: Path, where: str) -> Placed:
    """For HTML that is looked at without a site: the file's own name."""
    return Placed(path.name)


@dataclass(frozen=True)
class Prose:
    """Everything an article's tokens need to become HTML.

    `figure` gives the HTML of a block around that of its caption, `value` a number from the build,
    `place` copies a file into the site; `page` is the way to the article's page from another one.
    """

    article: Article
    figure: Callable[[Block, str], str]
    value: Callable[[Role], str]
    place: Callable[[Path, str], Placed] = unplaced
    page: str = ""
    variables: Variables = field(default_factory=Variables)
    style: Path | str = "numbered"

    @cached_property
    def cite(self) -> Citations:
        """The article's citations in the site's style; its list grows as the text is rendered."""
        article = self.article
        return Citations(article, styled(article.references, self.style, article.front.language))

    @cached_property
    def term(self) -> Terms:
        """The article's use of the glossary."""
        return Terms(self.article)

    @cached_property
    def words(self) -> Words:
        """What the page says by itself, in the language of the article."""
        return Words(self.article.front.language)

    @cached_property
    def _renderer(self) -> Renderer:
        return Renderer(self)

    def html(self, tokens: Sequence[Token]) -> str:
        """Render tokens, without the notes that belong to them."""
        return str(self._renderer.render(tokens, parser().options, {}))

    def line(self, tokens: Sequence[Token]) -> str:
        """Render a caption or title: one paragraph loses its tag, several keep theirs."""
        text = self.html(tokens).strip()
        if text.startswith("<p>") and text.count("<p>") == 1 and text.endswith("</p>"):
            return text[3:-4]
        return text

    def whole(self) -> str:
        """The article's text with each note behind the block that it belongs to."""
        parts: list[str] = []
        for block in _blocks(self.article.tokens):
            parts.append(self.html(block))
            for token in everything(block):
                if token.type == "footnote_ref" and not token.meta["again"]:
                    parts.append(self._note(token))
        return "".join(parts)

    def to(self, name: str) -> str:
        """The address of an anchor of the article."""
        return escape(f"{self.page}#{name}")

    def called(self, label: Label) -> str:
        """How a label is called in running text: by its number, else by its title."""
        numbered = label.number and (label.sort != "section" or self.article.front.numbered)
        if label.sort == "equation":
            return f"({label.number})"
        if label.sort == "section" and label.title:
            return label.title
        return self.numbered(label) if numbered else label.title

    def numbered(self, label: Label) -> str:
        """A label by its number, in words that no line break parts."""
        if label.sort == "place":
            return label.number
        return self.words.number(label.sort, label.number).replace(" ", "\u00a0")

    def _note(self, token: Token) -> str:
        """A note: beside the text where there is room, else in a card or at the end."""
        number, content = token.meta["note"], token.meta["contents"][0]
        back = f'<a class="back" href="#fnref{number}" aria-label="{self.words.text}">↩</a>'
        mark = f'<span class="footnote-number">{number}</span>'
        words = self.html(content).strip()
        outer = [one.type for one in content if one.level == content[0].level]
        if outer == ["paragraph_open", "paragraph_close"]:
            inner = words.removesuffix("</p>").removeprefix("<p>")
            body = f'<p id="fn{number}">{mark} {inner} {back}</p>'
        else:
            body = f'<div id="fn{number}">{mark} {words}<p>{back}</p></div>'
        return f'<aside class="notes" role="note">{body}</aside>\n'


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
