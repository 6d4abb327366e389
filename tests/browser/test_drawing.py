"""Digits drawn on our own page along real pen strokes, by pointer events, are read correctly."""

import os
import random
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.server import Host
from tests.models.pendigits import drawings
from tests.models.strokes import Points

PATH = "articles/inside-a-digit-classifier/index.html"
TRIAL = bool(os.environ.get("EXPLORABLE_TRIAL"))
# 200 drawings are judged; every change is tried on a sample of each digit's share.
EACH = 20 if TRIAL else 2


@pytest.fixture
def pad(site: Host, open_page: Callable[..., Page]) -> tuple[Page, Locator]:
    """The pad of the article's first figure, and its page, once the engine answers."""
    page = open_page(site.url + PATH)
    figure = page.locator('figure[data-kind="network"]').first
    figure.scroll_into_view_if_needed()
    page.wait_for_function("f => f.dataset.state !== 'still'", arg=figure.element_handle())
    figure.locator("canvas.pad").evaluate("pad => pad.scrollIntoView({block: 'center'})")
    return page, figure


def draw(page: Page, figure: Locator, strokes: list[Points]) -> str:
    """Draw strokes, in units of the pad, and give the network's first guess."""
    box = figure.locator("canvas.pad").bounding_box()
    assert box is not None
    figure.get_by_role("button", name="Clear").click()
    for stroke in strokes:
        for step, (x, y) in enumerate(stroke[::2]):
            page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
            if step == 0:
                page.mouse.down()
        page.mouse.up()
    return settled(page, figure)


def settled(page: Page, figure: Locator) -> str:
    """The first guess, once the bars have not changed for a while."""
    page.wait_for_function("f => f.dataset.state === 'live'", arg=figure.element_handle())
    last, calm = "", 0
    while calm < 3:
        now = figure.locator(".bars").inner_text()
        calm, last = (calm + 1 if now == last else 0), now
        page.wait_for_timeout(40)
    return figure.locator(".side .first").inner_text().strip()


def test_nine_of_ten_digits_are_read_correctly(pad: tuple[Page, Locator]) -> None:
    page, figure = pad
    digits = drawings(EACH)
    random.Random(0).shuffle(digits)
    right = 0
    for digit, strokes in digits:
        right += draw(page, figure, strokes) == str(digit)
    print(f"{right} of {len(digits)} drawn digits were read correctly")
    assert right >= 0.9 * len(digits)
