"""What every open page is told, as server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any


class Channel:
    """Every open page hears what is told; one that opens later hears what still holds."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[str]] = set()
        self._standing: dict[str, str] = {}

    def tell(self, event: str, **fields: Any) -> None:
        """Tell every open page once."""
        for listener in self._listeners:
            listener.put_nowait(_message(event, fields))

    def hold(self, event: str, **fields: Any) -> None:
        """Tell every open page, and every page that opens until this event is told anew."""
        self._standing[event] = _message(event, fields)
        self.tell(event, **fields)

    def close(self) -> None:
        """Let every page go."""
        for listener in self._listeners:
            listener.put_nowait("")

    async def listen(self) -> AsyncIterator[str]:
        """Everything that holds, then everything that is told."""
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            # A browser that has lost the server asks again after this many milliseconds.
            yield "retry: 500\n\n"
            for message in list(self._standing.values()):
                yield message
            while message := await queue.get():
                yield message
        finally:
            self._listeners.discard(queue)


def _message(event: str, fields: dict[str, Any]) -> str:
    return f"event: {event}\ndata: {json.dumps(fields, ensure_ascii=False)}\n\n"
