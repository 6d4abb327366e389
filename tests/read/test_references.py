"""Numbers follow the order of reading, and every reference leads to what it names."""

import pytest

from tests.writing import NUMBERED, Desk

FIGURE = ":::{figure} dot.svg\n:name: fig-dot\n:alt: A dot\nWords.\n:::\n"
EVERYTHING = (
    ":::{network}\n:name: fig-a\n:::\n\n$$\nx\n$$ (first)\n\n"
    ":::{note}\n:::{network}\n:name: fig-b\n:::\n:::\n\n" + FIGURE + "\n"
    ":::{table} T\n:name: tab-a\n\n| a |\n|---|\n| b |\n:::\n\n"
    "\\begin{align}\na \\label{second} \\\\\nb \\label{third}\n\\end{align}\n\n"
    ":::{code} python\n:name: lst-a\n:caption: C\npass\n:::\n\n"
    "## One\n\n### Below\n\n## Two\n"
)


def numbers(desk: Desk, body: str, front: str = NUMBERED) -> dict[str, str]:
    return {label.name: label.number for label in desk.write(body, front=front).labels.values()}


def test_each_sort_counts_by_itself_in_the_order_of_reading(desk: Desk) -> None:
    body = EVERYTHING.replace(":::{note}\n", "::::{note}\n").replace(":::\n:::\n", ":::\n::::\n")
    assert numbers(desk, body) == {
        "fig-a": "1", "fig-b": "2", "fig-dot": "3", "tab-a": "1", "lst-a": "1",
        "first": "1", "second": "2", "third": "3", "one": "1", "below": "1.1", "two": "2",
    }  # fmt: skip


def test_parts_of_a_figure_have_letters_and_its_neighbours_go_on_counting(desk: Desk) -> None:
    body = (
        "::::{subfigures}\n:name: pair\n\n:::{network}\n:name: left\n:::\n\n"
        + FIGURE
        + "\nAll of it.\n::::\n\n:::{network}\n:name: after\n:::\n"
    )
    expected = {"pair": "1", "left": "1a", "fig-dot": "1b", "after": "2"}
    assert numbers(desk, body) == expected


def test_more_than_twenty_six_parts_double_their_letters(desk: Desk) -> None:
    parts = "".join(f":::{{network}}\n:name: p{i}\n:::\n\n" for i in range(28))
    found = numbers(desk, f"::::{{subfigures}}\n:name: all\n\n{parts}::::\n")
    assert (found["p25"], found["p26"], found["p27"]) == ("1z", "1aa", "1bb")


def test_a_level_that_is_left_out_does_not_make_a_number_of_zero(desk: Desk) -> None:
    assert numbers(desk, "## A\n\n#### B\n\n### C\n") == {"a": "1", "b": "1.1.1", "c": "1.1"}


@pytest.mark.parametrize(
    ("role", "html"),
    [
        ("{numref}`fig-dot`", '<a class="numref" href="#fig-dot">Figure&nbsp;1</a>'),
        ("{numref}`Fig. %s <fig-dot>`", '<a class="numref" href="#fig-dot">Fig. 1</a>'),
        ("{numref}`tab-a`", '<a class="numref" href="#tab-a">Table&nbsp;1</a>'),
        ("{numref}`a-b`", '<a class="numref" href="#a-b">Section&nbsp;1</a>'),
        ("{eq}`loss`", '<a class="eqref" href="#loss">(1)</a>'),
        ("{ref}`a-b`", '<a class="ref" href="#a-b">A &lt; b</a>'),
        ("{ref}`here & now <spot>`", '<a class="ref" href="#spot">here &amp; now</a>'),
        ("{ref}`fig-dot`", '<a class="ref" href="#fig-dot">Figure&nbsp;1</a>'),
        ("[](#fig-dot)", '<a href="#fig-dot" class="ref">Figure\u00a01</a>'),
        ("[](#loss)", '<a href="#loss" class="ref">(1)</a>'),
        ("[words](#spot)", '<a href="#spot" class="ref">words</a>'),
    ],
)
def test_a_reference_is_called_by_number_title_or_the_author_s_words(
    desk: Desk, role: str, html: str
) -> None:
    body = (
        f"See {role}.\n\n{FIGURE}\n:::{{table}} T\n:name: tab-a\n\n| a |\n|---|\n| b |\n:::\n\n"
        "$$x$$ (loss)\n\n## A < b\n\n(spot)=\nA paragraph.\n"
    )
    assert f"<p>See {html}.</p>" in desk.html(body, front=NUMBERED)


