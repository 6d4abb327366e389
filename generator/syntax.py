"""One Python file as a key sees it: what it computes, what it imports, what it defines.

Comments, layout and docstrings are left out, because they change no result.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from warnings import catch_warnings, simplefilter

IMPORTERS = ("import_module", "__import__")


@dataclass(frozen=True)
class Syntax:
    """A file read once.

    digest   of the syntax tree
    imports  dotted names, relative ones with their dots, a star where a whole package is meant
    """

    digest: str
    imports: tuple[str, ...]


def syntax(content: bytes) -> Syntax:
    """Parse a file.

    Raises:  SyntaxError, also for what is no text or nests too deeply to be read.
    """
    tree = _tree(content)
    try:
        found = tuple(sorted(_imports(tree)))
        _without_docstrings(tree)
        digest = sha256(ast.dump(tree).encode("utf8", "surrogatepass")).hexdigest()
    except (RecursionError, MemoryError):
        raise SyntaxError("nested too deeply to be read") from None
    return Syntax(digest, found)


def defined(content: bytes) -> tuple[str, ...]:
    """Public functions at top level, which an article may name.

    Raises:  SyntaxError as `syntax` does.
    """
    names = (node.name for node in _tree(content).body if isinstance(node, ast.FunctionDef))
    return tuple(name for name in names if not name.startswith("_"))


def _tree(content: bytes) -> ast.Module:
    try:
        with catch_warnings():
            # Python says them again, with the file's name, when it runs the file.
            simplefilter("ignore")
            return ast.parse(content)
    except ValueError as problem:
        raise SyntaxError(str(problem)) from None
    except (RecursionError, MemoryError):
        raise SyntaxError("nested too deeply to be read") from None


def _without_docstrings(tree: ast.AST) -> None:
    """Drop what no program reads; comments are not in the tree at all."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                node.body = node.body[1:] or [ast.Pass()]


def _imports(tree: ast.AST) -> set[str]:
    """Names imported at any depth, by statement, by call with a fixed name, or as an attribute."""
    found: set[str] = set()
    bound: dict[str, str] = {}
    chains: list[ast.Attribute] = []
    for node in _running(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                found.add(alias.name)
                top = alias.name.split(".")[0]
                bound[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (f"{node.module}." if node.module else "")
            found.update(start + alias.name for alias in node.names)
            bound |= {alias.asname or alias.name: start + alias.name for alias in node.names}
        elif isinstance(node, ast.Call):
            found.update(_called(node))
        elif isinstance(node, ast.Attribute):
            chains.append(node)
    # ``from a import b`` and then ``b.c``: c may be a module that another file has imported.
    for chain in chains:
        first, *rest = _dotted(chain)
        if first in bound:
            found.add(".".join([bound[first], *rest]))
    return found


def _dotted(node: ast.expr) -> list[str]:
    """``a.b.c`` as three words; the first is empty where it is no plain name."""
    words: list[str] = []
    while isinstance(node, ast.Attribute):
        words.append(node.attr)
        node = node.value
    words.append(node.id if isinstance(node, ast.Name) else "")
    return words[::-1]


def _running(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those under ``if TYPE_CHECKING``, which never run."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.If) and _for_type_checkers(node.test):
            waiting.extend(node.orelse)
        else:
            waiting.extend(ast.iter_child_nodes(node))


def _for_type_checkers(test: ast.expr) -> bool:
    if isinstance(test, ast.Attribute):
        return test.attr == "TYPE_CHECKING"
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


def _called(node: ast.Call) -> Iterator[str]:
    """The fixed name in ``import_module("name")``, with its package where both are fixed."""
    function = node.func.attr if isinstance(node.func, ast.Attribute) else None
    function = node.func.id if isinstance(node.func, ast.Name) else function
    given = [*node.args, *(word.value for word in node.keywords)]
    fixed = [one.value for one in given if isinstance(one, ast.Constant)]
    names = [one for one in fixed if isinstance(one, str)]
    if function in IMPORTERS and names:
        name, package = names[0], names[1] if len(names) > 1 else ""
        dots = len(name) - len(name.lstrip("."))
        if dots and package:
            parts = package.split(".")
            yield ".".join([*parts[: len(parts) - dots + 1], name.lstrip(".")])
        else:
            yield name
