"""What every page of our own site owes its readers."""

import gzip
import json
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Host

ROOT = Path(__file__).parents[2]
SITE = ROOT / "site"
PAGES = sorted(
    str(path.relative_to(SITE))
    for path in SITE.rglob("*.html")
    if path.relative_to(SITE).parts[0] != "figures"  # test_alone.py has those
)
ARTICLES = [page for page in PAGES if page.startswith("articles/")]
# Pages of one template, each with a figure of an article: the quick run looks at one of them.
SYSTEMS = [page for page in PAGES if page.startswith("survey/")]
if not os.environ.get("EXPLORABLE_TRIAL"):
    PAGES = sorted({*PAGES} - {*SYSTEMS} | {*Random(0).sample(SYSTEMS, min(1, len(SYSTEMS)))})
# The one article with every kind of figure that runs a model.
FIRST = "articles/inside-a-digit-classifier/index.html"
# Tests that wake a whole page see these in the quick run and all in the trial. axe sees every page
# of the site in both, by way of `explorable check --browser`.
WOKEN = (
    PAGES
    if os.environ.get("EXPLORABLE_TRIAL")
    else sorted(
        {FIRST, *Random(0).sample(sorted({*ARTICLES} - {FIRST}), 1), *({*PAGES} - {*ARTICLES})}
    )
)
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf8")
Open = Callable[..., Page]

STILLS = """() => [...document.querySelectorAll("figure[data-kind]")].map(figure => {
  const box = figure.querySelector(".still")?.getBoundingClientRect();
  return [figure.id, box ? Math.min(box.width, box.height) : 0];
})"""
MISPLACED = """() => [...document.querySelectorAll("figure:has(> figcaption)")]
  .filter(figure => !figure.matches(":has(> figcaption:is(:first-child, :last-child))"))
  .map(figure => figure.id)"""
STATES = '() => [...document.querySelectorAll("figure[data-kind]")].map(f => f.dataset.state)'


def violations(page: Page) -> list[str]:
    """What axe finds, one line each, with the element."""
    page.evaluate(AXE)
    found = page.evaluate("async () => (await axe.run()).violations")
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def wake(page: Page) -> None:
    """Scroll past every figure, as a reader does, until each has answered."""
    for figure in page.query_selector_all("figure[data-kind]"):
        figure.scroll_into_view_if_needed()
        page.wait_for_function("f => f.dataset.state !== 'still'", arg=figure)


def test_the_site_has_a_home_page_an_article_and_a_page_on_privacy() -> None:
    assert {"index.html", "privacy.html"} <= set(PAGES)
    assert ARTICLES


@pytest.mark.parametrize("path", PAGES)
def test_without_scripts_every_figure_shows_its_still(
    site: Host, open_page: Open, path: str
) -> None:
    page = open_page(site.url + path, java_script_enabled=False)
    figures = page.locator("figure[data-kind]")
    for i in range(figures.count()):
        still = figures.nth(i).locator(".still svg").first
        box = still.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) > 100
        assert len(figures.nth(i).locator(".still").get_attribute("aria-label") or "") > 40


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", WOKEN)
def test_axe_finds_nothing_asleep_or_awake(
    site: Host, open_page: Open, path: str, scheme: str, window: tuple[int, int]
) -> None:
    size = {"width": window[0], "height": window[1]}
    page = open_page(site.url + path, viewport=size, color_scheme=scheme, reduced_motion="reduce")
    assert violations(page) == []
    wake(page)
    page.evaluate("() => scrollTo(0, 0)")
    assert violations(page) == []


