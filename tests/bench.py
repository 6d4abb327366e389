"""`make bench`: the design's budgets with the figures measured here, and no verdict.

Every line names its budget; times are medians on this machine, right now.
"""

from __future__ import annotations

import gzip
import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page as Tab
from playwright.sync_api import sync_playwright

from generator.check.pages import Page
from generator.check.weights import weight
from tests.author import Author, Serving
from tests.bench_dream import step_of_a_dream
from tests.bench_engines import on_a_slow_line, side_by_side
from tests.bench_lucent import visualizations_a_second
from tests.bench_perturb import slider_to_picture
from tests.bench_playground import blocked, epochs_a_second
from tests.bench_reduction import steps_a_second
from tests.browser.conftest import FLAGS, PROGRAMS
from tests.browser.server import Host

ROOT = Path(__file__).parents[1]
SITE = ROOT / "site"

# The figure says when the last draw call of an event has returned, and which event it was.
LISTEN = """(figure) => {
  window.took = [];
  figure.addEventListener("network:picture",
    ({detail}) => window.took.push(performance.now() - detail), {capture: true});
}"""

# When the frame after a patch is drawn.
WATCH = """() => {
  window.shown = [];
  addEventListener("preview:patched", () => requestAnimationFrame(() =>
    window.shown.push(performance.timeOrigin + performance.now())));
}"""


def line(what: str, figure: str, budget: str) -> None:
    """One row of the table."""
    print(f"{what:<58} {figure:>14}   budget {budget}", flush=True)


def build(root: Path) -> tuple[float, float]:
    """Seconds and peak gigabytes, children included, of one build."""
    started = time.monotonic()
    command = [sys.executable, "-m", "generator", "build", "--root", str(root)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    return time.monotonic() - started, peak


def cold_and_warm() -> None:
    """Build a copy from committed weights, then again with nothing changed."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in ("articles", "models"):
            shutil.copytree(ROOT / part, copy / part)
        seconds, peak = build(copy)
        line("cold build of the whole site", f"{seconds:.0f} s", "600 s")
        line("  peak memory of its largest process", f"{peak:.1f} GB", "4 GB")
        warm = statistics.median(build(copy)[0] for _ in range(5))
        line("build with nothing changed", f"{warm:.2f} s", "2 s")


def weight_of_the_light_engine() -> None:
    """Bytes that a small graph costs before its first answer, its own file and weights apart."""
    packed = len(gzip.compress((ROOT / "templates/vendor/light.js").read_bytes()))
    line("light engine", f"{packed / 1000:.1f} kB", "15 kB compressed")


def weights_of_pages() -> None:
    """Bytes before any figure's data, without fonts."""
    for path in sorted(SITE.rglob("index.html")):
        name = str(path.parent.relative_to(SITE))
        total = weight(Page(path, name, {}))
        line(f"page {name}: HTML, CSS, JavaScript", f"{total / 1000:.0f} kB", "100 kB compressed")


def weight_of_fonts(page: Tab, url: str) -> None:
    """What an article's reader fetches, from its top to its end."""
    faces: dict[str, int] = {}
    page.on(
        "response",
        lambda answer: (
            answer.url.endswith(".woff2") and faces.update({answer.url: len(answer.body())})
        ),
    )
    page.goto(url)
    page.keyboard.press("End")
    page.wait_for_load_state("networkidle")
    formulas = sum(size for face, size in faces.items() if "/math" in face)
    text = sum(faces.values()) - formulas
    line("fonts of an article's text", f"{text / 1000:.0f} kB", "120 kB")
    line("  and of its formulas", f"{formulas / 1000:.0f} kB", "120 kB")


def event_to_picture(page: Tab, url: str) -> None:
    """From a pointer event to the last draw call that it causes."""
    page.goto(url)
    figure = page.locator('figure[data-kind="network"]').first
    figure.scroll_into_view_if_needed()
    page.wait_for_function("f => f.dataset.state !== 'still'", arg=figure.element_handle())
    box = figure.locator("canvas").first.bounding_box()
    if box is None:
        raise RuntimeError("the network figure shows no pad")
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 0.3 * box["height"])
    page.wait_for_function("f => f.dataset.state === 'live'", arg=figure.element_handle())
    page.wait_for_timeout(1000)
    figure.evaluate(LISTEN)
    for move in range(200):
        x, y = 0.5 + 0.3 * math.cos(move / 16), 0.5 + 0.3 * math.sin(move / 16)
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
        page.wait_for_timeout(25)
    page.mouse.up()
    took = page.evaluate("() => window.took")
    line(
        f"event to picture, engine warm, {len(took)} of 200 moves",
        f"{statistics.median(took):.1f} ms",
        "16 ms",
    )
    line("  the slowest tenth from", f"{statistics.quantiles(took, n=10)[-1]:.1f} ms", "none")


def edit_to_pixels(page: Tab) -> None:
    """From writing an article's file to the frame in which the open page shows the edit."""
    texts = (ROOT / "articles").glob("*/index.md")
    article = max(texts, key=lambda path: path.stat().st_size).parent.name
    with tempfile.TemporaryDirectory() as folder:
        for part in ("articles", "models", ".explorable"):
            shutil.copytree(ROOT / part, Path(folder) / part)
        author = Author(Path(folder))
        serving = Serving(author, "--port", "8300")
        serving.wait_for("site of")
        page.goto(f"{serving.url}articles/{article}/")
        page.wait_for_timeout(3000)
        page.evaluate(WATCH)
        path = author.folder / "articles" / article / "index.md"
        text = path.read_text()
        took = []
        for edit in range(20):
            # The background build of the edit before is over, as it is when somebody writes.
            page.wait_for_timeout(2500)
            started = time.time()
            path.write_text(f"{text}\nEdit {edit}.\n")
            shown = page.wait_for_function("() => window.shown.splice(0)[0]").json_value()
            took.append(shown - 1000 * started)
        serving.end()
    size = f"{len(text) / 1000:.0f} kB"
    line(f"text edit of {size} to changed pixels", f"{statistics.median(took):.0f} ms", "150 ms")
    line("  the slowest of 20", f"{max(took):.0f} ms", "none")


def main() -> None:
    """Print the table."""
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    weights_of_pages()
    weight_of_the_light_engine()
    steps_a_second(line)
    epochs_a_second(line)
    visualizations_a_second(line)
    host = Host(SITE)
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        drawn = 'data-kind="network"'
        pages = sorted((SITE / "articles").glob("*/index.html"))
        article = next(page for page in pages if drawn in page.read_text("utf8"))
        url = host.url + str(article.relative_to(SITE))
        weight_of_fonts(browser.new_page(), url)
        event_to_picture(browser.new_page(), url)
        side_by_side(browser.new_page(), SITE, line)
        on_a_slow_line(browser, SITE, str(article.relative_to(SITE)), line)
        fooling = host.url + "articles/fooling-a-network/"
        slider_to_picture(browser.new_page(), fooling, line)
        dreaming = host.url + "articles/what-is-this-unit-looking-for/"
        step_of_a_dream(browser.new_page(), dreaming, line)
        blocked(browser.new_page(), host.url + "articles/neural-network-playground/", line)
        edit_to_pixels(browser.new_page())
        browser.close()
    host.close()
    cold_and_warm()


if __name__ == "__main__":
    main()
