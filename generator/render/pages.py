"""Templates filled in: one article, the front page, the page on privacy."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.package import templates_folder
from generator.project import Project
from generator.read.article import Article, Block
from generator.read.claims import Survey
from generator.read.glossary import load
from generator.read.language import direction
from generator.read.markdown import everything
from generator.render.alone import about, alone, elsewhere
from generator.render.apparatus import Apparatus
from generator.render.code import Code
from generator.render.compiled import Compiled
from generator.render.figures import Published
from generator.render.frame import Frame, relative
from generator.render.map import systems, table
from generator.render.pictures import publish
from generator.render.prose import Placed, Prose
from generator.render.social import drawn
from generator.render.style import style_of
from generator.render.terms import glossary
from generator.render.unbroken import unbroken
from generator.render.values import Values
from generator.render.variables import Variables, variables
from generator.render.words import Words
from generator.store import Entry


class Pages:
    """Writes pages into a staged site."""

    def __init__(self, site: Path, code: Code, project: Project) -> None:
        self.site, self.code, self.about, self.root = site, code, project.settings, project.root
        self.compiled = Compiled(project.compiled)
        self.environment = Environment(
            # The project itself for the kinds of its author, found as figures/<kind>/<kind>.html.
            loader=FileSystemLoader([templates_folder(), project.root]),
            bytecode_cache=self.compiled,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.filters["unbroken"] = unbroken
        self.frame = Frame(self.environment, site, code)
        self._alike: dict[Path, object] = {}
        # By a figure's name, for pages elsewhere that show it.
        self.told: dict[str, tuple[Prose, Published, Path, Variables]] = {}

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
        known = variables(article, [one.figure for one in published], entries)
        stage: list[str] = []

        def framed(block: Block, words: str) -> str:
            states = known.figure(block.name)
            html = self.frame.figure(figures[block.name], article, words, path, states)
            if article.front.layout == "article":
                return html
            stage.append(html)
            return ""

        prose = Prose(
            article,
            framed,
            Values(article, entries, project),
            lambda file, where: self._placed(file, where, path),
            variables=known,
            style=style_of(project),
        )
        content = Markup(prose.whole())
        apparatus = Apparatus(prose, self.about)
        self.write(
            path,
            f"{article.front.layout}.html",
            title=article.front.title,
            description=article.front.description,
            language=article.front.language,
            front=article.front,
            content=content,
            stage=Markup("".join(stage)),
            mathematics=any("mathml" in one.meta for one in everything(article.tokens)),
            variables=known.page(),
            **apparatus.context(content, self._home(path), drawn(published, self.about, path)),
            **self._code(path, [one.figure.kind for one in published], known.asked.moves),
        )
        if apparatus.bibtex:
            path.with_name("cite.bib").write_text(apparatus.bibtex, "utf8")
        for one in published:
            self.told[one.figure.name] = (prose, one, path, known)
            self._alone(one, alone(self.site, article, one.figure.block.name), article, known)

    def caption(self, name: str, path: Path) -> str:
        """The caption of a figure as it reads on the page `path` outside its article."""
        prose, one, home, _ = self.told[name]
        link = relative(home, path)
        there = replace(prose, page=link, place=lambda file, where: self._placed(file, where, path))
        return elsewhere(there.html(one.figure.block.caption), link)

    def elsewhere(self, name: str, path: Path, caption: str) -> dict[str, Any]:
        """A figure for the page `path` outside its article, with what else that page needs."""
        prose, one, home, known = self.told[name]
        link = relative(home, path)
        states = known.figure(one.figure.block.name)
        html = self.frame.figure(one, prose.article, caption, path, states, link)
        code = self._code(path, [one.figure.kind])
        code["styles"] += ["css/math.css"] if "<math" in caption else []
        return {"figure": Markup(html), "variables": known.page(), "home": link, **code}

    def _alone(self, one: Published, path: Path, article: Article, known: Variables) -> None:
        """Write ``figures/<slug>/<name>/index.html``, its caption as seen from there."""
        caption = self.caption(one.figure.name, path)
        figure = (one.json, one.figure.options, one.provenance["key"], one.figure.block.number)
        stamp = (caption, figure, article.front, known.page())
        if self._alike.get(path) == stamp:
            return  # a preview renders at every edit
        self._alike[path] = stamp
        context = self.elsewhere(one.figure.name, path, caption)
        context["styles"] += ["css/alone.css"]
        self.write(path, "figure-page.html", **context, **about(article, one))

    def index(
        self, shelf: list[tuple[Article, list[Published]]], survey: Survey | None = None
    ) -> None:
        """Write the front page: each article with the still of its first figure, and the map."""
        path = self.site / "index.html"
        entries = [
            {
                "title": article.front.title,
                "description": article.front.description,
                "date": article.front.date,
                "href": f"articles/{article.slug}/index.html",
                "tags": article.front.tags,
                "authors": [author.name for author in article.front.authors],
                "cells": article.front.survey.cells,
                "still": self.frame.still(published[0], path) if published else "",
                "alt": published[0].payload["alt"] if published else "",
            }
            for article, published in shelf
            if article.current
        ]
        kinds = {published[0].figure.kind for _, published in shelf if published}
        code = self._code(path, sorted(kinds)) | {"core": False, "modules": []}
        articles = [article for article, _ in shelf if article.current]
        if survey:
            code["styles"] += ["css/map.css"]
            systems(survey, self, shelf)
        self.write(
            path,
            "index.html",
            map=survey and table(survey, self, articles, path),
            title=self.about.name,
            description=self.about.summary,
            language=self.about.language,
            articles=entries,
            **code,
        )

    def privacy(self) -> None:
        """Write the page that says what the site keeps and sends."""
        path = self.site / "privacy.html"
        self.write(
            path,
            "privacy.html",
            title="What this site keeps and sends",
            description="Nothing is sent, no cookie is set, and one choice is remembered.",
            language=self.about.language,
            **self._code(path, []),
        )

    def missing(self) -> None:
        """Write the page for addresses that lead nowhere, which is shown at any depth.

        So its links cannot be relative, unless the site does not know its address.
        """
        path, home = self.site / "404.html", self.about.url
        code = self._code(path, [])
        code |= {"code": home + code["code"]} | ({"root": home} if home else {})
        told = {"title": "There is no such page", "description": "Nothing here has that address."}
        self.write(path, "404.html", language=self.about.language, **told, **code)

    def glossary(self, articles: Sequence[Article]) -> None:
        """Write the page with every term, what it means and which articles use it."""
        path = self.site / "glossary.html"
        self.write(
            path,
            "glossary.html",
            title="Glossary",
            description="What the words of deep learning mean, in plain words.",
            language=self.about.language,
            terms=glossary(load(self.root, self.about.language), articles),
            **self._code(path, []),
        )

    def _placed(self, file: Path, where: str, page: Path) -> Placed:
        there, *size = publish(file, where, self.site, unsafe=self.about.unsafe_html)
        return Placed(relative(there, page), *size)

    def _code(self, path: Path, kinds: list[str], moves: bool = False) -> dict[str, Any]:
        """What the page needs of the code; `kinds` of its figures, in their order."""
        engines = self.code.engines
        # What is above the fold comes at once, the rest when its figure is near.
        modules = self.code.modules(kinds[0]) if kinds else []
        return {
            "code": relative(self.code.folder, path) + "/",
            "styles": self.code.styles(kinds),
            "core": bool(kinds or moves),
            "modules": [*modules, *["js/sentences.js"] * moves],
            "engine": {
                "wasm": relative(engines["wasm"], path),
                "wasm_bytes": engines["wasm"].stat().st_size,
                "vega": relative(engines["vega"], path),
            },
        }

    def _home(self, path: Path) -> str:
        return os.path.relpath(self.site, path.parent).replace(os.sep, "/") + "/"

    def write(self, path: Path, template: str, **context: Any) -> None:
        """Fill a template in, with what every page needs, and write it to `path`."""
        language = context["language"]
        standing = {"words": Words(language), "direction": direction(language), "site": self.about}
        context = {"root": self._home(path)} | standing | context
        html = self.environment.get_template(template).render(**context)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, "utf8")
