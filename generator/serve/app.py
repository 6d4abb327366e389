"""The preview's server: site/ and a channel; nothing else of the machine can be asked for."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Mount, Route

from generator.serve.files import OURS, preview_files
from generator.serve.preview import Preview

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def application(preview: Preview, host: str) -> Starlette:
    """Everything that a browser may ask for.

    At a loopback address only its own names are answered, so that no other site can read the
    preview through a name that leads here.
    """

    async def events(request: Request) -> StreamingResponse:
        preview.start(preview.opened(request.query_params.get("page", "")))
        headers = {"Cache-Control": "no-store"}
        stream = preview.channel.listen()
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

    names = [*LOOPBACK] if host in LOOPBACK else ["*"]
    return Starlette(
        routes=[
            Route(f"{OURS}events", events),
            Mount(OURS.rstrip("/"), preview_files()),
            Mount("/", preview.site),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=names, www_redirect=False)],
    )
