"""Stage 1: articles/ to `Article`s with their blocks; nothing is loaded or computed."""

from __future__ import annotations

from pathlib import Path

from generator.errors import ArticleError
from generator.paths import strays
from generator.project import Project
from generator.read import links, mathematics, notes
from generator.read.article import Article
from generator.read.files import text_of
from generator.read.frontmatter import front_matter
from generator.read.layout import check_layout
from generator.read.markdown import everything
from generator.read.reader import reader
from generator.read.roles import families, roles
from generator.read.versions import FOLDER, joined, older
from generator.settings import Settings

DEFAULTS = Settings()


def read(project: Project, only: str = "") -> list[Article]:
    """Read every ``articles/<slug>/index.md``, newest first, then by slug; or `only` one.

    Raises:  ArticleError with file and line for the first thing that cannot be read.
    """
    paths = sorted(project.articles.glob(f"{only or '*'}/index.md"))
    for path in paths:
        for link in strays(path.parent, project.root):
            where = link.relative_to(project.root).as_posix()
            raise ArticleError("this link leads out of the project", where=where)
    found = [one for path in paths for one in _versions(path.parent, project.settings)]
    if not found:
        raise ArticleError(
            "there is no articles/<slug>/index.md",
            where=project.articles.name,
            hint="run 'explorable new site NAME' or 'explorable new article NAME'",
        )
    return sorted(found, key=lambda one: (-one.front.date.toordinal(), one.slug))


def _versions(folder: Path, about: Settings) -> list[Article]:
    """An article as it is now, and as it was."""
    before = [
        (number, article(path, about, f"{folder.name}/{FOLDER}/{number}"))
        for number, path in older(folder)
    ]
    return joined(article(folder, about), before)


def article(
    folder: Path, about: Settings = DEFAULTS, slug: str = "", text: str | None = None
) -> Article:
    """Read one article's folder; `slug` is its address below ``articles/``, else the folder's name.

    `text` stands for that of ``index.md``, where a part of it has been seen to be unreadable.

    Raises:  ArticleError with file and line for the first thing that cannot be read.
    """
    slug = slug or folder.name
    reading = reader(folder, about, slug)
    first = reading.where(1)
    parsed = reading.tokens(text_of(folder / "index.md", first) if text is None else text)
    if not parsed or parsed[0].type != "front_matter":
        raise ArticleError(
            "the article starts with no front matter", where=first, hint="open with '---'"
        )
    front = front_matter(parsed[0].content, reading.source)
    gathered = reading.gathered
    check_layout(front, gathered.blocks, reading.source)
    notes.number(parsed, gathered)
    found = Article(slug, folder, front, parsed[1:], gathered.blocks, gathered.labels)
    if about.extensions:
        linked = links.resolve(everything(parsed), gathered.labels, reading.root)
        mathematics.resolve(everything(parsed), gathered.labels)
        found.files.update(gathered.files, linked)
    marks = [token.meta["role"] for token in everything(parsed) if "role" in token.meta]
    for family, module in families().items():
        own = [role for role in marks if roles()[role.name] == family]
        found.found[family] = module.check(own, found)
    return found
