"""The Nu HTML checker over every page of a built site; run as ``python -m tests.markup SITE ...``.

It is Java and 30 MB, so it is not installed with the rest: a `vnu` on the PATH or the ``vnu.jar``
that $VNU names is used, such as ``npm install vnu-jar`` brings. Where there is none, that is said.
What it says of the security policy is left out: of a page read from a file it knows no origin, so
that everything seems to come from elsewhere.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

POLICY = re.compile("Content Security Policy")


def checker() -> list[str]:
    """The command that checks HTML, or nothing."""
    jar, java = os.environ.get("VNU", ""), shutil.which("java")
    if jar and java:
        return [java, "-Xss4m", "-jar", jar]
    found = shutil.which("vnu")
    return [found] if found else []


def faults(command: list[str], sites: list[str]) -> list[str]:
    """What it finds wrong, each with file, line and column."""
    asked = [*command, "--format", "gnu", "--errors-only", "--skip-non-html", *sites]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    found = [line for line in done.stderr.splitlines() if line and not POLICY.search(line)]
    return found or ([f"the checker ended with {done.returncode}"] if done.returncode else [])


def main() -> int:
    """Check the sites that the command line names; 1 where one of them has a fault."""
    command = checker()
    if not command:
        print("Nu HTML checker: no checker (put vnu on the PATH, or its jar's path in VNU)")
        return 0
    found = faults(command, sys.argv[1:])
    print("\n".join([*found, f"Nu HTML checker: {len(found)} faults"]))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
