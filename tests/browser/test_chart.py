"""The kind `chart` in a real page: hover, arrow keys, both schemes, any width."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.server import Host

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf8")
Open = Callable[..., Page]

ARTICLE = """---
title: Charts
description: One of a history, one of a function.
date: 2026-01-02
---

:::{chart}
:name: fig-loss
:model: digits-cnn
:history: loss
:log: true
The loss ended at {value}`figure/fig-loss/test.last | .3f`.
:::

:::{chart}
:name: fig-lines
:function: lines
Lines.
:::

:::{chart}
:name: fig-bars
:function: bars
Bars.
:::
"""

CHARTS = """
import altair as alt


def lines(sources):
    rows = [{"x": x, "y": x * k, "net": f"net {k}"} for x in range(4) for k in (1, 2)]
    return alt.Chart(alt.Data(values=rows)).mark_line().encode(x="x:Q", y="y:Q", color="net:N")


def bars(sources):
    rows = [{"pair": "4 and 9", "n": 6}, {"pair": "3 and 5", "n": 4}]
    return (
        alt.Chart(alt.Data(values=rows), height=alt.Step(30))
        .mark_bar()
        .encode(x="n:Q", y=alt.Y("pair:N", sort=None))
    )
"""


@pytest.fixture(scope="session")
def charts(built: Callable[[Path], Host], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a page with three charts."""
    project = tmp_path_factory.mktemp("chart")
    article = project / "articles" / "charts"
    article.mkdir(parents=True)
    (article / "index.md").write_text(ARTICLE, "utf8")
    (article / "charts.py").write_text(CHARTS, "utf8")
    for part in ("digits-cnn", "datasets/digits"):
        shutil.copytree(ROOT / "models" / part, project / "models" / part)
    return built(project).url + "articles/charts/"


def ready(page: Page, name: str) -> Locator:
    figure = page.locator(f"#{name}")
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("data-state", "ready")
    return figure


def point(page: Page, figure: Locator, across: float, down: float) -> None:
    """Move the pointer to a place of the plot, given as shares of its width and height."""
    box = figure.locator(".plot").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])


def test_pointing_shows_the_values_of_the_nearest_epoch(
    open_page: Open, charts: str, window: tuple[int, int]
) -> None:
    page = open_page(charts, viewport={"width": window[0], "height": window[1]})
    figure = ready(page, "fig-loss")
    tooltip = figure.locator(".tooltip")
    expect(tooltip).to_be_hidden()
    point(page, figure, 0.5, 0.5)
    expect(tooltip).to_be_visible()
    epoch, train, test = tooltip.locator("dd").all_inner_texts()
    assert tooltip.locator("dt").all_inner_texts() == ["epoch", "train", "test"]
    row = figure.locator(".data tbody tr").nth(int(epoch) - 1).locator("td")
    assert [float(text) for text in row.all_text_contents()[1:]] == pytest.approx(
        [float(train), float(test)], rel=5e-3
    )
    page.mouse.move(1, 1)
    expect(tooltip).to_be_hidden()


def test_arrow_keys_read_the_values_one_by_one(open_page: Open, charts: str) -> None:
    page = open_page(charts)
    figure = ready(page, "fig-loss")
    figure.locator(".plot").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    said = page.locator("#voice")
    expect(said).to_contain_text("epoch 3, train ")
    expect(figure.locator(".tooltip")).to_be_visible()
    page.keyboard.press("End")
    rows = figure.locator(".data tbody tr").count()
    expect(said).to_contain_text(f"epoch {rows}, ")
    page.keyboard.press("Escape")
    expect(figure.locator(".tooltip")).to_be_hidden()


def test_arrow_keys_change_between_series_of_any_chart(open_page: Open, charts: str) -> None:
    page = open_page(charts)
    figure = ready(page, "fig-lines")
    figure.locator(".plot").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    said = page.locator("#voice")
    expect(said).to_have_text("x 1, y 1, net net 1")
    page.keyboard.press("ArrowDown")
    expect(said).to_have_text("x 1, y 2, net net 2")


def test_bars_speak_too(open_page: Open, charts: str) -> None:
    page = open_page(charts)
    figure = ready(page, "fig-bars")
    point(page, figure, 0.3, 0.4)
    expect(figure.locator(".tooltip")).to_contain_text("4 and 9")


def test_a_chart_is_as_wide_as_its_place(open_page: Open, charts: str) -> None:
    page = open_page(charts, viewport={"width": 1440, "height": 900})
    for name in ("fig-loss", "fig-lines", "fig-bars"):
        figure = ready(page, name)
        for width in (1440, 360):
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_timeout(400)
            drawn, place = (
                figure.locator(part).bounding_box() for part in (".drawing svg", ".plot")
            )
            assert drawn is not None
            assert place is not None
            # Whole pixels, and what anti-aliasing adds.
            assert abs(drawn["width"] - place["width"]) <= 2
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_another_scheme_is_another_drawing_of_the_same_chart(open_page: Open, charts: str) -> None:
    page = open_page(charts)
    figure = ready(page, "fig-loss")
    curve = figure.locator("svg .mark-line path").first
    before = curve.get_attribute("stroke")
    page.locator("[data-scheme-toggle]").click()
    expect(curve).not_to_have_attribute("stroke", before or "")


def test_the_still_keeps_the_words_and_colours_of_the_curves(open_page: Open, charts: str) -> None:
    page = open_page(charts, java_script_enabled=False)
    still = page.locator("#fig-loss .still")
    labels = still.locator(".light-only text", has_text="test 0.")
    expect(labels).to_be_visible()
    told = labels.evaluate("text => getComputedStyle(text).fill")
    curve = still.locator(".light-only path[stroke]").last.evaluate(
        "p => getComputedStyle(p).stroke"
    )
    # Words are in ink, which can be read; a mark beside them has the curve's colour.
    assert told == page.evaluate("getComputedStyle(document.body).color")
    marks = still.locator(".light-only path").evaluate_all(
        "paths => paths.map(path => getComputedStyle(path).fill)"
    )
    assert curve in marks
    expect(still.locator(".dark-only")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_bars_anyone(
    open_page: Open, charts: str, window: tuple[int, int], scheme: str
) -> None:
    size = {"width": window[0], "height": window[1]}
    page = open_page(charts, viewport=size, color_scheme=scheme, bypass_csp=True)
    for name in ("fig-loss", "fig-lines", "fig-bars"):
        ready(page, name)
    page.add_script_tag(content=AXE)
    found = page.evaluate(
        "axe.run('[data-kind=chart]').then(r => r.violations.map(v => v.id + v.help))"
    )
    assert found == []
