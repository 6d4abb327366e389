"""The HTML of one figure: still, caption, and the foot with its data, downloads and provenance."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from generator.read.article import Article
from generator.render.alone import alone
from generator.render.code import Code
from generator.render.figures import Published
from generator.render.stills import placed
from generator.render.words import Words


class Frame:
    """Fills ``figure.html`` for any page of a site."""

    def __init__(self, environment: Environment, site: Path, code: Code) -> None:
        self.environment, self.site, self.code = environment, site, code

    def figure(
        self,
        one: Published,
        article: Article,
        caption: str,
        path: Path,
        states: dict[str, Any],
        home: str = "",
    ) -> str:
        """One figure on the page `path`; `home` is its article's address, or "" in the article."""
        block = one.figure.block
        stage = article.front.layout == "playground" and not home
        living = self.code.living(block.kind)
        own = alone(self.site, article, block.name)
        return self.environment.get_template("figure.html").render(
            figure={
                "id": block.name,
                "kind": block.kind,
                "layout": "screen" if stage else one.figure.options.layout,
                "called": Words(article.front.language).number("figure", block.number),
                "alt": one.figure.options.alt or one.payload["alt"],
                "payload": relative(one.json, path),
                "arrays": one.arrays and relative(one.arrays, path),
                "ahead": self._ahead(one, path),
                "living": living and f"{relative(self.code.folder, path)}/{living}",
                "first": one.first,
                "more": one.more,
                "home": home,
                "states": states,
                "alone": relative(own, path) if own != path else "",
            },
            downloads=_downloads(one, path),
            provenance=one.provenance,
            still=self.still(one, path),
            caption=Markup(_unwrapped(caption)),
            table=one.payload["table"],
            values=one.payload["values"],
            kind_template=f"figures/{f'{block.kind}/' if one.figure.home else ''}{block.kind}.html",
        )

    def _ahead(self, one: Published, path: Path) -> dict[str, dict[str, Any]]:
        """Where the graphs of the light engine are, for a page that has no listing yet."""
        folder = one.json.parent
        return {
            name: {
                "url": relative(folder / graph["url"], path),
                "weights": graph["weights"] and relative(folder / graph["weights"], path),
                **{key: graph[key] for key in ("location", "loads")},
            }
            for name, graph in one.graphs.items()
            if graph["engine"] == "light"
        }

    def still(self, one: Published, path: Path) -> Markup:
        """The drawing with its images in their places."""
        return placed(
            one.stills, one.payload["images"], lambda name: relative(one.images[name], path)
        )


def relative(target: Path, page: Path) -> str:
    """The address of a file of the site as a page of the site writes it."""
    return os.path.relpath(target, page.parent).replace(os.sep, "/")


def _downloads(one: Published, path: Path) -> list[dict[str, Any]]:
    return [
        {
            "part": file.part,
            "title": file.title,
            "format": file.format,
            "name": file.name,
            "href": relative(file.path, path),
            "bytes": file.bytes,
            "weights": file.weights and relative(file.weights, path),
            "readable": file.readable,
        }
        for file in one.downloads
    ]


def _unwrapped(caption: str) -> str:
    """A caption of one paragraph without its tag; a caption of several keeps them."""
    text = caption.strip()
    if text.startswith("<p>") and text.count("<p>") == 1 and text.endswith("</p>"):
        return text[3:-4]
    return text
