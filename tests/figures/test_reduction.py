"""The kind `reduction`: what a block may ask for, what its still shows, where its states begin."""

import re
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError
from sklearn.manifold import trustworthiness

from generator.compute.reduction.sets import MAKERS, sample
from generator.figure import Payload
from generator.figures.reduction import SETS, STATES, Options, payload
from generator.palette import PALETTES
from generator.rules import rules
from generator.stills.reduction import wheel
from tests.compute.test_reduction import page


def made(**options: Any) -> Payload:
    return payload(Options(**options), None)  # type: ignore[arg-type]


def dots(svg: str) -> int:
    return sum(path.count("h0") for path in re.findall(r'<path[^>]* d="([^"]+)"', svg))


def test_sets_and_their_ranges_are_those_of_the_page() -> None:
    assert list(SETS) == list(MAKERS)
    for told in page()["ranges"]:
        ranges = [list(one) if one else None for one in SETS[told["name"]][1:]]
        assert ranges == [told["points"], told["dims"], told["scale"]]


def test_the_still_has_every_point_in_every_panel_and_says_how_good_the_map_is() -> None:
    figure = made(data="three", points=30, dims=4, perplexity=6, steps=60)
    assert figure.still is not None
    # Points, map, and of five small ones those at 2, 5 and, below thirty points, no others.
    assert dots(figure.still.light) == 30 * (2 + 2)
    assert figure.still.light.count("no perplexity of") == 3
    for group in range(3):
        assert figure.still.light.count(f'class="s-cat-{group}"') == 2 + 2
    rows = sample("three", 30, 4, 5, 0).rows
    trust = trustworthiness(rows, figure.arrays["places"], n_neighbors=10)
    assert abs(figure.values["shown"]["trust"] - trust) < 1e-6
    assert f">{trust:.3f}<" in figure.still.light
    assert f"trustworthiness is {trust:.3f}" in figure.alt
    assert figure.table is not None
    assert [row[0] for row in figure.table.rows][:2] == ["The map", "Perplexity 2"]
    assert figure.table.rows[-1][1] == "no perplexity of 100 among 30 points"


def test_dots_stand_where_the_map_has_them() -> None:
    figure = made(data="three", points=30, dims=4, perplexity=6, steps=60)
    assert figure.still is not None
    paths = re.findall(r'<path class="s-cat-\d"[^>]* d="([^"]+)"', figure.still.light)[3:6]
    drawn = [place for path in paths for place in visited(path)]
    labels = sample("three", 30, 4, 5, 0).labels
    places = figure.arrays["places"].astype(float)
    mapped = np.concatenate([places[labels == group] for group in range(3)])
    across, down = np.array(drawn, float).T
    # Whole units of a panel 400 wide, so that no dot is further off than half a unit.
    scale = 400 * (1 - 2 * 0.06) / np.ptp(mapped, axis=0).max()
    assert np.ptp(across - mapped[:, 0] * scale) <= 1 + 1e-3
    assert np.ptp(down + mapped[:, 1] * scale) <= 1 + 1e-3


def visited(path: str) -> list[tuple[int, int]]:
    """Where a path of hops sets its dots."""
    found: list[tuple[int, int]] = []
    for x, y in re.findall(r"[Mm](-?\d+)[ ]?(-?\d+)h0", path):
        left, top = found[-1] if found else (0, 0)
        found.append((left + int(x), top + int(y)))
    return found


def test_a_curve_s_tones_are_those_of_each_scheme() -> None:
    figure = made(data="trefoil", points=24, perplexity=3, steps=20)
    assert figure.still is not None
    assert figure.still.dark is not None
    assert dots(figure.still.light) == dots(figure.still.dark) > 24
    assert f'stroke="{PALETTES["light"].categories[0]}"' in figure.still.light
    assert f'stroke="{PALETTES["dark"].categories[0]}"' in figure.still.dark


def test_steps_of_one_run_are_states_of_it() -> None:
    figure = made(points=20, perplexity=5, steps=60, compare="steps")
    assert [one["steps"] for one in figure.values["beside"]] == [10, 20, 60, 120, 1000]
    assert figure.values["beside"][2]["cost"] == figure.values["shown"]["cost"]


def test_starts_side_by_side_differ_and_the_first_is_the_maps_own() -> None:
    figure = made(points=20, perplexity=5, steps=500, compare="seeds", seed=998)
    beside = figure.values["beside"]
    assert [one["seed"] for one in beside] == [998, 999, 0, 1, 2]
    assert beside[0]["cost"] == figure.values["shown"]["cost"]
    assert len({one["cost"] for one in beside}) == 5


def test_principal_components_have_no_steps_and_nothing_beside() -> None:
    figure = made(data="walk", points=20, method="pca")
    assert figure.values["beside"] == []
    assert figure.still is not None
    assert dots(figure.still.light) == 40
    assert "Variance left out" in figure.still.light
    # Everything that two axes explain and what they leave out is all there is.
    rows = sample("walk", 20, 10, 1, 0).rows
    spread = np.linalg.svd(rows - rows.mean(axis=0), compute_uv=False) ** 2
    assert abs(figure.values["shown"]["cost"] - spread[2:].sum() / spread.sum()) < 1e-5


