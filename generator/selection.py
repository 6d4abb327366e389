"""What a build is asked for: everything, one article, or one figure of an article."""

from __future__ import annotations

from dataclasses import dataclass

from generator.errors import ArticleError, FigureError, nearest
from generator.project import Project
from generator.read import article as read_article


@dataclass(frozen=True)
class Selection:
    """Both empty: everything. `figure` is ARTICLE/NAME, as figures are named everywhere."""

    article: str = ""
    figure: str = ""

    @property
    def whole(self) -> bool:
        """Whether the whole site is meant."""
        return not self.article


EVERYTHING = Selection()


def select(project: Project, name: str) -> Selection:
    """Find the article or figure that an author names: ARTICLE, ARTICLE/FIGURE, or FIGURE alone.

    Raises:  ArticleError for a name that is neither; FigureError for a figure's name that the named
             article has not, or that more than one article has.
    """
    if not name:
        return EVERYTHING
    slugs = sorted(path.parent.name for path in project.articles.glob("*/index.md"))
    slug, _, figure = name.strip("/").removeprefix("articles/").partition("/")
    if slug in slugs and figure in ("", "index.md"):
        return Selection(slug)
    if slug in slugs:
        own = _figures(project, slug)
        if figure not in own:
            raise FigureError(f"{slug} has no figure {figure!r}", hint=nearest(figure, own))
        return Selection(slug, f"{slug}/{figure}")
    return _anywhere(project, name, slugs)


def _anywhere(project: Project, name: str, slugs: list[str]) -> Selection:
    named = [f"{slug}/{figure}" for slug in slugs for figure in _figures(project, slug)]
    matches = [full for full in named if full.partition("/")[2] == name]
    if len(matches) > 1:
        what = f"{name!r} is the name of more than one figure"
        raise FigureError(what, hint=f"write {' or '.join(matches)}")
    if not matches:
        short = [full.partition("/")[2] for full in named]
        raise ArticleError(
            f"{name!r} is no article's and no figure's name", hint=nearest(name, {*slugs, *short})
        )
    return Selection(matches[0].partition("/")[0], matches[0])


def _figures(project: Project, slug: str) -> list[str]:
    return [block.name for block in read_article(project.articles / slug, project.settings).blocks]
