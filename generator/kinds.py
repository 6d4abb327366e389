"""Kinds of figures, ours and an author's own, by name.

Ours is one name in three trees. An author's is one folder of the project with the same three parts:
``figures/<kind>/<kind>.py``, ``<kind>.html`` and ``<kind>.js``, and ``<kind>.css`` where it has a
look of its own.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from generator import figures as ours
from generator.errors import FigureError, nearest
from generator.own import load
from generator.read.directives import directives

PARTS = (".py", ".html", ".js")


def own_kinds(folder: Path) -> list[Path]:
    """Folders of the author's own kinds below ``figures/``."""
    return [path.parent for path in sorted(folder.glob("*/*.py")) if path.stem == path.parent.name]


def home(name: str, folder: Path) -> Path | None:
    """The folder of an author's own kind; None for one of ours."""
    found = folder / name
    return found if name not in ours.kinds() and found in own_kinds(folder) else None


def find(name: str, folder: Path, where: str) -> ModuleType:
    """Import a kind; its `Options` and `payload` are the whole contract.

    Raises:  FigureError, at `where` for a kind that is not there, else in the author's own kind: a
             part is missing, a name of ours is taken, it is not Python, or it breaks the contract.
    """
    own = own_kinds(folder)
    known = [*ours.kinds(), *(path.name for path in own)]
    if name not in known:
        close = nearest(name, [*known, *directives()])
        hint = close if close.startswith("did you") else nearest(name, known)
        raise FigureError(f"unknown kind {name!r}", where=where, hint=hint)
    if name in ours.kinds():
        if folder / name in own:
            place = f"figures/{name}/{name}.py"
            raise FigureError(f"{name!r} is a kind already", where=place, hint="rename the folder")
        return ours.kind(name)
    for part in PARTS:
        if not (folder / name / f"{name}{part}").is_file():
            raise FigureError(f"{name}{part} is missing", where=f"figures/{name}", hint=_says(part))
    return load(folder / name)


def _says(part: str) -> str:
    meanings = {".html": "it places the still: {{ still }}", ".js": "it brings the still to life"}
    return meanings.get(part, "")
