"""Writing whole files, and what the file system refuses, said to an author."""

import errno
from pathlib import Path

from generator.aside import LITTER, aside
from generator.errors import SiteError

REASONS = {
    errno.ENOSPC: ("the disk is full", "free some space and build again"),
    errno.EDQUOT: ("the disk quota is used up", "free some space and build again"),
    errno.EFBIG: ("a file would grow over the size limit", "raise the limit and build again"),
    errno.EACCES: ("the folder may not be written", "change its permissions"),
    errno.EPERM: ("the folder may not be written", "change its permissions"),
    errno.EROFS: ("the file system is read-only", "build somewhere else"),
    errno.EBUSY: (
        "the folder is a mount point, which cannot be exchanged for another",
        "mount the folder above it, or build elsewhere and copy",
    ),
}


def disk_error(problem: OSError, where: str) -> OSError | SiteError:
    """Name the reason and the remedy; anything else is a bug of ours and is given back as it is."""
    if problem.errno not in REASONS:
        return problem
    what, hint = REASONS[problem.errno]
    return SiteError(f"{what}; the old site is untouched", where=where, hint=hint)


def put(path: Path, content: bytes) -> None:
    """Write a file aside, then rename it: whoever reads sees the old one or the new one, whole.

    Raises:  SiteError where the disk refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside(path.parent, LITTER) as folder:
            (folder / path.name).write_bytes(content)
            (folder / path.name).replace(path)
    except OSError as problem:
        raise disk_error(problem, path.parent.name) from None
