"""Stage 1: articles/ to `Article`s with their blocks; nothing is loaded or computed."""

from __future__ import annotations

from pathlib import Path

from markdown_it.token import Token

from generator.errors import ArticleError, FigureError, nearest
from generator.project import Project
from generator.read.article import Article, Block
from generator.read.citations import Reference, bibliography
from generator.read.directives import Note, directive
from generator.read.frontmatter import front_matter
from generator.read.markdown import inline_tokens, parser, plain, slug, tokens
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
    md = parser()
    parsed = tokens(md, text, source)
    if not parsed or parsed[0].type != "front_matter":
        raise ArticleError(
            "the article starts with no front matter", where=f"{source}:1", hint="open with '---'"
        )
    front = front_matter(parsed[0].content, source)
    blocks: list[Block] = []
    for token in parsed:
        if token.type == "colon_fence":
            part = directive(md, token, source, number=len(blocks) + 1)
            token.meta = {"directive": part}
            if isinstance(part, Block):
                blocks.append(part)
    _unique(blocks)
    anchors = _anchors(parsed, source) | {block.name for block in blocks}
    everything = flatten(parsed)
    references = _cited(everything, bibliography(folder / "references.bib", source))
    _check_numbers(everything, blocks)
    return Article(folder.name, folder, front, parsed[1:], blocks, references, frozenset(anchors))


def flatten(parsed: list[Token]) -> list[Token]:
    """Every token in reading order, inline ones and those of captions and notes included."""
    found: list[Token] = []
    for token, _ in inline_tokens(parsed):
        found.append(token)
        part = token.meta.get("directive")
        if isinstance(part, Block):
            found.extend(flatten(part.caption))
        elif isinstance(part, Note):
            found.extend(flatten(part.tokens))
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


def _cited(everything: list[Token], known: dict[str, Reference]) -> list[Reference]:
    """References in the order of first citation."""
    cited: dict[str, Reference] = {}
    for token in everything:
        role = token.meta.get("role")
        if role is None or role.name != "cite":
            continue
        for key in (part.strip() for part in role.text.split(",")):
            if key not in known:
                raise ArticleError(
                    f"references.bib has no entry {key!r}",
                    where=role.where,
                    hint=nearest(key, known),
                )
            cited.setdefault(key, known[key])
    return list(cited.values())


def _check_numbers(everything: list[Token], blocks: list[Block]) -> None:
    names = [block.name for block in blocks]
    for token in everything:
        role = token.meta.get("role")
        if role is not None and role.name == "numref" and role.text not in names:
            raise ArticleError(
                f"no figure is called {role.text!r}",
                where=role.where,
                hint=nearest(role.text, names),
            )
