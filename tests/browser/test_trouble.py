"""Real mishaps in the page: the still stays, the figure says in words what happened, others live.

Every fault is one that a network, a server or a browser can make; none is planted in our code.
"""

import json
import os
import random
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route

from tests.browser.conftest import FLAGS, program
from tests.browser.server import Host
from tests.browser.test_pages import FIRST, SITE, violations, wake

PAGE = FIRST
HTML = (SITE / PAGE).read_text("utf8")
Open = Callable[..., Page]
Fault = Callable[[Route], None]
FIGURES = dict(re.findall(r'<figure id="([^"]+)" data-kind="([^"]+)"', HTML))
STATES = """() => Object.fromEntries([...document.querySelectorAll("figure[data-kind]")]
  .map(figure => [figure.id, figure.dataset.state]))"""


def first(kind: str) -> str:
    return next(name for name, found in FIGURES.items() if found == kind)


def listing(kind: str) -> tuple[Path, dict[str, Any]]:
    """The payload's file of the first figure of a kind, and what it says."""
    match = re.search(rf'id="{first(kind)}"[^>]*data-payload="([^"]+)"', HTML)
    assert match is not None
    path = (SITE / PAGE).parent / match.group(1)
    return path.resolve(), json.loads(path.read_text("utf8"))


def part(kind: str, *keys: str) -> Path:
    """A file that a payload names."""
    path, value = listing(kind)
    for key in keys:
        value = value[key]
    return (path.parent / str(value)).resolve()


def engine_file(key: str) -> str:
    """The name of a file that the page itself names, by the place it has there."""
    match = re.search(r'id="site-data"[^>]*>([^<]+)<', HTML)
    assert match is not None
    return str(json.loads(match.group(1))[key]).rpartition("/")[2]


def missing(route: Route) -> None:
    route.fulfill(status=404, body="not here")


def unreachable(route: Route) -> None:
    route.abort()


