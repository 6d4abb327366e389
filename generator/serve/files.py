"""The site's files for a browser: HTML with the preview's script added, nothing from elsewhere."""

from __future__ import annotations

import mimetypes
import os
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from generator.package import templates_folder
from generator.project import Project

# Systems differ in what they take these for, and browsers refuse a module of another type.
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm",
         ".webp": "image/webp", ".woff2": "font/woff2", ".safetensors": "application/octet-stream",
         ".onnx": "application/octet-stream"}  # fmt: skip
OURS = "/_preview/"
MODULE = '<script type="module"'
HEAD = f'<link rel="stylesheet" href="{OURS}preview.css">{MODULE} src="{OURS}preview.js"></script>'
EMPTY = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body class="preview-empty"><main><h1>{title}</h1><p>{text}</p></main></body></html>"""


class Site(StaticFiles):
    """Files of site/; a page that was rendered again since the last build comes from `fresh`.

    Symbolic links are followed only within these two folders.
    """

    def __init__(self, project: Project, fresh: Path) -> None:
        for suffix, kind in TYPES.items():
            mimetypes.add_type(kind, suffix)
        super().__init__(directory=project.site, html=True, check_dir=False)
        self.site = project.site
        self.newer: set[str] = set()
        self._built = StaticFiles(directory=project.site, check_dir=False)
        self._fresh = StaticFiles(directory=fresh, check_dir=False)

    async def check_config(self) -> None:
        """The site may come later: a first build can fail."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """Look where the newest version of a file lies."""
        places = [self._fresh if path in self.newer else self._built]
        if path.startswith("assets" + os.sep):
            places.append(self._fresh)
        for place in places:
            full_path, found = place.lookup_path(path)
            if found:
                return full_path, found
        return "", None

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Give a file, a page with the script in its head, or a page that says what is missing."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException as problem:
            if problem.status_code != 404:
                raise
            response = HTMLResponse(self._missing(), status_code=404)
        kept = path.startswith("assets" + os.sep) and response.status_code < 400
        response.headers["Cache-Control"] = "max-age=31536000" if kept else "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope,
        status_code: int = 200,
    ) -> Response:  # fmt: skip
        """Put the preview's script into pages, and only there."""
        if not str(full_path).endswith(".html"):
            return super().file_response(full_path, stat_result, scope, status_code)
        html = Path(full_path).read_text("utf8")
        # Before all other modules: it takes a copy of the page that none of them has changed.
        first = MODULE if MODULE in html else "</head>"
        html = html.replace(first, HEAD + first, 1)
        return HTMLResponse(html, status_code=status_code)

    def _missing(self) -> str:
        if (self.site / "index.html").is_file():
            words = ("There is no such page", 'The <a href="/">front page</a> lists all articles.')
        else:
            words = ("Nothing is built yet", "This page follows as soon as there is something.")
        html = EMPTY.format(title=words[0], text=words[1])
        return html.replace("</head>", HEAD + "</head>", 1)


def preview_files() -> StaticFiles:
    """The preview's own script and style, which no build copies."""
    return StaticFiles(directory=templates_folder() / "preview")
