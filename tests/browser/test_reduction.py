"""Reduction in the page: what a reader does with points, maps and a table of his own."""

import csv
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect
from sklearn.manifold import trustworthiness

from tests.browser.server import Host
from tests.browser.test_pages import violations

Open = Callable[..., Page]
ARTICLE = """---
title: A map
description: Points and their map.
date: 2026-01-02
---

Try {{set}}`a perplexity of 100 <fig-map.perplexity=100>`.

:::{{reduction}}
:name: fig-map
:data: clusters
:points: 40
:dims: 5
:perplexity: 8
:steps: 300
{options}
Two groups.
:::
"""
TABLE = "\n".join(
    ["a,b,c,still,kind"]
    + [f"{i % 7},{i % 5 + 20 * (i % 2)},{i % 3},4,{'odd' if i % 2 else 'even'}" for i in range(30)]
    + ["1,,3,4,odd"]
)


@pytest.fixture(scope="module")
def address(built: Callable[[Path], Host], tmp_path_factory: pytest.TempPathFactory) -> str:
    project = tmp_path_factory.mktemp("reduction")
    (project / "articles/map").mkdir(parents=True)
    (project / "articles/map/index.md").write_text(ARTICLE.format(options=""), "utf8")
    return built(project).url + "articles/map/"


def live(page: Page) -> Locator:
    figure = page.locator("#fig-map")
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("data-state", "live")
    expect(figure.locator(".numbers dd").nth(3)).to_be_visible()
    return figure


def number(figure: Locator, name: str) -> float:
    return float(figure.locator(".numbers div", has_text=name).locator("dd").inner_text())


def step(figure: Locator) -> int:
    return int(figure.locator(".count output").inner_text().replace("\u202f", ""))


def slide(figure: Locator, name: str, value: int) -> None:
    figure.get_by_role("slider", name=name).first.fill(str(value))


def exported(page: Page, figure: Locator) -> list[dict[str, str]]:
    with page.expect_download() as waiting:
        figure.get_by_role("button", name="Coordinates as CSV").click()
    text = Path(waiting.value.path()).read_text("utf8")
    return list(csv.DictReader(StringIO(text)))


def test_the_figure_lives_with_what_its_still_says_and_its_numbers_are_scikit_learns(
    open_page: Open, address: str, window: tuple[int, int]
) -> None:
    page = open_page(address, viewport={"width": window[0], "height": window[1]})
    drawn = page.locator("#fig-map .still svg").text_content() or ""
    figure = live(page)
    assert step(figure) == 300
    said = re.search(r"Trustworthiness([\d.]+)", drawn)
    assert said is not None
    assert abs(number(figure, "Trustworthiness") - float(said[1])) < 0.02
    rows = exported(page, figure)
    data = np.array([[float(row[f"x{k}"]) for k in range(1, 6)] for row in rows])
    places = np.array([[float(row["map x"]), float(row["map y"])] for row in rows])
    assert data.shape == (40, 5)
    assert {row["group"] for row in rows} == {"1", "2"}
    wanted = trustworthiness(data, places, n_neighbors=10)
    assert figure.locator(".numbers dd").nth(1).inner_text() == f"{wanted:.3f}"
    assert page.evaluate("() => document.documentElement.scrollWidth") == window[0]
    assert violations(page) == []


def test_a_perplexity_of_as_many_as_there_are_points_is_refused_with_a_way_out(
    open_page: Open, address: str
) -> None:
    page = open_page(address)
    figure = live(page)
    tiles = figure.locator(".tile")
    expect(tiles).to_have_count(5)
    expect(tiles.nth(4)).to_contain_text("refused")
    assert tiles.nth(4).is_disabled()
    expect(tiles.nth(1)).to_contain_text(re.compile(r"trust 0\.\d{3}"))
    page.get_by_text("a perplexity of 100").click()
    expect(figure.locator(".alarm p")).to_contain_text("there are only 39 others")
    assert figure.get_by_role("button", name="Play", exact=True).is_disabled()
    figure.get_by_role("button", name="Use perplexity 13").click()
    expect(figure.locator(".alarm")).to_be_hidden()
    expect(figure.locator(".panel").nth(1)).to_contain_text("perplexity 13")
    assert step(figure) == 300


