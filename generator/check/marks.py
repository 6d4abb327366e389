"""The line of its source on every element that came from an article, for the check alone."""

from __future__ import annotations

from markdown_it.token import Token

from generator.read.article import Article
from generator.read.markdown import inline_tokens

MARK = "data-source-line"


def mark(article: Article) -> None:
    """Give tokens an attribute that says where they stand; no published page has it."""
    _mark(article.tokens, article.source)


def _mark(tokens: list[Token], source: str) -> None:
    for token, line in inline_tokens(tokens):
        if token.nesting == 1 or token.type == "image":
            token.attrSet(MARK, f"{source}:{line}")
        part = token.meta.get("directive")
        for content in part.contents if part else ():
            _mark(content, source)
