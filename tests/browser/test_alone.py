"""A figure on a page of its own: in a frame on a stranger's page, and by itself."""

import gzip
import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser.server import Host
from tests.browser.test_foot import ARTICLE, SITE, SLUG, act, copied, figure
from tests.browser.test_pages import narrowed, violations

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.parent.name for path in SITE.glob(f"figures/{SLUG}/*/index.html"))
KINDS = ["fig-draw", "fig-conv2", "fig-map", "fig-loss"]  # one of each kind
Open = Callable[..., Page]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """The address of a page of another host with this in its body."""
    handler = partial(_Quiet, directory=str(tmp_path))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def page(body: str) -> str:
        html = f"<!doctype html><html lang=en><meta charset=utf-8><title>News</title>{body}"
        (tmp_path / "news.html").write_text(html, "utf8")
        return f"http://127.0.0.1:{server.server_port}/news.html"

    yield page
    server.shutdown()
    server.server_close()


def address(site: Host, name: str) -> str:
    return f"{site.url}figures/{SLUG}/{name}/index.html"


def code(site: Host, open_page: Open, name: str) -> str:
    """What "Copy code" gives for a figure of the article."""
    page = open_page(site.url + ARTICLE)
    fig = figure(page, name)
    act(fig, "Share")
    return copied(fig, "code")


def framed(page: Page) -> Frame:
    """The frame of the page, once its figure can be used."""
    frame = page.frames[1]
    frame.locator("figure[data-state=ready], figure[data-state=live]").wait_for()
    return frame


OVERLAP = """() => {
  const frame = document.querySelector("iframe");
  return frame.getBoundingClientRect().height;
}"""
NEEDED = "() => document.body.getBoundingClientRect().height"


def fits(page: Page, frame: Frame) -> None:
    """Wait until the frame is exactly as tall as what is in it."""
    for _ in range(100):
        if abs(page.evaluate(OVERLAP) - frame.evaluate(NEEDED)) < 2:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"frame {page.evaluate(OVERLAP)}, figure {frame.evaluate(NEEDED)}")


def test_every_figure_has_a_page_and_no_list_names_it() -> None:
    html = (SITE / ARTICLE).read_text("utf8")
    assert sorted(re.findall(r'<figure id="([\w-]+)"', html)) == NAMES
    for path in SITE.rglob("*"):
        if path.suffix in (".html", ".xml", ".txt") and path.relative_to(SITE).parts[0] not in (
            "figures", "articles", "assets", "survey",
        ):  # fmt: skip
            assert "figures/" not in re.sub(r'href="[^"]+\.css"', "", path.read_text("utf8")), path


@pytest.mark.parametrize("name", KINDS)
def test_the_copied_code_shows_the_figure_as_tall_as_it_is_on_another_host(
    site: Host, open_page: Open, stranger: Callable[[str], str], name: str
) -> None:
    page = open_page(stranger(code(site, open_page, name)), complaints=False)
    frame = framed(page)
    fits(page, frame)
    assert frame.evaluate("() => crossOriginIsolated") is False
    assert frame.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    before = page.evaluate(OVERLAP)
    frame.get_by_text("Data and downloads").click()
    frame.get_by_text("How it was made").click()
    fits(page, frame)
    grown = page.evaluate(OVERLAP)
    assert grown > before + 200
    frame.get_by_text("Data and downloads").click()
    fits(page, frame)
    assert page.evaluate(OVERLAP) < grown - 200


def test_the_frame_grows_when_the_figure_does(
    site: Host, open_page: Open, stranger: Callable[[str], str], window: tuple[int, int]
) -> None:
    """Hiding layers makes a network shorter, a narrower window makes it taller."""
    size = {"width": window[0], "height": window[1]}
    html = code(site, open_page, "fig-draw")
    page = open_page(stranger(html), viewport=size, complaints=False)
    frame = framed(page)
    fits(page, frame)
    tall = page.evaluate(OVERLAP)
    for layer in ("conv2", "relu2", "dense1", "relu3"):
        frame.get_by_role("checkbox", name=layer, exact=True).uncheck()
    fits(page, frame)
    assert page.evaluate(OVERLAP) < tall
    for layer in ("conv2", "relu2", "dense1", "relu3"):
        frame.get_by_role("checkbox", name=layer, exact=True).check()
    fits(page, frame)
    assert page.evaluate(OVERLAP) == tall


