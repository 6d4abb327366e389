"""The kind `projector` in a real page: point, walk, filter, travel between layers, share it."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from playwright.sync_api import Locator, Page, Route, expect
from safetensors.numpy import load
from sklearn.neighbors import NearestNeighbors

from generator.datasets import load_dataset
from generator.models import load_model
from tests.browser.server import Host

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf8")
MODEL = load_model(ROOT / "models/digits-cnn")
DIGITS = load_dataset(ROOT / "models/datasets/digits")
WORDS = load_dataset(ROOT / "models/datasets/words")
NAMES = [str(name) for name in WORDS.columns["word"]][:2500]
LAYERS = ["pixels", "conv2", "logits"]
Open = Callable[..., Page]

ARTICLE = """---
title: Maps
description: Two maps of the same digits.
date: 2026-01-02
---

Before the map.

:::{projector}
:name: fig-map
:model: digits-cnn
:layers: [conv2, logits]
:count: 300
:perplexity: 20
A map.
:::

:::{projector}
:name: fig-other
:model: digits-cnn
:layers: [logits]
:pixels: false
:methods: [pca]
:count: 300
Another map.
:::

:::{projector}
:name: fig-words
:dataset: words
:methods: [pca, axes, pairs]
:count: 2500
:across: he, man > she, woman
:pairs: [he > she, man > woman, father > mother, son > daughter]
Words.
:::

After the maps.
"""


@pytest.fixture(scope="session")
def maps(built: Callable[[Path], Host], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a page with two projectors of the same 300 digits."""
    project = tmp_path_factory.mktemp("projector")
    article = project / "articles" / "maps" / "index.md"
    article.parent.mkdir(parents=True)
    article.write_text(ARTICLE, "utf8")
    for part in ("digits-cnn", "datasets/digits", "datasets/words"):
        shutil.copytree(ROOT / "models" / part, project / "models" / part)
    return built(project).url + "articles/maps/"


ARRAYS = """async figure => {
  const card = new URL(figure.dataset.payload, document.baseURI);
  const arrays = new URL((await (await fetch(card)).json()).arrays, card);
  const unpacked = (await fetch(arrays)).body.pipeThrough(new DecompressionStream("gzip"));
  return [...new Uint8Array(await new Response(unpacked).arrayBuffer())];
}"""


def ready(page: Page, name: str = "fig-map") -> Locator:
    figure = page.locator(f"#{name}")
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("data-state", "ready")
    return figure


def values(figure: Locator) -> dict[str, Any]:
    script = "async f => (await (await fetch(f.dataset.payload)).json()).values"
    found: dict[str, Any] = figure.evaluate(script)
    return found


def drawn(figure: Locator) -> str:
    """The map's pixels, to be compared with themselves later."""
    found: str = figure.locator(".plot canvas").evaluate("c => c.toDataURL()")
    return found


def told(url: str) -> int | None:
    match = re.search(r"instance:digits=(\d+)", url)
    return int(match.group(1)) if match else None


def selected(page: Page, before: int | None = None) -> int | None:
    """The example that the address names once it no longer names `before`."""
    page.wait_for_url(lambda url: told(url) != before)
    return told(page.url)


def layer_values(layer: str) -> np.ndarray:
    """The layer's answer to the test digits, straight from the model."""
    images = torch.from_numpy(DIGITS.images[DIGITS.test]).float() / 255
    for name, module in MODEL.module.named_children():
        if layer == "pixels":
            break
        images = module(images)
        if name == layer:
            break
    return images.flatten(1).double().numpy()


