"""A whole build in a process of its own, so that the preview never holds an old model or kind."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from generator.package import PACKAGE
from generator.project import Project

Events = Callable[[dict[str, Any]], None]


class Whole:
    """One build at a time; a new one stops the one before, whose finished figures are kept."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._process: asyncio.subprocess.Process | None = None

    async def build(self, hear: Events) -> bool:
        """Build everything and hand on what the build says; whether it ended well.

        Event ``problem`` carries ``trace`` where the build failed by a fault in somebody's code.
        """
        paths = (str(PACKAGE.parent), os.environ.get("PYTHONPATH", ""))
        process = self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "generator",
            "build", "--events", "--root", str(self.project.root),
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            # The terminal's Ctrl-C is for the preview, which then stops its build itself.
            start_new_session=True,
        )  # fmt: skip
        said, _ = await asyncio.gather(_errors(process), _listen(process, hear))
        status = await process.wait()
        if status and self._process is process and "Traceback" in said:
            last = said.strip().splitlines()[-1]
            hear({"event": "problem", "what": last, "where": "", "hint": "", "trace": said})
        return status == 0

    async def stop(self) -> None:
        """Interrupt the build that is running, if any, and wait for its end."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGINT)
        try:
            await asyncio.wait_for(process.wait(), 10)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()


async def _listen(process: asyncio.subprocess.Process, hear: Events) -> None:
    if process.stdout is None:
        return
    async for line in process.stdout:
        hear(json.loads(line))


async def _errors(process: asyncio.subprocess.Process) -> str:
    return "" if process.stderr is None else (await process.stderr.read()).decode("utf8", "replace")
