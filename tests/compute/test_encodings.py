"""What a chart plots is read back from its specification."""

import altair as alt
import pytest

from generator.compute.encodings import addresses, plotted
from generator.compute.trends import Series

ROWS = [
    {"epoch": 2, "loss": 0.5, "part": "train"},
    {"epoch": 1, "loss": 1.0, "part": "train"},
    {"epoch": 1, "loss": 2.0, "part": "test"},
]


def chart(**encodings: object) -> dict[str, object]:
    made: dict[str, object] = (
        alt.Chart(alt.Data(values=ROWS)).mark_line().encode(**encodings).to_dict()
    )
    return made


def test_series_are_the_colours_and_run_along_the_horizontal_axis() -> None:
    plot = plotted(chart(x="epoch:Q", y="loss:Q", color="part:N"))
    assert plot is not None
    assert plot.series == (
        Series("train", (1.0, 2.0), (1.0, 0.5)),
        Series("test", (1.0,), (2.0,)),
    )
    assert (plot.mark, plot.across, plot.up) == ("line", "epoch", "loss")


def test_a_count_counts_and_a_mean_averages() -> None:
    counted = plotted(chart(x="part:N", y="count()"))
    assert counted is not None
    assert counted.series == (Series("", ("train", "test"), (2.0, 1.0)),)
    averaged = plotted(chart(x="part:N", y="mean(loss):Q"))
    assert averaged is not None
    assert averaged.series == (Series("", ("train", "test"), (0.75, 2.0)),)


def test_bars_that_lie_run_along_the_vertical_axis() -> None:
    plot = plotted(chart(y=alt.Y("part:N").title("of"), x="count()"))
    assert plot is not None
    assert plot.across == "of"
    assert plot.series[0].values == (2.0, 1.0)


def test_layers_inherit_data_and_encodings() -> None:
    shared = alt.Chart(alt.Data(values=ROWS[:2])).encode(x="epoch:Q", y="loss:Q")
    plot = plotted(alt.layer(shared.mark_point(), shared.mark_line()).to_dict())
    assert plot is not None
    assert plot.series == (Series("", (1.0, 2.0), (1.0, 0.5)),)


@pytest.mark.parametrize(
    "encodings",
    [
        {"x": alt.X("loss:Q").bin(), "y": "count()"},
        {"x": "part:N", "y": "loss:Q"},
        {"x": "part:N", "y": "loss:Q", "color": "part:N"},
        {"x": "epoch:Q"},
        {"x": "epoch:Q", "y": "stdev(loss):Q"},
    ],
    ids=[
        "bins",
        "several values at one place",
        "and of one series only",
        "no vertical axis",
        "an unknown aggregate",
    ],
)
def test_what_cannot_be_read_back_is_left_alone(encodings: dict[str, object]) -> None:
    assert plotted(chart(**encodings)) is None


def test_a_chart_with_a_transform_keeps_its_numbers_to_itself() -> None:
    made = alt.Chart(alt.Data(values=ROWS)).mark_line().encode(x="epoch:Q", y="loss:Q")
    assert plotted(made.transform_filter("datum.epoch > 1").to_dict()) is None


def test_data_left_at_an_address_is_found_in_every_view() -> None:
    left = alt.Chart("far.csv").mark_line().encode(x="a:Q", y="b:Q")
    assert addresses(alt.hconcat(left, left).to_dict()) == ["far.csv", "far.csv"]
    assert addresses(chart(x="epoch:Q")) == []
