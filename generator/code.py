"""Python files read once in a build, and parsed only when their text is new."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from os.path import relpath
from pathlib import Path

from generator.disk import put
from generator.errors import ArticleError, GeneratorError, SiteError
from generator.libraries import Origin, origin, python
from generator.package import PACKAGE
from generator.places import place
from generator.syntax import Syntax, defined, syntax

COMPILED = (".so", ".pyd")
# What was parsed by another version of the parser is parsed anew.
PARSER = sha256((PACKAGE / "syntax.py").read_bytes()).hexdigest()


@dataclass(frozen=True)
class Owner:
    """Whose code a file is: where its project or package begins, and what that is called.

    error  what a file that cannot be parsed is, if an author wrote it
    """

    folder: Path
    name: str = ""
    error: type[GeneratorError] | None = None

    def label(self, path: Path) -> str:
        """The file's name, the same on every machine."""
        inside = Path(relpath(path, self.folder)).as_posix()
        return f"{self.name}/{inside}" if self.name else inside


@dataclass(frozen=True)
class Reached:
    """What importing one file runs: its own code, further files, and libraries by version."""

    label: str
    digest: str
    files: tuple[tuple[Path, Owner], ...]
    libraries: dict[str, str]


@dataclass
class Code:
    """All files that keys are made of; `kept` is a file in which parsed ones outlive the build."""

    kept: Path | None = None
    _reached: dict[tuple[Path, Owner], Reached] = field(default_factory=dict)
    _parsed: dict[str, Syntax] = field(default_factory=dict)
    _before: dict[str, Syntax] = field(default_factory=dict)
    _origins: dict[str, Origin] = field(default_factory=dict)
    _found: dict[tuple[Path, tuple[str, ...]], list[Path]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._before = _load(self.kept) if self.kept else {}

    def reached(self, path: Path, owner: Owner) -> Reached:
        """Follow the imports of one file, a single step.

        Raises:  its owner's error where the file cannot be parsed.
        """
        known = path, owner
        if known not in self._reached:
            content, label = path.read_bytes(), owner.label(path)
            if path.suffix in COMPILED:
                self._reached[known] = Reached(label, sha256(content).hexdigest(), (), {})
            else:
                found = self._parse(content, path, owner)
                self._reached[known] = self._follow(path, owner, label, found)
        return self._reached[known]

    def keep(self) -> None:
        """Write down what was parsed, if any of it is new; files that are gone are forgotten.

        It only spares time: a disk that refuses it is complained about where it matters.
        """
        if self.kept and self._parsed != self._before:
            parsed = {name: vars(one) for name, one in sorted(self._parsed.items())}
            with suppress(SiteError):
                put(self.kept, json.dumps({"seal": _seal(parsed), "parsed": parsed}).encode())

    def _parse(self, content: bytes, path: Path, owner: Owner) -> Syntax:
        name = sha256(content).hexdigest()
        if name not in self._parsed:
            try:
                self._parsed[name] = self._before.get(name) or syntax(content)
            except SyntaxError as problem:
                if owner.error:
                    raise _unreadable(problem, path, owner.error) from None
                return Syntax(name, ())
        return self._parsed[name]

    def _follow(self, path: Path, owner: Owner, label: str, found: Syntax) -> Reached:
        files: dict[Path, Owner] = {}
        libraries: dict[str, str] = {}
        for imported in found.imports:
            words = imported.lstrip(".")
            parts = words.split(".")
            dots = len(imported) - len(words)
            if dots:
                above = path.parents[min(dots, len(path.parents)) - 1]
                files |= dict.fromkeys(self._modules(above, parts), owner)
                continue
            if owner.error:
                # An author's file may put its own folder first on the import path.
                files |= dict.fromkeys(self._modules(path.parent, parts), owner)
            source = self._origin(parts[0])
            libraries |= source.versions
            if source.source:
                files |= dict.fromkeys(self._modules(source.source, parts), Owner(source.source))
        return Reached(label, found.digest, tuple(files.items()), libraries)

    def _modules(self, folder: Path, parts: list[str]) -> list[Path]:
        asked = folder, tuple(parts)
        if asked not in self._found:
            self._found[asked] = list(modules(folder, parts))
        return self._found[asked]

    def _origin(self, top: str) -> Origin:
        if top == PACKAGE.name:
            return Origin(source=PACKAGE.parent)
        if top not in self._origins:
            self._origins[top] = origin(top)
        return self._origins[top]


def modules(folder: Path, parts: list[str]) -> Iterator[Path]:
    """The files that importing a dotted name runs: the packages on the way and the module.

    A star stands for every module of the package before it.
    """
    for part in parts:
        if part == "*":
            yield from sorted(folder.glob("*.py"))
            yield from sorted(folder.glob("*/__init__.py"))
        if not part.isidentifier():
            return
        folder = folder / part
        package, module = folder / "__init__.py", folder.with_name(f"{part}.py")
        if package.is_file():
            yield package
        elif module.is_file():
            yield module
            return
        elif not folder.is_dir():
            yield from sorted(
                one for one in folder.parent.glob(f"{part}.*") if one.suffix in COMPILED
            )
            return


def functions(path: Path) -> tuple[str, ...]:
    """Public functions that an article's ``charts.py`` defines; none where it is absent.

    Raises:  ArticleError with file and line where it is not Python.
    """
    if not path.is_file():
        return ()
    try:
        return defined(path.read_bytes())
    except SyntaxError as problem:
        raise _unreadable(problem, path, ArticleError) from None


def _unreadable(problem: SyntaxError, path: Path, error: type[GeneratorError]) -> GeneratorError:
    return error(f"not Python: {problem.msg or problem}", where=place(path, problem.lineno or 0))


def _load(kept: Path) -> dict[str, Syntax]:
    """What an earlier build parsed; nothing if the file is absent, damaged or another Python's."""
    try:
        content = json.loads(kept.read_bytes())
        parsed = content["parsed"]
        if content["seal"] != _seal(parsed):
            return {}
    except (OSError, ValueError, TypeError, KeyError):
        return {}
    return {name: Syntax(one["digest"], tuple(one["imports"])) for name, one in parsed.items()}


def _seal(parsed: object) -> str:
    text = json.dumps([python(), PARSER, parsed], sort_keys=True)
    return sha256(text.encode()).hexdigest()
