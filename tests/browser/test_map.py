"""The map on our own front page: filtered by pointer and by keys, and leading to living figures."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.server import Host
from tests.browser.test_pages import narrowed, violations

Open = Callable[..., Page]


@pytest.fixture
def awake(site: Host, open_page: Open) -> Callable[..., Page]:
    """Open the front page, an argument goes behind its address, and wait for the map."""

    def open_(view: str = "", **options: object) -> Page:
        page = open_page(site.url + view, **options)
        page.locator(".map.awake").wait_for()
        return page

    return open_


def column(page: Page, number: str) -> Locator:
    return page.locator(f'[data-column="{number}"] button')


def works(page: Page) -> list[str]:
    found: list[str] = page.locator(".map tbody tr[id]:visible").evaluate_all(
        "all => all.map(one => one.id)"
    )
    return found


def test_columns_filter_works_and_articles_and_the_address_remembers(
    awake: Callable[..., Page], window: tuple[int, int]
) -> None:
    page = awake(viewport={"width": window[0], "height": window[1]})
    everything = works(page)
    assert len(everything) >= 45
    articles = page.locator(".entry:visible").count()
    # Nine of the survey's table are about teaching, one that was added, and one of its text.
    expect(column(page, "4.4").locator(".count")).to_have_text("11")
    column(page, "4.4").click()
    taught = works(page)
    assert len(taught) == 11
    assert {"T11", "T27", "T31", "L1", "N01"} <= {*taught}
    expect(column(page, "4.4")).to_have_attribute("aria-pressed", "true")
    assert 0 < page.locator(".entry:visible").count() <= articles
    left = int(column(page, "7.1").locator(".count").inner_text())
    column(page, "7.1").click()
    assert works(page) == ["T11", "T27", "L1"]
    assert left == 3
    expect(page.locator("#voice")).to_contain_text("3 works of")
    expect(page.locator("#voice")).to_contain_text("with Teaching and Node-link")
    page.wait_for_url(re.compile(r"#map~columns=4\.4,7\.1$"))
    again = awake(page.url.rpartition("/")[2])
    assert works(again) == ["T11", "T27", "L1"]
    again.get_by_role("button", name="Clear").click()
    assert works(again) == everything
    again.wait_for_url(re.compile(r"/some/where/$"))


def test_by_keys_alone_a_column_is_read_chosen_and_a_work_is_opened_and_alive(
    awake: Callable[..., Page],
) -> None:
    page = awake()
    told = page.locator("#map-told")
    page.get_by_label("Find").focus()
    for _ in range(3):
        page.keyboard.press("Tab")  # past what to show, the order, and to the columns
    expect(column(page, "4.1")).to_be_focused()
    expect(told).to_contain_text("Interpretability and explainability To understand how a network")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    expect(told).to_contain_text("During training Used while the network is learning")
    page.keyboard.press("Space")
    expect(column(page, "8.1")).to_have_attribute("aria-pressed", "true")
    assert "T27" in works(page)
    assert "T11" not in works(page)
    page.keyboard.press("Shift+Tab")  # the button that clears
    page.keyboard.press("Enter")
    page.keyboard.type("adversarial qi")
    assert works(page) == ["T19"]
    page.locator("#T19 a").press("Enter")
    page.wait_for_url(re.compile("survey/T19/"))
    figure = page.locator('figure[data-kind="perturb"]')
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("data-state", "ready")
    figure.get_by_label("Strength", exact=True).press("End")
    expect(figure).to_have_attribute("data-state", "live")
    expect(figure.locator(".verdict")).to_contain_text("at most 1 of the full range")


def test_works_are_sorted_found_and_narrowed_to_what_is_live(awake: Callable[..., Page]) -> None:
    page = awake()
    page.get_by_label("Sort by").select_option("year")
    table = page.locator(".map tbody").first.locator("tr[id]")
    years = [int(year) for year in table.evaluate_all("all => all.map(one => one.dataset.year)")]
    assert years == sorted(years, reverse=True)
    assert years[-1] == 2005
    page.get_by_label("Show").select_option("live")
    states = page.locator(".map tbody tr[id]:visible .state").all_inner_texts()
    assert {*states} <= {"Live here", "Live in part"}
    assert page.locator(".map tbody tr[id]:visible a[href^='survey/']").count() == len(states)
    page.get_by_label("Show").select_option("open")
    for link in page.locator(".map tbody tr[id]:visible th > a").all():
        assert re.match("https?://", link.get_attribute("href") or "")
    page.get_by_label("Find").fill("nobody has written this")
    expect(page.locator(".map-none")).to_be_visible()
    assert works(page) == []


def test_without_scripts_the_table_is_whole_and_the_columns_are_explained(
    site: Host, open_page: Open, window: tuple[int, int]
) -> None:
    size = {"width": window[0], "height": window[1]}
    page = open_page(site.url, viewport=size, java_script_enabled=False)
    rows = page.locator(".map tbody tr[id]")
    assert rows.count() >= 45
    expect(page.locator(".map-tools")).to_be_hidden()
    marks = page.locator("#T27 td.x").all_inner_texts()
    assert len(marks) == 12
    assert {"Teaching", "Node-link", "During training"} <= {mark.strip(" ·") for mark in marks}
    page.locator(".map-means summary").click()
    expect(page.locator(".map-means dd")).to_have_count(20)
    page.locator("#T11 a").click()
    assert page.url.endswith("/survey/T11/index.html")
    assert page.locator(".still svg").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_bars_anyone_and_nothing_scrolls_sideways(
    awake: Callable[..., Page], window: tuple[int, int], scheme: str
) -> None:
    size = {"width": window[0], "height": window[1]}
    page = awake(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    column(page, "7.5").click()
    column(page, "4.3").click()
    assert violations(page) == []
    widths = [1440, 1024, 768, 390, 320]
    assert narrowed(page, widths) == widths
