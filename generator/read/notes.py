"""Footnotes: definitions are set aside, then numbered in the order in which the text needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.errors import ArticleError, nearest
from generator.read.markdown import everything

if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping

    from markdown_it.token import Token

    from generator.read.reader import Gathered, Reader


def find_words(tokens: Iterable[Token], env: MutableMapping[str, Any]) -> None:
    """Give each ``^[note]`` its own words, which the parser keeps aside, and those within them."""
    listed = env.get("footnotes", {}).get("list", {})
    waiting = list(everything(tokens))
    while waiting:
        token = waiting.pop()
        if token.type == "footnote_ref" and "label" not in token.meta:
            token.meta["words"] = listed[token.meta["id"]]["tokens"]
            waiting.extend(token.meta["words"])


def set_aside(tokens: list[Token], reader: Reader) -> list[Token]:
    """Take the definitions out of the tokens and keep them by their labels.

    Raises:  ArticleError for a label that is defined twice.
    """
    kept: list[Token] = []
    opened: list[tuple[str, str, list[Token]]] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            opened.append((token.meta["label"], token.meta["where"], []))
        elif token.type == "footnote_reference_close":
            label, where, own = opened.pop()
            if label in reader.gathered.notes:
                first = reader.gathered.notes[label][1]
                raise ArticleError(f"footnote {label!r} stands at {first} already", where=where)
            reader.gathered.notes[label] = (own, where)
        elif opened:
            opened[-1][2].append(token)
        else:
            kept.append(token)
    return kept


def number(tokens: list[Token], gathered: Gathered) -> None:
    """Number the marks; the first mark of each note gets the note's text as its contents.

    Raises:  ArticleError for a mark without a note and for a note without a mark.
    """
    numbers: dict[str, int] = {}
    count = 0
    for token in everything(tokens):
        if token.type != "footnote_ref":
            continue
        label = token.meta.get("label", "")
        if label and label not in gathered.notes:
            raise ArticleError(
                f"no footnote is called {label!r}",
                where=token.meta["where"],
                hint=nearest(label, gathered.notes),
            )
        token.meta["again"] = label in numbers
        if not token.meta["again"]:
            count += 1
        token.meta["note"] = numbers.get(label, count)
        if label and not token.meta["again"]:
            numbers[label] = count
            token.meta["contents"] = (gathered.notes[label][0],)
    for label, (_, where) in gathered.notes.items():
        if label not in numbers:
            raise ArticleError(
                f"nothing refers to the footnote {label!r}",
                where=where,
                hint=f"write [^{label}] where it belongs",
            )
