"""Stage 1: articles/ to `Article`s with their blocks; nothing is loaded or computed."""

from __future__ import annotations

from pathlib import Path

from markdown_it.token import Token

from generator.errors import ArticleError, FigureError
from generator.project import Project
from generator.read.article import Article, Block
from generator.read.frontmatter import front_matter
from generator.read.markdown import inline_tokens, plain, slug
from generator.read.reader import reader
from generator.read.roles import families, roles
from generator.settings import Settings

DEFAULTS = Settings()


def read(project: Project) -> list[Article]:
    """Read every ``articles/<slug>/index.md``, newest first, then by slug.

    Raises:  ArticleError with file and line for the first thing that cannot be read.
    """
    paths = sorted(project.articles.glob("*/index.md"))
    found = [article(path.parent, project.settings) for path in paths]
    if not found:
        raise ArticleError("there is no articles/<slug>/index.md", where=project.articles.name)
    return sorted(found, key=lambda one: (-one.front.date.toordinal(), one.slug))


def article(folder: Path, about: Settings = DEFAULTS) -> Article:
    """Read one article's folder."""
    source = f"articles/{folder.name}/index.md"
    try:
        text = (folder / "index.md").read_text("utf8")
    except UnicodeDecodeError as problem:
        raise ArticleError(f"not UTF-8: {problem.reason}", where=source) from None
    reading = reader(folder, about)
    parsed = reading.tokens(text)
    if not parsed or parsed[0].type != "front_matter":
        raise ArticleError(
            "the article starts with no front matter", where=f"{source}:1", hint="open with '---'"
        )
    front = front_matter(parsed[0].content, source)
    blocks = reading.gathered.blocks
    _unique(blocks)
    anchors = _anchors(parsed, source) | {block.name for block in blocks}
    found = Article(folder.name, folder, front, parsed[1:], blocks, frozenset(anchors))
    marks = [token.meta["role"] for token in flatten(parsed) if "role" in token.meta]
    for family, module in families().items():
        own = [role for role in marks if roles()[role.name] == family]
        found.found[family] = module.check(own, found)
    return found


def flatten(parsed: list[Token]) -> list[Token]:
    """Every token in reading order, inline ones and those of captions and notes included."""
    found: list[Token] = []
    for token, _ in inline_tokens(parsed):
        found.append(token)
        part = token.meta.get("directive")
        for content in part.contents if part else ():
            found.extend(flatten(content))
    return found


def _unique(blocks: list[Block]) -> None:
    first: dict[str, Block] = {}
    for block in blocks:
        if block.name in first:
            raise FigureError(
                f"the name {block.name!r} is taken by the figure at {first[block.name].where}",
                where=block.where,
            )
        first[block.name] = block


def _anchors(parsed: list[Token], source: str) -> set[str]:
    """Give every heading an id of its own and return them all."""
    taken: set[str] = set()
    for opening, inline in zip(parsed, parsed[1:], strict=False):
        if opening.type != "heading_open":
            continue
        if opening.tag == "h1":
            raise ArticleError(
                "the title in the front matter is the page's one first-level heading",
                where=f"{source}:{(opening.map or [0])[0] + 1}",
                hint="start this heading with '##'",
            )
        anchor = candidate = slug(plain(inline))
        count = 1
        while candidate in taken:
            count += 1
            candidate = f"{anchor}-{count}"
        opening.attrSet("id", candidate)
        taken.add(candidate)
    return taken