def test_play_pause_step_and_another_start(open_page: Open, address: str) -> None:
    page = open_page(address)
    figure = live(page)
    figure.get_by_role("button", name="Start over").click()
    pause = figure.get_by_role("button", name="Pause")
    expect(figure.locator(".count output")).to_have_text(re.compile(r"^[1-9]\d+$"))
    pause.click()
    # A report is under way when it is stopped.
    page.wait_for_timeout(200)
    at = step(figure)
    figure.get_by_role("button", name="Step: one step").click()
    expect(figure.locator(".count output")).to_have_text(str(at + 1))
    expect(page).to_have_url(re.compile(rf"fig-map\.steps={at + 1}\b"))
    before = exported(page, figure)
    figure.get_by_role("button", name="Another start").click()
    expect(figure.locator(".count output")).to_have_text("300")
    expect(page).to_have_url(re.compile(r"fig-map\.seed=1\b"))
    assert exported(page, figure) != before
    # The same seed leads to the same map.
    again = open_page(page.url)
    assert exported(again, live(again)) == exported(page, figure)


def test_a_point_and_its_neighbours_are_found_by_keys(open_page: Open, address: str) -> None:
    page = open_page(address)
    figure = live(page)
    shown = figure.get_by_role("application").nth(1)
    shown.focus()
    page.keyboard.press("ArrowRight")
    told = figure.locator(".about")
    expect(told).to_contain_text(re.compile(r"^Point 1, group 1\. Of its 10 nearest in the data, "))
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    expect(told).not_to_contain_text("Point 1,")
    expect(page).to_have_url(re.compile(r"fig-map\.at='\d"))
    page.keyboard.press("Escape")
    expect(told).to_contain_text("Point at a dot")


def test_every_method_makes_a_map_of_every_kind_of_points(open_page: Open, address: str) -> None:
    page = open_page(address + "#~fig-map.compare=none&fig-map.steps=20")
    figure = live(page)
    for method in ("UMAP", "Principal components", "Metric MDS", "Sammon’s map", "Neighbour graph"):
        figure.get_by_role("combobox", name="Method").select_option(method)
        expect(figure.locator(".panel").nth(1)).to_contain_text(method)
        expect(figure.locator(".numbers dd").last).to_have_text(re.compile(r"\d+ %"))
    figure.get_by_role("radio", name="Trefoil knot").check()
    expect(figure.get_by_role("slider", name="Turn")).to_be_visible()
    square = figure.get_by_role("application").first
    box = square.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 100, steps=3)
    page.mouse.up()
    assert figure.get_by_role("slider", name="Turn").input_value() != "30"


def test_a_readers_own_table_is_mapped_and_its_faults_are_said(
    open_page: Open, address: str, tmp_path: Path
) -> None:
    page = open_page(address)
    figure = live(page)
    figure.get_by_role("button", name="Your own data").click()
    expect(figure.locator(".alarm p")).to_contain_text("Give rows of your own")
    file = tmp_path / "mine.csv"
    file.write_text(TABLE, "utf8")
    figure.locator("input[type=file]").set_input_files(file)
    said = figure.locator(".own .hint")
    expect(said).to_contain_text("30 points of 3 dimensions, in groups: even, odd.")
    expect(said).to_contain_text("1 of 31 rows was left out")
    expect(said).to_contain_text("One column has the same number in every row")
    expect(figure.locator(".panel").first).to_contain_text("30 points")
    expect(figure.locator(".numbers dd").nth(3)).to_have_text(re.compile(r"\d+ %"))
    rows = exported(page, figure)
    assert list(rows[0]) == ["map x", "map y", "group", "name", "a", "b", "c"]
    assert [row["a"] for row in rows[:3]] == ["0", "1", "2"]
    figure.locator("textarea").fill("1,2\n3,4,5\n6,7")
    figure.get_by_role("button", name="Use these rows").click()
    expect(said).to_contain_text("Line 2 has 3 cells, and line 1 has 2.")
    # What was there before stays.
    expect(figure.locator(".panel").first).to_contain_text("30 points")
