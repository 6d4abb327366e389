"""What an author's own kinds of figures owe those who use them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from generator.errors import GeneratorError
from generator.findings import Finding, of
from generator.kinds import find as find_kind
from generator.kinds import own_kinds
from generator.project import Project

HEAVY = {"torch", "numpy", "altair", "sklearn", "onnx", "onnxruntime", "vl_convert", "PIL", "scipy"}


def unfinished_kinds(project: Project) -> list[Finding]:
    """Parts that are missing, options that are not described, imports that slow every build."""
    found: list[Finding] = []
    for folder in own_kinds(project.figures):
        where = f"figures/{folder.name}/{folder.name}.py"
        try:
            module = find_kind(folder.name, project.figures, where)
        except GeneratorError as problem:
            found.append(of(problem, "kind"))
            continue
        if not module.__doc__:
            found.append(Finding(f"{where}:1", "the kind does not say what it shows", "", "kind"))
        for name, option in module.Options.model_fields.items():
            if not option.description:
                what = f"option {name!r} has no description"
                found.append(Finding(where, what, "Field(..., description=…)", "kind"))
        found.extend(_eager(folder / f"{folder.name}.py", where))
    return found


def _eager(path: Path, where: str) -> Iterator[Finding]:
    """Libraries that compute, imported where the file is read and not where they are used."""
    for node in ast.parse(path.read_text("utf8")).body:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            if name.split(".")[0] in HEAVY:
                hint = "import it inside payload(), so that a build with nothing to do stays quick"
                yield Finding(f"{where}:{node.lineno}", f"{name} is imported at once", hint, "kind")
