"""What of a chart a reader can set is read back from the specification that Altair writes."""

from typing import Any

import altair as alt

from generator.compute.parameters import instances, parameters

ROWS = [{"digit": name, "n": n, "instance": 10 * n} for n, name in enumerate(("one", "two"))]


def spec(*params: Any, **selected: Any) -> dict[str, Any]:
    chart = alt.Chart(alt.Data(values=ROWS)).mark_bar().encode(x="n:Q", y="digit:N", color="n:Q")
    written: dict[str, Any] = chart.add_params(*params).to_dict()
    return written


def test_a_value_keeps_the_range_of_its_slider() -> None:
    bound = alt.param(name="k", value=3, bind=alt.binding_range(min=1, max=9, step=2))
    free = alt.param(name="free", value=0.5)
    assert parameters(spec(bound, free)) == {
        "k": {"start": 3, "least": 1, "most": 9, "step": 2},
        "free": {"start": 0.5},
    }


def test_lists_and_boxes_have_choices() -> None:
    listed = alt.param(
        name="a", value="x", bind=alt.binding_select(options=["x", "y"], labels=["An x", "A y"])
    )
    box = alt.param(name="b", value=True, bind=alt.binding_checkbox())
    assert parameters(spec(listed, box)) == {
        "a": {"start": "x", "choices": ["x", "y"], "words": ["An x", "A y"]},
        "b": {"start": True, "choices": [True, False]},
    }


def test_a_point_selection_on_one_field_has_its_values_and_none() -> None:
    by_field = alt.selection_point(name="pick", fields=["digit"], value=[{"digit": "two"}])
    by_channel = alt.selection_point(name="row", encodings=["y"])
    found = parameters(spec(by_field, by_channel))
    assert found["pick"] == {"field": "digit", "start": "two", "choices": ["", "one", "two"]}
    alone = alt.selection_point(name="pick", fields=["digit"], value="two")
    assert parameters(spec(alone)) == {"pick": found["pick"]}
    assert found["row"] == {"field": "digit", "start": "", "choices": ["", "one", "two"]}


def test_what_has_no_single_value_or_no_name_cannot_be_set() -> None:
    found = parameters(
        spec(
            alt.selection_interval(name="brush"),
            alt.selection_point(name="both", fields=["digit", "n"]),
            alt.selection_point(name="whole"),
            alt.selection_point(fields=["digit"]),
            alt.param(name="twice", expr="2 * 2"),
            alt.param(value=1),
        )
    )
    assert found == {}


def test_a_selection_of_instances_joins_even_without_a_name() -> None:
    written = spec(alt.selection_point(fields=["instance"]))
    (told,) = parameters(written).values()
    assert told == {"field": "instance", "start": ""}
    assert instances(written) == [0, 10]


def test_parameters_are_found_in_every_view() -> None:
    pick = alt.selection_point(name="pick", fields=["digit"])
    size = alt.param(name="size", value=2)
    chart = alt.Chart(alt.Data(values=ROWS)).mark_point().encode(x="n:Q")
    both = alt.hconcat(chart.add_params(pick), chart).add_params(size)
    assert set(parameters(both.to_dict())) == {"pick", "size"}
