"""Where a module that is not the project's own comes from, found without importing it.

An installed library is known by its version and by the versions of all that it requires. A package
that was not installed, such as a folder on the import path or an editable checkout, has no version
to go by: its source counts, as the project's own does.
"""

from __future__ import annotations

import re
import sys
import sysconfig
from dataclasses import dataclass
from functools import cache
from importlib.machinery import ModuleSpec
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions
from importlib.util import find_spec
from pathlib import Path

# Spares a search through every installed distribution, for the names that differ.
DISTRIBUTIONS = {
    "sklearn": "scikit-learn", "PIL": "pillow", "vl_convert": "vl-convert-python", "yaml": "pyyaml",
    "ruamel": "ruamel.yaml",
    "skimage": "scikit-image", "cv2": "opencv-python", "umap": "umap-learn",
}  # fmt: skip
INSTALLED = ("site-packages", "dist-packages")
PREFIXES = {Path(sys.prefix), Path(sys.base_prefix)}
REQUIRED = re.compile(r"^Requires-Dist: *([\w.-]+)(.*)$", re.MULTILINE)
VERSION = re.compile(r"^Version: *(\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Origin:
    """Where importing a top-level name leads.

    versions  of an installed library and all that it requires, by distribution
    source    the folder to look in for a package that was not installed
    """

    versions: tuple[tuple[str, str], ...] = ()
    source: Path | None = None


def origin(top: str) -> Origin:
    """Find a top-level module as an import statement would, nearest on the path first."""
    spec = _spec(top)
    if spec is None:
        return Origin(versions=((top, "not installed"),))
    folder = _folder(spec)
    if folder is None or _standard(folder):
        return Origin()
    found = _owners(top, folder)
    return Origin(versions=_versions(found)) if found else Origin(source=folder)


def _spec(top: str) -> ModuleSpec | None:
    try:
        return find_spec(top)
    except ValueError:  # a module that was put into sys.modules by hand
        return None


def _folder(spec: ModuleSpec) -> Path | None:
    """The folder on the import path; none for what is compiled into Python."""
    if spec.submodule_search_locations:
        return Path(next(iter(spec.submodule_search_locations))).parent
    if not spec.has_location or spec.origin is None:
        return None
    return Path(spec.origin).parent


@cache
def _standard(folder: Path) -> bool:
    if folder.name in INSTALLED:
        return False
    own = (sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"))
    return any(Path(one).resolve() in (folder.resolve(), *folder.resolve().parents) for one in own)


def _owners(top: str, folder: Path) -> list[Distribution]:
    """Distributions whose metadata lies beside the module; none for a checkout."""
    try:
        named = distribution(DISTRIBUTIONS.get(top, top))
    except PackageNotFoundError:
        return _searched(top, folder)
    return [named] if _beside(named, folder) else _searched(top, folder)


def _beside(found: Distribution, folder: Path) -> bool:
    """Egg metadata counts among installed packages only: a checkout being worked on has it too."""
    if Path(str(found.locate_file(""))).resolve() != folder.resolve():
        return False
    return folder.name in INSTALLED or found.read_text("METADATA") is not None


@cache
def _searched(top: str, folder: Path) -> list[Distribution]:
    return [
        found
        for found in distributions(path=[str(folder)])
        if _beside(found, folder) and _holds(found, top)
    ]


def _holds(found: Distribution, top: str) -> bool:
    """Whether a distribution installed a top-level name; lists of files are long, so not parsed."""
    written = found.read_text("top_level.txt")
    if written:
        return top in written.split()
    listed = found.read_text("RECORD")
    if listed is None:
        return any(str(file).split("/")[0].split(".")[0] == top for file in found.files or ())
    return re.search(rf'^"?{re.escape(top)}[/.]', listed, re.MULTILINE) is not None


@cache
def _metadata(name: str) -> tuple[str, tuple[str, ...]] | None:
    """Version and required distributions, optional ones left out; None if it is not installed."""
    try:
        return _told(distribution(name))
    except PackageNotFoundError:
        return None


def _told(found: Distribution) -> tuple[str, tuple[str, ...]]:
    text = found.read_text("METADATA") or found.read_text("PKG-INFO") or ""
    head = text.split("\n\n", 1)[0]
    version = VERSION.search(head)
    wanted = (name for name, rest in REQUIRED.findall(head) if "extra ==" not in rest)
    return version.group(1) if version else "", tuple(wanted)


def _versions(found: list[Distribution]) -> tuple[tuple[str, str], ...]:
    """What a library requires may change its results as much as the library itself."""
    versions: dict[str, str] = {}
    waiting: list[str] = []
    for one in found:
        versions[_plain(one.name)], wanted = _told(one)
        waiting.extend(wanted)
    while waiting:
        name = _plain(waiting.pop())
        told = None if name in versions else _metadata(name)
        if told:
            versions[name], wanted = told
            waiting.extend(wanted)
    return tuple(sorted(versions.items()))


def _plain(name: str) -> str:
    """A distribution's name as indices compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def library(path: Path) -> bool:
    """Whether a file is Python's own or that of an installed library."""
    return any(part in INSTALLED for part in path.parts) or any(
        path.is_relative_to(prefix) for prefix in PREFIXES
    )


def python() -> str:
    """The interpreter and the processor, on which the last bits depend."""
    import platform

    kind = sys.implementation.name
    return f"{kind} {sys.version_info.major}.{sys.version_info.minor} on {platform.machine()}"
