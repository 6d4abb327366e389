"""Works in a citation style: our two, and one that does what styles from elsewhere do."""

import os
from pathlib import Path

import pytest

from generator.errors import SiteError
from generator.read.citations import bibliography
from generator.read.cites import Cite, cites
from generator.render.csl import Csl
from generator.render.csl import styled as style_works

BIB = r"""
@article{maaten, author = {van der Maaten, Laurens and Hinton, Geoffrey}, title = {Using {t-SNE}},
  journal = {J. of Examples}, year = 2008, volume = 9, number = 2, pages = {2579--2605},
  url = {https://example.org/v9/maaten.html}}
@misc{vaswani, author = {Vaswani, Ashish and others}, title = {Attention}, year = 2017,
  eprint = {1706.03762}}
@inproceedings{two, author = {Vaswani, Ashish and Shazeer, Noam and others}, year = 2017,
  title = {A <script> \& "quotes" in {DREAM}: why?}, booktitle = {Proc. of {NIPS}},
  doi = {10.5555/3(2)x}}
@book{torre, author = {de la Torre, Fernanda and {Example Group}}, title = {\emph{Deep} H$_2$O},
  publisher = {Example Press}, year = 2016, doi = {10.5555/torre}}
@article{one, author = {L{\"u}dtke, J{\'e}an-Luc and Erd\H{o}s, P{\'a}l}, title = {One},
  journal = {J. of Examples}, year = 2017, doi = {10.5555/one}}
@article{other, author = {L{\"u}dtke, J{\'e}an-Luc and Erd\H{o}s, P{\'a}l}, title = {Other},
  journal = {J. of Examples}, year = 2017, doi = {10.5555/other}}
@phdthesis{thesis, author = {Krizhevsky, Alex}, title = {Layers}, school = {Toronto},
  year = {in press}}
@book{edited, editor = {Orr, Genevieve}, title = {Tricks}, publisher = {Example Press}, year = 2012}
@misc{anonymous, title = {Nobody's work}}
"""
# What styles from elsewhere do: quotation marks, title case, initials, and no address at all.
FOREIGN = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>T</title><id>t</id><updated>2026-01-01T00:00:00+00:00</updated></info>
<citation><sort><key variable="issued"/></sort><layout vertical-align="sup" delimiter=",">
<text variable="citation-number"/></layout></citation>
<bibliography><layout suffix="."><text variable="citation-number" prefix="[" suffix="]"/>
<group delimiter=", ">
<names variable="author"><name and="symbol" initialize-with=". " name-as-sort-order="all"
et-al-min="3" et-al-use-first="1"/></names>
<text variable="title" text-case="title" quotes="true"/>
<text variable="container-title" text-case="title" font-style="italic"/>
<date variable="issued"><date-part name="year"/></date></group></layout></bibliography></style>"""


def styled(tmp_path: Path, style: Path | str, language: str = "en") -> Csl:
    (tmp_path / "references.bib").write_text(BIB, "utf8")
    known = bibliography(tmp_path, "articles/a/index.md")
    return Csl(list(known.values()), style=style, language=language)


def entries(csl: Csl) -> dict[str, str]:
    return {one.key: csl.entry(one) for one in csl.listed}


def test_numbered_entries_read_as_they_should(tmp_path: Path) -> None:
    csl = styled(tmp_path, "numbered")
    assert csl.numbered
    assert entries(csl) == {
        "maaten": "Laurens van der Maaten and Geoffrey Hinton. <b>Using t-SNE</b>. "
        "<i>J. of Examples</i> 9(2), pp. 2579–2605, 2008. "  # noqa: RUF001
        '<a href="https://example.org/v9/maaten.html">https://example.org/v9/maaten.html</a>.',
        "vaswani": "Ashish Vaswani et al. <b>Attention</b>. arXiv, 2017. "
        '<a href="https://arxiv.org/abs/1706.03762" class="short">arXiv:1706.03762</a>.',
        "two": "Ashish Vaswani, Noam Shazeer et al. "
        "<b>A &lt;script&gt; &amp; &quot;quotes&quot; in DREAM: why?</b> "
        "<i>Proc. of NIPS</i>, 2017. "
        '<a href="https://doi.org/10.5555/3(2)x" class="short">doi:10.5555/3(2)x</a>.',
        "torre": "Fernanda de la Torre and Example Group. <b><i>Deep</i> H<sub>2</sub>O</b>. "
        "Example Press, 2016. "
        '<a href="https://doi.org/10.5555/torre" class="short">doi:10.5555/torre</a>.',
        "one": "Jéan-Luc Lüdtke and Pál Erdős. <b>One</b>. <i>J. of Examples</i>, 2017. "
        '<a href="https://doi.org/10.5555/one" class="short">doi:10.5555/one</a>.',
        "other": "Jéan-Luc Lüdtke and Pál Erdős. <b>Other</b>. <i>J. of Examples</i>, 2017. "
        '<a href="https://doi.org/10.5555/other" class="short">doi:10.5555/other</a>.',
        "thesis": "Alex Krizhevsky. <b>Layers</b>. PhD thesis, Toronto, in press.",
        "edited": "Genevieve Orr (ed.). <b>Tricks</b>. Example Press, 2012.",
        "anonymous": "<b>Nobody&#x27;s work</b>.",
    }


def test_author_and_date_sorts_by_name_and_tells_one_year_apart(tmp_path: Path) -> None:
    csl = styled(tmp_path, "author-date")
    assert not csl.numbered
    assert [one.key for one in csl.listed] == [
        "torre", "thesis", "one", "other", "anonymous", "edited", "maaten", "vaswani", "two",
    ]  # fmt: skip
    found = entries(csl)
    assert found["one"].startswith("Lüdtke, Jéan-Luc and Pál Erdős (2017a). <b>One</b>.")
    assert found["other"].startswith("Lüdtke, Jéan-Luc and Pál Erdős (2017b). <b>Other</b>.")
    assert found["anonymous"].startswith("Nobody&#x27;s work (n.d.)")
    assert [csl.cited(Cite(key)) for key in ("one", "other", "vaswani", "two", "maaten")] == [
        "Lüdtke and Erdős 2017a", "Lüdtke and Erdős 2017b", "Vaswani et al. 2017a",
        "Vaswani et al. 2017b", "van der Maaten and Hinton 2008",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "text", "words", "names", "rest"),
    [
        ("numbered", "maaten, pp. 3-5", "1, pp. 3–5", "van der Maaten and Hinton", "1, pp. 3–5"),  # noqa: RUF001
        ("numbered", "vaswani, fig. 2", "2, fig. 2", "Vaswani et al.", "2, fig. 2"),
        ("numbered", "torre, app. B", "4, app. B", "de la Torre and Example Group", "4, app. B"),
        ("author-date", "maaten, p. 3", "van der Maaten and Hinton 2008, p. 3",
         "van der Maaten and Hinton", "2008, p. 3"),
        ("author-date", "thesis", "Krizhevsky in press", "Krizhevsky", "in press"),
        ("author-date", "other, eq. 3", "Lüdtke and Erdős 2017b, eq. 3", "Lüdtke and Erdős",
         "2017b, eq. 3"),
        ("author-date", "edited", "Orr 2012", "Orr", "2012"),
    ],
)  # fmt: skip
def test_a_place_in_a_work_and_a_name_in_the_sentence(
    tmp_path: Path, style: str, text: str, words: str, names: str, rest: str
) -> None:
    csl = styled(tmp_path, style)
    (cite,) = cites(text, "")
    assert (csl.cited(cite), csl.names(cite), csl.rest(cite)) == (words, names, rest)


def test_what_was_styled_is_at_hand_until_a_work_or_the_style_changes(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text(BIB, "utf8")
    known = list(bibliography(tmp_path, "articles/a/index.md").values())
    again = list(bibliography(tmp_path, "articles/a/index.md").values())
    path = tmp_path / "own.csl"
    path.write_text(FOREIGN)
    first = style_works(known, path, "en")
    assert style_works(again, path, "en") is first
    assert style_works(again[::-1], path, "en") is not first
    changed = BIB.replace("{Attention}", "{Notice}")
    (tmp_path / "references.bib").write_text(changed, "utf8")
    other = list(bibliography(tmp_path, "articles/a/index.md").values())
    assert "Notice" in style_works(other, path, "en").entry(other[1])
    path.write_text(FOREIGN.replace('prefix="["', 'prefix="("'))
    os.utime(path, ns=(1, 1))
    assert style_works(again, path, "en") is not first


def test_a_style_from_elsewhere_is_mended_where_its_engine_slips(tmp_path: Path) -> None:
    path = tmp_path / "foreign.csl"
    path.write_text(FOREIGN)
    csl = styled(tmp_path, path)
    assert csl.numbered
    assert csl.frame == ("<sup>", ",", "</sup>")
    found = entries(csl)
    # No number that the list shows itself, no "& others", no word torn at its protected capital,
    # no journal whose case is changed, and a link though the style prints none.
    assert found["vaswani"] == (
        "Vaswani, A. et al., “Attention”, 2017. "
        '<a href="https://arxiv.org/abs/1706.03762" class="short">arXiv:1706.03762</a>'
    )
    assert "in DREAM: Why?”, <i>Proc. of NIPS</i>, 2017." in found["two"]
    assert "<i>J. of Examples</i>, 2008." in found["maaten"]
    assert "“Using t-SNE”" in found["maaten"]


def test_a_style_speaks_the_language_of_the_article(tmp_path: Path) -> None:
    csl = styled(tmp_path, "numbered", "de")
    found = entries(csl)
    assert found["maaten"].startswith("Laurens van der Maaten und Geoffrey Hinton.")
    assert found["vaswani"].startswith("Ashish Vaswani u.")
    assert csl.cited(Cite("maaten", label="page", place="3")) == "1, S. 3"
    # A language that no style knows is written in English.
    assert styled(tmp_path, "numbered", "tlh").conjunction == "and"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<style>", "own.csl:1: XML: "),
        ("<html/>", "own.csl: this is no citation style"),
        (FOREIGN.replace("in-text", "note"), "own.csl: this citation style has no citations"),
        ('<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text"><info/></style>',
         "own.csl: this citation style depends on another"),
        (FOREIGN.split("<bibliography>")[0] + "</style>",
         "own.csl: this citation style has no citations in the text with a list of references"),
        (FOREIGN.replace("delimiter", "delimeter"), "own.csl:3: CSL: "),
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
         + FOREIGN.replace("<title>T", "<title>&e;"), "own.csl:"),
    ],
)  # fmt: skip
def test_a_style_that_cannot_be_used_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "own.csl"
    path.write_text(text)
    with pytest.raises(SiteError) as problem:
        styled(tmp_path, path)
    assert str(problem.value).startswith(message)


def test_a_style_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="did you mean 'numbered'"):
        styled(tmp_path, "numberd")
