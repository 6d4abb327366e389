"""Stage 6: the site is built aside and exchanged whole, so a failed build changes nothing."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from generator.aside import aside, discard, locked, sweep
from generator.disk import disk_error
from generator.errors import SiteError

GITIGNORE = "# built by explorable; nothing here is source\n*\n!.gitignore\n"
AT_FDCWD = -100
EXCHANGE = {"linux": ("renameat2", 2), "darwin": ("renameatx_np", 2)}


@contextmanager
def staged(site: Path, *, keep: bool = False) -> Iterator[Path]:
    """Give an empty folder to build in; put it in the site's place only when the block ends well.

    With `keep` the folder starts with the files of the site as it is. A link in the site's place
    is followed, so that what it leads to is exchanged and it stays.

    Raises:  SiteError for a full disk, a folder that may not be written, or a file in the way.
    """
    name = site.name
    site = site.resolve()
    if site.exists() and not site.is_dir():
        raise SiteError("a file lies where the site should be built", where=name, hint="move it")
    try:
        site.parent.mkdir(parents=True, exist_ok=True)
        restore(site)
        with aside(site.parent, f".{site.name}-") as fresh:
            # It is made private; a web server must be able to read it.
            fresh.chmod(0o755)
            if keep and site.is_dir():
                shutil.copytree(site, fresh, copy_function=_kept, dirs_exist_ok=True)
            yield fresh
            (fresh / ".gitignore").write_text(GITIGNORE, "utf8")
            with locked(site.parent):
                _put(fresh, site)
    except OSError as problem:
        raise disk_error(problem, name) from None


def restore(site: Path) -> None:
    """Finish or undo what a killed build left: a half swap, and folders that nobody will use."""
    old = _old(site)
    with locked(site.parent):
        if old.is_dir() and not site.exists():
            old.rename(site)
    sweep(site.parent, f".{site.name}-")


def asset(folder: Path, content: bytes, suffix: str) -> Path:
    """Write content under its own hash; the same content is one file however often it is asked."""
    path = folder / "assets" / f"{sha256(content).hexdigest()[:16]}{suffix}"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return path


def _kept(source: str, target: str) -> None:
    """A copy; an asset, whose name says what it holds and which nobody writes again, is linked."""
    if "assets" in Path(source).parts:
        with suppress(OSError):
            os.link(source, target)
            return
    shutil.copyfile(source, target)


def _put(fresh: Path, site: Path) -> None:
    if not site.exists():
        fresh.rename(site)
    elif not _exchange(fresh, site):
        site.rename(_old(site))
        fresh.rename(site)
        discard(_old(site))


def _old(site: Path) -> Path:
    """Where the old site waits while the new one takes its place, if that takes two steps."""
    return site.with_name(f".{site.name}-old")


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one atomic step; False where the platform has no such step."""
    name, flag = EXCHANGE.get(sys.platform, ("", 0))
    library = ctypes.CDLL(None, use_errno=True)
    if not name or not hasattr(library, name):
        return False
    at = AT_FDCWD if sys.platform == "linux" else -2
    done = getattr(library, name)(at, os.fsencode(one), at, os.fsencode(other), flag)
    if done == 0:
        return True
    problem = ctypes.get_errno()
    if problem in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(problem, os.strerror(problem), str(other))
