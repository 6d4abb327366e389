"""Formatted text between a citation style and HTML: marks that no escaping and no style can break.

A style's engine joins strings and changes their case, and escapes nothing. So what becomes a tag is
one private character until the very end, when everything else is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from types import SimpleNamespace

TAGS = ("i", "b", "sup", "sub", "u", "small-caps")
FIRST = 0xE100
OPEN = {tag: chr(FIRST + 2 * i) for i, tag in enumerate(TAGS)}
CLOSE = {tag: chr(FIRST + 2 * i + 1) for i, tag in enumerate(TAGS)}
MARK = re.compile("[\ue100-\ue10b]")
PRIVATE = re.compile("[\ue000-\uf8ff]")


def marked(text: str) -> str:
    """CSL-JSON's own tags as marks; protected case keeps its tag, which the engine knows."""
    text = PRIVATE.sub("", text)
    for tag in ("i", "b", "sup", "sub"):
        text = text.replace(f"<{tag}>", OPEN[tag]).replace(f"</{tag}>", CLOSE[tag])
    return text


def html(text: str) -> str:
    """Marked text as HTML, each mark closed where its neighbour closes and everything escaped."""
    out: list[str] = []
    stack: list[str] = []
    for part in re.split("([\ue100-\ue10b])", text):
        tag = TAGS[(ord(part) - FIRST) // 2] if MARK.fullmatch(part) else ""
        if not tag:
            out.append(escape(part))
        elif part == OPEN[tag]:
            stack.append(tag)
            out.append(_opening(tag))
        elif tag in stack:
            while stack:
                last = stack.pop()
                out.append(_closing(last))
                if last == tag:
                    break
    out.extend(_closing(tag) for tag in reversed(stack))
    return "".join(out)


def _opening(tag: str) -> str:
    return '<span class="small-caps">' if tag == "small-caps" else f"<{tag}>"


def _closing(tag: str) -> str:
    return "</span>" if tag == "small-caps" else f"</{tag}>"


def _wrapping(tag: str) -> Callable[[str], str]:
    return lambda text: f"{OPEN[tag]}{text}{CLOSE[tag]}"


# What the engine asks of an output format, under the names that it asks by.
FORMAT = SimpleNamespace(
    preformat=str,
    Italic=_wrapping("i"),
    Oblique=_wrapping("i"),
    Bold=_wrapping("b"),
    Light=str,
    Underline=_wrapping("u"),
    Superscript=_wrapping("sup"),
    Subscript=_wrapping("sub"),
    SmallCaps=_wrapping("small-caps"),
)
