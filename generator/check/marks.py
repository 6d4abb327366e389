"""The line of its source on every element that came from an article, for the check alone."""

from __future__ import annotations

from collections.abc import Iterable

from markdown_it.token import Token

from generator.read.article import Article

MARK = "data-source-line"


def mark(article: Article) -> None:
    """Give tokens an attribute that says where they stand; no published page has it."""
    _mark(article.tokens, article.source)


def _mark(tokens: Iterable[Token], source: str) -> None:
    line = 1
    for token in tokens:
        source = token.meta.get("source", source)
        line = token.map[0] + 1 if token.map else line
        _place(token, f"{source}:{line}")
        for child in token.children or []:
            _place(child, f"{source}:{line + child.meta.get('line', 0)}")
        for content in token.meta.get("contents", ()):
            _mark(content, source)


def _place(token: Token, where: str) -> None:
    if token.nesting == 1 or token.type == "image":
        token.attrSet(MARK, where)
