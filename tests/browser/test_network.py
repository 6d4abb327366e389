"""The kind `network` as a reader uses it: draw, pick, point, tap, keys; on four models."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from safetensors.numpy import load_file, save

from tests.browser.server import Host
from tests.browser.test_pages import violations

ROOT = Path(__file__).parents[2]
STRANGERS = ROOT / "tests/sites/foreign/models"
TRIAL = bool(os.environ.get("EXPLORABLE_TRIAL"))
MODELS = {
    "digits-cnn": ROOT / "models",
    "residual-net": STRANGERS,
    "plain-mlp": STRANGERS,
    "colour-tiles": STRANGERS,
}
DATASETS = {
    "digits": ROOT / "models", "shapes": STRANGERS,
    "small-digits": STRANGERS, "tiles": STRANGERS,
}  # fmt: skip
ARTICLE = """---
title: Four networks at work
description: The kind network on a model of ours and on three strangers.
authors:
  - name: Nobody
date: 2025-01-01
---

"""
Open = Callable[..., Page]
SEVEN = [(0.25, 0.25), (0.75, 0.25), (0.45, 0.85)]


@pytest.fixture(scope="module")
def host(built: Callable[[Path], Host], tmp_path_factory: pytest.TempPathFactory) -> Host:
    """One page with a figure for each model."""
    project = tmp_path_factory.mktemp("networks")
    for name, home in MODELS.items():
        shutil.copytree(home / name, project / "models" / name)
    for name, home in DATASETS.items():
        shutil.copytree(home / "datasets" / name, project / "models/datasets" / name)
    article = project / "articles/networks/index.md"
    article.parent.mkdir(parents=True)
    blocks = (f":::{{network}}\n:name: fig-{name}\n:model: {name}\nIt.\n:::\n" for name in MODELS)
    article.write_text(ARTICLE + "\n".join(blocks), "utf8")
    return built(project)


def figure(page: Page, name: str = "digits-cnn", state: str = "") -> Locator:
    """Bring a figure to the screen and wait until it can be used."""
    found = page.locator(f"#fig-{name}")
    found.scroll_into_view_if_needed()
    wanted = [state] if state else ["ready", "live"]
    page.locator(",".join(f"#fig-{name}[data-state={one}]" for one in wanted)).wait_for()
    return found


def address(host: Host, fragment: str = "") -> str:
    return f"{host.url}articles/networks/index.html{fragment}"


def draw(page: Page, fig: Locator, *strokes: list[tuple[float, float]]) -> None:
    """Draw with the mouse, in units of the pad, and wait for the network's answer."""
    pad = fig.locator("canvas.pad")
    pad.evaluate("pad => pad.scrollIntoView({block: 'center'})")
    box = pad.bounding_box()
    assert box
    for stroke in strokes:
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:] or places:
            page.mouse.move(*place, steps=12)
        page.mouse.up()
    page.wait_for_function("f => f.dataset.state === 'live'", arg=fig.element_handle())
    settle(page, fig)


def settle(page: Page, fig: Locator) -> None:
    """Wait until the picture has not changed for a while."""
    last, calm = "", 0
    while calm < 4:
        now = fig.locator(".bars").inner_text() + fig.locator(".arithmetic").inner_text()
        calm = calm + 1 if now == last else 0
        last = now
        page.wait_for_timeout(60)


def first_guess(fig: Locator) -> str:
    return fig.locator(".side .first").inner_text()


def number(printed: str) -> float:
    return float(printed.strip().replace("\u2212", "-"))


def printed(fig: Locator, selector: str) -> list[float]:
    return [number(text) for text in fig.locator(selector).all_inner_texts()]


def pixels(fig: Locator, layer: str) -> str:
    return str(fig.locator(f'.band[data-layer="{layer}"] canvas').evaluate("c => c.toDataURL()"))