def test_in_a_frame_a_drawing_is_answered_and_links_lead_out(
    site: Host, open_page: Open, stranger: Callable[[str], str]
) -> None:
    page = open_page(stranger(code(site, open_page, "fig-draw")), complaints=False)
    frame = framed(page)
    pad = frame.locator("canvas.pad")
    pad.focus()
    for key in ("Space", "ArrowDown", "ArrowDown", "ArrowDown", "Space"):
        page.keyboard.press(key)
    frame.locator("figure[data-state=live]").wait_for()
    with page.context.expect_page() as opened:
        frame.locator(".origin a").first.click()
    opened.value.wait_for_url(f"{site.url}{ARTICLE}")
    assert page.url.endswith("/news.html")


def test_without_its_script_the_frame_keeps_the_height_it_was_given(
    site: Host, open_page: Open, stranger: Callable[[str], str]
) -> None:
    html = code(site, open_page, "fig-loss")
    page = open_page(stranger(re.sub("<script.*?</script>", "", html)), complaints=False)
    frame = framed(page)
    given = float(str(re.search(r'height="(\d+)"', html).group(1)))  # type: ignore[union-attr]
    assert page.evaluate(OVERLAP) == given
    assert frame.evaluate(NEEDED) <= given + 60


def test_other_frames_and_other_messages_change_nothing(
    site: Host, open_page: Open, stranger: Callable[[str], str]
) -> None:
    other = '<iframe id="other" src="about:blank" height="99"></iframe>'
    page = open_page(stranger(other + code(site, open_page, "fig-loss")), complaints=False)
    page.frames[-1].locator("figure[data-state=ready]").wait_for()
    page.evaluate("() => postMessage({explorable: {height: 5}}, '*')")
    page.evaluate("""() => {
      const script = frames[0].document.createElement("script");
      script.textContent = "parent.postMessage({explorable: {height: 5}}, '*')";
      frames[0].document.body.append(script);
    }""")
    page.wait_for_timeout(300)
    heights = page.evaluate(
        "() => [...document.querySelectorAll('iframe')].map(f => f.offsetHeight)"
    )
    assert heights[0] == pytest.approx(99, abs=4)  # its border
    assert heights[1] > 200


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_by_itself_axe_finds_nothing_asleep_or_awake(
    site: Host, open_page: Open, name: str, scheme: str, window: tuple[int, int]
) -> None:
    size = {"width": window[0], "height": window[1]}
    page = open_page(address(site, name), viewport=size, color_scheme=scheme)
    assert violations(page) == []
    figure(page, name)
    assert violations(page) == []
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_its_own_says_what_it_is_and_weighs_little(name: str) -> None:
    path = SITE / f"figures/{SLUG}/{name}/index.html"
    html = path.read_text("utf8")
    title = re.search(r"<title>(.*?)</title>", html)
    assert title is not None
    assert re.fullmatch(r"Figure \d+ of Inside a Digit Classifier – Explorable", title.group(1))
    assert len(re.findall(r'<meta name="description" content=".{40,}', html)) == 1
    assert html.count("<h1") == 1
    named = set(re.findall(r'(?:href|src)="([^"]+\.(?:css|js))"', html))
    total = sum(len(gzip.compress((path.parent / one).read_bytes())) for one in named)
    assert total + len(gzip.compress(html.encode())) <= 100_000


@pytest.mark.parametrize("name", KINDS)
def test_by_itself_it_never_scrolls_sideways(site: Host, open_page: Open, name: str) -> None:
    page = open_page(address(site, name))
    figure(page, name)
    widths = [1440, 700, 320]
    assert narrowed(page, widths) == widths


