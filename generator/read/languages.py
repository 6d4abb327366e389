"""Names of programming languages, as Pygments knows them."""

from __future__ import annotations

from functools import cache

from generator.errors import ArticleError, nearest


@cache
def aliases() -> frozenset[str]:
    """Every name of every language; loaded only for an article that shows code."""
    from pygments.lexers import get_all_lexers

    return frozenset(alias for lexer in get_all_lexers(plugins=False) for alias in lexer[1])


def language(info: str, where: str) -> str:
    """The language that a fence names first, or "" for none.

    Raises:  ArticleError for one that is not known, with the nearest that is.
    """
    name = info.split()[0] if info.split() else ""
    if not name or name.lower() in aliases():
        return name.lower()
    hint = nearest(name.lower(), aliases())
    if not hint.startswith("did you"):
        hint = "write 'text' for what is not code"
    raise ArticleError(f"unknown language {name!r}", where=where, hint=hint)
