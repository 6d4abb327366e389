"""A playground: one figure fills the window, the text comes below, a teacher sets it."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Host
from tests.browser.test_foot import act, copied, figure
from tests.browser.test_pages import violations

ROOT = Path(__file__).parents[2]
FOREIGN = ROOT / "tests/sites/foreign/models"
Open = Callable[..., Page]
ARTICLE = """---
title: Play with shapes
description: A residual net to play with.
date: 2026-01-02
layout: playground
---

Some words on what to try.

:::{network}
:name: fig-play
:model: residual-net
:layout: body
A network that sorts shapes.
:::

More words.
"""


@pytest.fixture(scope="module")
def address(built: Callable[[Path], Host], tmp_path_factory: pytest.TempPathFactory) -> str:
    project = tmp_path_factory.mktemp("playground")
    (project / "articles/play").mkdir(parents=True)
    (project / "articles/play/index.md").write_text(ARTICLE, "utf8")
    for part in ("residual-net", "datasets/shapes"):
        shutil.copytree(FOREIGN / part, project / "models" / part)
    return built(project).url + "articles/play/index.html"


def test_the_figure_fills_the_window_and_the_text_comes_below(
    open_page: Open, address: str, window: tuple[int, int]
) -> None:
    width, height = window
    page = open_page(address, viewport={"width": width, "height": height})
    fig = figure(page, "fig-play")
    page.evaluate("() => scrollTo(0, 0)")
    box = fig.bounding_box()
    words = page.get_by_text("Some words on what to try.").bounding_box()
    assert box is not None
    assert words is not None
    assert (box["x"], box["width"]) == (0, width)
    assert box["y"] < 80
    assert box["y"] + box["height"] >= height - 1
    assert words["y"] >= box["y"] + box["height"]
    assert page.locator("h1").inner_text() == "Play with shapes"
    assert page.evaluate("() => document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    open_page: Open, address: str, scheme: str, window: tuple[int, int]
) -> None:
    size = {"width": window[0], "height": window[1]}
    page = open_page(address, viewport=size, color_scheme=scheme)
    figure(page, "fig-play")
    assert violations(page) == []


def test_a_teacher_sets_what_is_drawn_and_takes_the_answer_away(
    open_page: Open, address: str
) -> None:
    page = open_page(address)
    fig = figure(page, "fig-play")
    fig.get_by_role("checkbox").nth(1).uncheck()
    hidden = page.locator(".band[hidden]").get_attribute("data-layer")
    act(fig, "Share")
    fig.get_by_text("For a class", exact=True).click()
    fig.get_by_role("combobox", name="guesses").select_option("is hidden")
    fig.get_by_role("combobox", name="layers").select_option("is locked")
    link = copied(fig, "link")
    pupil = open_page(link)
    mine = figure(pupil, "fig-play")
    expect(mine.locator(".bars")).to_be_hidden()
    expect(mine.locator(".life .verdict")).to_be_hidden()
    assert mine.get_by_role("checkbox").nth(0).is_disabled()
    expect(mine.locator(f'.band[data-layer="{hidden}"]')).to_be_hidden()
    assert mine.get_by_role("button", name="Surprise me").is_enabled()
    # Nor does the picture tell it that stands there before the figure lives, or where it cannot.
    broken = open_page("about:blank", complaints=False)
    broken.route("**/figures/network.js", lambda route: route.abort())
    broken.goto(link)
    expect(broken.locator("#fig-play")).to_have_attribute("data-state", "failed")
    expect(broken.locator("#fig-play .still")).to_be_hidden()
    expect(broken.locator("#fig-play .notice p")).to_contain_text(
        "of this figure stopped. The script"
    )


def test_without_scripts_the_still_has_the_stage(open_page: Open, address: str) -> None:
    page = open_page(address, java_script_enabled=False)
    box = page.locator("#fig-play .still svg").bounding_box()
    assert box is not None
    assert box["width"] > 1000
    html = page.content()
    assert len(re.findall("<figure ", html)) == 1
