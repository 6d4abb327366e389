"""One zip of a built site for a classroom without internet, with a file that shows it."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path

from generator.errors import SiteError
from generator.package import templates_folder
from generator.project import Project

STARTS = ("start.py", "qr.py", "README.txt")
# The earliest that a zip knows, so that equal sites give equal bytes.
TIME = (1980, 1, 1, 0, 0, 0)
PACKED = (".webp", ".png", ".woff2", ".zip")


def pack(project: Project, target: Path | None = None) -> Path:
    """Write the zip, by default ``<site's name>.zip`` in the project, and give its place.

    The same site gives the same bytes.

    Raises:  SiteError where the site was never built or the zip cannot be written.
    """
    site = project.site
    if not (site / "index.html").is_file():
        raise SiteError("the site was never built", where="site", hint="explorable build")
    name = re.sub(r"\W+", "-", project.settings.name.casefold()).strip("-") or "site"
    target = target or project.root / f"{name}.zip"
    aside = target.with_name(f".{target.name}.part")
    try:
        with zipfile.ZipFile(aside, "w") as packed:
            for file in STARTS:
                text = (templates_folder() / "pack" / file).read_text("utf8")
                title = f"{project.settings.name}, for a class without internet"
                text = text.replace("«name»", project.settings.name)
                _add(packed, f"{name}/{file}", text.replace("«rule»", "=" * len(title)).encode())
            for path in sorted(site.rglob("*")):
                if path.is_file() and path.name != ".gitignore":
                    inside = path.relative_to(site).as_posix()
                    _add(packed, f"{name}/site/{inside}", path.read_bytes())
        os.replace(aside, target)
    except OSError as problem:
        aside.unlink(missing_ok=True)
        why = problem.strerror or str(problem)
        raise SiteError(f"the zip cannot be written: {why}", where=str(target)) from None
    return target


def _add(packed: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, TIME)
    entry.external_attr = 0o644 << 16
    # What is compressed already only costs time.
    small = not name.endswith(PACKED)
    entry.compress_type = zipfile.ZIP_DEFLATED if small else zipfile.ZIP_STORED
    packed.writestr(entry, content)