@pytest.mark.parametrize("data", SETS)
def test_every_set_is_drawn_however_many_dimensions_it_has(data: str) -> None:
    figure = made(data=data, points=16, perplexity=3, steps=5, compare="none")
    assert figure.still is not None
    assert dots(figure.still.light) == 32
    assert "nan" not in figure.still.light
    assert (figure.values["shown"]["hit"] is None) == (sample(data, 16, 2, 1, 0).labels is None)


def test_a_ring_of_colours_ends_where_it_began() -> None:
    assert wheel(0, True, "light") == wheel(1, True, "light") == PALETTES["light"].categories[0]
    assert wheel(1, False, "dark") == PALETTES["dark"].categories[4]
    told = page(wheels=[[0.3, True], [0.3, False]])["wheels"]
    assert told == [wheel(0.3, True, "light"), wheel(0.3, False, "light")]


def test_states_begin_as_the_block_says() -> None:
    figure = made(data="inner", points=12, perplexity=4, steps=3, epsilon=50, hide=("own", "map"))
    starts = {name: rule.told()["start"] for name, rule in rules(STATES, figure.values).items()}
    chosen = {name: starts[name] for name in ("data", "points", "dims", "scale", "perplexity")}
    assert chosen == {"data": "inner", "points": 12, "dims": 50, "scale": 50, "perplexity": 4}
    assert (starts["epsilon"], starts["steps"], starts["method"]) == (50, 3, "tsne")
    assert figure.values["hide"] == "own map"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"data": "moons"}, "Input should be"),
        ({"data": "circle", "dims": 3}, "'dims' means nothing to 'circle'"),
        ({"data": "inner", "scale": 51}, "less than or equal to 50"),
        ({"data": "sizes", "scale": 21}, "from 1 to 20"),
        ({"points": 9}, "from 10 to 400"),
        ({"points": 30, "perplexity": 30}, "asks for 30 neighbours, and there are 30 points"),
        ({"data": "grid", "points": 35, "perplexity": 26}, "there are 25 points"),
        ({"epsilon": 3}, "Input should be"),
        ({"perplexity": 1}, "greater than or equal to 2"),
        ({"method": "umap"}, "Input should be"),
        ({"hide": ("everything",)}, "Input should be"),
    ],
)
def test_a_block_that_asks_for_what_there_is_not_is_refused(
    wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        Options(**wrong)


OWN = {
    "": "There is nothing in it",
    "1,2\n3": "Line 2 has 1 cells, and line 1 has 2.",
    "a,b\nx,y\nz,w": "No column has numbers alone",
    "1,2\n3,x\n4,5\n6,7": "Line 2: “x” in column 2 is no number",
    "1,2\n3,4": "A map needs three points",
    "1,2\nNaN,4\n,5": "There is one row with a number in every column",
    "5,5\n5,5\n5,5": "All points are the same",
    "1,2\n1,2\n3,4\n3,4": "There are only 2 different points",
    "x" * 10: "No column has numbers alone",
}
GOOD = {
    "0 0\n1 0\n0 2": {"count": 3, "width": 2, "notes": [], "labels": None},
    "a;b;c\n1,5;2;u\n2,5;3;v\n4,5;1;u": {"count": 3, "width": 2, "labels": [0, 1, 0]},
    'x\ty\tname\n1\t2\t"a, b"\n3\t1\tc\n5\t5\td': {"names": ["a, b", "c", "d"]},
    "class,x,y\n0,1,2\n1,2,2\n0,5,6": {"width": 2, "labels": [0, 1, 0], "columns": ["x", "y"]},
    "x,y\n1,7\n2,7\n3,7\n4,7": {"width": 1, "count": 4},
}


def test_a_readers_own_table_is_read_or_its_first_fault_is_named() -> None:
    told = page(own=[*OWN, *GOOD])["own"]
    for (text, said), found in zip(OWN.items(), told, strict=False):
        assert found.get("kind") == "Refused", (text, found)
        assert said in found["refused"], text
    for (text, wanted), found in zip(GOOD.items(), told[len(OWN) :], strict=True):
        assert {name: found[name] for name in wanted} == wanted, text


def test_what_was_done_to_a_table_is_told() -> None:
    many = "\n".join(f"{i},{i * i % 97}" for i in range(4100))
    odd = "a,b,c\n" + "\n".join(f"{i},7,{'' if i == 3 else i}" for i in range(9)) + "\n1,7,1"
    names = "x,y,who\n" + "\n".join(f"{i},{i % 3},n{i % 12}" for i in range(40))
    first, second, third = page(own=[many, odd, names])["own"]
    assert first["count"] == 1367
    assert "Of 4100 rows, 1367 were taken, evenly" in first["notes"][0]
    assert second["count"] == 9
    notes = " ".join(second["notes"])
    assert "1 of 10 rows was left out" in notes
    assert "One column has the same number in every row and no say in distances: b" in notes
    assert "1 rows are the same as another" in notes
    assert third["labels"] is None
    assert "12 different names, too many for colours" in third["notes"][0]
