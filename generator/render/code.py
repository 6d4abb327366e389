"""The browser's code: copied unchanged into one folder that is named by its contents.

Only the style sheets that every page needs are joined to one: nothing is painted before the last of
them is there, and on a slow connection each costs a round trip.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from generator.errors import SiteError
from generator.kinds import own_kinds
from generator.package import templates_folder
from generator.site import asset

FOLDERS = ("css", "js", "figures", "vendor")
SUFFIXES = (".css", ".js", ".mjs", ".woff2", ".svg", ".txt")
# In this order; what only some pages need stays apart, and css/modes.css comes after all others.
SHEETS = (
    "fonts", "tokens", "page", "prose", "boxes", "tables", "article", "contents", "references",
    "languages", "figure", "pictures", "still", "foot", "controls", "panels", "reading",
)  # fmt: skip
# Fetched only when a figure needs them, and kept under a hash of their own.
# A static import; those inside JSDoc types are followed by a parenthesis, not by a name.
IMPORTED = re.compile(r'^(?:import|export)\s(?:[^"();=]*\sfrom\s)?"(\.[^"]+)"', re.MULTILINE)
ENGINES = {"wasm": "vendor/ort.wasm", "vega": "vendor/vega.js"}
# What `make` bundles and no page can do without.
BUNDLED = (*ENGINES.values(), "vendor/light.js")
# What the light engine is made of; pages get the one file that is.
SOURCES = (Path("js/engine"), Path("vendor/kernel.js"))


@dataclass(frozen=True)
class Code:
    """Where the code lies; `engines` are its heavy files, `modules` what every figure needs,
    `sentences` what sentences that move need beside it."""

    folder: Path
    engines: dict[str, Path]
    modules: tuple[str, ...]
    sentences: tuple[str, ...]


def copy_code(site: Path, own: Path) -> Code:
    """Copy modules, styles, fonts and small libraries so that their relative imports hold.

    Kinds of the author's own, in the folder `own`, lie beside ours.

    Raises:  SiteError where the bundled libraries are missing.
    """
    templates = templates_folder()
    for file in BUNDLED:
        if not (templates / file).is_file():
            raise SiteError(
                f"templates/{file} is missing", hint="run 'make site', which bundles it"
            )
    engines = {
        name: asset(site, (templates / file).read_bytes(), Path(file).suffix)
        for name, file in ENGINES.items()
    }
    files = {path: templates / path for path in _files(templates, FOLDERS)}
    joined = [Path(f"css/{name}.css") for name in SHEETS]
    apart = {*map(Path, ENGINES.values()), *joined}
    files = {path: source for path, source in files.items() if path not in apart}
    kinds = [path.name for path in own_kinds(own)]
    files |= {"figures" / path: own / path for path in _files(own, kinds)}
    digest = sha256()
    for path, source in files.items():
        digest.update(f"{path}\0".encode() + sha256(source.read_bytes()).digest())
    site_css = b"\n".join((templates / path).read_bytes() for path in joined)
    digest.update(site_css)
    folder = site / "assets" / digest.hexdigest()[:16]
    for path, source in files.items():
        target = folder / path
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    if not (folder / "css/site.css").exists():
        (folder / "css/site.css").write_bytes(site_css)
    for name in kinds:
        # Where the page looks for a kind; its folder stays as it is, so that its imports hold.
        door = folder / "figures" / f"{name}.js"
        if not door.exists():
            inside = f'from "./{name}/{name}.js";\n'
            door.write_text(f"export * {inside}export {{default}} {inside}", "utf8")
    # The worker's own modules are fetched by the worker, when a figure first needs the engine.
    modules = _reached(templates, "js/mount.js")
    sentences = tuple(set(_reached(templates, "js/sentences.js")) - set(modules))
    return Code(folder, engines, modules, sentences)


def _reached(templates: Path, first: str) -> tuple[str, ...]:
    """The module and all that it imports statically, so that they are fetched at once."""
    found: list[str] = []
    waiting = [first]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.append(name)
        text = (templates / name).read_text("utf8")
        for target in IMPORTED.findall(text):
            path = (templates / name).parent / target
            waiting.append(os.path.relpath(path, templates).replace(os.sep, "/"))
    return tuple(sorted(found))


def _files(folder: Path, names: Iterable[str]) -> list[Path]:
    found = [path for name in names for path in (folder / name).rglob("*") if path.is_file()]
    wanted = [path for path in found if path.suffix in SUFFIXES and "ttf" not in path.parts]
    inside = (path.relative_to(folder) for path in wanted)
    return sorted(path for path in inside if path not in SOURCES and path.parent not in SOURCES)
