"""The build chooses an engine for each figure, its author may, and nobody can ask too much."""

from types import SimpleNamespace
from typing import Any

import pytest

from generator.errors import FigureError
from generator.figure import FigureOptions
from generator.render.engines import SMALL, engine


def figure(asked: str = "auto") -> Any:
    return SimpleNamespace(
        options=FigureOptions(engine=asked), block=SimpleNamespace(where="articles/a/index.md:7")
    )


def graph(multiply_adds: int = 1000, refused: str = "") -> dict[str, Any]:
    work = {"operators": ["Relu"], "multiply_adds": multiply_adds, "refused": refused}
    return {"work": work}


def test_small_graphs_of_known_operators_get_the_light_engine() -> None:
    assert engine(figure(), {"forward": graph(), "gradient": graph(SMALL)}) == "light"


@pytest.mark.parametrize("other", [graph(SMALL + 1), graph(0, "it has the operator Det")])
def test_one_large_or_unknown_graph_takes_the_whole_figure_to_the_other(other: Any) -> None:
    assert engine(figure(), {"forward": graph(), "gradient": other}) == "ort"
    assert engine(figure("ort"), {"forward": graph()}) == "ort"
    assert engine(figure("light"), {"forward": graph(10 * SMALL)}) == "light"


def test_an_author_who_asks_too_much_of_the_light_engine_is_told_where_and_why() -> None:
    graphs = {"forward": graph(), "gradient": graph(0, "it has the operator Det")}
    with pytest.raises(FigureError) as caught:
        engine(figure("light"), graphs)
    assert str(caught.value).splitlines()[0] == (
        "articles/a/index.md:7: the light engine cannot run the graph 'gradient': "
        "it has the operator Det"
    )
    assert "':engine:'" in str(caught.value)


def test_the_choice_of_an_engine_recomputes_nothing() -> None:
    assert "engine" in FigureOptions.PAGE
    assert FigureOptions(engine="ort").computed() == FigureOptions()
