"""The kind `chart`: an author's function or a model's history, in words, values and a picture."""

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import altair as alt
import pytest
from pydantic import ValidationError

from generator.errors import FigureError
from generator.export.chart_theme import chart_theme
from generator.export.charts import chart_still
from generator.figure import Payload
from generator.figures.chart import Options, payload
from generator.palette import DARK, LIGHT

ROOT = Path(__file__).parents[2]
ROWS = [{"epoch": i, "train_loss": 1 / i, "test_loss": 2 / i} for i in range(1, 6)]


class History:
    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self.rows = rows

    def metrics(self) -> Sequence[Mapping[str, Any]]:
        return self.rows


class Given:
    """Sources of a test: one history, one function, one file."""

    def __init__(
        self, rows: Sequence[Mapping[str, Any]] = ROWS, made: Callable[..., Any] | None = None
    ) -> None:
        self.rows = rows
        self.made = made

    def model(self, _name: str) -> History:
        return History(self.rows)

    def function(self, _name: str) -> Callable[..., Any]:
        assert self.made is not None
        return self.made

    def file(self, name: str) -> Path:
        return Path("/given") / name


def history(metric: str, rows: Sequence[Mapping[str, Any]] = ROWS, **options: Any) -> Payload:
    return payload(Options(model="net", history=metric, **options), Given(rows))  # type: ignore[arg-type]


def drawn(made: Callable[..., Any]) -> Payload:
    return payload(Options(function="made"), Given(made=made))  # type: ignore[arg-type]


def bars(_sources: object) -> alt.Chart:
    rows = [{"animal": "cat", "n": 3}, {"animal": "dog", "n": 9}]
    return (
        alt.Chart(alt.Data(values=rows), description="Animals seen.")
        .mark_bar()
        .encode(x="animal:N", y="n:Q")
    )


def test_a_history_tells_its_trend_its_values_and_its_table() -> None:
    made = history("loss")
    assert made.alt == (
        "Chart of the loss of net at every epoch. "
        "Train falls from 1 at epoch 1 to 0.2 at epoch 5. "
        "Test falls from 2 at epoch 1 to 0.4 at epoch 5."
    )
    assert made.values["test"]["best"] == 0.4
    assert made.values["test"]["best_at"] == 5
    assert made.values["train"]["first"] == 1.0
    assert made.table is not None
    assert made.table.columns == ("epoch", "train", "test")
    assert made.table.rows[1] == ("2", "0.5", "1")


def test_the_chart_of_a_function_tells_what_it_shows() -> None:
    made = drawn(bars)
    assert made.alt == "Animals seen. N: greatest for dog (9), least for cat (3)."
    assert made.values["n"]["greatest_at"] == "dog"
    assert made.charts["main"]["mark"]["type"] == "bar"


def test_a_function_reads_the_files_that_its_block_declares() -> None:
    def told(sources: Any) -> alt.Chart:
        rows = [{"x": 1, "y": len(str(sources.file("a.csv")))}]
        return alt.Chart(alt.Data(values=rows)).mark_bar().encode(x="x:O", y="y:Q")

    assert drawn(told).values["y"]["last"] == len("/given/a.csv")


def test_a_chart_that_cannot_be_read_back_is_outlined() -> None:
    def binned(_sources: object) -> alt.Chart:
        rows = [{"age": age} for age in range(30)]
        return alt.Chart(alt.Data(values=rows)).mark_bar().encode(alt.X("age:Q").bin(), y="count()")

    made = drawn(binned)
    assert made.alt == "A bar chart of count against age, from 30 rows of data."
    assert made.table is None


@pytest.mark.parametrize(
    ("made", "what"),
    [
        (lambda _s: None, "made() returns nothing, not an Altair chart"),
        (lambda _s: {"mark": "bar"}, "made() returns a dict, not an Altair chart"),
        (
            lambda _s: alt.Chart("far.csv").mark_bar().encode(x="a:Q"),
            "made() leaves its data at 'far.csv'",
        ),
        (
            lambda _s: alt.Chart(alt.Data(values=[])).mark_bar().encode(x="a:Q", y=alt.Y(7)),
            "made() makes a chart that is not valid",
        ),
    ],
    ids=["nothing", "no chart", "data outside", "a schema error"],
)
def test_what_is_no_whole_chart_is_refused(made: Callable[..., Any], what: str) -> None:
    with pytest.raises(FigureError) as problem:
        drawn(made)
    assert problem.value.what.startswith(what)


