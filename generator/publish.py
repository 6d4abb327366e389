"""The workflow file that builds a site at every push and puts it on a static pages host."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.metadata import version

from generator.errors import SiteError
from generator.package import templates_folder
from generator.project import Project

WORKFLOW, NEEDS = ".github/workflows/publish.yml", "requirements.txt"
# What git allows in a name and YAML and a shell take as it is.
BRANCH = re.compile(r"[A-Za-z0-9][\w./-]*")


def publish(project: Project, branch: str, again: bool, say: Callable[[str], None]) -> None:
    """Write the workflow for pushes to `branch`, and ``requirements.txt`` if there is none.

    Raises:  SiteError where there is a workflow already and it is not to be written `again`, for a
             branch with signs that no branch should have, and for a project without articles.
    """
    if not BRANCH.fullmatch(branch):
        raise SiteError(f"{branch!r} cannot be the name of a branch here")
    if not any(project.articles.glob("*/index.md")):
        raise SiteError("there is nothing to publish", where="articles", hint="explorable new site")
    target = project.root / WORKFLOW
    if target.exists() and not again:
        raise SiteError("there is one already", where=WORKFLOW, hint="--again writes it anew")
    text = (templates_folder() / "publish/pages.yml").read_text("utf8")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text.replace("«branch»", branch), "utf8")
    say(f"  {WORKFLOW}")
    needs = project.root / NEEDS
    if not needs.exists():
        needs.write_text(f"explorable=={version('explorable')}\n", "utf8")
        say(f"  {NEEDS}")