CARD = """f => {
  const text = (selector, within = f) => within.querySelector(selector)?.innerText ?? "";
  const all = selector => [...f.querySelectorAll(selector)];
  return {
    value: text(".arithmetic .value"),
    sign: text(".steps .graph .sign"),
    groups: all(".group > summary > .printed, .group.lone > .printed").map(e => e.innerText),
    steps: all(".steps .step, .steps .result").map(
      row => [row.dataset.sign, text("th", row), text(".printed", row)]),
  };
}"""


def check_card(fig: Locator) -> None:
    """Do, with the numbers as printed, what the card says: it gives the network's own output."""
    card = fig.evaluate(CARD)
    value = 0.0
    for sign, label, text in card["steps"]:
        shown = number(text)
        if sign == "":
            value = shown
            if label in ("sum of all groups", "sum of the products", "sum of both"):
                assert sum(map(number, card["groups"])) == pytest.approx(shown, abs=5e-5)
        elif sign == "=":
            assert value == pytest.approx(shown, rel=0, abs=1e-4)
        else:
            value = {
                "+": value + shown, "\u2212": value - shown,
                "×": value * shown, "÷": value / (shown or 1),
            }[sign]  # fmt: skip
    own = number(card["value"])
    assert card["steps"][-1][0] == "="
    assert value == pytest.approx(own, rel=0, abs=1e-4)
    assert card["sign"] == "✓"


def test_a_drawn_seven_is_read_as_a_seven_and_every_layer_follows(
    host: Host, open_page: Open, window: tuple[int, int]
) -> None:
    page = open_page(address(host), viewport={"width": window[0], "height": window[1]})
    fig = figure(page)
    layers = [band.get_attribute("data-layer") or "" for band in fig.locator(".band").all()]
    before = {layer: pixels(fig, layer) for layer in layers}
    draw(page, fig, SEVEN)
    assert first_guess(fig) == "7"
    assert all(pixels(fig, layer) != before[layer] for layer in layers)
    shares = [
        float(text.strip("<>% \u00a0")) for text in fig.locator(".bars .share").all_inner_texts()
    ]
    assert sum(shares) == pytest.approx(100, abs=1.2)
    assert re.search(r"then \d \(", fig.locator(".side .second").inner_text())


def test_examples_are_shown_without_any_engine(host: Host, open_page: Open) -> None:
    page = open_page("about:blank", complaints=False)
    page.route(re.compile(r"light\.js$|\.onnx$|\.wasm$"), lambda route: route.abort())
    page.goto(address(host))
    fig = figure(page, state="ready")
    assert first_guess(fig) != "–"
    check_card(fig)
    fig.locator(".pick").nth(1).click()
    settle(page, fig)
    expect(fig).to_have_attribute("data-state", "ready")
    assert fig.locator(".notice").count() == 0


