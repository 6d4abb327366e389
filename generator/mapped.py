"""Whether what the map claims to be re-created is there."""

from __future__ import annotations

from collections.abc import Iterable

from generator.project import Project
from generator.read.claims import survey
from generator.resolve import Figure


def mapped(project: Project, figures: Iterable[Figure], whole: bool = True) -> None:
    """Read the map, if there is one, and hold its claims against all figures of a whole site.

    Raises:  SurveyError with file and line.
    """
    found = survey(project)
    if found and whole:
        found.check({figure.name for figure in figures})
