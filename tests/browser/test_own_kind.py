"""A kind of figure of an author's own: from `explorable new kind` to a live figure."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.author import ROOT, Author
from tests.browser.server import Host

BLOCK = ":::{my-curve}\n:name: fig-curve\n:function: tanh\nMove it.\n:::\n\n"
OTHER = ":::{my-curve}\n:name: fig-other\n:function: sigmoid\nMove it.\n:::\n\n"
KIND = "figures/my-curve/my-curve.py"


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Author:
    author = Author(tmp_path_factory.mktemp("author"))
    said = author.run("new", "kind", "my-curve")
    assert ":::{my-curve}" in said
    author.article("one", BLOCK + OTHER)
    author.run("build", "--strict")
    return author


@pytest.fixture(scope="module")
def host(author: Author) -> Iterator[Host]:
    host = Host(author.site)
    yield host
    host.close()


@pytest.fixture
def edited(author: Author) -> Iterator[Author]:
    """The author's kind, put back as it was at the end."""
    kind, folder = author.folder / KIND, author.folder / "figures/my-curve"
    files = {path: path.read_text() for path in folder.iterdir() if path.is_file()}
    assert kind in files
    yield author
    for path in folder.iterdir():
        if path.is_file() and path not in files:
            path.unlink()
    for path, text in files.items():
        path.write_text(text)


def change(author: Author, old: str, new: str, name: str = KIND) -> None:
    path = author.folder / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_the_kind_lives_and_answers_to_keys(
    host: Host, open_page: Callable[..., Page], window: tuple[int, int]
) -> None:
    size = {"width": window[0], "height": window[1]}
    page = open_page(f"{host.url}articles/one/index.html", viewport=size)
    figure = page.locator("#fig-curve")
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("data-state", "ready")
    said = figure.locator("output")
    expect(said).to_have_text("tanh(0.00) = 0.000, slope 1.000")
    figure.get_by_role("slider", name="x").press("End")
    # tanh(4) = 0.99933, its slope there 1 - tanh(4)² = 0.00134.
    expect(said).to_have_text("tanh(4.00) = 0.999, slope 0.001")
    expect(page).to_have_url(re.compile(r"fig-curve\.x=4"))
    expect(page.locator("#fig-other output")).to_have_text("sigmoid(0.00) = 0.500, slope 0.250")


def test_its_own_style_reaches_the_page(host: Host, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{host.url}articles/one/index.html")
    page.locator("#fig-curve").scroll_into_view_if_needed()
    output = page.locator("#fig-curve output")
    expect(output).to_have_css("font-variant-numeric", "tabular-nums")


def test_an_error_in_its_script_stops_that_figure_alone(
    edited: Author, open_page: Callable[..., Page]
) -> None:
    change(edited, "  function update() {", "  function update() {\n    if (slider.value > 3 && "
           "values.function === 'tanh') throw new Error('too far');",
           "figures/my-curve/my-curve.js")  # fmt: skip
    edited.run("build")
    host = Host(edited.site)
    page = open_page(f"{host.url}articles/one/index.html", complaints=False)
    page.locator("#fig-curve").scroll_into_view_if_needed()
    page.locator("#fig-curve").get_by_role("slider").press("End")
    expect(page.locator("#fig-curve")).to_have_attribute("data-state", "failed")
    expect(page.locator("#fig-curve .still svg")).to_be_visible()
    expect(page.locator("#fig-other")).to_have_attribute("data-state", "ready")
    host.close()


@pytest.mark.long
def test_the_code_passes_our_linter_and_its_tests(author: Author) -> None:
    folder = author.folder / "figures"
    ruff = [sys.executable, "-m", "ruff"]
    rules = ["--config", str(ROOT / "pyproject.toml"), "figures"]
    commands = (
        [*ruff, "check", "--ignore", "S101", *rules],
        [*ruff, "format", "--check", *rules],
        [sys.executable, "-W", "error", "-m", "pytest", "-q", str(folder)],
    )
    for command in commands:
        done = subprocess.run(
            command, cwd=author.folder, env=author.environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("old", "new", "recomputed"),
    [
        ("# Loaded here and not above", "# Loaded here, not above", False),
        ('"""Compute y = f(x) and its slope', '"""Compute f(x) and its slope', False),
        ("WIDTH, HEIGHT, MARGIN = 720", "WIDTH, HEIGHT, MARGIN = 730", True),
    ],
    ids=["comment", "docstring", "code"],
)
def test_its_code_is_part_of_the_key(edited: Author, old: str, new: str, recomputed: bool) -> None:
    change(edited, old, new)
    said = edited.run("why", "fig-curve")
    assert ("changed: code figures/my-curve" in said) == recomputed
    assert ("is up to date" in said) != recomputed


@pytest.mark.long
def test_a_file_beside_it_is_part_of_the_key_too(edited: Author) -> None:
    edited.write("figures/my-curve/grid.py", "POINTS = 50\n")
    change(edited, "    import torch\n", "    import torch\n\n    from .grid import POINTS\n")
    change(edited, "options.high, options.points,", "options.high, POINTS,")
    said = edited.run("build")
    assert "computing 2 of 2 figures" in said
    assert "is up to date" in edited.run("why", "fig-curve")
    edited.write("figures/my-curve/grid.py", "POINTS = 51\n")
    assert re.search("changed: code .*grid.py", edited.run("why", "fig-curve"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("class Options:\n    pass\n", f"{KIND}: there is no class Options(FigureOptions)"),
        (
            "from generator.figure import FigureOptions\n\n\n"
            "class Options(FigureOptions):\n    pass\n",
            f"{KIND}: there is no function payload(options, sources)",
        ),
        ("def f(:\n    pass\n", f"{KIND}:1: not Python: invalid syntax"),
    ],
    ids=["no options", "no payload", "not Python"],
)
def test_a_kind_that_breaks_the_contract_is_named(edited: Author, text: str, message: str) -> None:
    edited.write(KIND, text)
    assert edited.run("build", status=1).startswith(message)


@pytest.mark.parametrize("part", ["html", "js"])
def test_a_missing_part_is_named(edited: Author, part: str) -> None:
    (edited.folder / f"figures/my-curve/my-curve.{part}").unlink()
    said = edited.run("build", status=1)
    assert said.startswith(f"figures/my-curve: my-curve.{part} is missing\n  hint: it ")


@pytest.mark.long
def test_a_misspelt_kind_or_option_finds_the_author_s_own(tmp_path: Path) -> None:
    author = Author(tmp_path)
    author.run("new", "kind", "my-curve")
    author.article("one", BLOCK.replace("{my-curve}", "{my-cruve}"))
    assert "did you mean 'my-curve'?" in author.run("build", status=1)
    author.article("one", BLOCK.replace(":function:", ":functoin:"))
    said = author.run("build", status=1)
    assert "articles/one/index.md:9: my-curve has no option 'functoin'" in said
    assert "did you mean 'function'?" in said


def test_a_name_of_ours_is_refused(tmp_path: Path) -> None:
    author = Author(tmp_path)
    assert "'network' is a kind already" in author.run("new", "kind", "network", status=1)
    author.run("new", "kind", "net-work")
    (tmp_path / "figures/net-work").rename(tmp_path / "figures/network")
    (tmp_path / "figures/network/net-work.py").rename(tmp_path / "figures/network/network.py")
    author.article("one", ":::{network}\n:name: fig-a\n:model: m\nC.\n:::\n")
    assert "'network' is a kind already" in author.run("build", status=1)
