"""The blocks of a text, one after the other: what each token of markdown-it-py becomes for us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.token import Token

from generator.errors import ArticleError
from generator.read import directives, mathematics, notes, raw, sections, tasks
from generator.read.attributes import check_attributes
from generator.read.inline import read_inline
from generator.read.languages import language
from generator.read.parts import Label, Part

if TYPE_CHECKING:
    from generator.read.reader import Reader

UNSEEN = ("myst_line_comment", "myst_block_break", "myst_target")


def read_blocks(parsed: list[Token], reader: Reader) -> list[Token]:
    """Read every token in order, so that numbers follow the order of reading.

    Raises:  ArticleError at the line of the first thing that is wrong.
    """
    read: list[Token] = []
    names: list[tuple[str, str]] = []
    line = 1
    for i, token in enumerate(parsed):
        if token.map:
            line = token.map[0] + 1
        where = reader.where(line)
        if token.type == "myst_target":
            names.append((token.content, where))
        if token.type in UNSEEN:
            continue
        above = reader.where(token.meta.get("attributes", line - 1) + 1)
        check_attributes(token, above)
        if token.nesting >= 0 and token.type != "inline":
            names.extend((str(name), above) for name in [token.attrs.pop("id", None)] if name)
            if len(names) > 1:
                raise ArticleError(
                    f"{names[0][0]!r} and {names[1][0]!r} name one block", where=where
                )
        read.extend(_read(parsed, i, line, names, reader))
    if names:
        raise ArticleError(f"the target {names[0][0]!r} stands before nothing", where=names[0][1])
    return notes.set_aside(read, reader)


def _read(
    parsed: list[Token], i: int, line: int, names: list[tuple[str, str]], reader: Reader
) -> list[Token]:
    """One token; takes the waiting name if there is one."""
    token, where = parsed[i], reader.where(line)
    if token.type == "inline":
        read_inline(token, line, reader)
    elif directives.is_directive(token):
        part = directives.directive(token, line, names.pop() if names else None, reader)
        if isinstance(part, Part) and part.spliced:
            return part.contents[0]
        token.type, token.hidden = "directive", False
        token.meta = {"directive": part, "contents": part.contents}
    elif token.type == "heading_open":
        sections.read(token, parsed[i + 1], where, names.pop() if names else None, reader)
    elif token.type in mathematics.BLOCKS:
        mathematics.read(token, line, names.pop() if names else None, reader)
    elif token.type == "html_block":
        return raw.block(token, reader)
    elif token.type == "fence":
        token.meta["language"] = language(token.info, where)
        _named(token, parsed[i + 1 : i + 2], names, reader)
    elif token.type == "footnote_reference_open":
        token.meta["where"] = where
    else:
        tasks.read(parsed, i)
        _named(token, parsed[i + 1 : i + 2], names, reader)
    return [token]


def _named(token: Token, after: list[Token], names: list[tuple[str, str]], reader: Reader) -> None:
    """An anchor on a block that has no number of its own, if a name waits for it."""
    if not names or token.nesting < 0:
        return
    name = names.pop()
    reader.label(Label(name[0], "place", "", "", name[1]))
    if token.hidden and after and after[0].children is not None:
        # The paragraph of a tight list has no tag that could carry it.
        after[0].children.insert(0, Token("anchor", "span", 0, {"id": name[0]}))
    else:
        token.attrSet("id", name[0])
