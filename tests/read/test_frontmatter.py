"""The head of an article: what may stand there, and what is said of what may not."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from generator.errors import ArticleError
from generator.licenses import license_of
from generator.read.front import FrontMatter, schema
from generator.read.frontmatter import front_matter
from generator.read.survey import CELLS, covered

ROOT = Path(__file__).parents[2]
BASE = "title: T\ndescription: D\ndate: 2026-01-02\n"


def front(extra: str) -> FrontMatter:
    return front_matter(BASE + extra, "a.md")


def test_an_author_has_several_places_with_or_without_an_address() -> None:
    places = "[X, {name: Y, url: 'https://y.org'}]"
    text = f"authors: [{{name: A, affiliations: {places}}}, {{name: B, affiliation: Z}}]"
    one, other = front(text).authors
    assert [(place.name, place.url) for place in one.places] == [("X", ""), ("Y", "https://y.org")]
    assert [place.name for place in other.places] == ["Z"]


@pytest.mark.parametrize(
    "orcid",
    # Given by ORCID's own documentation; the second ends in the digit that stands for ten.
    ["0000-0002-1825-0097", "0000-0002-1694-233X", "https://orcid.org/0000-0002-1825-0097"],
)
def test_an_orcid_with_its_right_last_digit_is_taken(orcid: str) -> None:
    written = front(f"authors: [{{name: A, orcid: '{orcid}'}}]").authors[0].orcid
    assert written == orcid.removeprefix("https://orcid.org/")


@pytest.mark.parametrize(
    ("written", "spdx", "name"),
    [
        ("CC-BY-4.0", "CC-BY-4.0", "CC BY 4.0"),
        ("CC BY 4.0", "CC-BY-4.0", "CC BY 4.0"),
        ("cc-by-sa-4.0", "CC-BY-SA-4.0", "CC BY-SA 4.0"),
        ("mit", "MIT", "MIT"),
        ("EUPL-1.2", "EUPL-1.2", "EUPL 1.2"),
        ("MIT or Apache-2.0", "MIT OR Apache-2.0", "MIT OR Apache 2.0"),
    ],
)
def test_a_licence_is_known_by_its_spdx_name(written: str, spdx: str, name: str) -> None:
    found = front(f"license: {written}").license
    assert found == spdx
    assert license_of(found).name == name


def test_a_licence_links_to_its_words() -> None:
    assert license_of("CC-BY-4.0").url == "https://creativecommons.org/licenses/by/4.0/"
    assert license_of("EUPL-1.2").url == "https://spdx.org/licenses/EUPL-1.2.html"
    assert license_of("MIT OR Apache-2.0").url == ""


def test_cells_of_the_survey_may_be_written_as_numbers() -> None:
    survey = front("survey: {cells: [6.3, '4.1', 8.2], rows: [T11, L1, N06, B02]}").survey
    assert survey.cells == ("6.3", "4.1", "8.2")
    assert survey.rows == ("T11", "L1", "N06", "B02")
    assert covered(survey.cells) == {
        "why": ["interpretability and explainability"],
        "what": ["individual computational units"],
        "when": ["after training"],
    }


def test_the_survey_has_twenty_cells_in_five_questions() -> None:
    assert len(CELLS) == 20
    assert list(covered(tuple(CELLS))) == ["why", "who", "what", "how", "when"]


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ("licence: MIT", "5: unknown front matter field 'licence'\n"
         "  hint: did you mean 'license'?"),
        ("license: CC-BY-5.0", "5: front matter field 'license': 'CC-BY-5.0' is no SPDX licence "
         "identifier; did you mean 'CC-BY-4.0'?"),
        ("authors:\n- name: A\n  affiliations:\n  - nam: Y", "8: unknown front matter field "
         "'authors.0.affiliations.0.nam'\n  hint: did you mean 'name'?"),
        ("authors:\n- name: A\n  orcid: 0000-0002-1825-0098", "7: front matter field "
         "'authors.0.orcid': 0000-0002-1825-0098 is no ORCID iD: its last digit should be 7; "
         "check them all"),
        ("authors: [{name: A, orcid: 1234}]", "5: front matter field 'authors.0.orcid': should be "
         "text; put it in quotes"),
        ("authors: [{name: A, orcid: 12-34}]", "5: front matter field 'authors.0.orcid': an ORCID "
         "iD has four groups of four digits, as in 0000-0002-1825-0097"),
        ("authors: [{name: A, affiliation: X, affiliations: [Y]}]", "5: front matter field "
         "'authors.0': give either affiliation or affiliations"),
        ("authors: [{name: A, url: 'javascript:alert(1)'}]", "5: front matter field "
         "'authors.0.url': an address starts with https:// or http://"),
        ("authors: Me", "5: front matter field 'authors': should be a list, such as [one, "
         "another]"),
        ("authors: [Me]", "5: front matter field 'authors.0': should be a group of 'field: value' "
         "lines"),
        ("authors: [{name: ' '}]", "5: front matter field 'authors.0.name': there are no words in "
         "it"),
        ("updated: 2025-12-31", "5: front matter field 'updated': 2025-12-31 is before the day of "
         "publication, 2026-01-02"),
        ("tags: [a]\nupdated: 2026-02-30", "6: YAML: day is out of range for month"),
        ("updated: soon", "5: front matter field 'updated': should be a day, written like "
         "2026-11-22"),
        ("doi: https://doi.org/10.1234/x", "5: front matter field 'doi': a DOI is written without "
         "its resolver and starts with '10.'"),
        ("doi: 10.12/x", "5: front matter field 'doi': '10.12/x' is no DOI, which is written like "
         "10.1109/5.726791"),
        ("language: English", "5: front matter field 'language': 'English' is no language tag, "
         "which is written like en, de or pt-BR"),
        ("tags: [a, b, a]", "5: front matter field 'tags': the tag 'a' stands twice"),
        ("survey:\n  cells: [6.3, 6.6]", "6: front matter field 'survey.cells.1': '6.6' is no cell "
         "of the survey; they run from 4.1 to 8.2: 4.1, 4.2"),
        ("survey: {rows: [T1]}", "5: front matter field 'survey.rows.0': 'T1' is no catalogue row; "
         "rows are named like T11, L1, N06 or B02"),
        ("changelog: [{date: 2026-01-03}]", "5: front matter field 'changelog.0.text' is missing: "
         "what changed for a reader"),
    ],
)  # fmt: skip
def test_each_mistake_is_said_with_its_line_and_what_would_mend_it(
    extra: str, message: str
) -> None:
    with pytest.raises(ArticleError) as problem:
        front(extra)
    assert str(problem.value).startswith(f"a.md:{message}")


@pytest.mark.parametrize(
    "text",
    ["a: &a [*a]", "? [1, 2]\n: 3", "x: !!python/name:os.system", "- a", "x: !!omap y",
     "x: {a: 1}\n? {b: {c: 1}}\n: y\n? {b: {c: 1}}\n: z", "x: " + "[" * 9999, "x: !!int y"],
)  # fmt: skip
def test_strange_yaml_is_refused_like_any_other(text: str) -> None:
    with pytest.raises(ArticleError):
        front_matter(text, "a.md")


def test_editors_get_a_schema_that_knows_what_we_know() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "generator", "schema"], cwd=ROOT, capture_output=True, check=True
    )
    printed = json.loads(done.stdout)
    assert printed == json.loads(json.dumps(schema()))
    check = jsonschema.Draft202012Validator(printed)
    text = (ROOT / "tests/sites/scholarly/articles/naming-and-citing/index.md").read_text("utf8")
    # As editors see YAML: days are strings.
    fields = YAML(typ="safe", pure=True).load(
        text.split("---\n")[1].replace(": 2026", ": !!str 2026")
    )
    assert list(check.iter_errors(fields)) == []
    for wrong in ({"titel": "x"}, {"survey": {"cells": ["6.6"]}}, {"doi": "x"}, {"date": 5}):
        assert list(check.iter_errors(fields | wrong)) != []
    assert all(field["description"] for field in printed["properties"].values())
