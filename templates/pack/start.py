"""Show this site to a whole class: python3 start.py

Needs Python alone, 3.8 or newer, and no internet. Whoever is in the same network opens the address
that is printed, or points a telephone at the code. Nothing leaves this computer but the site.
"""

import argparse
import os
import socket
import sys
import webbrowser
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from qr import lines

HERE = os.path.dirname(os.path.abspath(__file__))
SITE = os.path.join(HERE, "site")
# Said here, since some computers answer otherwise, and browsers then refuse to run the file.
TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml",
    ".png": "image/png", ".webp": "image/webp", ".woff2": "font/woff2", ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8", ".csv": "text/csv; charset=utf-8",
    ".onnx": "application/octet-stream", ".safetensors": "application/octet-stream",
}  # fmt: skip


class Handler(SimpleHTTPRequestHandler):
    """Files of the site and nothing else; what never changes is asked for once."""

    protocol_version = "HTTP/1.1"
    extensions_map = {"": "application/octet-stream", **TYPES}

    def end_headers(self):
        kept = self.path.startswith("/assets/")
        self.send_header("Cache-Control", "max-age=31536000, immutable" if kept else "no-cache")
        super().end_headers()

    def list_directory(self, path):
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code, message=None, explain=None):
        page = os.path.join(SITE, "404.html")
        if code != HTTPStatus.NOT_FOUND or not os.path.isfile(page):
            super().send_error(code, message, explain)
            return
        with open(page, "rb") as file:
            body = file.read()
        self.send_response(code)
        self.send_header("Content-Type", TYPES[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing of who asked for what."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    # A class opens the page at the same moment, and a page asks for many files at once.
    request_queue_size = 256

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], OSError):  # a reader who has left is no error
            super().handle_error(request, client_address)


def addresses():
    """Of this computer in its networks, the likeliest first; nothing is sent to find them out."""
    found = []
    for far in ("192.0.2.1", "10.255.255.255"):
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((far, 9))
            found.append(probe.getsockname()[0])
    with suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return [one for one in dict.fromkeys(found) if not one.startswith(("127.", "0."))]


def served(port):
    """A server at this port, or at the next that is free."""
    for one in range(port, port + 50):
        try:
            return Server(("", one), partial(Handler, directory=SITE))
        except OSError:
            continue
    sys.exit(f"no port from {port} to {port + 49} is free; choose another: start.py --port 9000")


def show(rows):
    """Print the code white on black, whatever the window's colours, where it can be told to."""
    coloured = sys.stdout.isatty() and (os.name != "nt" or "WT_SESSION" in os.environ)
    before, after = ("\033[97;40m", "\033[0m") if coloured else ("", "")
    try:
        print("\n" + "\n".join(before + row + after for row in rows) + "\n", flush=True)
    except UnicodeEncodeError:
        print("(this window cannot show the code)", flush=True)


def main():
    told = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    told.add_argument("--port", type=int, default=8000)
    told.add_argument("--quiet", action="store_true", help="open no browser here")
    asked = told.parse_args()
    if not os.path.isdir(SITE):
        sys.exit("the folder site is missing: unpack the whole zip, then start again")
    server = served(asked.port)
    port = server.server_address[1]
    here = f"http://localhost:{port}/"
    print(f"\nOn this computer:   {here}", flush=True)
    for i, one in enumerate(addresses()):
        address = f"http://{one}:{port}/"
        print(f"In this network:    {address}", flush=True)
        if i == 0:
            show(lines(address))
    print("Leave this window open. Ctrl-C ends it.", flush=True)
    if not asked.quiet:
        webbrowser.open(here)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("\nEnded.")


if __name__ == "__main__":
    main()
