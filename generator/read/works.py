"""The works of a survey and its columns, as files of the project: what the map is made of.

``works.toml`` has a table for each work, named as front matter names rows, ``columns.toml`` one for
each column, named by the survey's section.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from generator.errors import SurveyError, nearest
from generator.read.citations import ARXIV, DOI
from generator.read.survey import CELLS, QUESTIONS, cell, row
from generator.toml import read_toml

WORKS, COLUMNS = "works.toml", "columns.toml"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Column(_Part):
    """One column; its whole name is that of the survey's section."""

    short: str = Field(min_length=1, max_length=16, description="its name at the head of the table")
    means: str = Field(min_length=1, description="what works with a mark here have in common")
    number: str = ""
    name: str = ""

    @property
    def question(self) -> str:
        """Which of the survey's questions it answers: why, who, what, how or when."""
        return QUESTIONS[self.number[0]]


class Paper(_Part):
    """Where a work can be read."""

    title: str = Field(min_length=1, description="of the paper")
    by: str = Field(min_length=1, description="authors as one says them, 'Bau et al.'")
    year: int = Field(ge=1900, le=2100, description="of the paper")
    venue: str = Field("", description="journal, conference or place on the web")
    doi: str = Field("", description="without a resolver")
    arxiv: str = Field("", description="arXiv id")
    url: str = Field("", pattern=r"^$|^https?://\S+$", description="where there is no DOI or id")

    @model_validator(mode="after")
    def _found(self) -> Paper:
        if sum(map(bool, (self.doi, self.arxiv, self.url))) != 1:
            raise ValueError("one of doi, arxiv and url says where the paper is")
        if self.doi and not DOI.fullmatch(self.doi):
            raise ValueError(f"{self.doi!r} is no DOI: it is written without its resolver")
        if self.arxiv and not ARXIV.fullmatch(self.arxiv):
            raise ValueError(f"{self.arxiv!r} is no arXiv id")
        return self

    @property
    def link(self) -> str:
        """The paper's address."""
        return (
            f"https://doi.org/{self.doi}" if self.doi
            else f"https://arxiv.org/abs/{self.arxiv}" if self.arxiv
            else self.url
        )  # fmt: skip

    @property
    def identifier(self) -> str:
        """What finds the paper wherever it lies."""
        return self.doi and f"doi:{self.doi}" or self.arxiv and f"arXiv:{self.arxiv}" or self.url


class Work(Paper):
    """One row."""

    name: str = Field(min_length=1, description="of the system, or what the paper is about")
    group: Literal["table", "later", "text"] = Field(
        "table", description="'later': added to the table; 'text': has no row and is named in text"
    )
    cells: tuple[Annotated[str, BeforeValidator(cell)], ...] = Field(
        (), description="columns in which it has a mark"
    )
    id: str = ""


class Works(BaseModel):
    """The table, columns from left to right and works from top to bottom."""

    model_config = ConfigDict(frozen=True)

    columns: tuple[Column, ...]
    works: tuple[Work, ...]

    def find(self, name: str, where: str) -> Work:
        """The work of that row.

        Raises:  SurveyError with the nearest row for one that is not there.
        """
        found = {work.id: work for work in self.works}
        if name not in found:
            what = f"{WORKS} has no row {name!r}"
            raise SurveyError(what, where=where, hint=nearest(name, found))
        return found[name]


def works(folder: Path) -> Works:
    """Read ``works.toml`` and ``columns.toml`` of a folder.

    Raises:  SurveyError with file and line for a file that is missing or no TOML, a name that no
             row or column can have, a field that is missing or wrong, two works with one paper, and
             a mark in a column that is not described.
    """
    columns = _columns(folder)
    file = read_toml(folder / WORKS, SurveyError, shown=f"{folder.name}/{WORKS}")
    found: list[Work] = []
    for name in file.fields:
        try:
            row(name)
        except ValueError as problem:
            raise SurveyError(str(problem), where=file.where(name)) from None
        said = file.part(name)
        work = said.fit(Work, {"id": name})
        twin = next((one for one in found if one.link == work.link), None)
        if twin:
            what = f"{name} and {twin.id} are the same paper, {work.identifier}"
            raise SurveyError(what, where=said.where())
        for mark in work.cells:
            if mark not in {column.number for column in columns}:
                what = f"{name} has a mark in {mark}, and {COLUMNS} does not say what that is"
                raise SurveyError(what, where=said.where("cells"))
            if work.cells.count(mark) > 1:
                raise SurveyError(f"{name} has two marks in {mark}", where=said.where("cells"))
        found.append(work)
    if not found:
        raise SurveyError("there is no work in it", where=f"{folder.name}/{WORKS}")
    return Works(columns=columns, works=tuple(found))


def _columns(folder: Path) -> tuple[Column, ...]:
    file = read_toml(folder / COLUMNS, SurveyError, shown=f"{folder.name}/{COLUMNS}")
    found = []
    for number in file.fields:
        if number not in CELLS:
            what = f"{number!r} is no column of the survey"
            raise SurveyError(what, where=file.where(number), hint=nearest(number, CELLS))
        given = {"number": number, "name": CELLS[number]}
        found.append(file.part(number).fit(Column, given))
    return tuple(sorted(found, key=lambda one: one.number))
