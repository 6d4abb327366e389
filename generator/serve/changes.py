"""What was edited: the text of articles, or something that needs more than reading."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from watchfiles import awatch

from generator.errors import SiteError
from generator.package import PACKAGE, templates_folder
from generator.project import Project

# In milliseconds: a second file of the same save follows within the first; longer would be felt.
STEP, LONGEST = 10, 60
TEXT = (".md", ".bib")
FOLLOW = partial(awatch, step=STEP, debounce=LONGEST)
FOLDERS = ("articles", "models", "figures")


@dataclass(frozen=True)
class Changes:
    """Articles whose text alone was edited; other files; whether the generator itself was."""

    articles: frozenset[str]
    others: frozenset[str]
    generator: bool = False


async def watch(project: Project, seen: Callable[[Changes], None]) -> None:
    """Call `seen` with each set of edits as it happens, until cancelled.

    Only folders that a build reads are watched, not what else lies in the project's root.
    """
    again = asyncio.Event()

    async def deep() -> None:
        while True:
            again.clear()
            async for found in FOLLOW(*_places(project), stop_event=again):
                seen(_sorted({Path(path) for _, path in found}, project))

    async def flat() -> None:
        known = _places(project)
        async for found in FOLLOW(project.root, recursive=False):
            paths = {Path(path) for _, path in found if path.endswith(".toml")}
            if paths:
                seen(_sorted(paths, project))
            if _places(project) != known:
                known = _places(project)
                again.set()
                seen(Changes(frozenset(), frozenset(FOLDERS)))

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(deep())
        tasks.create_task(flat())


def _places(project: Project) -> list[Path]:
    """Folders to watch; those of the generator too in a checkout, for who works on it."""
    ours = (PACKAGE, templates_folder()) if (PACKAGE.parent / "pyproject.toml").is_file() else ()
    names = (*FOLDERS, *filter(None, [_map(project)]))
    return [path for path in (*(project.root / name for name in names), *ours) if path.is_dir()]


def _map(project: Project) -> str:
    try:
        return project.settings.map
    except SiteError:
        return ""  # the build says what is wrong with the settings


def _sorted(paths: set[Path], project: Project) -> Changes:
    articles, others, generator = set(), set(), False
    for path in paths:
        inside = path.is_relative_to(project.articles)
        parts = path.relative_to(project.articles).parts if inside else ()
        if len(parts) > 1 and path.suffix in TEXT and (project.articles / parts[0]).is_dir():
            articles.add(parts[0])
        elif path.is_relative_to(PACKAGE) and path.suffix == ".py":
            generator = True
        else:
            others.add(str(path))
    return Changes(frozenset(articles), frozenset(others), generator)