@pytest.mark.parametrize("name", MODELS)
def test_units_of_every_layer_add_up_as_printed(host: Host, open_page: Open, name: str) -> None:
    page = open_page(address(host), viewport={"width": 1440, "height": 2400})
    fig = figure(page, name)
    draw(page, fig, SEVEN, [(0.3, 0.6), (0.7, 0.55)])
    for band in fig.locator(".band").all()[1:]:
        tiles = band.locator(".tile")
        for place in (
            {0, tiles.count() // 2, tiles.count() - 1} if TRIAL else {0, tiles.count() - 1}
        ):
            box = tiles.nth(place).bounding_box()
            assert box
            # A unit at the edge, whose patch is cut, in the first tile; else one in the middle.
            corner, middle = (2, 2), (0.55 * box["width"], 0.55 * box["height"])
            for x, y in (corner, middle) if TRIAL else (middle if place else corner,):
                page.mouse.move(box["x"] + x, box["y"] + y)
                page.wait_for_function(
                    "tile => tile.classList.contains('chosen')",
                    arg=tiles.nth(place).element_handle(),
                )
                fig.locator(".steps .graph").wait_for()
                check_card(fig)


@pytest.mark.long
@pytest.mark.parametrize("name", MODELS if TRIAL else list(MODELS)[:1])
def test_units_of_every_layer_add_up_under_a_finger(host: Host, open_page: Open, name: str) -> None:
    phone = {"width": 390, "height": 844}
    page = open_page(address(host), viewport=phone, has_touch=True, is_mobile=True)
    fig = figure(page, name)
    draw(page, fig, SEVEN, [(0.3, 0.6), (0.7, 0.55)])
    for band in fig.locator(".band").all()[1:]:
        tile = band.locator(".tile").nth(band.locator(".tile").count() // 2)
        tile.scroll_into_view_if_needed()
        tile.tap()
        expect(tile).to_have_class(re.compile("chosen"))
        fig.locator(".steps .graph").wait_for()
        card = fig.locator(".arithmetic").bounding_box()
        assert card
        assert card["x"] >= 0
        assert card["x"] + card["width"] <= phone["width"]
        check_card(fig)
        fig.get_by_role("button", name="Put this card away").tap()


def test_a_group_opens_to_products_that_sum_to_it(
    host: Host, open_page: Open, window: tuple[int, int]
) -> None:
    page = open_page(address(host), viewport={"width": window[0], "height": window[1]})
    fig = figure(page)
    draw(page, fig, SEVEN)
    fig.locator('.band[data-layer="conv2"] .tile').nth(3).click(position={"x": 20, "y": 20})
    group = fig.locator(".group").nth(2)
    group.locator("summary").click()
    rows = group.locator(".products tr")
    expect(rows).to_have_count(25)
    total = 0.0
    for row in rows.all():
        value, weight, product = (
            number(text) for text in row.locator(".printed").all_inner_texts()
        )
        assert value * weight == pytest.approx(product, abs=2e-5)
        total += product
    assert total == pytest.approx(number(group.locator("summary .printed").inner_text()), abs=5e-5)


def test_one_altered_weight_and_the_card_says_that_the_network_answers_otherwise(
    host: Host, open_page: Open
) -> None:
    """The first example's answer came along with the page; the weights behind it are fetched."""

    def altered(route: Route) -> None:
        weights = load_file(ROOT / "models/digits-cnn/weights.safetensors")
        weights["conv1.weight"][3, 0, 2, 2] += 0.01
        route.fulfill(body=save(weights))

    page = open_page(address(host))
    fig = figure(page)
    listing = "async f => (await (await fetch(f.dataset.payload)).json()).graphs.forward.weights"
    page.route(f"**/{fig.evaluate(listing)}", altered)
    page.reload()
    fig = figure(page)
    for channel, sign in ((3, "≠"), (4, "✓")):
        fig.locator('.band[data-layer="conv1"] .tile').nth(channel).click()
        expect(fig.locator(".what")).to_have_text(f"conv1 channel {channel}")
        expect(fig.locator(".steps .graph .sign")).to_have_text(sign)
    assert fig.get_attribute("data-state") == "ready"


def test_lines_lead_from_each_channel_that_a_unit_reads(
    host: Host, open_page: Open, window: tuple[int, int]
) -> None:
    page = open_page(address(host), viewport={"width": window[0], "height": window[1]})
    fig = figure(page)
    draw(page, fig, SEVEN)
    fig.locator('.band[data-layer="conv2"] .tile').nth(3).hover()
    read = fig.locator('.band[data-layer="pool1"] .tile').count()
    fig.locator(".edges path").nth(read - 1).wait_for(state="attached")
    assert fig.locator(".edges path").count() == read
    signs = [amount < 0 for amount in printed(fig, ".group > summary > .printed")]
    assert sorted(signs) == sorted(
        "negative" in (path.get_attribute("class") or "")
        for path in fig.locator(".edges path").all()
    )
    fig.locator('.band[data-layer="conv1"] .tile').nth(0).hover()
    page.wait_for_function(
        "f => f.querySelectorAll('.edges path').length === 1", arg=fig.element_handle()
    )


def test_keys_alone_draw_read_and_take_a_unit_apart(
    host: Host, open_page: Open, window: tuple[int, int]
) -> None:
    page = open_page(address(host), viewport={"width": window[0], "height": window[1]})
    fig = figure(page)
    fig.locator("canvas.pad").focus()
    for _ in range(6):
        page.keyboard.press("ArrowUp")
    page.keyboard.press(" ")
    for _ in range(14):
        page.keyboard.press("ArrowDown")
    page.keyboard.press(" ")
    page.wait_for_function("f => f.dataset.state === 'live'", arg=fig.element_handle())
    settle(page, fig)
    assert first_guess(fig) == "1"
    fig.get_by_role("button", name="Help").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className").startswith("tile")
    while fig.locator(".arithmetic .what").inner_text() != "conv1 channel 0":
        page.keyboard.press(
            "[" if "conv1" not in fig.locator(".arithmetic .what").inner_text() else "ArrowLeft"
        )
    page.keyboard.press("ArrowRight")
    assert fig.locator(".arithmetic .what").inner_text() == "conv1 channel 1"
    page.keyboard.press("Enter")
    before = fig.locator(".arithmetic .where").inner_text()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    assert fig.locator(".arithmetic .where").inner_text() != before
    assert fig.locator(".arithmetic .what").inner_text() == "conv1 channel 1"
    check_card(fig)
    value = fig.locator(".arithmetic .value").inner_text()
    page.wait_for_function(
        "v => document.getElementById('voice').textContent.includes(v)", arg=value
    )
    page.keyboard.press("Escape")
    page.keyboard.press("]")
    assert fig.locator(".arithmetic .what").inner_text().startswith("relu1")
    fig.locator(".group summary, .group.lone").first.wait_for()


def test_help_lies_over_the_figure_until_it_is_closed(
    host: Host, open_page: Open, window: tuple[int, int]
) -> None:
    page = open_page(address(host), viewport={"width": window[0], "height": window[1]})
    fig = figure(page)
    button, box = fig.get_by_role("button", name="Help"), fig.locator("dialog")
    button.click()
    expect(box).to_be_visible()
    expect(box).to_contain_text("on the pad: put the pen down, or lift it")
    place = box.bounding_box()
    assert place
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= window[0]
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(button).to_be_focused()
    fig.locator(".band .tile[tabindex='0']").focus()
    page.keyboard.press("?")
    box.get_by_role("button", name="Close").press("Enter")
    expect(box).to_be_hidden()


def test_an_empty_pad_says_so_and_shows_nothing(
    host: Host, open_page: Open, window: tuple[int, int]
) -> None:
    page = open_page(address(host), viewport={"width": window[0], "height": window[1]})
    fig = figure(page)
    draw(page, fig, SEVEN)
    fig.get_by_role("button", name="Clear").click()
    assert fig.locator(".side .second").inner_text() == "Nothing drawn yet"
    assert first_guess(fig) == "–"
    assert fig.locator(".bars.idle").count() == 1
    assert "Nothing drawn yet" in fig.locator(".arithmetic").inner_text()
    assert fig.locator(".edges path").count() == 0
    page.wait_for_function(
        "() => document.getElementById('voice').textContent === 'Nothing drawn yet'"
    )


def test_undo_takes_back_one_stroke(host: Host, open_page: Open) -> None:
    page = open_page(address(host))
    fig = figure(page)
    draw(page, fig, SEVEN)
    alone = pixels(fig, "input")
    draw(page, fig, [(0.2, 0.9), (0.9, 0.9)])
    assert pixels(fig, "input") != alone
    fig.get_by_role("button", name="Undo").click()
    settle(page, fig)
    assert pixels(fig, "input") == alone


def test_a_dot_and_a_tiny_digit_in_a_corner_get_an_answer(host: Host, open_page: Open) -> None:
    page = open_page(address(host))
    fig = figure(page)
    draw(page, fig, [(0.5, 0.5)])
    assert first_guess(fig) in set("0123456789")
    fig.get_by_role("button", name="Clear").click()
    draw(page, fig, [(0.8 + 0.15 * x, 0.8 + 0.15 * y) for x, y in SEVEN])
    assert first_guess(fig) == "7"


def test_a_picked_example_is_shared_with_the_page_and_kept_in_the_address(
    host: Host, open_page: Open
) -> None:
    page = open_page(address(host))
    fig = figure(page)
    fig.locator(".pick.wrong").first.click()
    said = fig.locator(".shown").inner_text()
    index, label, guess = re.fullmatch(
        r"Test example (\d+): a (\d) that the network takes for a (\d)\.", said
    ).groups()  # type: ignore[union-attr]
    settle(page, fig)
    assert first_guess(fig) == guess != label
    page.wait_for_function("i => location.hash.includes(`instance:digits=${i}`)", arg=index)
    again = open_page(page.url)
    other = figure(again)
    assert other.locator(".shown").inner_text() == said
    settle(again, other)
    assert first_guess(other) == guess


def test_luck_shows_an_example_from_the_whole_shelf(host: Host, open_page: Open) -> None:
    page = open_page(address(host))
    fig = figure(page)
    fig.get_by_role("button", name="Surprise me").click()
    page.wait_for_function("f => f.dataset.state === 'live'", arg=fig.element_handle())
    settle(page, fig)
    text = fig.locator(".shown").inner_text()
    wanted = re.findall(r"a (\d)", text)
    assert first_guess(fig) == wanted[-1]


def test_layers_are_hidden_and_shown_and_the_address_remembers(
    host: Host, open_page: Open, window: tuple[int, int]
) -> None:
    page = open_page(address(host), viewport={"width": window[0], "height": window[1]})
    fig = figure(page)
    fig.get_by_role("checkbox", name="relu1").uncheck()
    assert not fig.locator('.band[data-layer="relu1"]').is_visible()
    page.wait_for_function("() => location.hash.includes('relu1')")
    again = open_page(page.url)
    other = figure(again)
    assert not other.get_by_role("checkbox", name="relu1").is_checked()
    assert not other.locator('.band[data-layer="relu1"]').is_visible()
    assert other.locator('.band[data-layer="conv1"]').is_visible()


def test_a_unit_of_the_address_is_looked_at_even_in_a_hidden_layer(
    host: Host, open_page: Open
) -> None:
    page = open_page(address(host, "#~fig-digits-cnn.hidden=conv1&unit:digits-cnn=conv1/4"))
    fig = figure(page)
    assert fig.locator(".arithmetic .what").inner_text() == "conv1 channel 4"
    assert fig.locator('.band[data-layer="conv1"]').is_visible()
    fig.locator(".steps .graph").wait_for()
    check_card(fig)
    assert fig.get_attribute("data-state") == "ready"


def test_layers_stand_in_space_and_turn_by_drag_and_by_keys(
    host: Host, open_page: Open, window: tuple[int, int]
) -> None:
    page = open_page(address(host), viewport={"width": window[0], "height": 1400})
    fig = figure(page)
    flat = fig.locator('.band[data-layer="conv1"] .tile').first.bounding_box()
    fig.get_by_role("button", name="3-D").press("Enter")
    scene = fig.locator(".scene")
    first = scene.evaluate("e => e.style.transform")
    assert "rotateX" in first
    assert fig.locator('.band[data-layer="conv1"] .tile').first.bounding_box() != flat
    assert fig.locator(".edges path").count() > 1
    fig.get_by_role("slider", name="turn").press("ArrowRight")
    turned = scene.evaluate("e => e.style.transform")
    assert turned != first
    # On a phone the card of a unit covers the lower part of the window.
    fig.locator(".stack").evaluate("e => e.scrollIntoView({block: 'start'})")
    box = fig.locator(".stack").bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 230, steps=6)
    page.mouse.up()
    assert scene.evaluate("e => e.style.transform") != turned
    fig.locator('.band[data-layer="input"] .tile').hover()
    assert fig.locator(".arithmetic .what").inner_text() == "input channel 0"
    fig.get_by_role("button", name="2-D").click()
    assert scene.evaluate("e => e.style.transform") == ""


def test_a_colour_net_is_drawn_on_in_colours(host: Host, open_page: Open) -> None:
    page = open_page(address(host))
    fig = figure(page, "colour-tiles")
    fig.get_by_role("radio", name="blue").check()
    draw(page, fig, [(0.3, 0.3), (0.7, 0.7)], [(0.7, 0.3), (0.3, 0.7)])
    assert first_guess(fig) == "blue cross"
    fig.get_by_role("radio", name="red").check()
    fig.get_by_role("button", name="Clear").click()
    draw(page, fig, [(0.3, 0.3), (0.7, 0.7)], [(0.7, 0.3), (0.3, 0.7)])
    assert first_guess(fig) == "red cross"


def test_a_finger_draws_and_taps_and_the_card_stays_in_sight(host: Host, open_page: Open) -> None:
    page = open_page(
        address(host), viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    fig = figure(page)
    assert fig.locator("canvas.pad").evaluate("e => getComputedStyle(e).touchAction") == "none"
    assert fig.evaluate("e => getComputedStyle(e).touchAction") == "auto"
    tile = fig.locator('.band[data-layer="pool1"] .tile').nth(2)
    tile.scroll_into_view_if_needed()
    tile.tap()
    page.wait_for_function(
        "f => f.dataset.state === 'live' || f.querySelector('.steps')", arg=fig.element_handle()
    )
    assert fig.locator(".arithmetic .what").inner_text() == "pool1 channel 2"
    box = fig.locator(".arithmetic").bounding_box()
    assert box
    assert 0 <= box["y"] < 844
    fig.get_by_role("button", name="Put this card away").tap()
    box = fig.locator(".arithmetic").bounding_box()
    assert box
    assert box["y"] > 844


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(
    host: Host, open_page: Open, scheme: str, window: tuple[int, int]
) -> None:
    size = {"width": window[0], "height": window[1]}
    # The inspector itself sets styles that the policy refuses, and complains.
    page = open_page(address(host), complaints=False, viewport=size, color_scheme=scheme)
    fig = figure(page)
    draw(page, fig, SEVEN)
    fig.locator('.band[data-layer="conv2"] .tile').nth(3).click()
    fig.locator(".group summary").first.click()
    fig.get_by_role("button", name="3-D").click()
    figure(page, "colour-tiles")
    assert violations(page) == []
    fig.get_by_role("button", name="Help").click()
    assert violations(page) == []


def test_a_refused_engine_leaves_the_still_and_the_other_figures(
    host: Host, open_page: Open
) -> None:
    page = open_page("about:blank", complaints=False)
    engine = "**/vendor/light.js"
    page.route(engine, lambda route: route.abort())
    page.goto(address(host))
    other = figure(page, "residual-net")
    fig = figure(page)
    fig.locator("canvas.pad").click()
    page.wait_for_function("f => f.dataset.state === 'failed'", arg=fig.element_handle())
    assert fig.locator(".still svg").first.is_visible()
    assert not fig.locator(".life").is_visible()
    assert fig.get_by_role("button", name="Try again").is_visible()
    assert other.get_attribute("data-state") == "ready"
    page.unroute(engine)
    fig.get_by_role("button", name="Try again").click()
    figure(page)
    draw(page, fig, SEVEN)
    assert first_guess(fig) == "7"


def test_a_missing_atlas_fails_in_its_own_figure(host: Host, open_page: Open) -> None:
    page = open_page("about:blank", complaints=False)

    def refuse(route: Route) -> None:
        route.abort() if route.request.resource_type == "fetch" else route.continue_()

    page.route("**/*.webp", refuse)
    page.goto(address(host))
    fig = figure(page)
    fig.get_by_role("button", name="Surprise me").click()
    page.wait_for_function("f => f.dataset.state === 'failed'", arg=fig.element_handle())
    assert fig.locator(".still svg").first.is_visible()
