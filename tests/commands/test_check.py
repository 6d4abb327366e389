"""explorable check: each fault is planted where an author would make it, and found there."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.author import LOSS, Author

# Of the faults that only a browser finds, the quick run plants the first and the last.
EVERY = 1 if os.environ.get("EXPLORABLE_TRIAL") else 3
CURVE = ":::{my-curve}\n:name: fig-curve\n:function: tanh\nMove it.\n:::\n\n"
PYTHON, SCRIPT, STYLE = (f"figures/my-curve/my-curve.{part}" for part in ("py", "js", "css"))
# The block and the caption of CURVE in an article whose front matter ends on line 5.
PLACE, CAPTION = "articles/one/index.md\n  7: ", "articles/one/index.md\n  10: "


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Author:
    author = Author(tmp_path_factory.mktemp("author"))
    author.run("new", "kind", "my-curve")
    author.article("one", CURVE + "Words.\n")
    author.run("check", "--no-browser")
    return author


@pytest.fixture
def edited(author: Author) -> Iterator[Author]:
    """The sound site, put back as it was at the end."""
    files = {author.folder / name: (author.folder / name).read_text()
             for name in (PYTHON, SCRIPT, STYLE, "articles/one/index.md")}  # fmt: skip
    yield author
    for path, text in files.items():
        path.write_text(text)
    shutil.rmtree(author.folder / "articles/one/v", ignore_errors=True)


def change(author: Author, name: str, old: str, new: str) -> None:
    path = author.folder / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


@pytest.mark.long
def test_a_sound_site_has_nothing_to_mend_and_is_not_touched(author: Author) -> None:
    said = author.run("check", "--browser")
    looked = r"(\d+) pages, 1 figures, \1 pages in a browser in light and dark: nothing to mend"
    assert re.match(looked, said)
    assert not author.site.exists()


def test_every_misspelt_name_of_every_article_is_found(tmp_path: Path) -> None:
    author = Author(tmp_path)
    author.model("plain-mlp", "small-digits")
    layers = ":::{network}\n:name: fig-a\n:model: plain-mlp\n:layers: [dense9]\nC.\n:::\n"
    author.article("one", layers + LOSS.format("fig-b", "los").replace("history", "histroy"))
    author.article("two", layers.replace("{network}", "{netwrok}"))
    author.article("zoo", "Words {cite}`nobody`.\n")
    said = author.run("check", status=1)
    assert "articles/one/index.md\n  10: unknown layer 'dense9'" in said
    assert "  16: chart has no option 'histroy'" in said
    assert "articles/two/index.md\n  7: unknown kind 'netwrok'  [figure]\n    hint: did" in said
    assert "articles/zoo/index.md\n  7: references.bib has no entry 'nobody'" in said
    assert "not checked: built pages" in said
    assert "4 things to mend" in said


MANY = """---
title: One
descripton: Two
date: 2026-01-01
---

Words {nosuch}`x` and more.

:::{network}
:name: fig-a
:model: plain-mlp
:layer: [dense1]

A caption.
:::

As {numref}`fig-a` shows, and {cite}`nobody` says.
The second line {numref}`fig-z` of a paragraph.

::::{note} Heads up
Inside, {term}`nosuch`.

:::{network}
:name: fig-b
:model: plain-mlp
:layers: [dense9]
A caption with {abbr}`x`.
:::
::::

- sound
- broken {eq}`nowhere`

