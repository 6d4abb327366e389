"""The Python of an author's own kind of figure, run from its folder.

It stands apart from `kinds`, which knows how articles are read: what computes a figure must not
depend on that.
"""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from generator.blame import Authored
from generator.errors import FigureError
from generator.figure import FigureOptions

PREFIX = "explorable_kind_"
_loaded: dict[Path, tuple[object, ModuleType]] = {}


def load(folder: Path) -> ModuleType:
    """Run the Python part of an author's own kind; again only after one of its files was edited."""
    stamp = [(path, path.stat().st_ctime_ns) for path in sorted(folder.rglob("*.py"))]
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
    with Authored(folder.parents[1], FigureError, where=where):
        exec(compile(path.read_bytes(), str(path), "exec", dont_inherit=True), vars(module))
    options = getattr(module, "Options", None)
    if not (isinstance(options, type) and issubclass(options, FigureOptions)):
        raise FigureError("there is no class Options(FigureOptions)", where=where)
    if not callable(getattr(module, "payload", None)):
        raise FigureError("there is no function payload(options, sources)", where=where)
    return module