def test_the_keyboard_walks_keeps_and_lets_go(open_page: Open, maps: str) -> None:
    page = open_page(maps)
    figure = ready(page)
    plot, card = figure.locator(".plot"), figure.locator(".beside")
    expect(card).to_contain_text("Point at a picture")
    plot.focus()
    page.keyboard.press("ArrowRight")
    voice = page.locator("#voice")
    expect(voice).to_contain_text(re.compile(r"^an? \d, read (correctly|as \d), .* sure; "))
    first = voice.inner_text()
    page.keyboard.press("ArrowDown")
    expect(voice).not_to_have_text(first)
    page.keyboard.press("Enter")
    instance = selected(page)
    assert instance in DIGITS.test
    label = str(DIGITS.labels[instance])
    expect(card.locator(".reading")).to_contain_text(f"Labelled{label}")
    expect(figure.locator("canvas[role=img]")).to_have_attribute(
        "aria-label", re.compile(rf"Chosen: an? {label}, read")
    )
    page.keyboard.press("Escape")
    assert selected(page, instance) is None
    expect(card).to_contain_text("Point at a picture")


def test_pointing_shows_a_picture_and_a_click_keeps_it(open_page: Open, maps: str) -> None:
    page = open_page(maps)
    figure = ready(page)
    plot, card = figure.locator(".plot"), figure.locator(".beside")
    box = plot.bounding_box()
    assert box is not None
    for step in range(60):
        x, y = box["x"] + box["width"] * (0.3 + step / 150), box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        if card.locator(".reading").count():
            break
    page.mouse.click(x, y)
    instance = selected(page)
    assert instance in DIGITS.test
    page.mouse.move(box["x"] + 3, box["y"] + 3)
    expect(card.locator(".reading")).to_be_visible()
    page.mouse.click(box["x"] + 3, box["y"] + 3)
    assert selected(page, instance) is None


@pytest.mark.parametrize("layer", LAYERS)
def test_the_card_names_the_five_nearest_in_the_layer_itself(
    open_page: Open, maps: str, layer: str
) -> None:
    page = open_page(f"{maps}#fig-map~fig-map.layer={layer}")
    figure = ready(page)
    plot = figure.locator(".plot")
    plot.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    instance = selected(page)
    assert instance is not None
    index = load(bytes(figure.evaluate(ARRAYS)))["index"]
    answers = dict(zip(DIGITS.test.tolist(), layer_values(layer), strict=True))
    others = [int(i) for i in index if i != instance]
    far = {i: float(np.linalg.norm(answers[i] - answers[instance])) for i in others}
    near = sorted(others, key=far.__getitem__)[:5]
    shown = figure.locator(".neighbour")
    expect(shown).to_have_count(5)
    for i, one in enumerate(near):
        expect(shown.nth(i).locator(".name")).to_have_text(str(DIGITS.labels[one]))
        said = float(shown.nth(i).locator(".far").inner_text())
        assert said == pytest.approx(far[one], rel=6e-3)
    shown.first.click()
    assert selected(page, instance) == near[0]


def test_the_slider_travels_and_the_numbers_below_follow(open_page: Open, maps: str) -> None:
    page = open_page(maps)
    figure = ready(page)
    payload = values(figure)
    slider = figure.locator("input[type=range]")
    expect(slider).to_have_attribute("aria-valuetext", "pixels")
    before = drawn(figure)
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "conv2")
    trust = payload["maps"]["conv2"]["tsne"]["trust"]
    expect(figure.locator(".quality")).to_contain_text(f"{trust:.3f}")
    expect(figure.locator(".plot")).to_have_attribute("aria-label", re.compile("by t-SNE of conv2"))
    page.wait_for_timeout(1500)
    assert drawn(figure) != before
    figure.get_by_role("radio", name="PCA").check(force=True)
    variance = payload["maps"]["conv2"]["pca"]["variance"]
    expect(figure.locator(".quality")).to_contain_text(f"{100 * variance:.1f}")
    page.wait_for_url(re.compile("fig-map.layer=conv2&fig-map.method=pca"))


def test_less_motion_means_a_jump(open_page: Open, maps: str) -> None:
    page = open_page(maps, reduced_motion="reduce")
    figure = ready(page)
    figure.locator("input[type=range]").focus()
    page.keyboard.press("End")
    expect(figure.locator(".plot")).to_have_attribute("aria-label", re.compile("of logits"))
    page.wait_for_timeout(150)
    jumped = drawn(figure)
    page.wait_for_timeout(1500)
    assert drawn(figure) == jumped


