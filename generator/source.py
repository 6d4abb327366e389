"""Python files of an author's project, imported by path and under no global name."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from generator.errors import GeneratorError
from generator.places import place


def load_module(path: Path, error: type[GeneratorError]) -> ModuleType:
    """Run a file of the project and give its module.

    Raises:  `error` where the file is missing; what the file itself raises is the author's bug and
             keeps its traceback.
    """
    where = place(path)
    if not path.is_file():
        raise error(f"{path.name} is missing", where=where)
    spec = spec_from_file_location(f"explorable_{path.parent.name}_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise error(f"{path.name} is not a Python file", where=where)
    module = module_from_spec(spec)
    # Dataclasses look their module up here while the file still runs.
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except SyntaxError as problem:
        raise error(f"not Python: {problem.msg}", where=place(path, problem.lineno or 0)) from None
    return module
