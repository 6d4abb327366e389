"""A playground has exactly one figure."""

from pathlib import Path

import pytest

from generator.errors import ArticleError
from generator.read import article

FRONT = "---\ntitle: T\ndescription: D\ndate: 2026-01-02\nlayout: {layout}\n---\n"
FIGURE = ":::{{network}}\n:name: fig-{name}\n:::\n"


def read(folder: Path, layout: str, *names: str) -> str:
    text = FRONT.format(layout=layout) + "\n".join(FIGURE.format(name=name) for name in names)
    (folder / "index.md").write_text(text, "utf8")
    return article(folder).front.layout


def test_one_figure_is_a_playground(tmp_path: Path) -> None:
    assert read(tmp_path, "playground", "a") == "playground"


def test_a_second_figure_is_refused_where_it_stands(tmp_path: Path) -> None:
    with pytest.raises(ArticleError) as problem:
        read(tmp_path, "playground", "a", "b")
    assert str(problem.value) == (
        f"articles/{tmp_path.name}/index.md:11: 'layout: playground' fills the screen with one "
        "figure, and this is the second\n  hint: leave one figure, or take the layout 'article'"
    )


def test_a_playground_without_a_figure_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="the article has none"):
        read(tmp_path, "playground")


def test_a_misspelt_layout_names_the_choices(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="'article' or 'playground'"):
        read(tmp_path, "playgruond", "a")
