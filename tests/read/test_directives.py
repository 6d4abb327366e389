"""Directives of prose: what each takes, and what is said where it is wrong."""

import pytest
from ruamel.yaml import YAML

from tests.writing import DOT, FRONT, Desk

TABLE = "| a | b |\n|---|--:|\n| 1 | 2 |\n"


def test_a_fence_of_backticks_or_of_colons_is_the_same_directive(desk: Desk) -> None:
    colons = desk.html(":::{tip} Title\nWords.\n:::\n")
    assert desk.html("```{tip} Title\nWords.\n```\n") == colons
    assert colons == (
        '<aside class="note note-tip"><p class="note-title">Title</p><p>Words.</p>\n</aside>'
    )


def test_options_stand_on_lines_with_colons_or_between_dashes(desk: Desk) -> None:
    colons = desk.html(":::{figure} dot.svg\n:name: fig-a\n:alt: A dot: black\n\nWords.\n:::\n")
    dashes = desk.html(
        ":::{figure} dot.svg\n---\nname: fig-a\nalt: A dot: black\n---\n\nWords.\n:::\n"
    )
    assert colons == dashes
    assert 'alt="A dot: black"' in colons


@pytest.mark.parametrize(
    "value",
    ["conv1", "[conv1, conv-2 ,fc_3]", "12", "0", "[a]", " b ", "no", "NULL", "[a, True]", "007",
     "1e3", "-1", "1.5", "[1, 2]", "[]", "{a: 1}", '"a"', "a b", "a #b", "é", "~", "0x1f",
     "[a, [b]]", "1_000", "2024-01-01"],
)  # fmt: skip
def test_an_option_is_what_yaml_makes_of_it(desk: Desk, value: str) -> None:
    """Most are words and lists of words, which are read without YAML and read as with it."""
    block = desk.write(f":::{{chart}}\n:name: fig-a\n:value: {value}\nText\n:::\n").blocks[0]
    found, wanted = block.options["value"].value, YAML(typ="safe", pure=True).load(value)
    assert (found, type(found)) == (wanted, type(wanted))


@pytest.mark.parametrize(
    ("sort", "shown"),
    [("hint", "tip"), ("caution", "warning"), ("attention", "warning"), ("error", "danger"),
     ("important", "important"), ("seealso", "seealso"), ("margin", "aside")],
)  # fmt: skip
def test_a_box_of_myst_is_one_of_our_sorts(desk: Desk, sort: str, shown: str) -> None:
    assert f'<aside class="note note-{shown}">' in desk.html(f":::{{{sort}}}\nWords.\n:::\n")


def test_a_box_can_be_shut_until_it_is_asked_for(desk: Desk) -> None:
    html = desk.html(":::{dropdown} *Show* it\nWords.\n:::\n")
    assert (
        '<details class="note note-dropdown"><summary class="note-title"><em>Show</em> it' in html
    )
    html = desk.html(":::{note} Title\n:class: dropdown\n:open: true\nWords.\n:::\n")
    assert '<details class="note note-note" open>' in html


def test_a_table_has_a_number_a_caption_and_a_region_that_scrolls(desk: Desk) -> None:
    html = desk.html(f":::{{table}} Sizes of *things*\n:name: tab-a\n\n{TABLE}:::\n")
    assert 'id="tab-a" role="region" tabindex="0" aria-labelledby="tab-a-caption"' in html
    assert "Table 1</a></span> Sizes of <em>things</em></caption>" in html
    assert html.count("<table>") == html.count("</table>") == 1
    assert '<td class="align-right">2</td>' in html


def test_a_table_may_be_a_list_of_lists(desk: Desk) -> None:
    html = desk.html(
        ":::{list-table} T\n:header-rows: 1\n:stub-columns: 1\n"
        "* - a\n  - $b$\n* - 1\n  - - x\n:::\n"
    )
    assert '<tr><th scope="col">a</th><th scope="col"><math>' in html
    assert '<tr><th scope="row">1</th><td><ul>\n<li>x</li>\n</ul></td></tr>' in html


def test_a_figure_shows_maker_licence_and_source(desk: Desk) -> None:
    html = desk.html(
        ":::{figure} dot.svg\n:name: fig-a\n:alt: A dot\n:credit: A & B\n:license: CC0 1.0\n"
        ":source: https://example.org/x\nWords.\n:::\n"
    )
    assert '<a href="https://example.org/x">A &amp; B</a>' in html
    assert 'zero/1.0/" rel="license">CC0 1.0</a>' in html
    assert "Figure 1</a></span> Words. <span" in html


def test_a_picture_has_one_file_for_each_scheme(desk: Desk) -> None:
    desk.file("night.svg", DOT)
    html = desk.html(":::{image} dot.svg\n:alt: A dot\n:dark: night.svg\n:::\n")
    assert '<img src="dot.svg" alt="A dot" class="light-only"' in html
    assert '<img src="night.svg" alt="A dot" class="dark-only"' in html
    assert "figcaption" not in html


