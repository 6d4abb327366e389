"""A whole site of articles without figures: what the files say to machines and to people."""

import difflib
import json
import re
import shutil
from pathlib import Path

import pytest
from pybtex.database import parse_string

from generator.build import build
from generator.errors import SiteError
from generator.links import check_links
from generator.project import Project
from generator.read.bibtex import items
from generator.render import style as styles
from generator.report import Report

CASE = Path(__file__).parents[1] / "sites/scholarly"
NEW, OLD = "articles/naming-and-citing/index.html", "articles/naming-and-citing/v/1/index.html"
ARABIC = "articles/qiraat-raqm/index.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("scholarly")
    shutil.copytree(CASE / "articles", project / "articles")
    (project / "models").mkdir()
    build(Project(project), Report())
    return project / "site"


def metas(site: Path, page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    html = (site / page).read_text("utf8")
    for name, content in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', html):
        found.setdefault(name, []).append(content)
    return found


def test_google_scholar_reads_who_what_when_and_the_works_cited(site: Path) -> None:
    found = metas(site, NEW)
    assert found["citation_title"] == ["On naming and citing"]
    assert found["citation_author"] == ["Ada van der Berg", "Jéan-Luc Erdős", "The Example Group"]
    assert found["citation_author_institution"] == [
        "Institute of Examples", "Second Institute", "University of Tests",
    ]  # fmt: skip
    assert found["citation_author_orcid"] == ["0000-0002-1825-0097"]
    assert found["citation_publication_date"] == ["2026/03/02"]
    assert found["citation_online_date"] == ["2026/11/05"]
    assert found["citation_journal_title"] == ["Explorable"]
    assert found["citation_doi"] == ["10.5555/explorable.1"]
    assert found["citation_reference"][2] == (
        "citation_title=Visualizing Data using t-SNE; citation_author=Laurens van der Maaten; "
        "citation_author=Geoffrey Hinton; "
        "citation_journal_title=Journal of Machine Learning Research; "
        "citation_publication_date=2008"
    )
    assert len(found["citation_reference"]) == 9
    # Institutions stand behind their author, which is how Scholar tells whose they are.
    html = (site / NEW).read_text("utf8")
    order = re.findall(r'name="citation_author(?:_institution|_orcid)?" content="(.)', html)
    assert "".join(order) == "AIS0JUT"


def test_open_graph_says_it_is_an_article(site: Path) -> None:
    found = metas(site, NEW)
    assert found["og:type"] == ["article"]
    assert found["og:title"] == ["On naming and citing"]
    assert found["article:published_time"] == ["2026-03-02"]
    assert found["article:modified_time"] == ["2026-11-05"]
    assert found["article:tag"] == ["citing", "naming &amp; &#34;quoting&#34;"]
    assert metas(site, ARABIC)["og:locale"] == ["ar"]


def test_linked_data_is_one_scholarly_article(site: Path) -> None:
    html = (site / NEW).read_text("utf8")
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    data = json.loads(block)
    assert data["@type"] == "ScholarlyArticle"
    assert data["headline"] == "On naming and citing"
    assert data["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert data["author"][0]["sameAs"] == "https://orcid.org/0000-0002-1825-0097"
    assert [one["name"] for one in data["author"][0]["affiliation"]] == [
        "Institute of Examples", "Second Institute",
    ]  # fmt: skip
    assert [one["@type"] for one in data["author"]] == ["Person", "Person", "Organization"]
    assert data["identifier"]["value"] == "10.5555/explorable.1"
    assert data["version"] == "2"
    assert [one["name"] for one in data["citation"]][4] == (
        "Deep Learning of H2O: an example <with> signs"
    )
    # A title that holds a tag ends no script.
    assert "<with>" not in block


def test_the_bibtex_entry_is_bibtex_and_says_what_the_page_says(site: Path) -> None:
    text = (site / "articles/naming-and-citing/cite.bib").read_text("utf8")
    (entry,) = parse_string(text, "bibtex").entries.values()
    assert [str(person) for person in entry.persons["author"]] == [
        "van der Berg, Ada", "Erdős, Jéan-Luc", "{The Example Group}",
    ]  # fmt: skip
    item = items(text, "cite.bib")["berg2026naming"]
    assert item["title"] == '<span class="nocase">On naming and citing</span>'
    assert (item["issued"], item["doi"]) == ({"date-parts": [[2026, 3]]}, "10.5555/explorable.1")
    assert text in (site / NEW).read_text("utf8")


def test_every_version_leads_to_every_other_and_names_the_newest(site: Path) -> None:
    new, old = ((site / page).read_text("utf8") for page in (NEW, OLD))
    assert 'rel="canonical"' not in new
    assert '<link rel="canonical" href="../../">' in old
    assert 'href="../../articles/naming-and-citing/v/1/index.html">1</a>' in new
    assert 'href="../../../../articles/naming-and-citing/index.html">2</a>' in old
    assert "This is version 1 of this article" in old
    assert "This is version" not in new
    home = (site / "index.html").read_text("utf8")
    assert home.count("On naming and citing") == 1
    check_links(site)


def test_the_glossary_lists_every_term_and_who_uses_it(site: Path) -> None:
    html = (site / "glossary.html").read_text("utf8")
    assert html.count("<dt>") > 60
    entry = html.split('id="term-neural-network"')[1].split("</div>")[0]
    assert re.findall(r'<a href="(articles/[^"]+)">([^<]+)</a>', entry) == [
        ("articles/qiraat-raqm/index.html", "كيف تقرأ الشبكة رقمًا"),
        ("articles/naming-and-citing/index.html", "On naming and citing"),
    ]


def test_ids_are_given_once_on_every_page(site: Path) -> None:
    for page in site.rglob("*.html"):
        ids = re.findall(r'\sid="([^"]+)"', page.read_text("utf8"))
        assert sorted(ids) == sorted(set(ids)), page


def test_a_page_from_right_to_left_is_as_it_was_when_last_looked_at(site: Path) -> None:
    html = (site / ARABIC).read_text("utf8")
    assert re.search(r'<html lang="ar" dir="rtl">', html)
    found = re.search(r"<main.*?</main>", html, re.DOTALL)
    assert found is not None
    golden = (CASE / "expected/qiraat-raqm.html").read_text("utf8")
    difference = difflib.unified_diff(golden.splitlines(), found[0].splitlines(), lineterm="", n=0)
    assert "\n".join(difference) == ""


def rebuilt(tmp_path: Path, settings: str) -> Path:
    """The same site with settings of its own."""
    shutil.copytree(CASE / "articles", tmp_path / "articles")
    (tmp_path / "models").mkdir()
    (tmp_path / "explorable.toml").write_text(settings)
    build(Project(tmp_path), Report())
    return tmp_path / "site"


def test_a_site_states_where_it_lies_and_where_mistakes_are_reported(tmp_path: Path) -> None:
    site = rebuilt(
        tmp_path,
        'name = "Site"\nurl = "https://example.org/x/"\ncorrections = "mailto:us@example.org"\n'
        'csl = "author-date"\n',
    )
    address = "https://example.org/x/articles/naming-and-citing/"
    found = metas(site, NEW)
    assert found["og:url"] == found["citation_fulltext_html_url"] == [address]
    assert f"url     = {{{address}}}" in (site / NEW).with_name("cite.bib").read_text("utf8")
    html = (site / NEW).read_text("utf8")
    assert f'<link rel="canonical" href="{address}">' in html
    assert '<a href="mailto:us@example.org?subject=On%20naming%20and%20citing">' in html
    assert '<ul class="references">' in html
    assert 'href="#ref-ludtke2017b" title="' in html
    assert ">2017b</a>)</span> have it" in html


def test_a_site_cites_in_a_style_of_its_own(tmp_path: Path) -> None:
    ours = (Path(styles.__file__).parent / "styles/numbered.csl").read_text()
    (tmp_path / "own.csl").write_text(
        ours.replace('prefix="[" suffix="]"', 'prefix="{" suffix="}"')
    )
    site = rebuilt(tmp_path, 'csl = "own.csl"\n')
    assert '<span class="citations numbers">{<a' in (site / NEW).read_text("utf8")


def test_a_style_outside_the_project_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r"explorable\.toml: csl '\.\./own\.csl' lies outside"):
        rebuilt(tmp_path, 'csl = "../own.csl"\n')
