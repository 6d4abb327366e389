"""The kind `units` in a real page: open, scrub, play, follow the selection, share the view."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from safetensors.numpy import load_file

from tests.browser.server import Host

ROOT = Path(__file__).parents[2]
STRANGERS = ROOT / "tests/sites/foreign/models"
WEIGHTS = load_file(ROOT / "models/digits-cnn/weights.safetensors")
FIRST, SECOND = (len(WEIGHTS[f"{layer}.weight"]) for layer in ("conv1", "conv2"))
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf8")
Open = Callable[..., Page]

ARTICLE = """---
title: Channels
description: What excites them.
date: 2026-01-02
---

:::{units}
:name: fig-units
:model: digits-cnn
:layers: [conv1, conv2, logits]
:objectives: [channel, neuron, layer]
:steps: [0, 2, 8]
:examples: 3
:network: fig-last
The channels of three layers.
:::

:::{units}
:name: fig-last
:model: digits-cnn
:layers: [logits]
:steps: [0, 4]
:starts: 1
:examples: 2
The classes.
:::

:::{units}
:name: fig-pixels
:model: digits-cnn
:study: pixels
:layers: [conv2]
:checkpoints: [0, 6250]
:sample: 40
:examples: 3
:cover: 0.5
What comes back.
:::

:::{units}
:name: fig-concepts
:model: colour-tiles
:study: concepts
:layers: [gate2, paint]
:versions: [trained, rotated]
:share: 0.05
:examples: 3
What is found.
:::
"""

# Masks for the strangers' tiles: which paint a pixel has.
CONCEPTS = """
[concepts]
paint = ["red", "blue"]
ground = ["pale"]
"""
MASKS = """

unmasked = load


def load(file):
    parts = unmasked(file)
    red, blue = (parts["images"][:, i].astype(int) for i in (0, 2))
    paint = np.where(red - blue > 60, 1, np.where(blue - red > 60, 2, 0)).astype(np.uint8)
    return {**parts, "masks": {"paint": paint, "ground": (paint == 0).astype(np.uint8)}}
"""


@pytest.fixture(scope="session")
def channels(built: Callable[[Path], Host], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a page with two sheets of a model, its patches, and a stranger's concepts."""
    project = tmp_path_factory.mktemp("units")
    article = project / "articles" / "channels" / "index.md"
    article.parent.mkdir(parents=True)
    article.write_text(ARTICLE, "utf8")
    for part in ("digits-cnn", "datasets/digits"):
        shutil.copytree(ROOT / "models" / part, project / "models" / part)
    for part in ("colour-tiles", "datasets/tiles"):
        shutil.copytree(STRANGERS / part, project / "models" / part)
    for name, more in (("dataset.toml", CONCEPTS), ("loader.py", MASKS)):
        with (project / "models/datasets/tiles" / name).open("a", encoding="utf8") as file:
            file.write(more)
    return built(project).url + "articles/channels/"


def ready(page: Page, name: str = "fig-units") -> Locator:
    figure = page.locator(f"#{name}")
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("data-state", "ready")
    return figure


def cell(figure: Locator, channel: int) -> Locator:
    return figure.locator(".cell").nth(channel)


def pixels(canvas: Locator) -> str:
    found: str = canvas.evaluate("canvas => canvas.toDataURL()")
    return found


def fragment(page: Page) -> str:
    """The address after "#", once it has been written."""
    page.wait_for_timeout(500)
    return page.url.partition("#")[2]


def test_the_figure_begins_with_the_channel_that_its_still_shows(
    open_page: Open, channels: str, window: tuple[int, int]
) -> None:
    page = open_page(channels, viewport={"width": window[0], "height": window[1]})
    figure = ready(page)
    expect(figure.locator(".cell")).to_have_count(FIRST)
    expect(cell(figure, 0)).to_have_attribute("aria-expanded", "true")
    expect(figure.locator(".title")).to_have_text("Channel 0 of conv1")
    expect(figure.locator(".example")).to_have_count(3)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= window[0]
    assert not fragment(page)


