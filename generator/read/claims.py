"""What a project re-creates of a survey's works: one file for each, ``T11.toml`` beside them.

A claim names a figure and says of each trait that makes the work what it is either by which tests
the figure is held to it, or what is missing, or both. So nothing can be claimed of a figure that
is not there, nor anything that no test holds.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from generator.errors import SurveyError, nearest
from generator.project import Project
from generator.read.survey import ROW
from generator.read.works import Paper, Work, Works, works
from generator.toml import Toml, read_toml

TEST = re.compile(r"(?P<file>[\w./-]+\.(?:py|js))::(?P<name>\S.*)")
FIGURE = re.compile(r"(?P<article>[a-z0-9-]+)/(?P<figure>[\w-]+)")
DEFINED = re.compile(r'^(?:async )?def (test_\w+)\(|^test\("([^"]+)"', re.MULTILINE)


def _figure(text: str) -> str:
    if not FIGURE.fullmatch(text):
        raise ValueError(f"{text!r} is not of the form ARTICLE/FIGURE")
    return text


def _test(text: str) -> str:
    if not TEST.fullmatch(text):
        raise ValueError(f"{text!r} is not of the form FILE::TEST")
    return text


Figure = Annotated[str, AfterValidator(_figure)]
Test = Annotated[str, AfterValidator(_test)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Check(_Part):
    """One trait of the work."""

    shows: str = Field(min_length=1, description="what a reader can see or do in the original")
    tests: tuple[Test, ...] = Field((), description="tests that hold the figure to it, FILE::TEST")
    missing: str = Field("", description="what of it the figure has not")

    @model_validator(mode="after")
    def _said(self) -> Check:
        if not self.tests and not self.missing:
            raise ValueError("name the tests that show it, or say in 'missing' what is not there")
        return self

    @property
    def held(self) -> bool:
        """Whether the figure has all of it."""
        return bool(self.tests) and not self.missing


class Claim(_Part):
    """One work that a figure re-creates, and the words of its page."""

    figure: Figure = Field(description="the figure that does, ARTICLE/FIGURE")
    more: tuple[Figure, ...] = Field((), description="other figures that do, or that go further")
    was: str = Field(min_length=1, description="what the work was, in CommonMark")
    showed: str = Field(min_length=1, description="what it showed, in CommonMark")
    here: str = Field(min_length=1, description="what to do with our figure, in CommonMark")
    differs: str = Field(min_length=1, description="what is otherwise in ours, in CommonMark")
    also: tuple[Paper, ...] = Field((), description="other papers that the page rests on")
    checks: dict[str, Check] = Field(description="traits by name, C1, C2 and so on")
    work: Work
    said: Toml = Field(exclude=True, repr=False)

    @property
    def whole(self) -> bool:
        """Whether the figure has everything that makes the work what it is."""
        return all(check.held for check in self.checks.values())

    @property
    def done(self) -> int:
        """How many traits it has whole."""
        return sum(check.held for check in self.checks.values())


class Survey(_Part):
    """The map: the works, and what is claimed of them by row."""

    table: Works
    claims: dict[str, Claim]

    def check(self, known: set[str]) -> None:
        """See that every figure that a claim names is among the `known`, each ARTICLE/FIGURE.

        Raises:  SurveyError with file and line, and the nearest figure that there is.
        """
        for claim in self.claims.values():
            for key, names in (("figure", (claim.figure,)), ("more", claim.more)):
                for name in names:
                    if name not in known:
                        what = f"there is no figure {name!r}"
                        where = claim.said.where(key)
                        raise SurveyError(what, where=where, hint=nearest(name, known))


def survey(project: Project) -> Survey | None:
    """The map of a project whose settings name one.

    Raises:  SurveyError with file and line for whatever is wrong in its folder: in the table, as
             `works` says, or in a claim, as `_claim` says.
    """
    if not project.settings.map:
        return None
    folder = project.root / project.settings.map
    table = works(folder)
    claims = {}
    for path in sorted(folder.glob("*.toml")):
        if ROW.fullmatch(path.stem):
            claims[path.stem] = _claim(path, table, project.root)
    return Survey(table=table, claims=claims)


def _claim(path: Path, table: Works, root: Path) -> Claim:
    """Read one claim.

    Raises:  SurveyError for a row that is not there, checks that do not count from C1 up, a test
             that cannot be found, and a claim of which no test holds anything.
    """
    shown = f"{path.parent.name}/{path.name}"
    file = read_toml(path, SurveyError, shown=shown)
    work = table.find(path.stem, shown)
    claim: Claim = file.fit(Claim, {"work": work, "said": file})
    for place, name in enumerate(claim.checks, start=1):
        if name != f"C{place}":
            what = f"check {name!r} stands where C{place} should"
            raise SurveyError(what, where=file.where("checks", name))
    for name, check in claim.checks.items():
        for test in check.tests:
            _find(test, root, file.where("checks", name, "tests"))
    if not any(check.tests for check in claim.checks.values()):
        raise SurveyError("no test holds any part of it, so it is no re-creation", where=shown)
    return claim


def _find(test: str, root: Path, where: str) -> None:
    match = TEST.fullmatch(test)
    file, name = (match["file"], match["name"]) if match else (test, "")
    path = root / file
    if not path.is_file():
        raise SurveyError(f"there is no file {file} with tests", where=where)
    known = ["".join(found) for found in DEFINED.findall(path.read_text("utf8"))]
    if name not in known:
        raise SurveyError(f"{file} has no test {name!r}", where=where, hint=nearest(name, known))
