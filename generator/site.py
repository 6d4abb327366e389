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
from tempfile import mkdtemp

from generator.disk import disk_error

GITIGNORE = "# built by explorable; nothing here is source\n*\n!.gitignore\n"
AT_FDCWD = -100
EXCHANGE = {"linux": ("renameat2", 2), "darwin": ("renameatx_np", 2)}


@contextmanager
def staged(site: Path, *, keep: bool = False) -> Iterator[Path]:
    """Give an empty folder to build in; put it in the site's place only when the block ends well.

    With `keep` the folder starts with the files of the site as it is.

    Raises:  SiteError for a full disk, a folder that may not be written, or a file in the way.
    """
    try:
        restore(site)
        fresh = Path(mkdtemp(prefix=f".{site.name}-{os.getpid()}-", dir=site.parent))
    except OSError as problem:
        raise disk_error(problem, site.name) from None
    try:
        # mkdtemp makes it private; a web server must be able to read it.
        fresh.chmod(0o755)
        if keep and site.is_dir():
            shutil.copytree(site, fresh, copy_function=_kept, dirs_exist_ok=True)
        yield fresh
        (fresh / ".gitignore").write_text(GITIGNORE, "utf8")
        _put(fresh, site)
    except OSError as problem:
        raise disk_error(problem, site.name) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def restore(site: Path) -> None:
    """Finish or undo what a killed build left: a half swap, and folders that nobody will use."""
    aside = site.with_name(f".{site.name}-old")
    if aside.is_dir() and not site.exists():
        aside.rename(site)
    for litter in site.parent.glob(f".{site.name}-*"):
        if not _alive(litter.name.removeprefix(f".{site.name}-").split("-")[0]):
            shutil.rmtree(litter, ignore_errors=True)


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


def _alive(process: str) -> bool:
    """Whether another build is still at work in a folder that carries its process number."""
    if not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _put(fresh: Path, site: Path) -> None:
    if not site.exists():
        fresh.rename(site)
    elif not _exchange(fresh, site):
        aside = site.with_name(f".{site.name}-old")
        site.rename(aside)
        fresh.rename(site)
        shutil.rmtree(aside, ignore_errors=True)


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
