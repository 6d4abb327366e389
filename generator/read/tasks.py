"""Task lists: an item that starts with ``[ ]`` or ``[x]`` has a box before its words."""

from __future__ import annotations

import re

from markdown_it.token import Token

BOX = re.compile(r"\[([ xX])\]\s+")


def read(parsed: list[Token], i: int) -> None:
    """Put the box before the words of a list item, if token `i` opens one that has it."""
    if parsed[i].type != "list_item_open" or parsed[i + 2].type != "inline":
        return
    children = parsed[i + 2].children or []
    match = BOX.match(children[0].content) if children and children[0].type == "text" else None
    if match is None:
        return
    children[0].content = children[0].content[match.end() :]
    children.insert(0, Token("task", "input", 0, meta={"done": match.group(1) != " "}))
    parsed[i].attrJoin("class", "task")
