"""The fields of an article's front matter, each described once: for messages, editors, people."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812  the field is called date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from generator.licenses import spdx
from generator.read.survey import CELLS, ROW, cell, row


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _words(text: str) -> str:
    if not text.strip():
        raise ValueError("there are no words in it")
    return text.strip()


def _address(text: str) -> str:
    if text and not text.startswith(("https://", "http://")):
        raise ValueError("an address starts with https:// or http://")
    return text


def _orcid(text: str) -> str:
    """Check digit by ISO 7064 MOD 11-2 over the first fifteen digits."""
    digits = text.removeprefix("https://orcid.org/").replace("-", "")
    if not text:
        return ""
    if len(digits) != 16 or not digits[:15].isascii() or not digits[:15].isdigit():
        raise ValueError("an ORCID iD has four groups of four digits, as in 0000-0002-1825-0097")
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    check = "0123456789X"[(12 - total % 11) % 11]
    if digits[15].upper() != check:
        raise ValueError(f"{text} is no ORCID iD: its last digit should be {check}; check them all")
    whole = digits[:15] + check
    return "-".join(whole[i : i + 4] for i in range(0, 16, 4))


def _doi(text: str) -> str:
    if text.startswith(("http://", "https://", "doi:")):
        raise ValueError("a DOI is written without its resolver and starts with '10.'")
    return text


Words = Annotated[str, AfterValidator(_words)]
Address = Annotated[str, AfterValidator(_address)]


class Affiliation(_Part):
    """Where an author works."""

    name: Words = Field(description="of the institution")
    url: Address = Field("", description="its page")


def _named(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


Place = Annotated[Affiliation, BeforeValidator(_named, json_schema_input_type=Affiliation | str)]


class Author(_Part):
    """One author, as shown under the title."""

    name: Words = Field(description="as the author writes it")
    affiliation: str = Field("", description="where they work, if it is one place")
    affiliations: tuple[Place, ...] = Field(
        (), description="where they work: names, or name and url"
    )
    orcid: Annotated[str, AfterValidator(_orcid)] = Field("", description="ORCID iD")
    url: Address = Field("", description="their page")

    @model_validator(mode="after")
    def _once(self) -> Author:
        if self.affiliation and self.affiliations:
            raise ValueError("give either affiliation or affiliations")
        return self

    @property
    def places(self) -> tuple[Affiliation, ...]:
        """Every affiliation, however it was written."""
        return self.affiliations or (
            (Affiliation(name=self.affiliation, url=""),) if self.affiliation else ()
        )


class Change(_Part):
    """One entry of the changelog."""

    date: Date = Field(description="when")
    text: Words = Field(description="what changed for a reader")


class Survey(_Part):
    """What of the survey an article covers."""

    cells: tuple[Annotated[str, BeforeValidator(cell)], ...] = Field(
        (),
        description="5W1H cells, such as '6.3'",
        json_schema_extra={"items": {"enum": [*CELLS, *(float(name) for name in CELLS)]}},
    )
    rows: tuple[Annotated[str, BeforeValidator(row)], ...] = Field(
        (),
        description="catalogue rows it re-creates, such as 'T11'",
        json_schema_extra={"items": {"type": "string", "pattern": f"^({ROW.pattern})$"}},
    )


class FrontMatter(_Part):
    """The YAML block at the head of ``index.md``."""

    title: Words = Field(description="the page's one h1")
    subtitle: str = Field("", description="one line under the title")
    description: Words = Field(description="one sentence for lists and search engines")
    authors: tuple[Author, ...] = Field((), description="in order")
    date: Date = Field(description="first published")
    updated: Date | None = Field(None, description="last changed in a way a reader would notice")
    doi: Annotated[str, BeforeValidator(_doi)] = Field(
        "", pattern=r"^$|^10\.\d{4,9}/\S+$", description="without a resolver"
    )
    license: Annotated[str, AfterValidator(spdx)] = Field(
        "", description="of text and figures, such as CC-BY-4.0; else the site's"
    )
    layout: Literal["article", "playground"] = Field(
        "article", description="'playground': its one figure fills the screen, the text comes below"
    )
    tags: tuple[Words, ...] = Field((), description="for lists")
    survey: Survey = Field(Survey(cells=(), rows=()), description="what of the survey it covers")
    language: str = Field("en", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$", description="BCP 47 tag")
    changelog: tuple[Change, ...] = Field((), description="newest first")
    numbered: bool = Field(False, description="whether sections carry numbers")

    @field_validator("tags")
    @classmethod
    def _different(cls, tags: tuple[str, ...]) -> tuple[str, ...]:
        for tag in tags:
            if tags.count(tag) > 1:
                raise ValueError(f"the tag {tag!r} stands twice")
        return tags

    @field_validator("updated")
    @classmethod
    def _later(cls, updated: Date | None, info: ValidationInfo) -> Date | None:
        first = info.data.get("date")
        if updated and first and updated < first:
            raise ValueError(f"{updated} is before the day of publication, {first}")
        return updated


def schema() -> dict[str, Any]:
    """The front matter as JSON Schema 2020-12, for editors that check YAML while one types."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **FrontMatter.model_json_schema(),
        "title": "Front matter of an article",
    }
