"""Templates filled in: one article, the front page, the page on privacy."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.project import Project, templates_folder
from generator.read.article import Article, Block
from generator.read.citations import Reference
from generator.render.code import Code
from generator.render.figures import Published
from generator.render.prose import Prose
from generator.render.values import Values
from generator.settings import Settings
from generator.store import Entry

PLACED = re.compile(r'href="image:([\w-]+)"')


class Pages:
    """Writes pages into a staged site."""

    def __init__(self, site: Path, code: Code, about: Settings) -> None:
        self.site, self.code, self.about = site, code, about
        self.environment = Environment(
            loader=FileSystemLoader(templates_folder()),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def article(
        self,
        article: Article,
        published: list[Published],
        entries: Mapping[str, Entry],
        project: Project,
    ) -> None:
        """Write ``articles/<slug>/index.html``."""
        path = self.site / "articles" / article.slug / "index.html"
        figures = {one.figure.block.name: one for one in published}
        prose = Prose(
            article,
            lambda block, caption: self._figure(figures[block.name], block, caption, path),
            Values(article, entries, project),
        )
        self._write(
            path,
            "article.html",
            title=article.front.title,
            description=article.front.description,
            language=article.front.language,
            front=article.front,
            content=Markup(prose.html(article.tokens)),
            references=[
                {"key": one.key, "html": Markup(_reference(one))} for one in article.references
            ],
            bibtex=_bibtex(article, self.about.name),
            **self._code(path, sorted({one.figure.kind for one in published})),
        )

    def index(self, shelf: list[tuple[Article, list[Published]]]) -> None:
        """Write the front page: each article with the still of its first figure."""
        path = self.site / "index.html"
        entries = [
            {
                "title": article.front.title,
                "description": article.front.description,
                "date": article.front.date,
                "href": f"articles/{article.slug}/index.html",
                "tags": article.front.tags,
                "authors": [author.name for author in article.front.authors],
                "still": self._still(published[0], path) if published else "",
                "alt": published[0].payload["alt"] if published else "",
            }
            for article, published in shelf
        ]
        kinds = {published[0].figure.kind for _, published in shelf if published}
        code = self._code(path, sorted(kinds))
        code["modules"] = []
        self._write(
            path,
            "index.html",
            title=self.about.name,
            description=self.about.summary,
            language=self.about.language,
            articles=entries,
            **code,
        )

    def privacy(self) -> None:
        """Write the page that says what the site keeps and sends."""
        path = self.site / "privacy.html"
        self._write(
            path,
            "privacy.html",
            title="What this site keeps and sends",
            description="Nothing is sent, no cookie is set, and one choice is remembered.",
            language=self.about.language,
            **self._code(path, []),
        )

    def _figure(self, one: Published, block: Block, caption: str, path: Path) -> str:
        files = [
            {"label": label, "href": _relative(file, path), "bytes": file.stat().st_size}
            for label, file in one.downloads.items()
        ]
        kind = block.kind
        return self.environment.get_template("figure.html").render(
            figure={
                "id": block.name,
                "kind": kind,
                "layout": one.figure.options.layout,
                "number": block.number,
                "alt": one.figure.options.alt or one.payload["alt"],
                "payload": _relative(one.json, path),
                "first": one.first,
                "more": one.more,
                "live": bool(one.payload["graphs"] or one.payload["charts"]),
                "files": files,
            },
            still=self._still(one, path),
            caption=Markup(_unwrapped(caption)),
            table=one.payload["table"],
            values=one.payload["values"],
            kind_template=f"figures/{kind}.html",
        )

    def _still(self, one: Published, path: Path) -> Markup:
        def place(svg: str) -> str:
            return PLACED.sub(
                lambda match: f'href="{_relative(one.images[match.group(1)], path)}"', svg
            )

        light, dark = one.stills["light"] or "", one.stills["dark"]
        if dark is None:
            return Markup(place(light))
        both = f'<div class="light-only">{place(light)}</div>'
        return Markup(f'{both}<div class="dark-only">{place(dark)}</div>')

    def _code(self, path: Path, kinds: list[str]) -> dict[str, Any]:
        folder = self.code.folder
        styles = [f"figures/{kind}.css" for kind in kinds]
        modules = [file for file in self.code.modules if kinds and file.startswith("js/")]
        engines = self.code.engines
        return {
            "code": _relative(folder, path) + "/",
            "styles": [file for file in styles if (folder / file).is_file()],
            "modules": modules,
            "engine": {
                "wasm": _relative(engines["wasm"], path),
                "wasm_bytes": engines["wasm"].stat().st_size,
                "vega": _relative(engines["vega"], path),
            },
        }

    def _write(self, path: Path, template: str, **context: Any) -> None:
        root = os.path.relpath(self.site, path.parent).replace(os.sep, "/") + "/"
        html = self.environment.get_template(template).render(root=root, site=self.about, **context)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, "utf8")


def _relative(target: Path, page: Path) -> str:
    return os.path.relpath(target, page.parent).replace(os.sep, "/")


def _unwrapped(caption: str) -> str:
    """A caption of one paragraph without its tag; a caption of several keeps them."""
    text = caption.strip()
    if text.startswith("<p>") and text.count("<p>") == 1 and text.endswith("</p>"):
        return text[3:-4]
    return text


def _reference(one: Reference) -> str:
    people = ", ".join(one.authors[:8]) + (" et al." if len(one.authors) > 8 else "")
    venue = f"<cite>{escape(one.venue)}</cite>, " if one.venue else ""
    return (
        f"{escape(people)}. {escape(one.title)}. {venue}{escape(one.year)}. "
        f'<a href="{escape(one.link)}">{escape(one.identifier)}</a>'
    )


def _bibtex(article: Article, site: str) -> str:
    front = article.front
    if not front.authors:
        return ""
    family = front.authors[-1].name.split()[-1].lower()
    key = f"{family}{front.date.year}{article.slug.split('-')[0]}"
    people = " and ".join(f"{{{author.name}}}" for author in front.authors)
    lines = [f"  author = {{{people}}}", f"  title = {{{front.title}}}", f"  journal = {{{site}}}"]
    lines.append(f"  year = {{{front.date.year}}}")
    if front.doi:
        lines.append(f"  doi = {{{front.doi}}}")
    return f"@article{{{key},\n" + ",\n".join(lines) + "\n}"
