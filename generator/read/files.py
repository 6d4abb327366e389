"""Files that a text names: beside it or elsewhere in the project, never outside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from generator.errors import ArticleError, nearest

if TYPE_CHECKING:
    from generator.read.reader import Reader


def inside(name: str, where: str, reader: Reader) -> Path:
    """The file that `name` leads to from the folder of the text.

    Raises:  ArticleError where it lies outside the project, even by way of a link, or is no file.
    """
    rooted(name, where)
    root = reader.root.resolve()
    try:
        path = (reader.folder / name).resolve()
        lies_inside, is_file = path.is_relative_to(root), path.is_file()
    except (OSError, ValueError):
        raise ArticleError(f"{name!r} cannot be a file's name", where=where) from None
    if not lies_inside:
        raise ArticleError(f"{name!r} lies outside the project", where=where)
    if not is_file:
        beside = path.parent if path.parent.is_dir() else reader.folder
        names = [one.name for one in beside.iterdir() if one.is_file()]
        raise ArticleError(
            f"there is no file {name!r} in {_shown(reader.folder, root)}",
            where=where,
            hint=nearest(path.name, names),
        )
    reader.gathered.files[path] = reader.gathered.files.get(path, 0) + 1
    return path


def parted(address: str, where: str) -> SplitResult:
    """The parts of an address; raises ArticleError for one that no browser would understand."""
    try:
        return urlsplit(address)
    except ValueError as problem:
        raise ArticleError(f"{address!r} is no address: {problem}", where=where) from None


def rooted(name: str, where: str) -> None:
    """Refuse a path from a root: the site may lie in any folder, and so may the project.

    Raises:  ArticleError.
    """
    if name.startswith(("/", "\\")):
        raise ArticleError(
            f"the path {name!r} starts at a root, which moves with the site",
            where=where,
            hint="write it from the folder of the text",
        )


def text_of(path: Path, where: str) -> str:
    """The text of a file; raises ArticleError where it is not UTF-8 or cannot be read."""
    try:
        # Some editors put a mark before the first sign.
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ArticleError(f"{path.name} is not UTF-8: {problem.reason}", where=where) from None
    except OSError as problem:
        raise ArticleError(f"{path.name}: {problem.strerror}", where=where) from None


def _shown(folder: Path, root: Path) -> str:
    """A folder as messages name it: from the project's root."""
    folder = folder.resolve()
    return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else folder.name
