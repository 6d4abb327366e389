"""A static host as strict as any: the page's policy as a header on every response."""

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self.server.policy)  # type: ignore[attr-defined]
        self.send_header("Cache-Control", "max-age=60")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing: a test reads the page, not the log."""


class _Server(ThreadingHTTPServer):
    # A page asks for dozens of modules at once; past the usual backlog of five, connections wait
    # for TCP to try again, which takes seconds.
    request_queue_size = 128


class Host:
    """Serves `folder` at `url`, below a sub-path so that no link may start at the root.

    `forbidden` is taken out of the policy that the server sends; `handler` answers in another way.
    """

    def __init__(
        self,
        folder: Path,
        forbidden: str = "",
        handler: type[SimpleHTTPRequestHandler] | None = None,
    ) -> None:
        html = (folder / "index.html").read_text("utf8")
        policy = POLICY.search(html)
        if policy is None:
            raise ValueError("the home page states no policy")
        serve = partial(handler or SubPath, directory=str(folder))
        self._server = _Server(("127.0.0.1", 0), serve)
        sent = policy.group(1).replace("&#39;", "'").replace(forbidden, "")
        self._server.policy = sent  # type: ignore[attr-defined]
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        # A name that is not localhost is not a trusted origin, like a teacher's laptop in a LAN.
        self.url = f"http://classroom.test:{self._server.server_port}/some/where/"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class SubPath(_Handler):
    def translate_path(self, path: str) -> str:
        if not path.startswith("/some/where/"):
            return "/nonexistent"
        return super().translate_path(path.removeprefix("/some/where"))
