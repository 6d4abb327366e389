"""Text to tokens: CommonMark by markdown-it-py with the plugins of the MyST subset.

The tokens stay as they are; what is ours is kept in ``token.meta``:

* ``line``       of an inline token: how many lines below the start of its paragraph it stands
* ``source``     the file of a token that was included from another
* ``attributes``  the line of the attributes that stand above a block, counted from 0
* ``directive``  a figure block (`Block`) or a part of the prose (`Part`)
* ``contents``   texts inside a token: those of its directive, those of a footnote
* ``role``       an inline role: its name, text and the place it stands at
* ``mathml``     a formula, converted, with ``numbers`` and ``anchor`` for one that is numbered
* ``picture``    an image: its files, size and words
* ``note``       the number of a footnote, and ``again`` where it is not its first mark
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from generator.read.attributes import ALLOWED

SCHEMES = ("http", "https", "mailto", "tel")
# Marks that can be wrong, so that their line must be known.
PLACED = ("myst_role", "math_inline", "image", "link", "autolink", "backticks", "span", "attr",
          "html_inline", "footnote_ref", "footnote_inline")  # fmt: skip


class Parser(MarkdownIt):
    """markdown-it-py that makes links only of addresses that cannot run anything."""

    unsafe = False

    def validateLink(self, url: str) -> bool:  # noqa: N802  its name there
        """Relative addresses and a few schemes; browsers ignore control characters and blanks."""
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", url.lower()))
        return self.unsafe or scheme is None or scheme.group(1) in SCHEMES


@cache
def parser(*, unsafe: bool = False, extensions: bool = True, inside: bool = False) -> MarkdownIt:
    """CommonMark, with our extensions unless they are off; `inside` a directive, without a head.

    Raw HTML always becomes tokens of its own; whether it is passed on is decided where they are
    read.
    """
    md = Parser("commonmark", {"html": True, "typographer": extensions})
    md.unsafe = unsafe
    if not inside:
        md.use(front_matter_plugin)
    if extensions:
        md.enable(["table", "strikethrough", "smartquotes", "replacements"])
        md.use(colon_fence_plugin).use(myst_role_plugin).use(myst_block_plugin)
        md.use(footnote_plugin, move_to_end=False, always_match_refs=True)
        md.use(dollarmath_plugin, allow_space=False, double_inline=False).use(amsmath_plugin)
        allowed = None if unsafe else ALLOWED
        md.use(deflist_plugin)
        md.use(attrs_plugin, spans=True, allowed=allowed).use(attrs_block_plugin, allowed=allowed)
        md.core.ruler.before("attr", "attr_line", _noted)
    for rule in md.inline.ruler.__rules__:
        if rule.name in PLACED:
            md.inline.ruler.at(rule.name, _placed(rule.fn), {"alt": rule.alt})
    return md


Rule = Callable[[StateInline, bool], bool]


def _placed(rule: Rule) -> Rule:
    """The same rule, but its tokens note how many lines below the paragraph's start they stand."""

    def run(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        done = rule(state, silent)
        if done and not silent:
            line = state.src.count("\n", 0, start)
            for token in state.tokens[before:]:
                token.meta.setdefault("line", line)
        return done

    return run


def _noted(state: StateCore) -> None:
    """Note the line of a block's attributes, before they are moved to the block below."""
    for token, below in pairwise(state.tokens):
        if token.type == "attrs_block" and token.map:
            below.meta.setdefault("attributes", token.meta.get("attributes", token.map[0]))


def everything(tokens: Iterable[Token]) -> Iterator[Token]:
    """Every token in reading order: those within lines, captions, boxes and notes included.

    Contents that are given to a token while it is looked at are followed, too.
    """
    waiting = [iter(tokens)]
    while waiting:
        token = next(waiting[-1], None)
        if token is None:
            waiting.pop()
            continue
        yield token
        waiting.extend(iter(content) for content in reversed(token.meta.get("contents", ())))
        if token.type == "inline":
            waiting.append(iter(token.children or []))


def plain(token: Token) -> str:
    """The words of an inline token, without its marks."""
    return "".join(child.content for child in token.children or [] if child.type != "image")


def slug(text: str) -> str:
    """A heading's words as an anchor: letters and digits of any script, joined by hyphens."""
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-") or "section"
