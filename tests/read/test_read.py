"""What an author writes becomes an article, and each mistake a message with its line."""

from pathlib import Path

import pytest

from generator.errors import ArticleError
from generator.read import article
from generator.read.article import Article

FRONT = "---\ntitle: T\ndescription: D\ndate: 2026-01-02\n---\n"
BIB = """@article{olah2017, title = {Feature {V}isualization}, year = 2017,
  author = {Olah, Chris and Mordvintsev, Alexander and L{\\"u}dtke, Jan}, journal = {Distill},
  doi = {10.23915/distill.00007}}
@misc{zeiler2013, title = {Visualizing}, year = 2013, author = {Zeiler, Matthew D. and Fergus, Rob},
  eprint = {1311.2901}}
"""


def written(tmp_path: Path, body: str, front: str = FRONT, bib: str = BIB) -> Article:
    folder = tmp_path / "articles" / "slug"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.md").write_text(front + body, "utf8")
    (folder / "references.bib").write_text(bib, "utf8")
    return article(folder)


def complaint(tmp_path: Path, body: str, front: str = FRONT, bib: str = BIB) -> str:
    with pytest.raises(ArticleError) as problem:
        written(tmp_path, body, front, bib)
    return str(problem.value)


def test_a_block_has_kind_name_options_caption_and_line(tmp_path: Path) -> None:
    body = (
        "\nText.\n\n:::{network}\n:name: fig-a\n:layers: [conv1, 'conv2']\n:count: 3\nWords.\n:::\n"
    )
    (block,) = written(tmp_path, body).blocks
    assert (block.kind, block.name, block.number) == ("network", "fig-a", "1")
    assert {name: option.value for name, option in block.options.items()} == {
        "layers": ["conv1", "conv2"],
        "count": 3,
    }
    assert block.where == "articles/slug/index.md:9"
    assert block.options["count"].where == "articles/slug/index.md:12"
    assert [token.content for token in block.caption if token.type == "inline"] == ["Words."]


def test_references_are_numbered_by_first_citation_wherever_it_stands(tmp_path: Path) -> None:
    body = (
        ":::{network}\n:name: a\nCaption {cite}`zeiler2013`.\n:::\n\n"
        "Then {cite}`olah2017, zeiler2013`.\n"
    )
    references = written(tmp_path, body).references
    assert [reference.key for reference in references] == ["zeiler2013", "olah2017"]
    assert references[0].link == "https://arxiv.org/abs/1311.2901"
    assert references[0].short == "Zeiler and Fergus 2013"
    assert references[1].title == "Feature Visualization"
    assert references[1].authors[-1] == "Jan Lüdtke"
    assert references[1].short == "Olah et al. 2017"


def test_headings_get_anchors_of_their_own(tmp_path: Path) -> None:
    found = written(tmp_path, "## Über uns\n\n## A b\n\n## A b\n").anchors
    assert found == {"über-uns", "a-b", "a-b-2"}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("a {cit}`x`\n", "6: unknown role {cit}\n  hint: did you mean 'cite'?"),
        ("one\ntwo {cite}`olah2016`\n",
         "7: references.bib has no entry 'olah2016'\n  hint: did you mean 'olah2017'?"),
        ("see {numref}`fig-b`\n\n:::{network}\n:name: fig-a\n:::\n",
         "6: no figure is called 'fig-b'\n  hint: did you mean 'fig-a'?"),
        (":::{network}\n:layers: [a\n:name: x\n:::\n", "7: option 'layers' is not YAML: "),
        (":::{network}\n:name: x\n:name: y\n:::\n", "8: option 'name' stands twice"),
        (":::{network}\n:::\n",
         "6: this network has no name\n  hint: add a line ':name: fig-something'"),
        (":::{network}\n:name: a b\n:::\n", "7: 'a b' cannot be a figure's name"),
        ("::: network\n:::\n", "6: a ':::' block starts with its kind"),
        (":::{network}\n:name: a\n:::\n\n:::{units}\n:name: a\n:::\n",
         "11: the name 'a' is taken by the figure at articles/slug/index.md:7"),
        ("# Title\n", "6: the title in the front matter is the page's one first-level heading\n"
         "  hint: start this heading with '##'"),
        ("$\\frac{1}$ and $\\nosuch$\n", "6: mathematics: "),
    ],
)  # fmt: skip
def test_each_mistake_in_the_text_is_said_with_its_line(
    tmp_path: Path, body: str, message: str
) -> None:
    assert complaint(tmp_path, body).startswith(f"articles/slug/index.md:{message}")


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("---\ntitle: T\ndescription: D\ndate: 2026-01-02\ntags: [a\n---\n", "index.md:5: YAML: "),
        ("---\ntitle: T\ndate: 2026-01-02\n---\n", "index.md:1: front matter field 'description'"),
        ("---\ntitle: T\ndescription: D\ndate: soon\n---\n", "index.md:4: front matter field 'dat"),
        ("---\ntitle: T\ndescription: D\ndate: 2026-01-02\nauthor: me\n---\n",
         "index.md:5: unknown front matter field 'author'\n"
         "  hint: did you mean 'authors'?"),
        ("---\ntitle: T\ndescription: D\ndate: 2026-01-02\nauthors:\n- name: A\n  orcit: 1\n---\n",
         "index.md:7: unknown front matter field 'authors.0.orcit'\n"
         "  hint: did you mean 'orcid'?"),
        ("---\ntitle: T\ndescription: D\x1b\ndate: 2026-01-02\n---\n",
         "index.md:3: YAML: the sign '\\x1b' cannot stand here"),
        ("Just text.\n", "index.md:1: the article starts with no front matter"),
    ],
)  # fmt: skip
def test_each_mistake_in_the_front_matter_is_said_with_its_line(
    tmp_path: Path, front: str, message: str
) -> None:
    assert complaint(tmp_path, "", front).startswith(f"articles/slug/{message}")


@pytest.mark.parametrize(
    ("bib", "message"),
    [
        (
            "@misc{a, title = {T}, doi = {1.2}}",
            "1: reference 'a' has the DOI '1.2', which is of no",
        ),
        ("\n@misc{a, year = 2000, doi = {10.1234/x}}", "2: reference 'a' has no title"),
        ("@misc{a, title = ", "1: BibTeX: premature end of file"),
    ],
)
def test_each_mistake_in_the_bibliography_is_said(tmp_path: Path, bib: str, message: str) -> None:
    assert complaint(tmp_path, "x", bib=bib).startswith(f"articles/slug/references.bib:{message}")


def test_raw_html_is_text(tmp_path: Path) -> None:
    tokens = written(tmp_path, "<script>alert(1)</script>\n").tokens
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