def narrowed(page: Page, widths: Sequence[int]) -> list[int]:
    """How wide a page gets in windows of these widths, as who drags a window's edge sees it."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        # Observers of sizes have drawn anew after the second frame.
        page.evaluate(
            "() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
        )
        found.append(int(page.evaluate("() => document.documentElement.scrollWidth")))
    return found


@pytest.mark.parametrize("path", WOKEN)
def test_no_page_scrolls_sideways(site: Host, open_page: Open, path: str) -> None:
    page = open_page(site.url + path)
    wake(page)
    widths = [1440, 768, 360, 320]
    assert narrowed(page, widths) == widths


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_h1_a_language_and_a_description(
    site: Host, open_page: Open, path: str
) -> None:
    page = open_page(site.url + path)
    assert page.locator("h1").count() == 1
    assert page.evaluate(MISPLACED) == []  # HTML wants captions first or last
    assert page.locator("html").get_attribute("lang") == "en"
    assert len(page.locator('meta[name="description"]').get_attribute("content") or "") > 20


@pytest.mark.parametrize("path", [path for path in WOKEN if path in ARTICLES])
def test_figures_wake_as_the_reader_comes_near_and_the_large_engine_stays_home(
    site: Host, open_page: Open, path: str
) -> None:
    asked: list[str] = []
    page = open_page(site.url, complaints=True)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.url + path)
    page.wait_for_load_state("networkidle")
    # A playground's only figure is on the first screen; all others wait to be come near to.
    if len(states := page.evaluate(STATES)) > 1:
        assert states[-1] == "still"
    wake(page)
    assert set(page.evaluate(STATES)) <= {"ready", "live"}
    assert [url for url in asked if url.endswith((".wasm", "/ort.mjs"))] == []


def test_the_text_stands_still_while_figures_above_it_wake(
    site: Host, open_page: Open, window: tuple[int, int]
) -> None:
    page = open_page(site.url + FIRST, viewport={"width": window[0], "height": window[1]})
    # Over several screens at once, as who drags the bar at the side.
    place = page.evaluate("""() => {
      const figure = [...document.querySelectorAll("figure[data-kind]")].at(-1);
      figure.scrollIntoView();
      return figure.getBoundingClientRect().top;
    }""")
    figures = page.locator("figure[data-kind]")
    for figure in (figures.nth(-2), figures.nth(-1)):
        expect(figure).to_have_attribute("data-state", "ready")
    assert figures.nth(-2).locator(".life").bounding_box()["height"] > 100  # type: ignore[index]
    page.wait_for_timeout(300)
    now = figures.nth(-1).evaluate("figure => figure.getBoundingClientRect().top")
    assert abs(now - place) < 2


@pytest.mark.parametrize("path", WOKEN)
def test_nothing_is_sent_and_nothing_kept_but_the_colour_scheme(
    site: Host, open_page: Open, path: str
) -> None:
    """The fixture fails on a request to another host; here the methods, cookies and storage."""
    page = open_page(site.url)
    methods: list[str] = []
    asked: list[str] = []
    page.on("request", lambda request: methods.append(f"{request.method} {request.post_data}"))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.url + path)
    wake(page)
    page.locator("[data-scheme-toggle]").click()
    for pad in page.locator("canvas.pad:visible").all()[:1]:
        pad.click()
        expect(page.locator("figure[data-kind]", has=pad).first).to_have_attribute(
            "data-state", "live", timeout=20_000
        )
    assert set(methods) == {"GET None"}
    # Every request is for a file of the site: nothing that was drawn or chosen is in an address.
    for url in asked:
        assert (SITE / url.removeprefix(site.url)).exists(), url
    assert page.context.cookies() == []
    assert page.evaluate("() => Object.keys(localStorage)") == ["explorable-scheme"]
    assert page.evaluate("() => sessionStorage.length") == 0
    assert page.evaluate("async () => (await indexedDB.databases()).length") == 0


def test_the_page_on_privacy_names_what_is_kept_and_every_page_leads_to_it(
    site: Host, open_page: Open
) -> None:
    page = open_page(site.url + FIRST)
    page.locator("footer a[href$='privacy.html']").click()
    page.locator("[data-scheme-toggle]").click()
    kept = page.evaluate("() => Object.keys(localStorage)")
    assert page.locator("main code").all_inner_texts() == kept


POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' blob: data:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_states_the_policy(site: Host, open_page: Open, path: str) -> None:
    policies = open_page(site.url + path).locator('meta[http-equiv="Content-Security-Policy"]')
    assert policies.count() == 1
    assert policies.get_attribute("content") == POLICY


def test_the_scheme_switch_holds_on_the_next_page(site: Host, open_page: Open) -> None:
    page = open_page(site.url, color_scheme="light")
    paper = "() => getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)
    page.locator("[data-scheme-toggle]").click()
    dark = page.evaluate(paper)
    assert dark != light
    page.goto(site.url + "privacy.html")
    assert page.evaluate(paper) == dark


@pytest.mark.parametrize("path", PAGES)
def test_a_page_weighs_at_most_100_kb_before_its_figures(path: str) -> None:
    """The HTML and every style and script that it names, compressed; a figure brings its own."""
    html = (SITE / path).read_text("utf8")
    named = set(re.findall(r'(?:href|src)="([^"]+\.(?:css|js))"', html))
    files = [(SITE / path).parent / name for name in named]
    total = sum(len(gzip.compress(file.read_bytes())) for file in [SITE / path, *files])
    assert any(name.endswith("css/site.css") for name in named)
    assert total <= 100_000


def test_print_shows_every_still_on_white(site: Host, open_page: Open) -> None:
    page = open_page(site.url + FIRST, color_scheme="dark")
    wake(page)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("() => getComputedStyle(document.body).color") != "rgb(255, 255, 255)"
    for name, size in page.evaluate(STILLS):
        assert size > 100, name


def test_a_missing_asset_fails_one_figure_only_and_leaves_its_still(
    site: Host, open_page: Open
) -> None:
    page = open_page(site.url, complaints=False)
    first = json.loads((SITE / first_payload()).read_text("utf8"))
    page.route(f"**/{Path(first_payload()).name}", lambda route: route.abort())
    page.goto(site.url + FIRST)
    figures = page.query_selector_all("figure[data-kind]")
    wake(page)
    states = {f.get_attribute("id"): f.get_attribute("data-state") for f in figures}
    assert states.pop(first["name"]) == "failed"
    assert set(states.values()) <= {"ready", "live"}
    assert page.locator(f"#{first['name']} .still").is_visible()
    assert page.locator(f"#{first['name']}").get_by_role("button", name="Try again").is_visible()


def first_payload() -> str:
    """The listing of the first figure on the first article, relative to the site."""
    html = (SITE / FIRST).read_text("utf8")
    start = html.index('data-payload="') + len('data-payload="')
    relative = html[start : html.index('"', start)]
    return str((SITE / FIRST).parent.joinpath(relative).resolve().relative_to(SITE.resolve()))
