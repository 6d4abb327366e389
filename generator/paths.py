"""Names from articles and cards to paths that stay in the project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath


def inside(folder: Path, name: str, root: Path | None = None) -> Path | None:
    """The path of what lies below a folder; None for a name that leads out of it.

    A name may lead out by ``..``, as an absolute path, or through a symbolic link, which must end
    below `root`, by default the folder itself. The path is given as it was named, links and all, so
    that it has the same name on every machine.
    """
    parts = PurePosixPath(name).parts
    if not parts or parts[0] == "/" or ".." in parts:
        return None
    if not all(part.isprintable() and "\\" not in part for part in parts):
        return None
    path = folder.joinpath(*parts)
    try:
        path.exists()  # refuses a name that is too long, which resolve() would let pass
        return path if path.resolve().is_relative_to((root or folder).resolve()) else None
    except (OSError, RuntimeError):  # RuntimeError: a link that leads to itself
        return None


def child(folder: Path, name: str, root: Path) -> Path | None:
    """As `inside`, for the name of a folder that lies directly below another."""
    return inside(folder, name, root) if PurePosixPath(name).name == name else None


def strays(folder: Path, root: Path) -> Iterator[Path]:
    """Symbolic links, the folder itself or anything in it, that end outside the root."""
    for path in (folder, *sorted(folder.rglob("*"))):
        if path.is_symlink() and inside(root, path.relative_to(root).as_posix()) is None:
            yield path
