"""The pages' modules as `make` bundled them, if they are what templates/ says now."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path

from generator.errors import SiteError

# Written by templates/modules.mjs.
BUNDLED = Path("vendor/modules")
# A static import; those inside JSDoc types are followed by a parenthesis, not by a name.
IMPORTED = re.compile(r'^(?:import|export)\s(?:[^"();=]*\sfrom\s)?"(\.[^"]+)"', re.MULTILINE)


def bundled(templates: Path) -> dict[Path, Path]:
    """Files that take the place of modules of ``js/`` and ``figures/``, and where they lie.

    Raises:  SiteError where they are missing, or where a module was edited since they were made.
    """
    folder = templates / BUNDLED
    stamp = folder / "stamp"
    if not stamp.is_file():
        raise SiteError(
            f"templates/{BUNDLED.as_posix()} is missing", hint="run 'make site', which bundles it"
        )
    if stamp.read_text("utf8") != sources(templates):
        raise SiteError(
            "modules in templates/ were edited after they were bundled",
            hint="run 'make site', or 'node templates/modules.mjs'",
        )
    files = sorted(path for path in folder.rglob("*.js") if path.is_file())
    return {path.relative_to(folder): path for path in files}


def sources(templates: Path) -> str:
    """A hash of all that the bundles are made of, as `templates/modules.mjs` sums it up too."""
    digest = sha256()
    for place in ("js/**/*.js", "figures/**/*.js", "vendor/*.js"):
        names = (path.relative_to(templates).as_posix() for path in templates.glob(place))
        for name in sorted(names):
            digest.update(_line(templates, name))
    digest.update(_line(templates, "modules.mjs"))
    return digest.hexdigest()


def reached(folder: Path, first: str) -> list[str]:
    """A module and all that it imports statically, so that they are fetched at once.

    Paths are relative to `folder`, which they do not leave.
    """
    found: list[str] = []
    waiting = [first]
    while waiting:
        name = waiting.pop()
        if name in found or not (folder / name).is_file():
            continue
        found.append(name)
        for target in IMPORTED.findall((folder / name).read_text("utf8")):
            path = (folder / name).parent / target
            waiting.append(os.path.relpath(path, folder).replace(os.sep, "/"))
    return sorted(found)


def _line(templates: Path, name: str) -> bytes:
    content = sha256((templates / name).read_bytes()).hexdigest()
    return f"{name}\0{content}\n".encode()