def test_code_can_be_named_numbered_and_marked(desk: Desk) -> None:
    html = desk.html(
        ":::{code} python\n:name: lst-a\n:caption: From `x`.\n:linenos:\n:lineno-start: 7\n"
        ":emphasize-lines: 2\na = 1\nb = 2\n:::\n"
    )
    assert '<span class="line" data-line="7">' in html
    assert '<span class="line marked" data-line="8">' in html
    assert "Listing 1</a></span> From <code>x</code>." in html


def test_code_may_come_from_a_file_of_the_project(desk: Desk) -> None:
    desk.file("../../models/tiny/model.py", "import torch\n\n\ndef build():\n    return 1\n")
    html = desk.html(
        ":::{literalinclude} ../../models/tiny/model.py\n:lines: 4-5\n:linenos:\n:::\n"
    )
    assert '<code class="language-python"><span class="line" data-line="4">' in html
    assert "torch" not in html


def test_figures_side_by_side_share_a_caption(desk: Desk) -> None:
    html = desk.html(
        "::::{subfigures}\n:name: both\n:columns: 3\n\n"
        ":::{figure} dot.svg\n:name: left\n:alt: A dot\nOne.\n:::\n\n"
        ":::{units}\n:name: right\nTwo.\n:::\n\nAll *three*.\n::::\n"
    )
    assert '<div class="side-by-side of-3">' in html
    assert "Figure 1a</a></span> One." in html
    assert "<figure>1b right: <p>Two.</p></figure>" in html
    assert "Figure 1</a></span> All <em>three</em>.</figcaption>" in html


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (":::{nots}\n:::\n", "6: unknown directive 'nots'\n  hint: did you mean 'note'?"),
        (":::{note}\n:clas: dropdown\nx\n:::\n", "7: note has no option 'clas'\n  hint: did you m"),
        (":::{dropdown}\nx\n:::\n", "6: this dropdown has no title\n  hint: :::{dropdown} A few w"),
        (":::{figure} dot.svg\n:alt: x\n:::\n", "6: this figure has no name\n  hint: add a line"),
        (":::{figure} dot.svg\n:name: a\n:::\n",
         "6: option 'alt' is missing: what the picture tells, in words"),
        (":::{figure} dto.svg\n:name: a\n:alt: x\n:::\n",
         "6: there is no file 'dto.svg' in articles/slug\n  hint: did you mean 'dot.svg'?"),
        (":::{figure} dot.svg\n:name: a\n:alt: x\n:widht: 3\n:::\n",
         "9: figure has no option 'widht'\n  hint: did you mean 'width'?"),
        (":::{figure} dot.svg\n:name: a\n:alt: x\n:width: wide\n:::\n",
         "9: option 'width': Input should be a valid integer"),
        (":::{figure} dot.svg\n:name: a\n:alt: x\n:dark: nigth.svg\n:::\n",
         "9: there is no file 'nigth.svg' in articles/slug"),
        (":::{figure} dot.svg\n:name: a\n:alt: x\n:source: javascript:alert(1)\n:::\n",
         "9: option 'source': String should match pattern"),
        (":::{image} index.md\n:alt: x\n:::\n", "6: 'index.md' is no picture that browsers know"),
        (":::{image} dot.svg\n:alt: x\nWords.\n:::\n", "6: an image has no caption"),
        (":::{image} https://example.org/a.png\n:alt: x\n:::\n",
         "6: the picture 'https://example.org/a.png' is on another site, which no page may ask"),
        (":::{table} T\nWords.\n:::\n", "6: this block holds exactly one table"),
        (":::{table} T\n" + TABLE + "\n" + TABLE + ":::\n", "6: this block holds exactly one tabl"),
        (":::{list-table} T\n* - a\n  - b\n* - c\n:::\n",
         "9: this row has 1 cells, the first has 2"),
        (":::{list-table} T\n* a\n* b\n:::\n", "6: this block holds one list of lists"),
        (":::{code} pyhton\nx\n:::\n", "6: unknown language 'pyhton'\n  hint: did you mean 'pytho"),
        ("x\n\n```pyton\nx\n```\n", "8: unknown language 'pyton'\n  hint: did you mean 'python'?"),
        (":::{code} python\n:emphasize-lines: 3\nx\n:::\n",
         "7: lines 3 are not there: the code has lines 1-1"),
        (":::{code} python\n:emphasize-lines: two\nx\n:::\n", "7: 'two' is no line or range of li"),
        (":::{literalinclude} dot.svg\n:lines: 9-12\n:::\n", "7: lines 9-12 are not there"),
        ("::::{subfigures}\n:name: a\nWords.\n::::\n", "6: there is no figure in this group"),
        (":::{subfigures}\nWords.\n:::\n", "6: option 'name' is missing: a name that references"),
        (":::{math}\n:label: a\n:name: b\nx\n:::\n", "6: 'a' and 'b' name one equation"),
        (":::{note}\n---\nclass: x\nwords\n---\n:::\n", "9: 'words' is no 'option: value' on one "),
        ("".join(":" * (20 - i) + "{note}\n" for i in range(12)), "14: directives stand more than"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_directive_is_said_with_its_line(
    desk: Desk, body: str, message: str
) -> None:
    assert desk.complaint(body).startswith(f"articles/slug/index.md:{message}")


def test_a_mistake_within_directives_within_lists_has_its_own_line(desk: Desk) -> None:
    boxes = "  ::::{note}\n  Words.\n\n  :::{tip}\n  One.\n  Two {nosuch}`x`.\n  :::\n  ::::\n"
    body = f"- item\n\n{boxes}"
    assert desk.complaint(body).startswith("articles/slug/index.md:13: unknown role {nosuch}")


def test_included_text_takes_the_directive_s_place(desk: Desk) -> None:
    desk.file("parts/one.md", "## Part\n\nWords[^n] {numref}`fig-a`.\n\n[^n]: A note.\n")
    html = desk.html(
        ":::{include} parts/one.md\n:::\n\n:::{network}\n:name: fig-a\n:::\n", front=FRONT
    )
    assert html.startswith('<h2 id="part">Part <a class="anchor"')
    assert "</h2>\n<p>Words<sup" in html
    assert "Figure&nbsp;1" in html
    assert html.index("A note.") < html.index("1 fig-a")


def test_files_are_found_from_the_folder_of_the_text_that_names_them(desk: Desk) -> None:
    desk.file("parts/pictures/dot.svg", DOT)
    desk.file("parts/one.md", "![A dot](pictures/dot.svg)\n")
    found = desk.write(":::{include} parts/one.md\n:::\n")
    names = {path.relative_to(desk.folder.resolve()).as_posix() for path in found.files}
    assert names == {"parts/one.md", "parts/pictures/dot.svg"}


def test_a_mistake_in_an_included_file_keeps_the_whole_chain(desk: Desk) -> None:
    desk.file("one.md", "Words.\n\n:::{include} parts/two.md\n:::\n")
    desk.file("parts/two.md", "One.\nTwo {nosuch}`x`.\n")
    said = desk.complaint("x\n\n:::{include} one.md\n:::\n")
    assert said.startswith(
        "articles/slug/parts/two.md:2 (included at articles/slug/one.md:3 "
        "(included at articles/slug/index.md:8)): unknown role {nosuch}"
    )


@pytest.mark.parametrize(
    ("files", "body", "message"),
    [
        ({}, ":::{include} ../../../secret.md\n:::\n",
         "articles/slug/index.md:6: '../../../secret.md' lies outside the project"),
        ({}, ":::{include} /etc/passwd\n:::\n",
         "articles/slug/index.md:6: the path '/etc/passwd' starts at a root"),
        ({}, ":::{include} nowhere.md\n:::\n",
         "articles/slug/index.md:6: there is no file 'nowhere.md' in articles/slug"),
        ({}, ":::{include} index.md\n:::\n", "articles/slug/index.md:6: the file asks for itself: "
         "articles/slug/index.md -> articles/slug/index.md"),
        ({"a.md": ":::{include} b.md\n:::\n", "b.md": "x\n\n:::{include} a.md\n:::\n"},
         ":::{include} a.md\n:::\n",
         "articles/slug/b.md:3 (included at articles/slug/a.md:1 (included at "
         "articles/slug/index.md:6)): the file asks for itself: "
         "articles/slug/index.md -> articles/slug/a.md -> "
         "articles/slug/b.md -> articles/slug/a.md"),
        ({f"{i}.md": f":::{{include}} {i + 1}.md\n:::\n" * 2 for i in range(9)} | {"9.md": "x"},
         ":::{include} 0.md\n:::\n", "articles/slug/8.md:"),
        ({"bad.md": b"\xff\xfe"}, ":::{include} bad.md\n:::\n",
         "articles/slug/index.md:6: bad.md is not UTF-8"),
        ({"a.md": "x"}, ":::{include} a.md\nWords.\n:::\n",
         "articles/slug/index.md:6: an include has no text of its own"),
    ],
)  # fmt: skip
def test_an_include_that_cannot_be_is_refused(
    desk: Desk, files: dict[str, str | bytes], body: str, message: str
) -> None:
    for name, content in files.items():
        desk.file(name, content)
    assert desk.complaint(body).startswith(message)


def test_a_link_in_the_file_system_does_not_lead_out_of_the_project(desk: Desk) -> None:
    outside = desk.root.parent / f"{desk.root.name}-secret.md"
    outside.write_text("secret")
    (desk.folder / "inside.md").symlink_to(outside)
    said = desk.complaint(":::{include} inside.md\n:::\n")
    assert said == "articles/slug/index.md:6: 'inside.md' lies outside the project"
