"""What happens after an edit: the page at once, then the whole site in the background."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

import click

from generator.errors import GeneratorError
from generator.project import Project
from generator.serve.changes import Changes
from generator.serve.channel import Channel
from generator.serve.files import Site
from generator.serve.quick import Quick
from generator.serve.trouble import Trouble, trouble
from generator.serve.whole import Whole

# In seconds: a build begins when the author has paused; a half-saved file is soon whole.
PAUSE, HALF_SAVED = 0.3, 0.1


class Preview:
    """Turns edits into pages; tells terminal and browser what it does."""

    def __init__(self, project: Project, fresh: Path) -> None:
        self.project = project
        self.channel = Channel()
        self.site = Site(project, fresh)
        self.quick = Quick(project, fresh)
        self.whole = Whole(project)
        self.edited: set[str] = set()
        self.stale = asyncio.Event()
        self._computing: list[str] = []
        self._trouble: Trouble | None = None
        self._edits = 0
        self._forgetful = False
        self._busy = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    def seen(self, changes: Changes) -> None:
        """Take note of edits, which arrive in the event loop."""
        self._edits += 1
        if changes.others:
            self._forgetful = True
            self.start(self.whole.stop())
        self.edited |= changes.articles
        self.stale.set()
        if changes.articles:
            self.start(self._pages(self._edits, monotonic()))

    async def settle(self) -> None:
        """Build the whole site whenever something has changed and the author has paused."""
        self.stale.set()
        while True:
            await self.stale.wait()
            while self.stale.is_set():
                self.stale.clear()
                if self.site.site.is_dir():
                    await asyncio.sleep(PAUSE)
            await self._build()

    async def _pages(self, edit: int, since: float) -> None:
        for slug in sorted(self.edited):
            path = f"articles/{slug}/index.html"
            try:
                made = await self._render(slug)
            except GeneratorError as problem:
                # Editors write a file in steps; what is broken between two is nobody's mistake.
                await asyncio.sleep(HALF_SAVED)
                if self._edits == edit:
                    self._show(
                        trouble(self.project.root, problem.what, problem.where, problem.hint)
                    )
                return
            except FileNotFoundError:
                continue
            if made:
                self.site.newer.add(path)
                self.channel.tell("page", path=path)
                say(f"{path} in {1000 * (monotonic() - since):.0f} ms")
                self._show(None)

    async def _render(self, slug: str) -> bool:
        """One at a time, since figures and templates are remembered between them."""
        async with self._busy:
            if self._forgetful:
                self._forgetful = False
                self.quick.forget()
            return await asyncio.to_thread(self.quick.page, slug)

    async def opened(self, path: str) -> None:
        """A page was opened: its article is likely to be edited next."""
        slug = path.strip("/").removeprefix("articles/").partition("/")[0]
        if (self.project.articles / slug / "index.md").is_file():
            async with self._busy:
                await asyncio.to_thread(self.quick.prime, slug)

    async def _build(self) -> None:
        edit, failed = self._edits, False

        def hear(event: dict[str, Any]) -> None:
            nonlocal failed
            failed = failed or event["event"] == "problem"
            self._hear(event)

        well = await self.whole.build(hear)
        self._work([])
        if well:
            if self._edits == edit:
                self.site.newer.clear()
                self.edited.clear()
                self._show(None)
            self.channel.tell("site")
        elif not failed and self._edits == edit:
            say("the build was stopped")

    def _hear(self, event: dict[str, Any]) -> None:
        """One event of a whole build, for the terminal and for open pages."""
        match event["event"]:
            case "computing":
                self._work(event["figures"])
                say(f"computing {', '.join(event['figures'])}")
            case "computed":
                self._work([name for name in self._computing if name != event["figure"]])
                say(f"computed {event['figure']} in {event['seconds']:.1f} s")
            case "done":
                say(f"site of {event['pages']} pages in {event['seconds']:.2f} s")
            case "note":
                say(event["line"])
            case "warning":
                place = f"{event['where']}: " if event["where"] else ""
                say(f"warning: {place}{event['what']}")
            case "problem":
                found = trouble(self.project.root, event["what"], event["where"], event["hint"])
                self._show(Trouble(**{**vars(found), "trace": event.get("trace", "")}))

    def _work(self, figures: list[str]) -> None:
        self._computing = figures
        self.channel.hold("work", figures=figures)

    def _show(self, found: Trouble | None) -> None:
        """Show a mistake, or take the one before away; the same is not said twice."""
        if found == self._trouble:
            return
        self._trouble = found
        if found:
            click.secho(f"\n{found}\n", fg="red", err=True)
            self.channel.hold("trouble", **found.fields())
        else:
            say("mended")
            self.channel.hold("trouble")

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin something that nobody waits for."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def say(line: str) -> None:
    """One line in the terminal, with the time."""
    click.echo(f"{datetime.now():%H:%M:%S}  {line}")