def test_scrubbing_moves_the_sheet_the_picture_and_the_number(
    open_page: Open, channels: str, window: tuple[int, int]
) -> None:
    page = open_page(channels, viewport={"width": window[0], "height": window[1]})
    figure = ready(page)
    end, end_cell = (
        figure.locator(".reading strong").inner_text(),
        pixels(cell(figure, 4).locator("canvas")),
    )
    figure.locator(".steps input").fill("0")
    expect(figure.locator(".reading")).to_contain_text("before the first step")
    strip = figure.locator(".state")
    expect(strip.nth(0)).to_have_attribute("aria-pressed", "true")
    start = figure.locator(".reading strong").inner_text()
    assert start == strip.nth(0).locator(".value").inner_text()
    assert pixels(cell(figure, 4).locator("canvas")) != end_cell
    assert pixels(figure.locator(".now > canvas")) == pixels(strip.nth(0).locator("canvas"))
    strip.nth(2).click()
    expect(figure.locator(".reading strong")).to_have_text(end)
    assert pixels(cell(figure, 4).locator("canvas")) == end_cell


def test_the_ascent_plays_to_its_end_and_stops(open_page: Open, channels: str) -> None:
    page = open_page(channels)
    figure = ready(page)
    play = figure.locator(".play")
    play.click()
    expect(play).to_have_text("Pause")
    expect(figure.locator(".steps output")).to_have_text("0")
    expect(figure.locator(".steps output")).to_have_text("2")
    expect(figure.locator(".steps output")).to_have_text("8")
    expect(play).to_have_text("Play")


def test_opening_a_channel_tells_the_whole_page_and_those_who_listen(
    open_page: Open, channels: str
) -> None:
    page = open_page(channels)
    figure = ready(page)
    cell(figure, 3).click()
    expect(figure.locator(".title")).to_have_text("Channel 3 of conv1")
    said = page.locator("#voice").inner_text()
    last = figure.locator(".state .value").nth(2).inner_text()
    assert said.startswith("Channel 3 of conv1. In 8 steps its mean activation went from ")
    assert f"to {last}." in said
    assert "unit:digits-cnn=conv1/3" in fragment(page)


def test_one_selection_serves_both_sheets_and_a_link_leads_from_one_to_the_other(
    open_page: Open, channels: str
) -> None:
    page = open_page(channels)
    other = ready(page, "fig-last")
    figure = ready(page)
    cell(other, 7).click()
    expect(figure.locator(".title")).to_have_text("Class 7 of logits")
    expect(figure.locator(".cell")).to_have_count(10)
    expect(figure.locator(".segmented input").nth(2)).to_be_checked()
    cell(figure, 2).click()
    expect(other.locator(".title")).to_have_text("Class 2 of logits")
    figure.get_by_role("button", name="Show where class 2 lights up").click()
    expect(other).to_be_focused()
    assert "unit:digits-cnn=logits/2" in fragment(page)


def test_a_shared_address_brings_back_layer_channel_and_step(
    open_page: Open, channels: str
) -> None:
    view = "#fig-units~fig-units.layer=conv2&fig-units.unit=9&fig-units.step=2"
    page = open_page(channels + view)
    figure = ready(page)
    expect(figure.locator(".title")).to_have_text("Channel 9 of conv2")
    expect(figure.locator(".reading")).to_contain_text("after 2 steps")
    page = open_page(channels + "#~unit:digits-cnn=conv2/4")
    expect(ready(page).locator(".title")).to_have_text("Channel 4 of conv2")


def test_choosing_an_example_chooses_it_for_the_page(open_page: Open, channels: str) -> None:
    page = open_page(channels)
    figure = ready(page)
    example = figure.locator(".example").nth(1)
    example.click()
    expect(example).to_have_attribute("aria-pressed", "true")
    assert re.search(r"instance:digits=\d+", fragment(page))


