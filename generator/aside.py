"""Folders that are filled aside and then renamed; those whose maker was killed are swept away.

A maker holds a lock on its folder, which the system takes back when the process dies, however it
dies. So a folder that can be locked is nobody's.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

# How the names of folders begin that are being filled in the store and beside it.
LITTER = ".new-"


@contextmanager
def aside(parent: Path, prefix: str) -> Iterator[Path]:
    """Give an empty folder; whatever still has its name when the block ends is removed.

    Raises:  OSError as the file system does.
    """
    with locked(parent):
        made = Path(mkdtemp(prefix=prefix, dir=parent))
        hold = os.open(made, os.O_RDONLY)
        fcntl.flock(hold, fcntl.LOCK_EX)
    try:
        yield made
    finally:
        os.close(hold)
        with suppress(OSError):
            discard(made)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Wait until no other process is in such a block on the same folder."""
    hold = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(hold, fcntl.LOCK_EX)
        yield
    finally:
        os.close(hold)


def sweep(parent: Path, prefix: str) -> None:
    """Remove folders with this prefix that no living process holds."""
    with locked(parent):
        for litter in parent.glob(f"{prefix}*"):
            if not _held(litter):
                with suppress(OSError):
                    discard(litter)


def discard(path: Path) -> None:
    """Remove what is there, a folder, a link or a file; nothing may be there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _held(path: Path) -> bool:
    try:
        hold = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(hold)