def half(path: Path) -> Fault:
    """The file as it is, cut in the middle, by a server that calls that all of it."""
    content = path.read_bytes()
    return lambda route: route.fulfill(body=content[: len(content) // 2])


def script(text: str) -> Fault:
    return lambda route: route.fulfill(body=text, content_type="text/javascript")


def garbage(route: Route) -> None:
    route.fulfill(body="<h1>Welcome to this hotel's Wi-Fi</h1>")


GONE = "A file of this figure could not be fetched: it is not there."
DAMAGED = "A file of this figure arrived damaged."
AT_MOUNT: dict[str, tuple[str, str, Fault, str]] = {
    "payload unreachable": (
        "projector",
        listing("projector")[0].name,
        unreachable,
        "A file of this figure could not be fetched: there is no connection.",
    ),
    "payload cut": ("units", listing("units")[0].name, half(listing("units")[0]), DAMAGED),
    "arrays cut": (
        "projector",
        part("projector", "arrays").name,
        half(part("projector", "arrays")),
        DAMAGED,
    ),
    "module missing": (
        "units",
        "units.js",
        missing,
        "The script of this figure could not be loaded.",
    ),
    "style missing": (
        "units",
        "units/living.css",
        missing,
        "The style of this figure could not be loaded.",
    ),
    "module throws": (
        "projector",
        "projector.js",
        script("export default () => { throw new Error('a bug') }"),
        "Something in its program went wrong.",
    ),
    "chart library missing": (
        "chart",
        engine_file("vega"),
        missing,
        "The library that draws charts could not be loaded.",
    ),
}
# Which engine the figure's graph is for, the file that is struck, how, and what a reader is told.
AT_WORK: dict[str, tuple[str, str, Fault, str]] = {
    "weights missing": (
        "light",
        part("network", "graphs", "forward", "weights").name,
        missing,
        GONE,
    ),
    "weights cut": (
        "light",
        part("network", "graphs", "forward", "weights").name,
        half(part("network", "graphs", "forward", "weights")),
        DAMAGED,
    ),
    "graph is another page": (
        "light",
        part("network", "graphs", "forward", "url").name,
        garbage,
        "The network could not be opened: a file may have arrived damaged.",
    ),
    "engine is another page": (
        "ort",
        engine_file("wasm"),
        garbage,
        "The engine that runs the network did not start: its file may have arrived damaged.",
    ),
    "engine's library missing": (
        "ort",
        "ort.mjs",
        missing,
        "The engine that runs the network could not be loaded.",
    ),
    "graph cut": (
        "light",
        part("network", "graphs", "forward", "url").name,
        half(part("network", "graphs", "forward", "url")),
        "The network could not be opened: a file may have arrived damaged.",
    ),
    "large engine's graph is another page": (
        "ort",
        part("network", "graphs", "forward", "url").name,
        garbage,
        "The network could not be opened: a file may have arrived damaged.",
    ),
    "light engine missing": (
        "light",
        "vendor/light.js",
        missing,
        "The engine that runs the network could not be loaded.",
    ),
}


def force(page: Page, engine: str) -> None:
    """Have the first network's graphs run by one of the engines, as its author may."""
    path, content = listing("network")
    for graph in content["graphs"].values():
        graph["engine"] = engine
    page.route(f"**/{path.name}", lambda route: route.fulfill(json=content))


def sample(cases: Iterable[str], count: int) -> list[str]:
    """All of them in the trial; in the quick run a seeded few."""
    known = list(cases)
    return known if os.environ.get("EXPLORABLE_TRIAL") else random.Random(0).sample(known, count)


def check_failed(figure: Locator, said: str) -> None:
    """The still is back and a reader is told, without the browser's own words, what happened."""
    assert figure.locator(".still svg:visible").count() >= 1
    assert not figure.locator(".life").is_visible()
    told = figure.locator(".notice p").inner_text()
    assert told == f"The live part of this figure stopped; its picture stays. {said}"
    assert figure.get_by_role("button", name="Try again").is_visible()


def others(page: Page, kind: str) -> set[str]:
    """States of the figures of all other kinds."""
    states = page.evaluate(STATES)
    return {states[name] for name, found in FIGURES.items() if found != kind}


@pytest.mark.parametrize("case", sample(AT_MOUNT, 4))
def test_a_figure_that_cannot_begin(site: Host, open_page: Open, case: str) -> None:
    kind, file, fault, said = AT_MOUNT[case]
    page = open_page("about:blank", complaints=False)
    page.route(f"**/{file}", fault)
    page.goto(site.url + PAGE)
    wake(page)
    figure = page.locator(f"#{first(kind)}")
    check_failed(figure, said)
    assert others(page, kind) <= {"ready", "live"}
    page.unroute(f"**/{file}")
    figure.get_by_role("button", name="Try again").press("Enter")
    page.wait_for_function("f => f.dataset.state === 'ready'", arg=figure.element_handle())
    assert figure.locator(".notice").count() == 0


def use(page: Page, state: str) -> Locator:
    """Touch the pad of the first network, which asks for the engine, and wait for a state."""
    figure = page.locator(f"#{first('network')}")
    figure.scroll_into_view_if_needed()
    # What was drawn before a failure is read again at once, which can be over before we look.
    awake = "f => ['ready', 'live'].includes(f.dataset.state)"
    page.wait_for_function(awake, arg=figure.element_handle())
    figure.locator("canvas.pad").click()
    page.wait_for_function(
        "([f, state]) => f.dataset.state === state", arg=[figure.element_handle(), state]
    )
    return figure


@pytest.mark.parametrize("case", sample(AT_WORK, 3))
def test_a_figure_whose_graph_cannot_run(site: Host, open_page: Open, case: str) -> None:
    engine, file, fault, said = AT_WORK[case]
    page = open_page("about:blank", complaints=False)
    force(page, engine)
    page.route(f"**/{file}", fault)
    page.goto(site.url + PAGE)
    wake(page)
    figure = use(page, "failed")
    check_failed(figure, said)
    assert others(page, "network") <= {"ready", "live"}
    page.unroute(f"**/{file}")
    figure.get_by_role("button", name="Try again").click()
    use(page, "live")


def test_a_server_whose_policy_forbids_webassembly_stops_the_large_engine_alone(
    open_page: Open,
) -> None:
    host = Host(SITE, forbidden="'wasm-unsafe-eval'")
    for engine, state in (("light", "live"), ("ort", "failed")):
        page = open_page("about:blank", complaints=False)
        force(page, engine)
        page.goto(host.url + PAGE)
        wake(page)
        figure = use(page, state)
        assert others(page, "network") == {"ready"}
    said = "The engine that runs the network did not start: a security policy of this server "
    check_failed(figure, said + "forbids WebAssembly.")
    host.close()


@pytest.fixture
def bare(site: Host, browser: Browser, request: pytest.FixtureRequest) -> Any:
    """Our article in a browser that lacks what the test names by its flags."""
    other = browser.browser_type.launch(executable_path=program(), args=[*FLAGS, *request.param[0]])
    page = other.new_page(viewport={"width": 1440, "height": 900})
    force(page, request.param[1])
    page.goto(site.url + PAGE)
    wake(page)
    yield page
    other.close()


@pytest.mark.parametrize("bare", [(["--js-flags=--jitless"], "ort")], indirect=True)
def test_a_browser_without_webassembly_is_told_where_a_graph_needs_it(bare: Page) -> None:
    assert bare.evaluate("typeof WebAssembly") == "undefined"
    said = "The engine that runs the network did not start: this browser has WebAssembly "
    check_failed(use(bare, "failed"), said + "switched off.")
    assert others(bare, "network") == {"ready"}


@pytest.mark.parametrize("bare", [(["--js-flags=--jitless"], "light")], indirect=True)
def test_a_browser_without_webassembly_runs_small_graphs(bare: Page) -> None:
    use(bare, "live")


@pytest.mark.parametrize("bare", [(["--disable-gpu", "--disable-3d-apis"], "light")], indirect=True)
def test_a_browser_without_webgl_shows_everything(bare: Page) -> None:
    assert bare.evaluate("document.createElement('canvas').getContext('webgl')") is None
    use(bare, "live")
    assert set(bare.evaluate(STATES).values()) == {"ready", "live"}


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_page_of_failed_figures(
    site: Host, open_page: Open, scheme: str, window: tuple[int, int]
) -> None:
    size = {"width": window[0], "height": window[1]}
    page = open_page("about:blank", complaints=False, viewport=size, color_scheme=scheme)
    page.route(re.compile(r"/assets/\w+\.json$"), missing)
    page.goto(site.url + PAGE)
    wake(page)
    assert set(page.evaluate(STATES).values()) == {"failed"}
    page.locator(".notice summary").first.click()
    assert violations(page) == []