:::{nots}
An unclosed directive.
"""


def test_one_mistake_in_an_article_hides_no_other(tmp_path: Path) -> None:
    author = Author(tmp_path)
    author.model("plain-mlp", "small-digits")
    author.write("articles/many/index.md", MANY)
    said = author.run("check", status=1)
    told = re.findall(r"^  (\d+): (.+)  \[", said, re.MULTILINE)
    assert [int(line) for line, _ in told] == [3, 7, 12, 17, 18, 21, 26, 27, 32, 34]
    about = ["descripton", "nosuch", "layer", "nobody", "fig-z", "nosuch", "dense9", "stands for",
             "nowhere", "nots"]  # fmt: skip
    for (line, what), word in zip(told, about, strict=True):
        assert word in what, (line, what)
    # What vanished with a figure that could not be read is not said to be missing.
    assert "'fig-a'" not in said
    assert "10 things to mend" in said


@pytest.mark.parametrize(
    "text", ["", "---\n---\n", "---\n", "Words.\n", "\x00", "---\na: [\n---\n"]
)
def test_an_article_of_nothing_is_said_once(tmp_path: Path, text: str) -> None:
    author = Author(tmp_path)
    author.write("articles/bare/index.md", text)
    assert "1 thing to mend" in author.run("check", status=1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A [link](../nowhere/index.html).", "the link '../nowhere/index.html' leads to no file"),
        ("A line,\nand [one](#nowhere).", "nothing here is called 'nowhere'"),
        ("## Part\n\n#### Deep", "a heading of level 4 follows one of level 2"),
    ],
    ids=["page", "anchor", "heading"],
)
def test_what_stands_in_the_text_is_found_with_its_line(
    edited: Author, text: str, found: str
) -> None:
    edited.article("one", f"{CURVE}{text}\n")
    said = edited.run("check", "--no-browser", status=1)
    # The last line of the text, which follows a block of six lines and five of front matter.
    line = 12 + text.count("\n") + 1
    assert f"articles/one/index.md\n  {line}: {found}" in said
    assert "1 thing to mend" in said


def test_what_an_older_version_lacks_is_found_in_its_own_file(edited: Author) -> None:
    old, text = "articles/one/v/1/index.md", (edited.folder / "articles/one/index.md").read_text()
    edited.write(old, f"{text}\n## Part\n\n#### Deep\n")
    said = edited.run("check", "--no-browser", status=1)
    assert f"{old}\n  {text.count(chr(10)) + 4}: a heading of level 4 follows" in said
    assert "1 thing to mend" in said
    edited.write(old, text.replace("tanh", "tnah").replace("Words.", "$\\nosuch$"))
    said = edited.run("check", "--no-browser", status=1)
    assert f"{old}\n  9: " in said
    assert "  13: mathematics: Unknown command" in said


def test_works_that_nobody_cites_are_found_with_their_line(edited: Author) -> None:
    entry = "@article{key, title={T}, year={2020}, doi={10.1000/1}}\n"
    path = edited.write("articles/one/references.bib", f"\n{entry}")
    said = edited.run("check", "--no-browser", status=1)
    path.unlink()
    assert "articles/one/references.bib\n  2: no sentence cites 'key'  [unused reference]" in said


def test_a_figure_over_its_budget_hides_no_other_finding(edited: Author) -> None:
    change(
        edited, "articles/one/index.md", ":function:", ":budget: 1 kB because I say so\n:function:"
    )
    change(edited, "articles/one/index.md", "Words.", "## Part\n\n#### Deep")
    said = edited.run("check", "--no-browser", status=1)
    assert "7: fig-curve loads 2 kB before the reader asks for more; the budget is 1 kB" in said
    assert "a heading of level 4 follows one of level 2" in said
    assert "2 things to mend" in said


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        (PYTHON, "Still(_drawn(x.tolist(), y.tolist()))", 'Still("")',
         "a figure has no still picture"),
        (PYTHON, "alt=f", 'alt="" and f', "a figure's picture has no alternative text"),
    ],
    ids=["still", "alternative text"],
)  # fmt: skip
def test_a_figure_without_a_picture_or_its_words_is_found(
    edited: Author, name: str, old: str, new: str, found: str
) -> None:
    change(edited, name, old, new)
    assert f"{PLACE}{found}" in edited.run("check", "--no-browser", status=1)


@pytest.mark.long
def test_a_kind_that_slows_builds_or_explains_nothing_is_found(edited: Author) -> None:
    change(
        edited,
        PYTHON,
        "from typing import Literal\n",
        "from typing import Literal\n\nimport torch\n",
    )
    change(edited, PYTHON, ', description="how many points make the curve"', "")
    said = edited.run("check", "--no-browser", status=1)
    assert "option 'points' has no description" in said
    assert "  19: torch is imported at once" in said


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        (SCRIPT, "  update();\n}", "  throw new Error('out of ink');\n}",
         PLACE + "the figure fig-curve does not come to life: The live part of this"),
        (SCRIPT, 'label.append("x", slider)', "label.append(slider)",
         PLACE + "Form elements must have labels: <input"),
        (STYLE, "output {", "figcaption {\n  color: #ccc;",
         CAPTION + "Elements must meet minimum color contrast ratio thresholds in light colours"),
        (STYLE, "output {", "svg text.muted {\n  fill: #ccc;",
         "  7: the word '-4' has a contrast of 1.6 in light colours"),
    ][::EVERY],
    ids=["life", "name", "contrast", "contrast in a drawing"][::EVERY],
)  # fmt: skip
def test_a_browser_finds_what_only_readers_would(
    edited: Author, name: str, old: str, new: str, found: str
) -> None:
    change(edited, name, old, new)
    assert found in edited.run("check", status=1)


def test_without_a_browser_that_is_said_plainly(author: Author) -> None:
    nowhere = {"PATH": "/nonexistent", "PLAYWRIGHT_BROWSERS_PATH": "/nonexistent"}
    said = author.run("check", **nowhere)
    assert "not checked: accessibility and contrast in a browser: no Chromium starts here" in said
    assert "in a browser in light and dark" not in said
    insisted = author.run("check", "--browser", status=1, **nowhere)
    assert "1 thing to mend" in insisted