def test_a_slow_or_broken_line_is_said_and_another_try_heals_it(open_page: Open, maps: str) -> None:
    page = open_page(maps, complaints=False)
    figure = ready(page)
    asked: list[Route] = []
    page.route("**/*.safetensors", lambda route: asked.append(route))
    slider, quality = figure.locator("input[type=range]"), figure.locator(".quality")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(quality).to_have_text("Fetching the map of conv2 …")
    for route in asked:
        route.abort()
    expect(quality).to_contain_text("The map of conv2 could not be fetched")
    expect(figure).to_have_attribute("data-state", "ready")
    page.unroute_all()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(figure.locator(".plot")).to_have_attribute("aria-label", re.compile("of conv2"))
    expect(quality).to_contain_text("Trustworthiness")


def test_right_and_wrong_have_colours_counts_and_a_filter(open_page: Open, maps: str) -> None:
    page = open_page(maps)
    figure = ready(page)
    payload = values(figure)
    before = drawn(figure)
    figure.get_by_role("radio", name="Right or wrong").check(force=True)
    legend = figure.get_by_role("group", name="Right or wrong")
    chips = legend.locator(".chip")
    right = payload["count"] - payload["wrong"]
    expect(chips).to_have_text([f"read correctly{right}", f"misread{payload['wrong']}"])
    assert drawn(figure) != before
    chips.nth(1).click()
    expect(chips.nth(1)).to_have_attribute("aria-pressed", "true")
    figure.locator(".plot").focus()
    seen = set()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        seen.add(figure.locator(".outcome").inner_text())
    assert seen == {"✗ wrong"}
    legend.get_by_role("button", name="Show all").click()
    expect(chips.nth(1)).to_have_attribute("aria-pressed", "false")


def test_two_figures_share_one_selection(open_page: Open, maps: str) -> None:
    page = open_page(maps)
    one, other = ready(page), ready(page, "fig-other")
    for here, there in ((one, other), (other, one)):
        here.locator(".plot").focus()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("Enter")
        said = here.locator(".reading").inner_text()
        expect(there.locator(".reading")).to_have_text(said, use_inner_text=True)
        page.keyboard.press("Escape")
        expect(there.locator(".reading")).to_have_count(0)


def test_an_address_brings_back_the_whole_view(open_page: Open, maps: str) -> None:
    page = open_page(maps)
    figure = ready(page)
    figure.locator(".plot").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    figure.locator("input[type=range]").focus()
    page.keyboard.press("End")
    for name in ("PCA", "Right or wrong", "Shapes"):
        figure.get_by_role("radio", name=name).check(force=True)
    page.wait_for_url(re.compile("instance:digits=.*points=marks"))
    left = page.url
    again = open_page(left)
    restored = ready(again)
    for name in ("PCA", "Right or wrong", "Shapes"):
        expect(restored.get_by_role("radio", name=name)).to_be_checked()
    expect(restored.locator("input[type=range]")).to_have_attribute("aria-valuetext", "logits")
    expect(restored.locator(".beside")).to_have_text(
        figure.locator(".beside").inner_text(), use_inner_text=True
    )
    again.wait_for_timeout(600)
    assert again.url == left


def test_a_selection_that_is_not_here_is_said(open_page: Open, maps: str) -> None:
    page = open_page(f"{maps}#~instance:digits={int(DIGITS.train[0])}")
    figure = ready(page)
    expect(figure.locator(".beside")).to_contain_text("is not among these 300")


def test_a_plain_wheel_scrolls_the_page_and_ctrl_zooms_the_map(open_page: Open, maps: str) -> None:
    page = open_page(maps)
    figure = ready(page)
    plot = figure.locator(".plot")
    plot.hover()
    before = page.evaluate("scrollY")
    page.mouse.wheel(0, 120)
    page.wait_for_function("y => scrollY > y", arg=before)
    plot.hover()
    page.wait_for_timeout(300)
    before, picture = page.evaluate("scrollY"), drawn(figure)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    expect(plot).to_have_class(re.compile("near"))
    page.wait_for_timeout(200)
    assert page.evaluate("scrollY") == before
    assert drawn(figure) != picture
    figure.get_by_role("button", name="whole map").click()
    expect(plot).not_to_have_class(re.compile("near"))