def test_the_patch_is_the_framed_part_of_its_example(open_page: Open, channels: str) -> None:
    page = open_page(channels)
    example = ready(page).locator(".example").first
    place, frame = example.locator(".place").bounding_box(), example.locator(".box").bounding_box()
    assert place is not None
    assert frame is not None
    size = example.locator(".pair > canvas").evaluate("c => [c.width, c.height]")
    assert size == [5, 5]
    # Five of the picture's 28 pixels, whatever its size on the screen.
    assert abs(frame["width"] / place["width"] - 5 / 28) < 0.01


def test_the_neuron_in_the_middle_is_another_objective(open_page: Open, channels: str) -> None:
    page = open_page(channels)
    figure = ready(page)
    before = pixels(cell(figure, 0).locator("canvas"))
    figure.get_by_label("Neuron in the middle").check()
    expect(figure.locator(".reading")).to_contain_text("activation after 8 steps")
    expect(figure.locator(".reading")).not_to_contain_text("mean")
    assert pixels(cell(figure, 0).locator("canvas")) != before


def test_a_whole_layer_has_one_picture(open_page: Open, channels: str) -> None:
    page = open_page(channels)
    figure = ready(page)
    cell(figure, 2).click()
    figure.get_by_label("Whole layer").check()
    expect(figure.locator(".cell")).to_have_count(1)
    expect(figure.locator(".title")).to_have_text("All channels of conv1")
    expect(figure.locator(".reading")).to_contain_text("mean squared activation after 8 steps")
    expect(figure.locator(".example")).to_have_count(3)
    expect(figure.locator(".box")).to_have_count(0)
    expect(figure.locator(".show")).to_have_count(0)
    values = [float(one) for one in figure.locator(".state .value").all_inner_texts()]
    assert values[0] < values[-1]
    cell(figure, 0).click()
    expect(figure.locator(".opened")).to_contain_text("Choose a channel")
    cell(figure, 0).click()
    expect(figure.locator(".title")).to_have_text("All channels of conv1")
    figure.get_by_label("Whole channel").check()
    expect(figure.locator(".cell")).to_have_count(FIRST)