def test_links_of_a_caption_lead_to_the_article(site: Host, open_page: Open) -> None:
    page = open_page(address(site, "fig-conv2"))
    page.locator("figcaption a.numref").click()
    page.wait_for_url(f"{site.url}{ARTICLE}#fig-draw")


def test_what_a_figure_shows_elsewhere_opens_in_its_article(site: Host, open_page: Open) -> None:
    page = open_page(address(site, "fig-conv2"))
    fig = figure(page, "fig-conv2")
    with page.context.expect_page() as opened:
        fig.get_by_role("button", name=re.compile("Show where channel 13")).click()
    opened.value.wait_for_url(re.compile("#fig-draw~.*unit:digits-cnn=conv2/13"))


def test_from_the_article_to_the_page_of_its_own_the_state_goes_along(
    site: Host, open_page: Open
) -> None:
    page = open_page(site.url + ARTICLE)
    fig = figure(page, "fig-map")
    fig.get_by_role("radio", name="PCA").check()
    fig.get_by_text("Data and downloads", exact=True).click()
    fig.get_by_text("This figure on a page of its own").click()
    page.wait_for_url(re.compile(f"/figures/{SLUG}/fig-map/index.html#fig-map~.*method=pca"))
    assert figure(page, "fig-map").get_by_role("radio", name="PCA").is_checked()


FOREIGN = ROOT / "tests/sites/foreign/models"
BLOCKS = """---
title: Strangers
description: Two strangers with pages of their own.
date: 2026-01-02
---

:::{network}
:name: fig-mlp
:model: plain-mlp
No convolution.
:::

:::{network}
:name: fig-colour
:model: colour-tiles
In colour.
:::
"""


@pytest.fixture(scope="module")
def foreign(built: Callable[[Path], Host], tmp_path_factory: pytest.TempPathFactory) -> Host:
    project = tmp_path_factory.mktemp("strangers")
    (project / "articles/strangers").mkdir(parents=True)
    (project / "articles/strangers/index.md").write_text(BLOCKS, "utf8")
    for part in ("plain-mlp", "colour-tiles", "datasets/small-digits", "datasets/tiles"):
        shutil.copytree(FOREIGN / part, project / "models" / part)
    return built(project)


def test_a_coloured_drawing_of_a_foreign_model_comes_back_by_its_link(
    foreign: Host, open_page: Open
) -> None:
    page = open_page(f"{foreign.url}figures/strangers/fig-colour/index.html")
    fig = figure(page, "fig-colour")
    fig.get_by_role("radio", name="red").check(force=True)
    fig.locator("canvas.pad").focus()
    for key in ("Space", "ArrowDown", "ArrowDown", "ArrowRight", "Space"):
        page.keyboard.press(key)
    page.locator("#fig-colour[data-state=live]").wait_for()
    act(fig, "Share")
    link = copied(fig, "link")
    pixels = "f => f.querySelector('canvas.pad').toDataURL()"
    fig.locator("canvas.pad").evaluate("pad => pad.blur()")
    drawn = fig.evaluate(pixels)
    other = open_page(link)
    again = other.locator("#fig-colour")
    other.locator("#fig-colour[data-state=live]").wait_for()
    assert again.evaluate(pixels) == drawn
    assert again.locator(".bars").inner_text() == fig.locator(".bars").inner_text()


def test_a_foreign_model_s_graph_and_arrays_can_be_had(foreign: Host, open_page: Open) -> None:
    page = open_page(f"{foreign.url}figures/strangers/fig-mlp/index.html")
    fig = figure(page, "fig-mlp")
    listing = json.loads(page.evaluate("async f => (await fetch(f.dataset.payload)).text()",
                                       fig.element_handle()))  # fmt: skip
    assert listing["name"] == "fig-mlp"
    fig.get_by_text("Data and downloads").click()
    fig.get_by_role("button", name="Arrays as CSV").click()
    for name in ("tap/", "pictures"):
        expect(fig.locator(".downloads li li").filter(has_text=name).first).to_be_visible()
    expect(fig.locator(".made")).to_contain_text("plain-mlp")
