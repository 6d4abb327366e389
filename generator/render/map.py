"""The map: a survey's table on the front page, and a page for each work that is re-created."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markupsafe import Markup

from generator.read.article import Article
from generator.read.claims import Claim, Survey
from generator.read.survey import CELLS, QUESTIONS, covered
from generator.read.works import Work
from generator.render.figures import Published
from generator.render.frame import relative

if TYPE_CHECKING:
    from generator.render.pages import Pages

FOLDER = "survey"
# The survey itself, which every page of the map credits.
SOURCE = "https://doi.org/10.1109/TVCG.2018.2843369"
GROUPS = {
    "table": "In the survey’s table",
    "later": "Added to it by its authors",
    "text": "Named in its text, without a row of their own",
}
STATES = {"whole": "Live here", "part": "Live in part", "": "Not yet"}


@dataclass(frozen=True)
class Row:
    """One work as the table has it; `articles` touch on a work that is not re-created."""

    work: Work
    state: str
    href: str
    articles: tuple[Article, ...]

    @property
    def said(self) -> str:
        """The state in words."""
        return STATES[self.state]


def place(site: Path, work: Work) -> Path:
    """Where the page of a work that is re-created lies."""
    return site / FOLDER / work.id / "index.html"


def built(survey: Survey, pages: Pages) -> dict[str, Claim]:
    """The claims whose figures have pages; a build of one article has not all of them."""
    return {
        name: claim
        for name, claim in survey.claims.items()
        if {claim.figure, *claim.more} <= pages.told.keys()
    }


def table(survey: Survey, pages: Pages, articles: Sequence[Article], page: Path) -> dict[str, Any]:
    """What ``map.html`` says on the page `page`: columns by question, works by group, counts."""
    claims = built(survey, pages)
    rows = [
        _row(work, claims.get(work.id), articles, relative(place(pages.site, work), page))
        for work in survey.table.works
        if work.group != "text" or work.id in claims
    ]
    return {
        "source": SOURCE,
        "questions": [
            {"name": name, "columns": [one for one in survey.table.columns if one.question == name]}
            for name in QUESTIONS.values()
        ],
        "columns": survey.table.columns,
        "groups": [
            {"name": words, "rows": found}
            for group, words in GROUPS.items()
            if (found := [row for row in rows if row.work.group == group])
        ],
        "counts": {
            one.number: sum(one.number in row.work.cells for row in rows)
            for one in survey.table.columns
        },
        "total": len(rows),
        "sorted": sum(row.work.group != "text" for row in rows),
        "live": sum(bool(row.state) for row in rows),
        "whole": sum(row.state == "whole" for row in rows),
    }


def systems(survey: Survey, pages: Pages, shelf: Sequence[tuple[Article, list[Published]]]) -> None:
    """Write ``survey/<row>/index.html`` for each work that is re-created."""
    known = {one.figure.name: (article, one) for article, published in shelf for one in published}
    claims = list(built(survey, pages).values())
    claims.sort(key=lambda one: survey.table.works.index(one.work))
    for at, claim in enumerate(claims):
        path = place(pages.site, claim.work)
        article, _ = known[claim.figure]
        context = pages.elsewhere(claim.figure, path, pages.caption(claim.figure, path))
        context["styles"] += ["css/system.css"]
        pages.write(
            path,
            "system.html",
            title=claim.work.name,
            description=f"{claim.work.name} ({claim.work.by}, {claim.work.year}): what it was, "
            "and its re-creation to play with in the page.",
            language=pages.about.language,
            source=SOURCE,
            claim=claim,
            said={
                part: Markup(_marked(getattr(claim, part)))
                for part in ("was", "showed", "here", "differs")
            },
            state=STATES[_state(claim)],
            article=article.front.title,
            more=[_card(*known[name], path, pages) for name in claim.more],
            scope=covered(claim.work.cells),
            names=CELLS,
            before=_next(claims, at - 1, path, pages.site),
            after=_next(claims, at + 1, path, pages.site),
            **context,
        )


def _row(work: Work, claim: Claim | None, articles: Sequence[Article], page: str) -> Row:
    told = tuple(one for one in articles if work.id in one.front.survey.rows)
    return Row(work, _state(claim), page if claim else work.link, () if claim else told)


def _state(claim: Claim | None) -> str:
    return "" if claim is None else "whole" if claim.whole else "part"


def _card(article: Article, one: Published, path: Path, pages: Pages) -> dict[str, Any]:
    name = one.figure.block.name
    home = pages.site / "articles" / article.slug / "index.html"
    return {
        "title": f"Figure {one.figure.block.number} of {article.front.title}",
        "href": f"{relative(home, path)}#{name}",
        "still": pages.frame.still(one, path),
    }


def _next(claims: Sequence[Claim], at: int, path: Path, site: Path) -> dict[str, str] | None:
    if not 0 <= at < len(claims):
        return None
    work = claims[at].work
    return {"name": work.name, "href": relative(place(site, work), path)}


def _marked(text: str) -> str:
    """CommonMark with a printer's quotation marks; raw HTML is shown as the text it is."""
    parser = MarkdownIt("commonmark", {"html": False, "typographer": True})
    html: str = parser.enable(["replacements", "smartquotes"]).render(text)
    return html
