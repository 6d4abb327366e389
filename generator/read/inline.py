"""The marks within a line: roles, mathematics, pictures, links, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.token import Token

from generator.errors import ArticleError, nearest
from generator.read import mathematics, pictures, raw
from generator.read.attributes import check_attributes
from generator.read.parts import Label, Role
from generator.read.roles import roles

if TYPE_CHECKING:
    from generator.read.reader import Reader


def read_inline(token: Token, line: int, reader: Reader) -> None:
    """Read the children of an inline token, which starts at `line`.

    Raises:  ArticleError at a mark's own line.
    """
    for child in token.children or []:
        own = line + child.meta.get("line", 0)
        where = reader.where(own)
        check_attributes(child, where)
        name = child.attrs.get("id")
        if name:
            reader.label(Label(str(name), "place", "", "", where))
        if child.type == "myst_role":
            child.meta["role"] = _role(child, where)
        elif child.type == "math_inline":
            mathematics.inline(child, own, reader)
        elif child.type == "image":
            pictures.inline(child, where, reader)
        elif child.type == "html_inline":
            raw.inline(child, reader)
        elif child.type == "link_open":
            child.meta |= {"where": where, "folder": reader.folder}
        elif child.type == "footnote_ref":
            child.meta["where"] = where
            if "label" not in child.meta:
                _inline_note(child, own, reader)


def _role(token: Token, where: str) -> Role:
    name = token.meta["name"]
    if name not in roles():
        raise ArticleError(f"unknown role {{{name}}}", where=where, hint=nearest(name, roles()))
    return Role(name, token.content.strip(), where)


def _inline_note(token: Token, line: int, reader: Reader) -> None:
    """``^[words]``: its own words become a paragraph."""
    words = Token("inline", "", 0, children=token.meta.pop("words"))
    read_inline(words, line, reader)
    paragraph = [Token("paragraph_open", "p", 1), words, Token("paragraph_close", "p", -1)]
    token.meta["contents"] = (paragraph,)
