"""Every graph of our site in both engines, side by side in the browser: the same answers."""

import json
import re
from collections.abc import Callable

from playwright.sync_api import Page, Route

from tests.browser.server import Host
from tests.browser.test_graphs import article, code
from tests.browser.test_pages import FIRST, SITE, wake

# Relative to an output's largest value: sums of floats in another order.
TOLERANCE = 1e-5
CARDS = sorted(
    (path.name, name)
    for path in (SITE / "assets").glob("*.json")
    for name in json.loads(path.read_text("utf8")).get("graphs", {})
)

# Numbers from a seeded generator: images and directions from 0 to 1, settings from 0.1 to 1.
# Matrices take means, so that what they make of an image is one.
COMPARE = """async ({code, listing, name}) => {
  const at = (file) => new URL(`${code}js/${file}.js`, location.href);
  const [{engines}, {graph}] = await Promise.all([import(at("engines")), import(at("graphs"))]);
  const site = JSON.parse(document.getElementById("site-data").textContent);
  const full = (path) => new URL(path, document.baseURI).href;
  const both = (window.both ??= engines({...site, ort: full(site.ort), wasm: full(site.wasm)}));
  const folder = full(`../../assets/${listing}`);
  const card = (await (await fetch(folder)).json()).graphs[name];
  card.url = new URL(card.url, folder).href;
  card.weights = card.weights && new URL(card.weights, folder).href;
  let seed = 12345;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const feeds = Object.fromEntries(Object.entries(card.inputs).map(([key, {shape, dtype}]) => {
    const size = shape.reduce((n, d) => n * d, 1);
    const label = (_, i) => BigInt(i % 2);
    if (dtype === "int64") return [key, BigInt64Array.from({length: size}, label)];
    const least = shape.length ? 0 : 0.1;
    const many = shape.length === 2 && shape[0] > 1 ? shape[1] : 1;
    return [key, Float32Array.from({length: size}, () => (least + (1 - least) * random()) / many)];
  }));
  const life = {signal: new AbortController().signal, answered() {}, failed() {}};
  const answers = {};
  for (const engine of ["light", "ort"]) {
    answers[engine] = await graph(both, name, {...card, engine}, life).run(feeds);
  }
  const errors = Object.entries(answers.ort).map(([key, {data, shape}]) => {
    const mine = answers.light[key];
    const same = mine.shape.join() === shape.join() && mine.data.constructor === data.constructor;
    let gap = 0, most = 0;
    data.forEach((value, i) => {
      gap = Math.max(gap, Math.abs(mine.data[i] - value));
      most = Math.max(most, Math.abs(value));
    });
    return [key, same && most > 0 ? gap / most : 1];
  });
  return Object.fromEntries(errors);
}"""


def test_every_graph_of_the_site_has_the_same_answers_in_both_engines(
    site: Host, open_page: Callable[..., Page]
) -> None:
    page = open_page(site.url + article(SITE))
    assert CARDS
    for listing, name in CARDS:
        given = {"code": code(SITE), "listing": listing, "name": name}
        found = page.evaluate(COMPARE, given)
        assert max(found.values()) <= TOLERANCE, (listing, name, found)


def test_a_figure_on_screen_asks_for_its_first_graph_before_its_listing_has_come(
    site: Host, open_page: Callable[..., Page]
) -> None:
    page = open_page(site.url)
    held: list[Route] = []
    page.route(re.compile(r"/assets/\w+\.json$"), lambda route: held.append(route))
    with page.expect_request(re.compile(r"\.onnx$")), page.expect_request("**/vendor/light.js"):
        page.goto(site.url + FIRST)
        page.locator('figure[data-kind="network"]').first.scroll_into_view_if_needed()
    assert held
    for listing in held:
        listing.continue_()
    page.locator('figure[data-kind="network"][data-state="ready"]').first.wait_for()


def test_a_page_of_small_graphs_never_asks_for_the_large_engine(
    site: Host, open_page: Callable[..., Page]
) -> None:
    page = open_page(site.url)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.url + FIRST)
    wake(page)
    page.locator("canvas.pad").first.click()
    page.locator('figure[data-kind="network"][data-state="live"]').first.wait_for()
    assert [url for url in asked if url.endswith("/vendor/light.js")]
    assert not [url for url in asked if url.endswith((".wasm", "ort.mjs"))]
