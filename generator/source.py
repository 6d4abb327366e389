"""Python files of an author's project, run by path and under no global name."""

import sys
from pathlib import Path
from types import ModuleType

from generator.blame import Authored
from generator.errors import DatasetError, GeneratorError
from generator.places import place

PREFIX = "explorable_"
"""How the names of such modules begin, which no import statement asks for."""


def load_module(path: Path, error: type[GeneratorError], root: Path | None = None) -> ModuleType:
    """Run a file of the project at `root` and give its module.

    It is compiled from its text each time: Python's own cache takes two edits within one second for
    the same.

    Raises:  `error` where the file is missing, is not Python, or raises; with its line if there is
             one.
    """
    root = root or path.parents[3 if error is DatasetError else 2]
    where = place(path)
    if not path.is_file():
        raise error(f"{path.name} is missing", where=where)
    module = ModuleType(f"{PREFIX}{path.parent.name}_{path.stem}")
    module.__file__ = str(path)
    # Dataclasses look their module up here while the file still runs.
    sys.modules[module.__name__] = module
    with Authored(root, error, where=where):
        exec(compile(path.read_bytes(), str(path), "exec", dont_inherit=True), vars(module))
    return module