def test_a_finger_scrolls_the_page_until_the_map_is_zoomed(open_page: Open, maps: str) -> None:
    size = {"width": 390, "height": 844}
    page = open_page(maps, viewport=size, has_touch=True, is_mobile=True)
    figure = ready(page)
    plot = figure.locator(".plot")
    assert plot.evaluate("p => getComputedStyle(p).touchAction") == "pan-x pan-y"
    plot.scroll_into_view_if_needed()
    for x in range(120, 240, 12):
        plot.tap(position={"x": x, "y": 170})
        if figure.locator(".reading").count():
            break
    assert selected(page) in DIGITS.test
    figure.get_by_role("button", name="closer").tap()
    assert plot.evaluate("p => getComputedStyle(p).touchAction") == "none"
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_map_with_a_selection(
    open_page: Open, maps: str, scheme: str, window: tuple[int, int]
) -> None:
    size = {"width": window[0], "height": window[1]}
    page = open_page(maps, viewport=size, color_scheme=scheme, reduced_motion="reduce")
    figure = ready(page)
    figure.locator(".plot").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    figure.locator(".chip").first.click()
    page.evaluate(AXE)
    found = page.evaluate("async () => (await axe.run()).violations")
    assert json.dumps([one["id"] for one in found]) == "[]"


def test_the_nearest_of_a_word_are_scikit_learn_s_by_either_distance(
    open_page: Open, maps: str
) -> None:
    page = open_page(maps)
    figure = ready(page, "fig-words")
    search = figure.get_by_label("Search", exact=True)
    search.fill("music")
    expect(figure.locator(".found")).to_have_text(re.compile(r"^\d+ match(es)?$"))
    figure.locator(".selected button", has_text=re.compile("^music$")).click()
    card = figure.locator(".beside")
    expect(card.locator(".chosen-name")).to_have_text("music")
    at = NAMES.index("music")
    for metric in ("cosine", "euclidean"):
        figure.locator("[data-control=metric] select").select_option(
            "cosine" if metric == "cosine" else "Euclidean"
        )
        near = NearestNeighbors(n_neighbors=11, metric=metric).fit(WORDS.vectors[:2500])
        far, index = near.kneighbors(WORDS.vectors[at : at + 1])
        rows = card.locator("ol.rows .row")
        expect(rows).to_have_count(10)
        expect(rows.first.locator(".name")).to_have_text(NAMES[index[0][1]])
        assert rows.locator(".name").all_inner_texts() == [NAMES[i] for i in index[0][1:]]
        told = [float(one) for one in rows.locator(".far").all_inner_texts()]
        assert told == pytest.approx(far[0][1:].tolist(), rel=6e-3)
    page.wait_for_url(f"**instance:words={at}*")


def test_words_of_one_s_own_make_an_axis_and_coordinates_go_out(open_page: Open, maps: str) -> None:
    page = open_page(maps)
    figure = ready(page, "fig-words")
    figure.locator("[data-control=map] select").select_option("Axes of words")
    field = figure.get_by_label("Left and right")
    field.fill("bad > good, dragon")
    field.press("Enter")
    expect(figure.locator(".note")).to_have_text("“dragon” is not among these 2,500.")
    with page.expect_download() as kept:
        figure.get_by_role("button", name="Coordinates (CSV)").click()
    rows = kept.value.path().read_text("utf8").splitlines()
    assert rows[0] == "x,y,word"
    x = {row.split(",")[2]: float(row.split(",")[0]) for row in rows[1:]}
    unit = WORDS.vectors[:2500] / np.linalg.norm(WORDS.vectors[:2500], axis=1, keepdims=True)
    way = unit[NAMES.index("good")] - unit[NAMES.index("bad")]
    along = unit @ (way / np.linalg.norm(way))
    for name in ("good", "bad", "war", "music"):
        wanted = along[NAMES.index(name)] / np.abs(along).max()
        assert x[name] == pytest.approx(wanted, abs=2e-4)


