"""What code a figure reaches, read from source text and never by importing it."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path
from sys import stdlib_module_names

from generator.errors import GeneratorError
from generator.places import place
from generator.project import PACKAGE

# Saves the half second that packages_distributions() takes, for the names that differ.
DISTRIBUTIONS = {"sklearn": "scikit-learn", "PIL": "pillow", "vl_convert": "vl-convert-python"}


@dataclass
class Closure:
    """Modules of the project by name with the hash of their code, and distributions by version."""

    modules: dict[str, str] = field(default_factory=dict)
    distributions: dict[str, str] = field(default_factory=dict)

    def add(self, path: Path, name: str) -> None:
        """Take in one file and everything that it imports, at any depth of the code."""
        if name in self.modules:
            return
        source = _parse(path)
        self.modules[name] = source.digest
        for imported in source.imports:
            if imported.startswith("."):
                for beside in _beside(path, imported):
                    self.add(beside, f"{path.parent.name}/{beside.relative_to(path.parent)}")
            else:
                self._follow(imported)

    def _follow(self, imported: str) -> None:
        top = imported.split(".")[0]
        if top == PACKAGE.name:
            for path, name in _project_files(imported):
                self.add(path, name)
        elif top not in stdlib_module_names and top not in self.distributions:
            self.distributions[top] = _version(top)


@dataclass(frozen=True)
class _Source:
    digest: str
    imports: tuple[str, ...]
    functions: tuple[str, ...]


def functions(path: Path) -> list[str]:
    """Public functions that a file defines; none where it is absent.

    Raises:  GeneratorError with file and line where it is not Python.
    """
    if not path.is_file():
        return []
    return [name for name in _parse(path).functions if not name.startswith("_")]


def _parse(path: Path) -> _Source:
    return _source(path, path.stat().st_mtime_ns)


@cache
def _source(path: Path, _changed: int) -> _Source:
    try:
        tree = ast.parse(path.read_bytes(), str(path))
    except SyntaxError as problem:
        where = place(path, problem.lineno or 0)
        raise GeneratorError(f"not Python: {problem.msg}", where=where) from None
    _without_words(tree)
    digest = sha256(ast.dump(tree).encode()).hexdigest()
    defined = tuple(node.name for node in tree.body if isinstance(node, ast.FunctionDef))
    return _Source(digest, tuple(sorted(_imports(tree))), defined)


def _without_words(tree: ast.AST) -> None:
    """Drop docstrings: they change no result; comments are not in the tree at all."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if not isinstance(body, list) or not body or isinstance(node, ast.If | ast.For | ast.While):
            continue
        first = body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            node.body = body[1:] or [ast.Pass()]  # type: ignore[attr-defined]


def _imports(tree: ast.AST) -> set[str]:
    """Dotted names imported anywhere but under ``if TYPE_CHECKING``, which never runs."""
    found: set[str] = set()
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            waiting.extend(node.orelse)
            continue
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 1:
            found.update(f".{node.module or alias.name}" for alias in node.names)
        waiting.extend(ast.iter_child_nodes(node))
    return found


def _beside(path: Path, imported: str) -> list[Path]:
    """The files that a relative import of an author's own kind runs, inside its folder."""
    found: list[Path] = []
    folder = path.parent
    for part in imported[1:].split("."):
        folder = folder / part
        found += [folder / "__init__.py", folder.with_suffix(".py")]
    return [one for one in found if one.is_file()]


def _project_files(imported: str) -> list[tuple[Path, str]]:
    """The files that importing a dotted name runs: the packages on the way and the module."""
    found = []
    folder, parts = PACKAGE.parent, imported.split(".")
    for depth, part in enumerate(parts, start=1):
        folder = folder / part
        name = ".".join(parts[:depth])
        if (folder / "__init__.py").is_file():
            found.append((folder / "__init__.py", name))
        elif folder.with_suffix(".py").is_file():
            found.append((folder.with_suffix(".py"), name))
            break
    return found


@cache
def _version(top: str) -> str:
    named = DISTRIBUTIONS.get(top, top)
    try:
        return f"{named} {version(named)}"
    except PackageNotFoundError:
        found = packages_distributions().get(top, [])
    return ", ".join(f"{name} {version(name)}" for name in found) or "not installed"
