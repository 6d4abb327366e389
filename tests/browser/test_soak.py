"""A page that is used for ten minutes, a stroke a second, does not grow."""

import os
from collections.abc import Callable

from playwright.sync_api import CDPSession, Locator, Page

from tests.browser.server import Host
from tests.browser.test_drawing import PATH
from tests.browser.test_pages import wake
from tests.models.pendigits import drawings
from tests.models.strokes import Points

TRIAL = bool(os.environ.get("EXPLORABLE_TRIAL"))
STROKES, PAUSE = (600, 700) if TRIAL else (60, 0)
WARM = 20
# Bytes by which the heap may differ: 20 MB after 600 strokes, and as much a stroke in a sample.
ALLOWED = 20e6 / 600 * (STROKES - WARM)


def heap(devtools: CDPSession) -> float:
    """Bytes of the page's heap that garbage collection leaves, array buffers included."""
    for _ in range(3):
        devtools.send("HeapProfiler.collectGarbage")
    used = devtools.send("Runtime.getHeapUsage")
    return float(used["usedSize"]) + float(used.get("backingStorageSize", 0))


def use(page: Page, figure: Locator, stroke: Points, turn: int) -> None:
    """One stroke, and now and then what else a reader does between two."""
    box = figure.locator("canvas.pad").bounding_box()
    assert box is not None
    if turn % 3 == 0:
        figure.get_by_role("button", name="Clear").click()
    for step, (x, y) in enumerate(stroke[::3]):
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
        if step == 0:
            page.mouse.down()
    page.mouse.up()
    if turn % 5 == 0:
        figure.get_by_role("button", name="Surprise me").click()
    if turn % 7 == 0:
        tiles = figure.locator(".band .tile")
        tiles.nth(turn % tiles.count()).hover()
    if turn % 20 == 0:
        page.locator("[data-scheme-toggle]").press("Enter")


def test_ten_minutes_of_strokes_leave_the_heap_flat(
    site: Host, open_page: Callable[..., Page]
) -> None:
    page = open_page(site.url + PATH, viewport={"width": 1440, "height": 1600})
    wake(page)
    figure = page.locator('figure[data-kind="network"]').first
    figure.locator("canvas.pad").evaluate("pad => pad.scrollIntoView({block: 'center'})")
    devtools = page.context.new_cdp_session(page)
    strokes = [stroke for _, digit in drawings(20) for stroke in digit]
    sizes = []
    for turn in range(STROKES):
        use(page, figure, strokes[turn % len(strokes)], turn)
        page.wait_for_timeout(PAUSE)
        if turn >= WARM and turn % WARM == 0:
            sizes.append(heap(devtools))
            print(f"after {turn} strokes: {sizes[-1] / 1e6:.1f} MB")
    sizes.append(heap(devtools))
    print(f"after {STROKES} strokes: {sizes[-1] / 1e6:.1f} MB")
    assert figure.get_attribute("data-state") == "live"
    assert max(sizes) - min(sizes) <= ALLOWED
