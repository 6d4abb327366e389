"""Tokens become the HTML that a reader meets."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.errors import ArticleError
from generator.project import Project
from generator.read import article
from generator.read.parts import Role
from generator.render.prose import Placed, Prose, format_value
from generator.render.values import Values
from tests.page import Look
from tests.writing import Desk, prose

FRONT = "---\ntitle: T\ndescription: D\ndate: 2026-01-02\n---\n"
BIB = """@article{olah2017, title = {Feature "Visualization"}, year = 2017,
  author = {Olah, Chris}, doi = {10.23915/distill.00007}}"""


def html(tmp_path: Path, body: str) -> str:
    (tmp_path / "index.md").write_text(FRONT + body, "utf8")
    (tmp_path / "references.bib").write_text(BIB, "utf8")
    found = article(tmp_path)
    prose = Prose(
        found,
        lambda block, caption: f"<figure>{block.name}:{caption.strip()}</figure>",
        lambda role: f"<{role.text}>",
    )
    return prose.whole().strip()


def test_a_figure_stands_where_its_block_stood_with_its_caption_rendered(tmp_path: Path) -> None:
    body = "Before.\n\n:::{network}\n:name: fig-a\nSome *words*.\n:::\n\nAfter.\n"
    assert html(tmp_path, body) == (
        "<p>Before.</p>\n<figure>fig-a:<p>Some <em>words</em>.</p></figure><p>After.</p>"
    )


def test_a_citation_links_to_its_reference_and_shows_it_on_hover(tmp_path: Path) -> None:
    assert html(tmp_path, "A {cite}`olah2017`.\n") == (
        '<p>A <span class="citations numbers">[<a class="citation" id="cite-olah2017-1" '
        'href="#ref-olah2017" title="Olah 2017: Feature &quot;Visualization&quot;">1</a>'
        "]</span>.</p>"
    )


def test_a_heading_ends_with_a_link_to_itself_named_by_its_words(tmp_path: Path) -> None:
    assert html(tmp_path, "## Two words\n") == (
        '<h2 id="two-words">Two words <a class="anchor" href="#two-words" '
        'aria-labelledby="two-words"><span aria-hidden="true">#</span></a></h2>'
    )


def test_values_and_everything_else_are_escaped(tmp_path: Path) -> None:
    assert html(tmp_path, "A {value}`b`.\n") == '<p>A <span class="value">&lt;b&gt;</span>.</p>'
    assert html(tmp_path, "<b onclick=x>\n") == "<p>&lt;b onclick=x&gt;</p>"
    assert "javascript:" not in html(tmp_path, "[a](javascript:alert(1))\n").replace(
        "[a](javascript:", ""
    )


def test_tables_align_by_class_since_the_policy_forbids_inline_style(tmp_path: Path) -> None:
    rendered = html(tmp_path, "| a |\n|--:|\n| 1 |\n")
    assert 'class="align-right"' in rendered
    assert "style=" not in rendered


def test_mathematics_is_mathml(tmp_path: Path) -> None:
    assert html(tmp_path, "$x^2$\n") == "<p><math><msup><mi>x</mi><mn>2</mn></msup></math></p>"


def test_a_footnote_stands_behind_its_block_and_leads_there_and_back(tmp_path: Path) -> None:
    rendered = html(tmp_path, "A.[^x]\n\n- b\n- c[^y]\n\nLast.\n\n[^x]: Note *x*.\n[^y]: Note y.\n")
    first, second = rendered.index('id="fn1"'), rendered.index('id="fn2"')
    assert rendered.index("A.") < first < rendered.index("<ul>") < second < rendered.index("Last.")
    assert rendered.index("</ul>") < second
    assert "Note <em>x</em>." in rendered
    for number in (1, 2):
        assert f'href="#fn{number}" id="fnref{number}"' in rendered
        assert f'href="#fnref{number}"' in rendered


def test_a_figure_is_named_by_its_number(tmp_path: Path) -> None:
    body = (
        "See {numref}`fig-b`.\n\n:::{network}\n:name: fig-a\n:::\n:::{units}\n:name: fig-b\n:::\n"
    )
    assert '<a class="numref" href="#fig-b">Figure&nbsp;2</a>' in html(tmp_path, body)


def test_a_caption_leads_to_the_same_places_from_a_page_of_its_own(desk: Desk) -> None:
    desk.file("data.csv", "1")
    desk.file("../other/index.md", FRONT)
    caption = (
        "A[^a] {numref}`fig-a` [b](#fig-a) [c](../other/index.md#x) [d](data.csv) ![e](dot.svg)"
    )
    found = desk.write(f":::{{network}}\n:name: fig-a\n{caption}\n:::\n\n[^a]: Note.\n")
    at_home = prose(found)
    here = replace(
        at_home,
        page="../../../articles/slug/index.html",
        place=lambda file, where: Placed(f"../../../assets/{file.name}"),
    )
    tokens = found.blocks[0].caption
    first, there, again = at_home.html(tokens), here.html(tokens), at_home.html(tokens)
    assert first == again
    links = Look(there).links
    home = "../../../articles/slug/index.html"
    assert links == [
        f"{home}#fn1", f"{home}#fig-a", f"{home}#fig-a",
        "../../../articles/slug/../other/index.html#x", "../../../assets/data.csv",
    ]  # fmt: skip
    assert 'src="../../../assets/dot.svg"' in there
    assert " id=" not in there


@pytest.mark.parametrize(
    ("value", "spec", "words"),
    [
        (0.98765, ".1%", "98.8%"),
        (0.98765432, "", "0.9877"),
        (61706, "", "61,706"),
        (28, "", "28"),
        (["a", "b"], "", "a, b"),
        ("words", "", "words"),
        (1234567, ",", "1,234,567"),
    ],
)
def test_values_read_as_prose(value: object, spec: str, words: str) -> None:
    assert format_value(value, spec) == words


CARD = """summary = "s"
license = "MIT"
input = [1, 28, 28]
outputs = ["a"]
layers = ["out"]
[weights]
file = "w"
sha256 = ""
[measured]
test_accuracy = 0.9871
"""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("mdel/tiny/x", "'mdel/tiny/x' starts with 'mdel'"),
        ("model/tyni/x", "no model is called 'tyni'\n  hint: there is tiny"),
        ("model/tiny/measured.accuracy", "there is no value 'accuracy' in "),
        ("model/tiny/summary | .1%", "format '.1%': Unknown format code '%'"),
        ("figure/fig-x/count", "no figure is called 'fig-x'"),
    ],
)
def test_a_value_that_is_not_there_is_said_with_its_line(
    tmp_path: Path, text: str, message: str
) -> None:
    values = values_of(tmp_path)
    with pytest.raises(ArticleError) as problem:
        values(Role("value", text, "a.md:7"))
    assert str(problem.value).startswith(f"a.md:7: {message}")


def test_a_value_comes_from_the_card(tmp_path: Path) -> None:
    values = values_of(tmp_path)
    assert values(Role("value", "model/tiny/measured.test_accuracy | .1%", "")) == "98.7%"
    assert values(Role("value", "model/tiny/input.1", "")) == "28"


def values_of(tmp_path: Path) -> Values:
    folder = tmp_path / "articles" / "a"
    folder.mkdir(parents=True)
    (folder / "index.md").write_text(FRONT)
    (tmp_path / "models/tiny").mkdir(parents=True)
    (tmp_path / "models/tiny/model.toml").write_text(CARD)
    return Values(article(folder), {}, Project(tmp_path))
