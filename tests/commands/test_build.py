"""explorable build, as an author runs it."""

import re
from pathlib import Path

import pytest

from tests.author import LOSS, Author

LOSSES = LOSS.format("fig-loss", "loss")
BOTH = LOSSES + LOSS.format("fig-accuracy", "accuracy")


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Author:
    """Two articles, built once; every test leaves them as it found them."""
    author = Author(tmp_path_factory.mktemp("author"))
    author.model("plain-mlp", "small-digits")
    author.article("one", BOTH, title="First title")
    author.article("two", LOSSES, title="Second title")
    drawn = author.run_in_terminal("build")
    (author.folder / "drawn").write_text(drawn)
    return author


def words(drawn: str) -> list[str]:
    """Lines of what a terminal was sent, without the colours and movements."""
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", drawn)
    return [" ".join(line.split()) for line in plain.replace("\r", "\n").split("\n")]


def page(author: Author, slug: str) -> str:
    return (author.site / "articles" / slug / "index.html").read_text()


def test_a_terminal_shows_each_figure_waiting_computing_and_done(author: Author) -> None:
    lines = words((author.folder / "drawn").read_text())
    states = [line for line in lines if line.startswith("fig-accuracy chart")]
    assert any("· waiting" in line or "▸ computing" in line for line in states)
    # At the end: how many bytes it loads and how long it took.
    assert re.fullmatch(r"fig-accuracy chart ✓ done \d+ kB \d+\.\d s", states[-1])
    assert re.fullmatch(r"9 pages, 3 figures in \d+\.\d\d s", [line for line in lines if line][-1])


def test_a_pipe_gets_plain_lines(author: Author) -> None:
    said = author.run("build")
    assert "\x1b" not in said
    assert said.count("from the store") == 3
    assert "computing" not in said


@pytest.mark.long
def test_only_an_article_leaves_every_other_page_as_it_was(author: Author) -> None:
    author.article("one", BOTH, title="Newer first")
    author.article("two", LOSSES, title="Newer second")
    author.run("build", "--only", "one")
    assert "Newer first" in page(author, "one")
    assert "Second title" in page(author, "two")
    assert "First title" in (author.site / "index.html").read_text()
    author.run("build")
    assert "Newer second" in page(author, "two")
    assert "Newer first" in (author.site / "index.html").read_text()


@pytest.mark.long
def test_only_a_figure_computes_that_one_and_keeps_the_others_as_last_built(author: Author) -> None:
    text = BOTH.replace(":name:", ":seed: 7\n:name:")
    author.article("one", "Words that are new.\n\n" + text)
    said = author.run("build", "--only", "one/fig-accuracy")
    assert "computing 1 of 2 figures" in said
    assert re.search(r"one/fig-loss .* as last built", said)
    assert "Words that are new." in page(author, "one")
    # What stands as it was is still known to be out of date.
    assert "changed: options" in author.run("why", "one/fig-loss")
    assert "is up to date" in author.run("why", "one/fig-accuracy")
    author.article("one", BOTH)
    author.run("build")


def test_a_page_waits_for_a_figure_that_was_never_built(author: Author) -> None:
    author.article("one", BOTH.replace("fig-loss", "fig-fresh\n:seed: 9"))
    before = page(author, "one")
    said = author.run("build", "--only", "fig-accuracy")
    assert "the page of one waits for fig-fresh" in said
    assert page(author, "one") == before
    author.article("one", BOTH)


def test_only_what_is_not_there_names_the_nearest(author: Author) -> None:
    assert "did you mean 'two'?" in author.run("build", "--only", "tow", status=1)
    assert "did you mean 'fig-loss'?" in author.run("build", "--only", "one/fig-los", status=1)
    assert "write one/fig-loss or two/fig-loss" in author.run(
        "build", "--only", "fig-loss", status=1
    )


def test_only_makes_a_whole_small_site_where_there_was_none(author: Author, tmp_path: Path) -> None:
    other = Author(tmp_path)
    other.article("plain", "Words.\n")
    other.article("broken", ":::{chrat}\n:name: fig-a\n:::\n")
    other.run("build", "--only", "plain")
    assert (other.site / "index.html").is_file()
    assert not (other.site / "articles/broken").exists()


@pytest.mark.long
def test_a_warning_is_said_and_with_strict_refused(author: Author, tmp_path: Path) -> None:
    entry = "@article{k, title={T}, year={2020}, doi={10.1000/1}}\n"
    other = Author(tmp_path)
    other.article("plain", "Words.\n")
    other.write("articles/plain/references.bib", "% nothing here\n\n" + entry)
    said = other.run("build")
    assert "warning: articles/plain/references.bib:3: no sentence cites 'k'" in said
    other.article("plain", "Other words.\n")
    refused = other.run("build", "--strict", status=1)
    assert "articles/plain/references.bib:3: no sentence cites 'k'" in refused
    assert "1 warning, which --strict does not let pass" in refused
    assert "Other words" not in page(other, "plain")
    other.article("plain", "Words {cite}`k`.\n")
    assert "warning" not in other.run("build", "--strict")


def test_a_command_that_is_not_there_names_the_nearest(author: Author) -> None:
    assert "did you mean 'build'?" in author.run("biuld", status=2)
