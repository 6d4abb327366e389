"""What the file system refuses, said to an author."""

import errno

from generator.errors import SiteError

REASONS = {
    errno.ENOSPC: ("the disk is full", "free some space and build again"),
    errno.EDQUOT: ("the disk quota is used up", "free some space and build again"),
    errno.EFBIG: ("a file would grow over the size limit", "raise the limit and build again"),
    errno.EACCES: ("the folder may not be written", "change its permissions"),
    errno.EPERM: ("the folder may not be written", "change its permissions"),
    errno.EROFS: ("the file system is read-only", "build somewhere else"),
}


def disk_error(problem: OSError, where: str) -> OSError | SiteError:
    """Name the reason and the remedy; anything else is a bug of ours and is given back as it is."""
    if problem.errno not in REASONS:
        return problem
    what, hint = REASONS[problem.errno]
    return SiteError(f"{what}; the old site is untouched", where=where, hint=hint)
