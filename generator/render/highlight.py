"""Code as HTML with Pygments' classes; css/code.css gives them colours in both schemes."""

from __future__ import annotations

from functools import lru_cache
from html import escape


def code(
    text: str,
    language: str,
    attributes: str = "",
    *,
    start: int | None = None,
    marked: frozenset[int] = frozenset(),
) -> str:
    """A block of code; with `start` its lines are numbered, `marked` lines are set off.

    It can be reached by keys, since it may have to be scrolled.
    """
    lines = _highlighted(text, language).split("\n") if language else escape(text).split("\n")
    if start is not None or marked:
        lines = [_line(line, i, start, i in marked) for i, line in enumerate(lines, start=1)]
    named = f' class="language-{escape(language)}"' if language else ""
    body = "".join(lines) if start is not None or marked else "\n".join(lines) + "\n"
    return (
        f'<div class="highlight"{attributes}><pre tabindex="0"><code{named}>{body}'
        "</code></pre></div>\n"
    )


def _line(html: str, index: int, start: int | None, marked: bool) -> str:
    """A line of its own, so that its number is not copied along with it."""
    number = f' data-line="{start + index - 1}"' if start is not None else ""
    return f'<span class="line{" marked" if marked else ""}"{number}>{html}\n</span>'


@lru_cache(maxsize=512)
def _highlighted(text: str, language: str) -> str:
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import get_lexer_by_name

    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    shown: str = highlight(text, lexer, HtmlFormatter(nowrap=True))
    return shown.removesuffix("\n")