def test_a_target_names_the_block_behind_it(desk: Desk) -> None:
    body = "(a)=\n## Title\n\n(b)=\n$$x$$\n\n(c)=\n- item\n\n(d)=\n:::{network}\n:::\n\n"
    body += "{#e}\n> quoted\n"
    labels = desk.write(body).labels
    assert {name: label.sort for name, label in labels.items()} == {
        "a": "section", "b": "equation", "c": "place", "d": "figure", "e": "place",
    }  # fmt: skip
    html = desk.html(body)
    for anchor in ('<h2 id="a">', 'id="b"', '<ul id="c">', '<blockquote id="e">'):
        assert anchor in html


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("a\n{eq}`fig-dot`\n\n" + FIGURE, "7: 'fig-dot' is a figure\n  hint: write {numref}`fig-d"),
        ("{numref}`x`\n\n$$a$$ (x)\n", "6: 'x' is an equation\n  hint: write {eq}`x`"),
        ("{numref}`a`\n\n## A\n",
         "6: the section 'a' has no number\n  hint: write {ref}`a`, or 'numbered: true' in the fr"),
        ("{ref}`x`\n\n(x)=\nA paragraph.\n",
         "6: the place 'x' has no title\n  hint: write {ref}`some words <x>`"),
        ("{ref}`fig-dto`\n\n" + FIGURE, "6: no place is called 'fig-dto'\n  hint: did you mean 'f"),
        ("{eq}`los`\n\n$$a$$ (loss)\n", "6: no equation is called 'los'\n  hint: did you mean 'lo"),
        ("x\n\n[a](#fig-dto)\n\n" + FIGURE, "8: nothing here is called 'fig-dto'\n  hint: did you"),
        ("$\\eqref{los}$\n\n$$a$$ (loss)\n", "6: no equation is called 'los'\n  hint: did you mea"),
        ("(a)=\n(b)=\nWords.\n", "8: 'a' and 'b' name one block"),
        ("Words.\n\n(a)=\n", "8: the target 'a' stands before nothing"),
        ("(a)=\nWords.\n\n(a)=\nWords.\n", "9: the name 'a' is taken by the place at articles/slu"),
        ("(reuse)=\nWords.\n", "6: the page itself uses the name 'reuse'"),
        ("(fn1)=\nWords.\n", "6: the page itself uses the name 'fn1'"),
        ("(1a)=\nWords.\n", "6: '1a' cannot be a place's name\n  hint: a letter, then letters, di"),
        ("(a)=\n:::{network}\n:name: b\n:::\n", "7: 'a' and 'b' name one network"),
        ("$$x$$ (a)\n\n:::{network}\n:name: a\n:::\n", "9: the name 'a' is taken by the equation "),
        ("x\n\n\\begin{align}\na \\label{a} \\\\\nb \\label{a}\n\\end{align}\n",
         "10: the name 'a' is taken by the equation at articles/slug/index.md:9"),
        ("$$x$$ (a)\n\n\\begin{align}\nb \\\\\nc \\label{a}\n\\end{align}\n",
         "10: the name 'a' is taken by the equation at articles/slug/index.md:6"),
        ("(a)=\n\\begin{align}\nb\n\\end{align}\n", "7: this environment numbers its lines itself\n"
         "  hint: write \\label{a} in the line that is meant"),
    ],
)  # fmt: skip
def test_a_reference_that_cannot_be_followed_is_said_with_its_line(
    desk: Desk, body: str, message: str
) -> None:
    assert desk.complaint(body).startswith(f"articles/slug/index.md:{message}")


def test_a_heading_keeps_clear_of_the_page_s_own_anchors(desk: Desk) -> None:
    found = desk.write("## References\n\n## Reuse\n\n## References\n").anchors
    assert found == {"references-2", "reuse-2", "references-3"}
