"""explorable serve: a site that follows its author."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn

from generator.project import Project
from generator.serve.app import LOOPBACK, application
from generator.serve.changes import Changes, watch
from generator.serve.channel import Channel
from generator.serve.preview import Preview, say


def serve(project: Project, found: socket.socket, host: str) -> None:
    """Build, serve at the socket and follow every edit, until interrupted."""
    with TemporaryDirectory(prefix="explorable-") as folder:
        again = asyncio.run(_serve(Preview(project, Path(folder)), found, host))
    if again:
        found.close()
        os.execv(sys.executable, [sys.executable, "-m", "generator", *sys.argv[1:]])


class _Server(uvicorn.Server):
    """Lets open pages go before it waits for them."""

    def __init__(self, config: uvicorn.Config, channel: Channel) -> None:
        super().__init__(config)
        self.channel = channel

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.channel.close()
        await super().shutdown(sockets)


async def _serve(preview: Preview, found: socket.socket, host: str) -> bool:
    """Whether to start again, because the generator's own code was edited."""
    config = uvicorn.Config(
        application(preview, host), lifespan="off", log_level="warning", access_log=False,
        timeout_graceful_shutdown=2,
    )  # fmt: skip
    server = _Server(config, preview.channel)
    again = False

    def seen(changes: Changes) -> None:
        nonlocal again
        if changes.generator:
            say("the generator was edited: starting again")
            again = server.should_exit = True
        preview.seen(changes)

    try:
        async with asyncio.TaskGroup() as tasks:
            others = [
                tasks.create_task(watch(preview.project, seen)),
                tasks.create_task(preview.settle()),
            ]
            await server.serve(sockets=[found])
            for task in others:
                task.cancel()
    finally:
        await preview.whole.stop()
    return again


def addresses(found: socket.socket, host: str) -> list[str]:
    """Where a browser finds the site: here, and in the local network where all may see it."""
    port = found.getsockname()[1]
    if host in LOOPBACK:
        return [f"http://{'[::1]' if host == '::1' else host}:{port}/"]
    if host in ("0.0.0.0", "::"):
        return [f"http://localhost:{port}/", f"http://{socket.gethostname()}:{port}/"]
    return [f"http://{host}:{port}/"]
