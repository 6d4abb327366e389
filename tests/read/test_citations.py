"""References as people write them, in BibTeX and in CSL-JSON, and the ways to cite them."""

import json
from pathlib import Path

import pytest

from generator.errors import ArticleError
from generator.read.citations import Reference, bibliography
from generator.read.cites import Cite, cites
from generator.read.latex import plain, rich


def references(folder: Path, bib: str = "", items: object = None) -> dict[str, Reference]:
    if bib:
        (folder / "references.bib").write_text(bib, "utf8")
    if items is not None:
        text = items if isinstance(items, str) else json.dumps(items, indent=1)
        (folder / "references.json").write_text(text, "utf8")
    return bibliography(folder, "articles/a/index.md")


def complaint(folder: Path, bib: str = "", items: object = None) -> str:
    with pytest.raises(ArticleError) as problem:
        references(folder, bib, items)
    return str(problem.value)


def name(folder: Path, written: str) -> tuple[str, str]:
    """A name as one says it and as a card shows it."""
    one = references(folder, f"@misc{{a, author = {{{written}}}, title = {{T}}, year = 2001}}")["a"]
    return one.authors[0], one.short.removesuffix(" 2001")


@pytest.mark.parametrize(
    ("written", "whole", "short"),
    [
        ("van der Maaten, Laurens", "Laurens van der Maaten", "van der Maaten"),
        ("Laurens van der Maaten", "Laurens van der Maaten", "van der Maaten"),
        ("de la Torre, Fernando", "Fernando de la Torre", "de la Torre"),
        ("Jean de La Fontaine", "Jean de La Fontaine", "de La Fontaine"),
        ("King, Jr., Martin Luther", "Martin Luther King Jr.", "King"),
        (r"L{\"u}dtke, J{\'e}an-Luc", "Jéan-Luc Lüdtke", "Lüdtke"),
        (r"Erd\H{o}s, P\'al", "Pál Erdős", "Erdős"),
        (r"{\O}rsted, S{\o}ren {\AA}.", "Søren Å. Ørsted", "Ørsted"),
        (r"{\L}ukasiewicz, Jan and others", "Jan Łukasiewicz", "Łukasiewicz et al."),
        (r"\c{C}elik, \v{S}\u{a}", "Šă Çelik", "Çelik"),
        ("李, 飞飞", "飞飞 李", "李"),
        ("{Google Brain Team}", "Google Brain Team", "Google Brain Team"),
        (r"{Simon \& Sons}", "Simon & Sons", "Simon & Sons"),
        ("Plato", "Plato", "Plato"),
        ("A, B. and C, D.", "B. A", "A and C"),
        ("A, B. and C, D. and E, F.", "B. A", "A et al."),
        ("A, B. and C, D. and others", "B. A", "A et al."),
    ],
)
def test_names_keep_accents_particles_and_groups(
    tmp_path: Path, written: str, whole: str, short: str
) -> None:
    assert name(tmp_path, written) == (whole, short)


