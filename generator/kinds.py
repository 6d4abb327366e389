"""Kinds of figures, ours and an author's own, by name.

Ours is one name in three trees. An author's is one folder of the project with the same three parts:
``figures/<kind>/<kind>.py``, ``<kind>.html`` and ``<kind>.js``, and ``<kind>.css`` where it has a
look of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from generator import figures as ours
from generator.errors import FigureError, nearest
from generator.figure import FigureOptions

PARTS = (".py", ".html", ".js")
PREFIX = "explorable_kind_"
_loaded: dict[Path, tuple[object, ModuleType]] = {}


def own_kinds(folder: Path) -> list[Path]:
    """Folders of the author's own kinds below ``figures/``."""
    return [path.parent for path in sorted(folder.glob("*/*.py")) if path.stem == path.parent.name]


def home(name: str, folder: Path) -> Path | None:
    """The folder of an author's own kind; None for one of ours."""
    found = folder / name
    return found if name not in ours.kinds() and found in own_kinds(folder) else None


def find(name: str, folder: Path, where: str, also: Iterable[str] = ()) -> ModuleType:
    """Import a kind; its `Options` and `payload` are the whole contract.

    `also` are names that stand for something else than a kind, and may be what was meant.

    Raises:  FigureError, at `where` for a kind that is not there, else in the author's own kind: a
             part is missing, a name of ours is taken, it is not Python, or it breaks the contract.
    """
    own = own_kinds(folder)
    known = [*ours.kinds(), *(path.name for path in own)]
    if name not in known:
        close = nearest(name, [*known, *also])
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


def load(folder: Path) -> ModuleType:
    """Run the Python part of an author's own kind; again only after one of its files was edited."""
    stamp = [(path, path.stat().st_mtime_ns) for path in sorted(folder.rglob("*.py"))]
    before, module = _loaded.get(folder, (None, None))
    if module is None or stamp != before:
        module = _run(folder)
        _loaded[folder] = (stamp, module)
    return module


def _run(folder: Path) -> ModuleType:
    path = folder / f"{folder.name}.py"
    name = PREFIX + folder.name.replace("-", "_")
    for old in [one for one in sys.modules if one == name or one.startswith(f"{name}.")]:
        del sys.modules[old]
    # A package, so that the kind may have further files and import them by "from .file import …".
    spec = spec_from_file_location(name, path, submodule_search_locations=[str(folder)])
    if spec is None:
        raise FigureError(f"{path.name} is not a Python file", where=f"figures/{folder.name}")
    # Python's own cache takes two edits within a second for the same.
    sys.dont_write_bytecode = True
    module = module_from_spec(spec)
    sys.modules[name] = module
    where = f"figures/{folder.name}/{path.name}"
    try:
        exec(compile(path.read_bytes(), str(path), "exec", dont_inherit=True), vars(module))
    except SyntaxError as problem:
        line = f"{where}:{problem.lineno}" if problem.filename == str(path) else where
        raise FigureError(f"not Python: {problem.msg}", where=line) from None
    options = getattr(module, "Options", None)
    if not (isinstance(options, type) and issubclass(options, FigureOptions)):
        raise FigureError("there is no class Options(FigureOptions)", where=where)
    if not callable(getattr(module, "payload", None)):
        raise FigureError("there is no function payload(options, sources)", where=where)
    return module


def _says(part: str) -> str:
    meanings = {".html": "it places the still: {{ still }}", ".js": "it brings the still to life"}
    return meanings.get(part, "")
