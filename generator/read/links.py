"""Links of an article: places in it, other articles, files beside it, and the rest of the world."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from generator.errors import ArticleError, nearest
from generator.read.files import parted, rooted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

    from generator.read.labels import Labels

INDEX = "index.md"


def resolve(tokens: Iterable[Token], labels: Labels, root: Path) -> frozenset[Path]:
    """Say in ``token.meta`` what each link leads to: a `label`, an `article` or a `file`.

    Gives the files. Raises:  ArticleError for a link into nothing, or out of the project.
    """
    files: set[Path] = set()
    for token in tokens:
        if token.type != "link_open":
            continue
        address = str(token.attrs.get("href", ""))
        parts = parted(address, token.meta["where"])
        if parts.netloc and not parts.scheme:
            hint = f"write https:{address}"
            what = f"the link {address!r} does not say how to get there"
            raise ArticleError(what, where=token.meta["where"], hint=hint)
        if parts.scheme:
            continue
        if address in ("", "#"):
            raise ArticleError("this link leads nowhere", where=token.meta["where"])
        if parts.path:
            _file(token, unquote(parts.path), parts.fragment, root)
            if "file" in token.meta:
                files.add(token.meta["file"])
        else:
            _place(token, unquote(parts.fragment), labels)
    return frozenset(files)


def _place(token: Token, name: str, labels: Labels) -> None:
    if name not in labels:
        raise ArticleError(
            f"nothing here is called {name!r}",
            where=token.meta["where"],
            hint=nearest(name, labels) if len(labels) < 30 else "",
        )
    token.meta["label"] = labels[name]


def _file(token: Token, name: str, anchor: str, root: Path) -> None:
    where = token.meta["where"]
    rooted(name, where)
    try:
        path = (token.meta["folder"] / name).resolve()
        if path.is_dir() and (path / INDEX).is_file():
            path = path / INDEX
        there = path.is_file()
    except (OSError, ValueError):
        raise ArticleError(f"{name!r} cannot be a file's name", where=where) from None
    if not path.is_relative_to(root.resolve()):
        raise ArticleError(f"the link {name!r} leads out of the project", where=where)
    if not there:
        folder = path.parent if path.parent.is_dir() else token.meta["folder"]
        beside = [one.name for one in folder.iterdir() if not one.name.startswith(".")]
        raise ArticleError(
            f"the link {name!r} leads to no file", where=where, hint=nearest(path.name, beside)
        )
    if path.name == INDEX and path.parent.parent == root.resolve() / "articles":
        token.meta |= {"article": path.parent.name, "anchor": anchor}
    else:
        token.meta["file"] = path
