"""Pages in a real browser: every figure brought to life, then axe, in both colour schemes.

Playwright drives the browser; neither is needed for anything else, so either may be missing.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from generator.check.marks import MARK
from generator.check.pages import Page
from generator.findings import Finding
from generator.package import templates_folder

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = ["--disable-dev-shm-usage", "--disable-background-networking",
         "--disable-component-update"]  # fmt: skip
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
Turn = tuple[Page, Sequence[Scheme]]
# Browsers side by side; more of them only wait for each other's drawing.
LANES = 4
# A figure has come to life or failed to; one that does neither in a minute is taken for failed.
AWAKE = """figure => figure.dataset.state !== "still" && !figure.hasAttribute("aria-busy")
  || performance.now() > (figure.patience ??= performance.now() + 60_000)"""
FAILED = """() => [...document.querySelectorAll("figure[data-kind]")]
  .filter((figure) => ["still", "failed"].includes(figure.dataset.state))
  .map((figure) => [figure.id, figure.querySelector(".notice")?.innerText ?? "nothing happens"])"""
# Colours that fade from one scheme into the other are there at once: out of sight, where a browser
# draws nothing, they would fade for ever.
SETTLED = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const drawn = () => frame().then(frame);
  await drawn();
  const fading = document.getAnimations().filter((one) => one instanceof CSSTransition);
  fading.forEach((one) => one.finish());
  await drawn();
}"""
AXE = """async (mark) => (await axe.run()).violations.flatMap(({id, help, nodes}) =>
  nodes.map(({html, target}) => {
    const found = document.querySelector([target[0]].flat()[0]);
    const line = found?.closest(`[${mark}]`)?.getAttribute(mark) ?? "";
    const figure = found?.closest("figure[id]")?.id ?? "";
    return {id, help, line, figure, html: html.slice(0, 120)};
  }))"""


class NoBrowserError(Exception):
    """Why no page could be looked at in a browser."""


def visit(site: Path, pages: Sequence[Page]) -> list[Finding]:
    """Open every page, light and dark, and say what axe and the figures complain of.

    Raises:  NoBrowserError where Playwright, a browser or axe is missing.
    """
    axe = templates_folder() / "check" / "axe.min.js"
    if not axe.is_file():
        raise NoBrowserError(f"templates/check/{axe.name} is missing; 'make site' bundles it")
    rules = axe.read_text("utf8")
    # Every other page is loaded in the dark, and light afterwards.
    turns = [(page, SCHEMES[::-1] if turn % 2 else SCHEMES) for turn, page in enumerate(pages)]
    lanes = min(os.cpu_count() or 1, LANES, len(turns))
    with _served(site) as url, ThreadPoolExecutor(max(lanes, 1)) as pool:
        look = partial(_lane, url=url, rules=rules)
        found = dict(chain.from_iterable(pool.map(look, (turns[k::lanes] for k in range(lanes)))))
    return list(dict.fromkeys(chain.from_iterable(found[page.name] for page in pages)))


def _lane(turns: Sequence[Turn], *, url: str, rules: str) -> list[tuple[str, list[Finding]]]:
    """One browser's share of the pages, with what it found on each."""
    done = []
    with _browser() as browser:
        for page, schemes in turns:
            with browser.new_context(color_scheme=schemes[0]) as context:
                done.append((page.name, list(_look(context.new_page(), url, page, rules, schemes))))
    return done


def _look(
    tab: Tab, url: str, page: Page, rules: str, schemes: Sequence[Scheme]
) -> Iterator[Finding]:
    """Bring a page to life, and look at it in one scheme after the other, as readers change it."""
    broken: list[str] = []
    tab.on("pageerror", lambda error: broken.append(error.message))
    tab.goto(url + page.name.removeprefix("site/"))
    figures = tab.query_selector_all("figure[data-kind]")
    for figure in figures:
        figure.scroll_into_view_if_needed()
        tab.wait_for_function(AWAKE, arg=figure, timeout=0)
    # Not as an element of the page: its policy would refuse that.
    tab.evaluate(rules)
    for scheme in schemes:
        tab.emulate_media(color_scheme=scheme)
        for figure in figures:
            tab.wait_for_function(AWAKE, arg=figure, timeout=0)
        tab.evaluate(SETTLED)
        yield from _judged(tab, page, scheme)
    for name, said in tab.evaluate(FAILED):
        what = f"the figure {name} does not come to life: {' '.join(said.split())}"
        yield Finding(page.figures.get(name, page.name), what, "", "life")
    for said in broken:
        yield Finding(page.name, f"a script fails: {said}", "", "life")


def _judged(tab: Tab, page: Page, scheme: str) -> Iterator[Finding]:
    """What axe complains of, and words that are hard to read."""
    for one in tab.evaluate(AXE, MARK):
        yield _finding(one, page, scheme)
    for one in tab.evaluate((templates_folder() / "check/contrast.js").read_text("utf8")):
        what = f"the word {one['text']!r} has a contrast of {one['ratio']:.1f} in {scheme} colours"
        where = page.figures.get(one["figure"], page.name)
        yield Finding(where, what, "words need 4.5, large ones 3", "contrast")


def _finding(one: Mapping[str, Any], page: Page, scheme: str) -> Finding:
    where = one["line"] or page.figures.get(one["figure"], page.name)
    seen = f" in {scheme} colours" if one["id"] == "color-contrast" else ""
    return Finding(where, f"{one['help']}{seen}: {one['html']}", "", f"axe {one['id']}")


@contextmanager
def _browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise NoBrowserError(
            "Playwright is not installed: pip install 'explorable[check]'"
        ) from None
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    # The browser's own walls need a user who is not root.
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program, args=flags)
        except Error as problem:
            first = problem.message.strip().splitlines()[0]
            raise NoBrowserError(f"no Chromium starts here ({first}): playwright install") from None
        yield browser
        browser.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@contextmanager
def _served(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
