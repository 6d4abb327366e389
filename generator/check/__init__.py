"""explorable check: everything that can be found wrong with a site, in one report.

The site is built aside, with the line of its source on every element, and looked at; ``site/`` is
not touched. Figures that the store lacks are computed first, as in any build.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.check.browser import NoBrowserError, visit
from generator.check.kinds import unfinished_kinds
from generator.check.marks import mark
from generator.check.pages import look
from generator.check.sources import Sources, sources
from generator.check.weights import heavy_figures, heavy_pages, lifted
from generator.errors import GeneratorError
from generator.findings import Finding, of
from generator.project import Project
from generator.render import render
from generator.report import Report
from generator.review import review
from generator.store import Entry, Store
from generator.tasks import compute


@dataclass
class Checked:
    """What was found, what was looked at, and what was not and why."""

    findings: list[Finding] = field(default_factory=list)
    pages: int = 0
    figures: int = 0
    visited: int = 0
    omitted: list[str] = field(default_factory=list)


def check(project: Project, report: Report, browser: bool | None) -> Checked:
    """Look at sources, built pages and, in a browser, at pages as readers have them.

    With `browser` None there is one where the machine has one; with True its absence is a finding.
    """
    done = Checked()
    found = sources(project)
    review(found.articles, report)
    done.findings = [*found.findings, *unfinished_kinds(project)]
    done.figures = len(found.figures)
    if found.broken:
        done.omitted.append("built pages: they wait for the mistakes above to be mended")
    else:
        try:
            entries = compute(found.figures, Store(project.store, project.common), report)
            with TemporaryDirectory(prefix="explorable-") as folder:
                _pages(project, found, entries, Path(folder).resolve(), browser, done)
        except GeneratorError as problem:
            done.findings.append(of(problem, "build"))
            done.omitted.append("built pages: they wait for the mistake above to be mended")
    found_all = {*done.findings, *report.warnings}
    done.findings = sorted(found_all, key=lambda one: (one.place, one))
    return done


def _pages(
    project: Project, found: Sources, entries: dict[str, Entry], site: Path, browser: bool | None,
    done: Checked,
) -> None:  # fmt: skip
    done.findings += heavy_figures(found.figures, entries, site)
    for article in found.articles:
        mark(article)
    figures = lifted(found.figures)
    report = Report()
    report.planned({figure.name: figure.kind for figure in figures})
    render(found.articles, figures, entries, project, site, report)
    places = {
        article.slug: {one.name: one.where for one in article.blocks} for article in found.articles
    }
    pages = look(site, places)
    done.pages = len(pages)
    done.findings += [finding for page in pages for finding in page.findings]
    done.findings += heavy_pages(pages)
    if browser is False:
        done.omitted.append("accessibility and contrast in a browser: left out by --no-browser")
        return
    try:
        findings = visit(site, pages)
    except NoBrowserError as problem:
        done.omitted.append(f"accessibility and contrast in a browser: {problem}")
        if browser:
            done.findings.append(Finding("", str(problem), rule="browser"))
        return
    done.findings += findings
    done.visited = len(pages)