def chosen(value: object, *, dataset: str) -> Payload:
    """A chart that selects by instance, for a dataset of ten examples."""

    class WithTen(Given):
        def dataset(self, _name: str) -> Any:
            return SimpleNamespace(images=[None] * 10)

    def made(_sources: object) -> alt.Chart:
        data = alt.Data(values=[{"instance": value, "y": 1}])
        chart = alt.Chart(data).mark_point().encode(x="instance:Q", y="y:Q")
        return chart.add_params(alt.selection_point(fields=["instance"]))

    return payload(Options(function="made", dataset=dataset), WithTen(made=made))  # type: ignore[arg-type]


def test_a_selection_of_instances_knows_its_dataset() -> None:
    (told,) = chosen(9, dataset="digits").values["parameters"].values()
    assert told == {"field": "instance", "start": "", "dataset": "digits"}
    with pytest.raises(FigureError, match="of which dataset"):
        chosen(9, dataset="")


@pytest.mark.parametrize("value", [10, -1, "one", 1.5])
def test_an_instance_that_is_no_example_is_refused(value: object) -> None:
    with pytest.raises(FigureError, match="no example of digits") as problem:
        chosen(value, dataset="digits")
    assert problem.value.hint == "its examples are numbered from 0 to 9"


def test_an_unknown_metric_is_refused_with_the_nearest() -> None:
    with pytest.raises(FigureError, match="no metric 'los'.*\n.*did you mean 'loss'") as problem:
        history("los")
    assert problem.value.hint == "did you mean 'loss'?"


def test_a_model_without_a_history_is_refused() -> None:
    with pytest.raises(FigureError, match="net has no history"):
        history("loss", [])


def test_a_logarithmic_axis_refuses_zero() -> None:
    with pytest.raises(FigureError, match="no logarithmic axis"):
        history("loss", [{"epoch": 1, "test_loss": 0.0}], log=True)


@pytest.mark.parametrize(
    "options",
    [{}, {"model": "net"}, {"history": "loss"}, {"function": "f", "model": "n", "history": "l"}],
)
def test_a_chart_has_one_source(options: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="a chart (has|needs)"):
        Options.model_validate(options)


def test_the_still_is_drawn_in_both_schemes_without_size_styles_or_hidden_parts() -> None:
    still = chart_still(history("loss").charts["main"])
    assert still.dark is not None
    for svg, palette in ((still.light, LIGHT), (still.dark, DARK)):
        assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox=')
        assert palette.categories[0] in svg
        assert "test 0.4" in svg
        for absent in ("style=", "aria-", "role=", 'opacity="0"', "white", "NaN"):
            assert absent not in svg
    assert len(still.light) < 15_000


def test_two_stills_on_a_page_share_no_id() -> None:
    def clipped(_sources: object) -> alt.Chart:
        rows = [{"x": 1, "y": 1}, {"x": 2, "y": 2}]
        return alt.Chart(alt.Data(values=rows)).mark_line(clip=True).encode(x="x:Q", y="y:Q")

    still = chart_still(drawn(clipped).charts["main"])
    assert still.dark is not None
    seen = []
    for svg in (still.light, still.dark):
        ids = {part.split('"')[0] for part in svg.split(' id="')[1:]}
        used = {part.split(")")[0] for part in svg.split("url(#")[1:]}
        assert ids == used != set()
        seen.append(ids)
    assert not seen[0] & seen[1]


def test_a_still_does_not_depend_on_what_was_drawn_before() -> None:
    def clipped(_sources: object) -> alt.Chart:
        rows = [{"x": 1, "y": 1}, {"x": 2, "y": 2}]
        return alt.Chart(alt.Data(values=rows)).mark_line(clip=True).encode(x="x:Q", y="y:Q")

    assert chart_still(drawn(clipped).charts["main"]) == chart_still(drawn(clipped).charts["main"])
    assert history("loss").charts == history("loss").charts


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_stills_and_living_charts_have_one_theme(palette: Any) -> None:
    program = (
        'import {chartTheme} from "./templates/figures/chart/theme.js";'
        f"console.log(JSON.stringify(chartTheme({json.dumps(asdict(palette))}, 'Face')))"
    )
    node = ROOT / ".venv/bin/node"
    done = subprocess.run(
        [node, "--input-type=module", "-e", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == chart_theme(palette, "Face")
