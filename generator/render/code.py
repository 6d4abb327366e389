"""The browser's code: copied into one folder that is named by its contents.

The style sheets that every page needs are joined to one with those of our kinds' stills: nothing is
painted before the last of them is there, and on a slow connection each costs a round trip. For the
same reason modules come as `modules.py` finds them bundled.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from generator.errors import SiteError
from generator.kinds import own_kinds
from generator.package import templates_folder
from generator.render.modules import BUNDLED as MODULES
from generator.render.modules import bundled, reached
from generator.site import asset

FOLDERS = ("css", "js", "figures", "vendor")
SUFFIXES = (".css", ".js", ".mjs", ".woff2", ".svg", ".txt")
# In this order; what only some pages need stays apart, and css/modes.css comes after all others.
SHEETS = (
    "fonts", "tokens", "page", "prose", "boxes", "tables", "article", "contents", "references",
    "languages", "figure", "pictures", "still", "foot", "controls", "panels", "reading", "index",
    "code",
)  # fmt: skip
# What readers of the sources want and every reader of a page would wait for.
COMMENT, BLANK = re.compile(r"/\*.*?\*/", re.DOTALL), re.compile(r"\n\s*")
# Fetched only when a figure needs them, and kept under a hash of their own.
ENGINES = {"wasm": "vendor/ort.wasm", "vega": "vendor/vega.js"}
# What `make` bundles and no page can do without.
BUNDLED = (*ENGINES.values(), "vendor/light.js")
# What the light engine and the trainer are made of; pages get what is made of it.
SOURCES = (Path("js/engine"), Path("vendor/kernel.js"), Path("vendor/train.js"), MODULES)


@dataclass(frozen=True)
class Code:
    """Where the code lies; `engines` are its heavy files, `own` the author's kinds in it."""

    folder: Path
    engines: dict[str, Path]
    own: frozenset[str]

    def styles(self, kinds: Iterable[str]) -> list[str]:
        """Sheets that stills of these kinds need besides the one of every page."""
        files = [f"figures/{name}/{name}.css" for name in sorted(self.own.intersection(kinds))]
        return [file for file in files if (self.folder / file).is_file()]

    def living(self, kind: str) -> str:
        """The sheet that a living figure of this kind brings, or nothing."""
        file = f"figures/{kind}/living.css"
        return file if (self.folder / file).is_file() else ""

    def modules(self, kind: str) -> list[str]:
        """What a figure of this kind needs besides the core, so that it is fetched at once."""
        return reached(self.folder, f"figures/{kind}.js")


def copy_code(site: Path, own: Path) -> Code:
    """Copy modules, styles, fonts and small libraries so that their relative imports hold.

    Kinds of the author's own, in the folder `own`, lie beside ours.

    Raises:  SiteError where the bundled libraries or modules are missing or not of today.
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
    joined = _joined(templates)
    apart = {*map(Path, ENGINES.values()), *joined}
    files = {path: templates / path for path in _files(templates, FOLDERS) if path not in apart}
    modules = bundled(templates)
    # Modules of our kinds are in their kind's one file; others may be an author's kinds' too.
    files = {path: source for path, source in files.items() if not _inner(path)} | modules
    kinds = [path.name for path in own_kinds(own)]
    files |= {"figures" / path: own / path for path in _files(own, kinds)}
    sheet = "".join(COMMENT.sub("", (templates / path).read_text("utf8")) for path in joined)
    written = {Path("css/site.css"): BLANK.sub("\n", sheet).lstrip().encode()}
    for name in kinds:
        # Where the page looks for a kind; its folder stays as it is, so that its imports hold.
        inside = f'from "./{name}/{name}.js";\n'
        door = f"export * {inside}export {{default}} {inside}"
        written[Path(f"figures/{name}.js")] = door.encode()
    digest = sha256()
    for path, source in files.items():
        digest.update(f"{path}\0".encode() + sha256(source.read_bytes()).digest())
    for path, content in written.items():
        digest.update(f"{path}\0".encode() + sha256(content).digest())
    folder = site / "assets" / digest.hexdigest()[:16]
    for path in [path for path in (*files, *written) if not (folder / path).exists()]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        if path in written:
            (folder / path).write_bytes(written[path])
        else:
            shutil.copyfile(files[path], folder / path)
    return Code(folder, engines, frozenset(kinds))


def _joined(templates: Path) -> list[Path]:
    """Sheets of every page, in their order."""
    kinds = sorted((templates / "figures").glob("*.css"))
    return [
        *(Path(f"css/{name}.css") for name in SHEETS),
        *(Path("figures") / one.name for one in kinds),
    ]


def _inner(path: Path) -> bool:
    return path.parts[0] == "figures" and path.suffix == ".js"


def _files(folder: Path, names: Iterable[str]) -> list[Path]:
    found = [path for name in names for path in (folder / name).rglob("*") if path.is_file()]
    wanted = [path for path in found if path.suffix in SUFFIXES and "ttf" not in path.parts]
    inside = (path.relative_to(folder) for path in wanted)
    return sorted(path for path in inside if not any(path.is_relative_to(one) for one in SOURCES))