@pytest.mark.parametrize(
    ("written", "words", "marked"),
    [
        ("Using {t-SNE}, twice", "Using t-SNE, twice",
         'Using <span class="nocase">t-SNE,</span> twice'),
        ("Feature {V}isualization", "Feature Visualization",
         'Feature <span class="nocase">Visualization</span>'),
        (r"\emph{Deep} Learning", "Deep Learning", "<i>Deep</i> Learning"),
        (r"{\em Deep} Learning", "Deep Learning", "<i>Deep</i> Learning"),
        (r"\emph{A \textbf{b}}", "A b", "<i>A </i><b><i>b</i></b>"),
        ("H$_2$O and $x^{10}$ of $\\alpha$", "H2O and x10 of α",
         "H<sub>2</sub>O and x<sup>10</sup> of α"),
        ("pages 1--3 --- ``quoted''", "pages 1–3 — “quoted”", "pages 1–3 — “quoted”"),  # noqa: RUF001
        (r"50\% of a\_b \& c", "50% of a_b & c", "50% of a_b & c"),
        ("It costs $ 5", "It costs $ 5", "It costs $ 5"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("\ue020{x} \ue100y", "x y", '<span class="nocase">x</span> y'),
    ],
)  # fmt: skip
def test_latex_becomes_words(written: str, words: str, marked: str) -> None:
    assert plain(written) == words
    assert rich(written) == marked


@pytest.mark.parametrize(
    ("fields", "link", "identifier"),
    [
        ("doi = {10.1109/5.726791}", "https://doi.org/10.1109/5.726791", "doi:10.1109/5.726791"),
        ("doi = {https://doi.org/10.1109/5.726791}", "https://doi.org/10.1109/5.726791",
         "doi:10.1109/5.726791"),
        ("doi = {doi:10.1109/5.726791}, url = {https://x.org}", "https://doi.org/10.1109/5.726791",
         "doi:10.1109/5.726791"),
        ("eprint = {1312.6199}", "https://arxiv.org/abs/1312.6199", "arXiv:1312.6199"),
        ("eprint = {arXiv:1312.6199v4}, archivePrefix = {arXiv}", "https://arxiv.org/abs/1312.6199v4",
         "arXiv:1312.6199v4"),
        ("eprint = {cs/0112017}", "https://arxiv.org/abs/cs/0112017", "arXiv:cs/0112017"),
        ("eprint = {27123}, eprinttype = {pubmed}", "", ""),
        ("url = {https://example.org/a_b}", "https://example.org/a_b", "https://example.org/a_b"),
        ("isbn = {0}", "", ""),
    ],
)  # fmt: skip
def test_a_work_is_found_by_doi_then_arxiv_then_address(
    tmp_path: Path, fields: str, link: str, identifier: str
) -> None:
    one = references(tmp_path, f"@misc{{a, title = {{T}}, {fields}}}")["a"]
    assert (one.link, one.identifier) == (link, identifier)


@pytest.mark.parametrize(
    ("fields", "year"),
    [
        ("year = 2017, month = nov", "2017"),
        ("date = {2017-11-07}", "2017"),
        ("year = {in press}", "in press"),
        ("journal = {J}", ""),
    ],
)
def test_years_come_from_year_or_date(tmp_path: Path, fields: str, year: str) -> None:
    assert references(tmp_path, f"@article{{a, title = {{T}}, {fields}}}")["a"].year == year


def test_csl_json_says_the_same_as_bibtex(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    bib = references(
        tmp_path / "one",
        r"""@article{a, author = {van der Maaten, Laurens and {Example Group} and others},
        title = {Using {t-SNE}}, journal = {J}, volume = 9, number = 2, pages = {1--3}, year = 2008,
        month = mar, doi = {10.5555/a}}""",
    )["a"]
    item = {
        "id": "a", "type": "article-journal", "title": 'Using <span class="nocase">t-SNE</span>',
        "author": [{"family": "Maaten", "given": "Laurens", "non-dropping-particle": "van der"},
                   {"literal": "Example Group"}, {"literal": "others"}],
        "container-title": "J", "volume": 9, "issue": "2", "page": "1–3",  # noqa: RUF001
        "issued": {"date-parts": [["2008", 3]]}, "DOI": "10.5555/a", "URL": "https://x.org/a",
    }  # fmt: skip
    for form in ([item], {"items": [item]}, item):
        read = references(tmp_path / "other", items=form)["a"]
        assert (read.item, read.others, read.link) == (bib.item, bib.others, bib.link)


@pytest.mark.parametrize(
    ("bib", "items", "message"),
    [
        ("@misc{a, title = {T}", None, "bib:1: BibTeX: premature end of file"),
        ("\n\n@misc{a title}", None, "bib:3: BibTeX: '=' expected"),
        ("@misc{a, title = {T}}\n@misc{a, title = {U}}", None,
         "bib:2: BibTeX: repeated bibliography entry: a"),
        ("\n@misc{a, year = 2000}", None, "bib:2: reference 'a' has no title"),
        ("@misc{a, title = {{T}}\n@misc{b, title = {x}}", None, "bib:"),
        ("@misc{a, author = {A, B, C, D}, title = {T}}", None, "bib:1: BibTeX: Too many commas in"),
        ("@misc{a, title = {T}, doi = {10.1/x}}", None,
         "bib:1: reference 'a' has the DOI '10.1/x', which is of no usual form"),
        ('@misc{a, title = {T}, doi = {10.1234/x"y}}', None, "bib:1: reference 'a' has the DOI"),
        ("@misc{a, title = {T}, eprint = {13.1}}", None,
         "bib:1: reference 'a' has the arXiv id '13.1', which is of no usual form"),
        ("@misc{a, title = {T}, url = {javascript:alert(1)}}", None,
         "bib:1: reference 'a' has the address 'javascript:alert(1)'"),
        ("@misc{a, title = {T}, url = {data:text/html,x}}", None,
         "bib:1: reference 'a' has the address 'data:text/html,x'"),
        ("@misc{a, title = {T}, date = {2017-13}}", None, "bib:1: the date '2017-13' has no such"),
        ("@misc{a, title = {T}, doi = {10.5555/a}}\n@misc{b, title = {T}, doi = {10.5555/A}}", None,
         "bib:2: 'b' and 'a' are one work, doi:10.5555/A"),
        ("@misc{a~b, title = {T}}", None, "bib:1: reference 'a~b' has a key that no citation can"),
        ("", "[{", "json:1: JSON: Expecting property name"),
        ("", [{"title": "T"}], "json: work 1 of the list has no id"),
        ("", 5, "json: CSL-JSON is a list of works"),
        ("", [{"id": "a", "title": "T"}, {"id": "a", "title": "T"}], "json:3: two works have the"),
        ("", [{"id": "a", "title": "T", "author": "me"}], "json:3: author is no list of names"),
        ("", [{"id": "a", "title": "T", "author": [{}]}], "json:3: a name under author has"),
        ("", [{"id": "a", "title": "T", "issued": 2017}], "json:3: issued is no CSL date"),
        ("", '[{"id": "a", "title": "T", "issued": {"date-parts": [[1e999]]}}]',
         "json:1: issued is no CSL date"),
        ("", "[" * 99999, "json: JSON: nested too deeply"),
        ("@misc{a, title = {T}}", [{"id": "a", "title": "T"}],
         "json:3: the key 'a' is taken at articles/a/references.bib:1"),
    ],
)  # fmt: skip
def test_each_mistake_in_the_references_is_said_with_its_line(
    tmp_path: Path, bib: str, items: object, message: str
) -> None:
    assert complaint(tmp_path, bib, items).startswith(f"articles/a/references.{message}")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a", [Cite("a")]),
        ("a, b;c", [Cite("a"), Cite("b"), Cite("c")]),
        ("a, p. 12", [Cite("a", label="page", place="12")]),
        ("see a, pp. 3-5; also b", [Cite("a", "see", "page", "3–5"), Cite("b", "also")]),  # noqa: RUF001
        ("a, pp. 3, 5 - 7", [Cite("a", "", "page", "3, 5–7")]),  # noqa: RUF001
        ("a, § 2.1", [Cite("a", "", "section", "2.1")]),
        ("a, Fig. 2, b, app. B", [Cite("a", "", "figure", "2"), Cite("b", "", "appendix", "B")]),
        ("a, ch. IV", [Cite("a", "", "chapter", "IV")]),
        # A key that looks like a place is still a key where no place can stand.
        ("p1, l2", [Cite("p1"), Cite("l2")]),
    ],
)
def test_a_citation_names_works_and_places_in_them(text: str, found: list[Cite]) -> None:
    assert cites(text, "a.md:3") == found


@pytest.mark.parametrize("text", ["", " ; ,", "p. 3", "; fig. 2"])
def test_a_citation_of_nothing_is_a_mistake(text: str) -> None:
    with pytest.raises(ArticleError, match=r"^a\.md:3: "):
        cites(text, "a.md:3")
