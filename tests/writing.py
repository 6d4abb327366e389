"""A desk to write articles at: text in, article or HTML or complaint out, all in one process."""

from __future__ import annotations

from pathlib import Path

from generator.errors import GeneratorError
from generator.read import article
from generator.read.article import Article
from generator.render.prose import Prose
from generator.settings import Settings

FRONT = "---\ntitle: T\ndescription: D\ndate: 2026-01-02\n---\n"
NUMBERED = FRONT.replace("---\n", "---\nnumbered: true\n", 1)
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><circle r="5"/></svg>'


class Desk:
    """One article's folder inside a project of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "articles" / "slug"
        self.folder.mkdir(parents=True)
        self.file("dot.svg", DOT)

    def file(self, name: str, content: str | bytes) -> None:
        """Put a file beside the article, or elsewhere by way of '../'."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def write(self, body: str, *, front: str = FRONT, about: Settings | None = None) -> Article:
        """Read an article; its body starts on line 6 of index.md, or 7 with `NUMBERED`."""
        self.file("index.md", front + body)
        return article(self.folder, about or Settings())

    def html(self, body: str, *, front: str = FRONT, about: Settings | None = None) -> str:
        """Its HTML; a figure's block shows its number, name and caption."""
        found = self.write(body, front=front, about=about)
        return prose(found).whole().strip()

    def complaint(self, body: str, *, front: str = FRONT) -> str:
        """What is said about a text that must be refused."""
        try:
            self.html(body, front=front)
        except GeneratorError as problem:
            return str(problem)
        raise AssertionError("nothing was said")


def prose(found: Article) -> Prose:
    """Prose without a site."""
    return Prose(
        found,
        lambda block, caption: f"<figure>{block.number} {block.name}: {caption.strip()}</figure>\n",
        lambda role: f"<{role.text}>",
    )
