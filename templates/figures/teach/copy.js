/** What stands in an exported archive beside the graph: a page, a start file, a word to whoever opens it. Pure. */

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";

/** @param {string[]} names  of classes */
export const page = (names) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>A machine that tells ${escaped(names.join(", "))}</title>
<style>
:root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif; --paper: light-dark(#fdfcf9, #15171b); --ink: light-dark(#1e2026, #e9e6df); --accent: light-dark(#0b57a4, #8fbdf5); --panel: light-dark(#f4f2ec, #1f2228); }
body { max-width: 44rem; margin: 0 auto; padding: 1rem; background: var(--paper); color: var(--ink); }
main { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); }
canvas, video { width: 100%; aspect-ratio: 1; object-fit: cover; background: var(--panel); touch-action: none; }
video { transform: scaleX(-1); }
.bar { display: grid; grid-template-columns: 1fr 4em; gap: 0 .5rem; margin-bottom: .5rem; }
.bar .track { grid-column: 1 / -1; height: .8rem; background: var(--panel); }
.bar .fill { display: block; height: 100%; width: calc(100% * var(--share, 0)); background: var(--accent); }
.bar .share { text-align: right; }
.bar.answer { font-weight: 700; }
button, input { font: inherit; min-height: 2.75rem; }
button[aria-pressed="true"] { outline: 2px solid var(--accent); }
fieldset { display: flex; flex-wrap: wrap; gap: .25rem; margin: .5rem 0; padding: 0; border: 0; }
[hidden] { display: none; }
</style>
<h1>${escaped(names.join(", "))}</h1>
<p id="still">This page has to be served. Start it with: python3 start.py</p>
<main></main>
<script type="module" src="script.js"></script>
</html>
`;

export const start = `"""Serve this folder to this computer and open it: python3 start.py (needs Python 3.8 alone)."""

import functools
import http.server
import os
import sys
import webbrowser

HERE = os.path.dirname(os.path.abspath(__file__))
TYPES = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript",
    ".json": "application/json", ".wasm": "application/wasm",
}


class Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {"": "application/octet-stream", **TYPES}

    def log_message(self, *_):
        """Say nothing."""


def main():
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    handler = functools.partial(Handler, directory=HERE)
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        address = "http://127.0.0.1:%d/" % server.server_address[1]
        print("The page is at %s; end with Ctrl+C." % address, flush=True)
        if port == 0:
            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
`;

/** @param {string[]} names @param {string} model @param {string} layer */
export const readme = (names, model, layer) => `A machine that tells ${names.join(", ")}

    python3 start.py      serves the page on this computer and opens it; Python is all it needs

model.onnx is the whole network: ${model} up to ${layer}, and the trained head behind it. Its input
is one picture, (1, channels, height, width), its output "probabilities" one share for each class, in
the order of "classes" in its metadata. Any program that reads ONNX runs it. machine.json says how the page makes
a picture of a drawing. Nothing that you show to the page leaves this computer.
`;