def test_a_pattern_finds_isolates_and_is_in_the_address(open_page: Open, maps: str) -> None:
    page = open_page(f"{maps}#fig-words~fig-words.find=ing%24&fig-words.pattern=true")
    figure = ready(page, "fig-words")
    count = sum(name.endswith("ing") for name in NAMES)
    expect(figure.locator(".found")).to_have_text(f"{count} matches")
    figure.get_by_role("button", name="Show only these").click()
    expect(figure.locator("canvas[role=img]")).to_have_attribute(
        "aria-label", f"PCA of {count} vectors"
    )
    page.wait_for_url("**fig-words.only=found*")
    page.reload()
    figure = ready(page, "fig-words")
    expect(figure.locator("canvas[role=img]")).to_have_attribute(
        "aria-label", f"PCA of {count} vectors"
    )
    figure.get_by_label("Search", exact=True).fill("(")
    expect(figure.locator(".found")).to_contain_text("This is no regular expression")


def test_fifty_neighbours_are_mapped_in_the_page(open_page: Open, maps: str) -> None:
    at = NAMES.index("music")
    page = open_page(f"{maps}#fig-words~fig-words.only=near:{at}:50&fig-words.method=umap")
    figure = ready(page, "fig-words")
    quality = figure.locator(".quality")
    expect(quality).to_contain_text("Step 300 of 300, done", timeout=20_000)
    trust = re.search(r"Trustworthiness (\d\.\d+)", quality.inner_text())
    assert trust is not None
    assert float(trust[1]) > 0.7


def test_pairs_are_as_parallel_as_numpy_says_and_take_one_s_own(open_page: Open, maps: str) -> None:
    page = open_page(f"{maps}#fig-words~fig-words.method=pairs")
    figure = ready(page, "fig-words")
    pairs = [("he", "she"), ("man", "woman"), ("father", "mother"), ("son", "daughter")]
    figure.get_by_label("Your own pairs").fill("war > music")
    figure.get_by_label("Your own pairs").press("Enter")
    pairs.append(("war", "music"))
    rows = figure.locator(".beside ol.rows").first.locator(".row")
    expect(rows).to_have_count(5)
    unit = WORDS.vectors / np.linalg.norm(WORDS.vectors, axis=1, keepdims=True)
    steps = np.array([unit[NAMES.index(b)] - unit[NAMES.index(a)] for a, b in pairs])
    steps /= np.linalg.norm(steps, axis=1, keepdims=True)
    for i, one in enumerate(rows.locator(".far").all_inner_texts()):
        others = steps.sum(0) - steps[i]
        assert float(one) == pytest.approx(steps[i] @ others / np.linalg.norm(others), abs=6e-3)
    ways = figure.locator(".ways .row")
    expect(ways).to_have_count(3)
    expect(ways.first).to_contain_text("0.000")


def test_keys_walk_among_words_and_an_outline_selects(open_page: Open, maps: str) -> None:
    page = open_page(f"{maps}#fig-words~fig-words.pick=select")
    figure = ready(page, "fig-words")
    plot = figure.locator(".plot")
    plot.scroll_into_view_if_needed()
    plot.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#voice")).to_have_text(re.compile(r"^[a-z]+$"))
    box = plot.bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(middle[0] - 60, middle[1] - 60)
    page.mouse.down()
    for dx, dy in ((60, -60), (60, 60), (-60, 60), (-60, -50)):
        page.mouse.move(middle[0] + dx, middle[1] + dy, steps=4)
    page.mouse.up()
    page.wait_for_url("**fig-words.only=outline*")
    expect(figure.locator(".selected tbody tr").first).to_be_visible()


def test_axe_finds_nothing_among_words(open_page: Open, maps: str) -> None:
    at = NAMES.index("music")
    page = open_page(f"{maps}#fig-words~fig-words.method=axes&instance:words={at}")
    figure = ready(page, "fig-words")
    expect(figure.locator(".beside ol.rows .row")).to_have_count(10)
    page.evaluate(AXE)
    found = page.evaluate("async () => (await axe.run('#fig-words')).violations")
    assert [(one["id"], [n["html"] for n in one["nodes"]]) for one in found] == []
