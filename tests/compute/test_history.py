"""A history's columns become curves, and its chart says what they say."""

from typing import Any

import pytest

from generator.compute.history import (
    curves,
    decades,
    history_chart,
    lower_is_better,
    metrics,
    number,
)

ROWS = [
    {"epoch": 1, "test_loss": 0.9, "train_loss": 1.0, "test_accuracy": 0.7, "rate": 0.1},
    {"epoch": 2, "test_loss": 0.5, "train_loss": 0.4, "test_accuracy": 0.8, "rate": 0.1},
    {"epoch": 3, "test_loss": 0.6, "train_loss": 0.2, "test_accuracy": 0.9, "rate": float("nan")},
]


def views(spec: dict[str, Any], mark: str) -> list[dict[str, Any]]:
    return [view for view in spec["layer"] if view["mark"]["type"] == mark]


def data(spec: dict[str, Any], view: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = spec["datasets"][view["data"]["name"]]
    return rows


def test_train_comes_before_test_whatever_the_order_of_columns() -> None:
    train, test = curves(ROWS, "loss")
    assert (train.name, train.values) == ("train", (1.0, 0.4, 0.2))
    assert (test.name, test.values, test.places) == ("test", (0.9, 0.5, 0.6), (1.0, 2.0, 3.0))


def test_a_metric_without_parts_is_one_curve_and_what_is_no_number_is_left_out() -> None:
    (rate,) = curves(ROWS, "rate")
    assert (rate.name, rate.values) == ("rate", (0.1, 0.1))


def test_metrics_are_named_once_and_without_the_epoch() -> None:
    assert metrics(ROWS) == ["loss", "accuracy", "rate"]


def test_epochs_are_counted_where_rows_do_not_number_them() -> None:
    (loss,) = curves([{"test_loss": 3.0}, {"test_loss": 2.0}], "loss")
    assert loss.places == (1.0, 2.0)


def test_the_ring_marks_the_least_loss_and_the_greatest_accuracy() -> None:
    loss = history_chart("loss", curves(ROWS, "loss"))
    ring = views(loss, "point")[0]
    assert data(loss, ring) == [{"part": "test", "epoch": 2.0, "value": 0.5}]
    accuracy = history_chart("accuracy", curves(ROWS, "accuracy"))
    assert data(accuracy, views(accuracy, "point")[0])[0]["epoch"] == 3.0


def test_labels_say_the_last_values_and_never_overlap() -> None:
    near = [{"train_loss": 1.0, "test_loss": 1.0}, {"train_loss": 0.100, "test_loss": 0.101}]
    spec = history_chart("loss", curves(near, "loss"))
    labels = data(spec, views(spec, "text")[0])
    assert [label["text"] for label in labels] == ["train 0.1", "test 0.101"]
    low, high = views(spec, "line")[0]["encoding"]["y"]["scale"]["domain"]
    pixels = [300 * (label["value"] - low) / (high - low) for label in labels]
    assert pixels[1] - pixels[0] == pytest.approx(18)


def test_one_tooltip_holds_the_values_of_all_parts_at_an_epoch() -> None:
    spec = history_chart("loss", curves(ROWS, "loss"))
    (rule,) = views(spec, "rule")
    assert data(spec, rule)[1] == {"epoch": 2.0, "train": 0.4, "test": 0.5}
    assert [shown["field"] for shown in rule["encoding"]["tooltip"]] == ["epoch", "train", "test"]


def test_a_logarithmic_axis_holds_every_value() -> None:
    spec = history_chart("loss", curves(ROWS, "loss"), log=True)
    scale = views(spec, "line")[0]["encoding"]["y"]["scale"]
    assert scale["type"] == "log"
    assert 0 < scale["domain"][0] < 0.2
    assert scale["domain"][1] > 1.0


def test_a_logarithmic_axis_is_ruled_at_round_numbers() -> None:
    assert decades(0.04, 1.9) == [0.05, 0.1, 0.2, 0.5, 1.0]
    assert decades(0.0005, 20) == [0.001, 0.01, 0.1, 1.0, 10.0]


def test_a_share_is_written_as_a_percentage_and_a_loss_is_not() -> None:
    assert number("accuracy", curves(ROWS, "accuracy"))(0.9) == "90.0%"
    assert number("loss", curves(ROWS, "loss"))(0.9) == "0.9"


def test_losses_improve_downwards_and_accuracies_upwards() -> None:
    assert lower_is_better("loss")
    assert not lower_is_better("accuracy")