def test_the_keyboard_walks_opens_and_closes(open_page: Open, channels: str) -> None:
    page = open_page(channels)
    figure = ready(page)
    cell(figure, 0).focus()
    page.keyboard.press("ArrowRight")
    expect(cell(figure, 1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(figure.locator(".title")).to_have_text("Channel 1 of conv1")
    page.keyboard.press("Escape")
    expect(figure.locator(".opened")).to_contain_text("Choose a channel")
    expect(cell(figure, 1)).to_be_focused()
    across = figure.locator(".sheet").evaluate(
        "sheet => getComputedStyle(sheet).gridTemplateColumns.split(' ').length"
    )
    page.keyboard.press("ArrowDown")
    expect(cell(figure, 1 + across)).to_be_focused()
    figure.locator(".steps input").focus()
    page.keyboard.press("Home")
    expect(figure.locator(".steps input")).to_have_attribute(
        "aria-valuetext", "before the first step"
    )


def test_later_layers_are_fetched_when_they_are_chosen(open_page: Open, channels: str) -> None:
    page = open_page(channels)
    figure = ready(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition(".")[2]))
    page.wait_for_timeout(300)
    asked.clear()
    figure.get_by_label("conv2", exact=True).check()
    expect(figure.locator(".cell")).to_have_count(SECOND)
    assert sorted(asked) == ["safetensors", "webp", "webp"]


def test_ink_changes_with_the_scheme(open_page: Open, channels: str) -> None:
    page = open_page(channels)
    figure = ready(page)
    corner = "c => c.getContext('2d').getImageData(0, 0, 1, 1).data[0]"
    picture = figure.locator(".example canvas").first
    assert picture.evaluate(corner) > 200
    page.locator("[data-scheme-toggle]").click()
    page.wait_for_timeout(200)
    assert figure.locator(".example canvas").first.evaluate(corner) < 60


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_bars_anyone(
    open_page: Open, channels: str, window: tuple[int, int], scheme: str
) -> None:
    size = {"width": window[0], "height": window[1]}
    page = open_page(channels, viewport=size, color_scheme=scheme, bypass_csp=True)
    page.add_script_tag(content=AXE)
    for name in ("fig-units", "fig-concepts", "fig-pixels"):
        ready(page, name)
        run = "id => axe.run(id).then(r => r.violations.map(v => v.id + v.help))"
        assert page.evaluate(run, f"#{name}") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= window[0]


def test_a_share_and_a_least_overlap_change_masks_labels_and_bars_at_once(
    open_page: Open, channels: str
) -> None:
    page = open_page(channels)
    figure = ready(page, "fig-concepts")
    key, card = figure.locator(".key .version").first, figure.locator(".unit").first
    before = key.inner_text(), card.inner_text(), pixels(card.locator("canvas").first)
    # What the build counted is what the page counts.
    still = re.search(r"(\d+) overlap a concept .* they find (\d+) different", alternative(page))
    assert still is not None
    told = re.search(r"trained (\d+) of \d+ channels find (\d+) different", before[0])
    assert told is not None
    assert told.groups() == still.groups()
    share = figure.get_by_label("Top pixels")
    share.focus()
    page.keyboard.press("Home")
    expect(share).to_have_attribute("aria-valuetext", "0.1%")
    assert card.inner_text() != before[1]
    assert pixels(card.locator("canvas").first) != before[2]
    assert "fig-concepts.share=0.001" in fragment(page)
    least = figure.get_by_label("Least IoU")
    least.focus()
    page.keyboard.press("End")
    expect(key).to_contain_text("trained 0 of")
    assert "trained: 0 of" in page.locator("#voice").inner_text()
    page.reload()
    figure = ready(page, "fig-concepts")
    expect(figure.locator(".key .version").first).to_contain_text("trained 0 of")


def alternative(page: Page) -> str:
    """What the concepts' still tells those who do not see it."""
    whole = page.locator("#fig-concepts").evaluate("figure => figure.outerHTML")
    found = re.search(r"\d+ channels of [^\"<]* held against the masks[^\"<]*", whole)
    assert found is not None
    return found[0]


def test_a_bar_shows_the_channels_of_its_category_and_keys_open_one(
    open_page: Open, channels: str
) -> None:
    page = open_page(channels)
    figure = ready(page, "fig-concepts")
    figure.locator(".row", has_text="ground").press("Enter")
    expect(figure.locator(".row", has_text="ground")).to_have_attribute("aria-pressed", "true")
    shown = figure.locator(".network").first.locator(".unit .concept").all_inner_texts()
    assert all("ground" in words for words in shown)
    figure.get_by_label("Show", exact=True).select_option("")
    figure.get_by_label("Order").select_option("channel")
    cards = figure.locator(".network").first.locator(".unit")
    cards.first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(figure.locator(".title")).to_contain_text("Channel 1 of")
    expect(figure.locator(".side")).to_have_count(2)
    expect(figure.locator(".side").first.locator(".example")).to_have_count(3)
    assert "unit:colour-tiles=" in fragment(page)
    page.keyboard.press("Escape")
    expect(figure.locator(".side")).to_have_count(0)
    expect(cards.nth(1)).to_be_focused()
    figure.get_by_label("beside", exact=True).select_option("")
    expect(figure.locator(".network:visible")).to_have_count(1)


def test_patches_go_through_training_beside_what_comes_back(open_page: Open, channels: str) -> None:
    page = open_page(channels)
    figure = ready(page, "fig-pixels")
    expect(figure.locator(".cell")).to_have_count(SECOND)
    expect(figure.locator(".opened .example")).to_have_count(3)
    expect(figure.locator(".reach p")).to_contain_text("can see")
    patch, back = (cell(figure, 0).locator("canvas").nth(i) for i in (0, 1))
    trained = pixels(back)
    assert pixels(patch) == pixels(figure.locator(".opened .example canvas").first)
    figure.locator(".state").first.press("Enter")
    expect(figure.locator(".steps output")).to_have_text("0")
    assert pixels(back) != trained
    figure.locator(".opened .example").first.click()
    assert re.search(r"instance:digits=\d+", fragment(page))
