"""The kind `attribution` in a real page: every number that it prints, computed again in PyTorch."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page, expect
from scipy.ndimage import uniform_filter
from scipy.stats import spearmanr

from generator.compute.attribution.bench import Bench
from generator.compute.attribution.gradients import integrated_gradients
from generator.compute.attribution.measure import flips, inside
from generator.compute.attribution.page import workbench
from generator.compute.inputs import from_bytes
from generator.compute.noise import shuffle
from generator.datasets import Dataset, load_dataset
from generator.models import load_model
from tests.browser.server import Host

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf8")
Open = Callable[..., Page]
Map = NDArray[np.float32]

ARTICLE = """---
title: Which pixels
description: Maps side by side.
date: 2026-01-02
---

Of integrated gradients {value}`figure/fig-cued/share.shapes-cnn-cued.integrated.cue | .1%` lie in
the mark.

:::{attribution}
:name: fig-cued
:model: shapes-cnn-cued
:against: shapes-cnn
:dataset: shapes-cued
:concepts: [cue, shape]
:tests: 3
A mark in the corner gives one class away.
:::

Some words.

:::{attribution}
:name: fig-road
:model: road-steer
:methods: [visual-backprop, gradient-input]
:offer: [occlusion]
:count: 4
A road.
:::
"""
MODELS = ("shapes-cnn", "shapes-cnn-cued", "road-steer", "datasets/shapes", "datasets/shapes-cued")


@pytest.fixture(scope="session")
def asked(built: Callable[[Path], Host], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a page with two such figures."""
    project = tmp_path_factory.mktemp("attribution")
    article = project / "articles" / "which" / "index.md"
    article.parent.mkdir(parents=True)
    article.write_text(ARTICLE, "utf8")
    for part in (*MODELS, "datasets/roads"):
        shutil.copytree(ROOT / "models" / part, project / "models" / part)
    return built(project).url + "articles/which/"


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_dataset(ROOT / "models/datasets/shapes-cued")


@pytest.fixture(scope="module")
def bench(dataset: Dataset) -> Bench:
    return workbench(load_model(ROOT / "models/shapes-cnn-cued"), dataset, ())


def ready(page: Page, name: str = "fig-cued") -> Locator:
    figure = page.locator(f"#{name}")
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("data-state", re.compile("ready|live"))
    return settled(figure)


def settled(figure: Locator) -> Locator:
    expect(figure.locator(".attribution")).to_have_attribute("aria-busy", "false", timeout=60_000)
    return figure


def number(text: str) -> float:
    return float(text.replace("\u2212", "-").rstrip(" %"))


def panel(figure: Locator, place: int = 0) -> Locator:
    return figure.locator(".method").nth(place)


def fact(one: Locator, said: str) -> float:
    line = one.locator(".facts li").filter(has_text=said)
    return number(line.locator("strong").inner_text())


def choose(figure: Locator, method: str, place: int = 0) -> Locator:
    one = panel(figure, place)
    one.locator(".head select").select_option(method)
    settled(figure)
    return one


def slide(figure: Locator, field: Locator, value: object) -> None:
    field.fill(str(value))
    settled(figure)


def shown(figure: Locator) -> int:
    return int(re.findall(r"\d+", figure.locator(".shown").inner_text())[0])


def image(dataset: Dataset, index: int) -> Map:
    return from_bytes(dataset.images[index])


def onehot(target: int, count: int = 16) -> torch.Tensor:
    return torch.nn.functional.one_hot(torch.tensor([target]), count).float()


def agrees(one: Locator, wanted: Map, masks: dict[str, NDArray[np.bool_]]) -> None:
    """Both ends of the scale to three figures, and each share in per cent as it is rounded."""
    ends = [number(text) for text in one.locator(".ends span").all_inner_texts()]
    limit = float(np.abs(wanted).max())
    assert ends[-1] == pytest.approx(limit, rel=6e-3)
    assert ends[0] == (-ends[-1] if len(ends) == 3 else 0)
    for name, mask in masks.items():
        share = 100 * inside(wanted, mask)
        assert fact(one, f"in the {name}") == pytest.approx(share, abs=0.06 if share < 10 else 0.6)


def question(figure: Locator, bench: Bench, dataset: Dataset) -> tuple[Map, torch.Tensor]:
    """The example on show as the model reads it, and the direction of the model's own answer."""
    x = image(dataset, shown(figure))
    return x, onehot(int(bench.scores(x[None]).argmax()))


def test_at_first_it_shows_what_the_still_shows_without_the_engine(
    asked: str, open_page: Open, bench: Bench, dataset: Dataset, window: tuple[int, int]
) -> None:
    page = open_page(asked, viewport={"width": window[0], "height": window[1]})
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    figure = ready(page)
    index = shown(figure)
    x = image(dataset, index)
    target = int(bench.scores(x[None]).argmax())
    masks = {name: dataset.masks[name][index] > 0 for name in ("cue", "shape")}
    expect(figure.locator(".method")).to_have_count(2)
    agrees(panel(figure, 0), bench.map("integrated", x, onehot(target)), masks)
    agrees(panel(figure, 1), bench.map("grad-cam", x, onehot(target)), masks)
    expect(figure.locator(".bar").first).to_contain_text(bench_name(target))
    for i, name in enumerate(("integrated", "grad-cam", None)):
        map_ = bench.map(name, x, onehot(target)) if name else None
        curve = torch.tensor(flips(bench, x, map_, 20)).softmax(1)[:, target].numpy()
        mean = float(np.trapezoid(curve) / 20)
        said = figure.locator(".keys .mean").nth(i).inner_text()
        # Pixels of nearly equal rank may change places between two ways to add up.
        assert number(said) == pytest.approx(mean, abs=0.01)
    assert not [url for url in fetched if url.endswith((".wasm", ".onnx", "/light.js"))]
    assert page.evaluate("document.documentElement.scrollWidth") <= window[0]
    prose = page.locator("main").inner_text()
    assert 5 < number(re.findall(r"gradients ([\d.]+) ?%", prose)[0]) < 60


def bench_name(target: int) -> str:
    return load_model(ROOT / "models/shapes-cnn-cued").card.outputs[target]


@pytest.mark.long
def test_every_method_is_pytorch_s(
    asked: str, open_page: Open, bench: Bench, dataset: Dataset
) -> None:
    page = open_page(asked)
    figure = ready(page)
    index = shown(figure)
    x = image(dataset, index)
    target = int(bench.scores(x[None]).argmax())
    masks = {name: dataset.masks[name][index] > 0 for name in ("cue", "shape")}
    for method in bench.offered:
        one = choose(figure, method)
        wanted = bench.map(method, x, onehot(target))
        agrees(one, wanted, masks)
        sums = bench.sums(method, x, onehot(target), wanted)
        if sums:
            said = [number(one.locator(".facts strong").nth(i).inner_text()) for i in (-2, -1)]
            assert said == pytest.approx([sums["total"], sums["against"]], abs=2e-3)
        if method in ("guided", "deconvolution") or method.startswith("lrp"):
            expect(one.locator(".what")).to_contain_text("not the gradient")
    expect(figure).to_have_attribute("data-state", "live")


def test_another_example_and_another_class_by_keys(
    asked: str, open_page: Open, bench: Bench, dataset: Dataset
) -> None:
    page = open_page(asked)
    figure = ready(page)
    before = shown(figure)
    figure.locator(".pick").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(figure.locator(".shown")).not_to_contain_text(str(before))
    settled(figure)
    index = shown(figure)
    x = image(dataset, index)
    scores = bench.scores(x[None])[0]
    second = int(np.argsort(-scores)[1])
    figure.locator(".bar").nth(1).focus()
    page.keyboard.press("Enter")
    settled(figure)
    expect(figure.locator(".bar").nth(1)).to_have_attribute("aria-pressed", "true")
    expect(figure.locator(".bar").nth(1)).to_be_focused()
    masks = {"shape": dataset.masks["shape"][index] > 0}
    agrees(panel(figure), bench.map("integrated", x, onehot(second)), masks)
    assert figure.get_by_label("Ask about", exact=True).locator("option").count() == 17
    figure.get_by_label("Ask about", exact=True).select_option("3")
    settled(figure)
    agrees(panel(figure), bench.map("integrated", x, onehot(3)), masks)
    expect(page.locator("#voice")).to_contain_text(f"Maps for {bench_name(3)}")
    page.wait_for_url(re.compile(rf"instance:shapes-cued={index}\b.*fig-cued\.target=3\b"))
    page.reload()
    figure = ready(page)
    assert shown(figure) == index
    agrees(panel(figure), bench.map("integrated", x, onehot(3)), masks)


@pytest.mark.long
def test_settings_change_the_map_as_pytorch_says(
    asked: str, open_page: Open, bench: Bench, dataset: Dataset
) -> None:
    page = open_page(asked)
    figure = ready(page)
    x, target = question(figure, bench, dataset)
    one = choose(figure, "smooth")
    slide(figure, one.get_by_label("Noise σ", exact=True), 0)
    slide(figure, one.get_by_label("Copies n", exact=True), 1)
    agrees(one, bench.map("gradient", x, target), {})
    slide(figure, one.get_by_label("Noise σ", exact=True), 0.3)
    slide(figure, one.get_by_label("Copies n", exact=True), 5)
    turned = replace(bench.settings, sigma=0.3, copies=5)
    agrees(one, again(bench, turned).map("smooth", x, target), {})

    one = choose(figure, "occlusion")
    slide(figure, one.get_by_label("Patch", exact=True), 0)
    side = int(number(one.locator(".settings output").inner_text().removesuffix(" px")))
    agrees(one, again(bench, replace(bench.settings, patch=side)).map("occlusion", x, target), {})

    one = choose(figure, "lrp-alpha-beta")
    slide(figure, one.get_by_label("α", exact=True), 1)
    agrees(
        one, again(bench, replace(bench.settings, alpha=1.0)).map("lrp-alpha-beta", x, target), {}
    )

    one = choose(figure, "grad-cam")
    slide(figure, one.get_by_label("Layer", exact=True), 2)
    layer = one.locator(".settings output").inner_text()
    signed = torch.nn.functional.interpolate(
        bench.functions["grad-cam"](
            bench.weights, {"input": torch.from_numpy(x[None]), "direction": target}
        )[f"signed.{layer}"][None],
        bench.picture[1:],
        mode="bilinear",
    )[0, 0].numpy()
    agrees(one, signed.clip(min=0), {})
    one.get_by_label("counter-evidence").check()
    settled(figure)
    agrees(one, signed, {})
    assert len(one.locator(".ends span").all()) == 3


@pytest.mark.long
@pytest.mark.parametrize("baseline", ["grey", "blurred"])
def test_completeness_holds_for_every_baseline(
    asked: str, open_page: Open, bench: Bench, dataset: Dataset, baseline: str
) -> None:
    page = open_page(asked)
    figure = ready(page)
    x, target = question(figure, bench, dataset)
    figure.get_by_label("Baseline", exact=True).select_option(baseline)
    settled(figure)
    blank = np.full_like(x, 0.5)
    if baseline == "blurred":
        blank = x
        for _ in range(3):
            # Three pixels on either side: a sixteenth of 48.
            blank = uniform_filter(blank, (0, 7, 7), mode="nearest")
    feeds = {"input": torch.from_numpy(x[None]), "baseline": torch.from_numpy(blank[None])}
    feeds["direction"] = target
    for steps in (32, 96):
        slide(figure, panel(figure).get_by_label("Steps", exact=True), steps)
        found = integrated_gradients(bench.module, steps)(bench.weights, feeds)
        assert fact(panel(figure), "Sum of the map") == pytest.approx(
            found["total"].item(), abs=2e-3
        )
        assert fact(panel(figure), "Score less") == pytest.approx(
            found["difference"].item(), abs=2e-3
        )
        agrees(panel(figure), found["attribution"][0].sum(0).numpy(), {})


@pytest.mark.long
def test_superpixels_by_keys_tell_whether_lime_foretold_the_answer(
    asked: str, open_page: Open, bench: Bench, dataset: Dataset
) -> None:
    page = open_page(asked)
    figure = ready(page)
    x, target = question(figure, bench, dataset)
    expect(figure.locator(".pieces")).to_be_hidden()
    choose(figure, "lime", 0)
    choose(figure, "lime-again", 1)
    pair = [bench.local(name, x, target) for name in ("lime", "lime-again")]
    weights, labels = [fit.weights for fit, _ in pair], pair[0][1]
    count = int(labels.max()) + 1
    rank = spearmanr(*weights).statistic
    assert fact(panel(figure, 1), "Rank correlation with seed 1") == pytest.approx(rank, abs=0.011)
    fit = fact(panel(figure, 0), "R² of the fitted line")
    assert fit == pytest.approx(pair[0][0].fit, abs=0.006)
    pieces = figure.locator(".piece")
    expect(pieces).to_have_count(count)
    expect(pieces.nth(0)).to_have_attribute(
        "aria-label", re.compile("^Superpixel 1 of .*upper left, adds .*, switched on$")
    )

    pieces.nth(0).focus()
    page.keyboard.press("ArrowRight")
    chosen = int(pieces.nth(0).evaluate(PLACE))
    assert chosen != 0
    page.keyboard.press("Enter")
    settled(figure)
    expect(pieces.nth(chosen)).to_have_attribute("aria-pressed", "true")
    direction = target.numpy()[0]
    score = float(bench.scores(np.where(labels == chosen, 0, x)[None])[0] @ direction)
    assert told(figure, "Network, 1 off") == pytest.approx(score, rel=6e-3)
    for name, one in (("LIME:", pair[0][0]), ("LIME, another seed:", pair[1][0])):
        foretold = one.whole - one.weights[chosen]
        assert told(figure, name) == pytest.approx(foretold, rel=1e-2, abs=1e-2)
    expect(page.locator("#voice")).to_contain_text("Network, 1 off")

    figure.get_by_text("Merge", exact=True).click()
    for place in (0, 1):
        pieces.nth(place).focus()
        page.keyboard.press("Enter")
    settled(figure)
    expect(pieces).to_have_count(count - 1)
    expect(panel(figure).locator(".facts")).to_contain_text(f"{count - 1} superpixels")
    figure.get_by_text("Split", exact=True).click()
    pieces.nth(3).click()
    settled(figure)
    expect(pieces).to_have_count(count)
    page.wait_for_url(re.compile("cuts=m0-"))
    for _ in range(2):
        figure.get_by_role("button", name="Undo the last cut").click()
        settled(figure)
    expect(figure.get_by_role("button", name="Undo the last cut")).to_be_disabled()
    agrees(panel(figure), bench.map("lime", x, target), {})
    figure.locator(".pick").nth(1).click()
    settled(figure)
    expect(figure.locator(".piece[aria-pressed=true]")).to_have_count(0)


@pytest.mark.long
def test_what_is_rubbed_out_by_keys_is_gone_for_the_answer_and_every_map(
    asked: str, open_page: Open, bench: Bench, dataset: Dataset
) -> None:
    page = open_page(asked)
    figure = ready(page)
    x, target = question(figure, bench, dataset)
    before = figure.locator(".bar[aria-pressed=true]").inner_text()
    figure.get_by_role("button", name="Rub out").click()
    expect(figure.locator(".brush canvas")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    settled(figure)
    page.wait_for_url(re.compile(r"fig-cued\.rubbed="))
    # From the middle three steps of 4/28 to the corner, then a step of 1/28 to each side.
    corner = np.array([0.5 + 12 / 28] * 2)
    stops = np.array([corner, corner - [1 / 28, 0], corner - [1 / 28, 1 / 28]])
    away = np.minimum(*(segment(x.shape[1], *stops[k : k + 2]) for k in (0, 1)))
    left = np.where(away <= 0.05, 0, x).astype(np.float32)
    assert 0 < (left != x).any(0).sum() < 60
    agrees(panel(figure, 0), bench.map("integrated", left, target), {})
    agrees(panel(figure, 1), bench.map("grad-cam", left, target), {})
    share = torch.tensor(bench.scores(left[None])).softmax(1)[0, int(target.argmax())].item()
    bar = figure.locator(".bar[aria-pressed=true] .share").inner_text()
    assert number(bar) == pytest.approx(100 * share, abs=0.6)
    page.keyboard.press("Backspace")
    settled(figure)
    expect(figure.locator(".bar[aria-pressed=true]")).to_have_text(before, use_inner_text=True)
    expect(figure.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    agrees(panel(figure, 0), bench.map("integrated", x, target), {})


def segment(side: int, start: Map, end: Map) -> Map:
    """How far each pixel's centre is from a line, in units of the picture's side."""
    y, x = (np.indices((side, side)) + 0.5) / side
    place = np.stack([x, y], -1)
    way = end - start
    along = ((place - start) @ way / (way @ way)).clip(0, 1)
    return np.asarray(np.linalg.norm(place - start - along[..., None] * way, axis=-1))


PLACE = "first => [...first.parentNode.children].indexOf(document.activeElement)"


def told(figure: Locator, name: str) -> float:
    line = figure.locator(".pieces tr").filter(has_text=name)
    return number(line.locator("td").first.inner_text())


def again(bench: Bench, settings: Any) -> Bench:
    return replace_bench(bench, bench.module, dict(bench.weights), settings)


def replace_bench(bench: Bench, module: Any, weights: Any, settings: Any) -> Bench:
    return Bench(module, weights, bench.shape, bench.picture, bench.bounds, bench.layers, settings)


def test_shuffled_weights_show_which_maps_do_not_change(
    asked: str, open_page: Open, bench: Bench, dataset: Dataset
) -> None:
    page = open_page(asked)
    figure = ready(page)
    x, target = question(figure, bench, dataset)
    choose(figure, "guided", 0)
    choose(figure, "gradient-input", 1)
    figure.locator("[data-control=shuffle] input").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    settled(figure)
    expect(figure.locator(".check-weights output")).to_have_text("logits, conv3")
    model = load_model(ROOT / "models/shapes-cnn-cued")
    weights = dict(model.weights)
    for name in ("logits.weight", "logits.bias", "conv3.weight", "conv3.bias"):
        order = shuffle(len(name), weights[name].numel())
        weights[name] = (
            weights[name].flatten()[torch.from_numpy(order)].reshape(weights[name].shape)
        )
    model.module.load_state_dict(weights)
    mixed = replace_bench(bench, model.module, weights, bench.settings)
    for place, method in enumerate(("guided", "gradient-input")):
        wanted = mixed.map(method, x, target)
        agrees(panel(figure, place), wanted, {})
        rank = spearmanr(wanted.ravel(), bench.map(method, x, target).ravel()).statistic
        assert fact(panel(figure, place), "Rank correlation") == pytest.approx(rank, abs=0.011)
    likely = int(mixed.scores(x[None]).argmax())
    expect(figure.locator(".bar").first).to_contain_text(bench_name(likely))
    expect(panel(figure, 0).locator(".facts")).to_contain_text("hardly changes")
    page.keyboard.press("Home")
    settled(figure)
    agrees(panel(figure), bench.map("guided", x, target), {})
    expect(panel(figure).locator(".facts")).not_to_contain_text("Rank correlation")


def test_only_the_last_of_many_changes_counts(
    asked: str, open_page: Open, bench: Bench, dataset: Dataset
) -> None:
    page = open_page(asked)
    figure = ready(page)
    x, target = question(figure, bench, dataset)
    one = choose(figure, "smooth")
    copies = one.get_by_label("Copies n", exact=True)
    for count in (64, 50, 40, 3):
        copies.fill(str(count))
    settled(figure)
    expect(one.locator("progress")).to_be_hidden()
    agrees(one, again(bench, replace(bench.settings, copies=3)).map("smooth", x, target), {})


def test_methods_are_added_and_taken_away_but_never_one_alone(asked: str, open_page: Open) -> None:
    page = open_page(asked)
    figure = ready(page)
    expect(figure.locator(".remove:visible")).to_have_count(0)
    for count in (3, 4):
        figure.get_by_role("button", name="Add a method").click()
        settled(figure)
        expect(figure.locator(".method")).to_have_count(count)
    expect(figure.get_by_role("button", name="Add a method")).to_be_disabled()
    expect(figure.locator(".keys li")).to_have_count(5)
    figure.get_by_label("Take method 1 away", exact=True).click()
    expect(figure.locator(".method")).to_have_count(3)
    expect(panel(figure).get_by_label("Method 1", exact=True)).to_have_value("grad-cam")


def test_the_opacity_shows_the_picture_or_the_map(asked: str, open_page: Open) -> None:
    page = open_page(asked)
    figure = ready(page)
    pixels = "canvas => canvas.toDataURL()"
    figure.get_by_label("Map over picture", exact=True).fill("0")
    picture = figure.locator(".subject > canvas").evaluate(pixels)
    expect(figure.locator(".answers output").first).to_have_text("0.0 %")
    assert panel(figure).locator(".view canvas").evaluate(pixels) == picture
    page.wait_for_url(re.compile("opacity=0"))
    figure.get_by_label("Map over picture", exact=True).fill("1")
    assert panel(figure).locator(".view canvas").evaluate(pixels) != picture


def test_a_quantity_is_asked_about_as_it_is(asked: str, open_page: Open) -> None:
    page = open_page(asked)
    figure = ready(page, "fig-road")
    data = load_dataset(ROOT / "models/datasets/roads")
    bench = workbench(load_model(ROOT / "models/road-steer"), data, ())
    expect(figure.get_by_label("Ask about")).to_have_count(0)
    figure.locator(".pick").nth(3).click()
    settled(figure)
    x = image(data, shown(figure))
    angle = float(bench.scores(x[None])[0, 0])
    said = figure.locator(".measured strong").inner_text()
    assert number(said.removesuffix(" degrees")) == pytest.approx(angle, abs=0.051)
    for place, method in enumerate(("visual-backprop", "gradient-input")):
        agrees(panel(figure, place), bench.map(method, x, torch.ones(1, 1)), {})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_bars_anyone(
    asked: str, open_page: Open, window: tuple[int, int], scheme: str
) -> None:
    size = {"width": window[0], "height": window[1]}
    page = open_page(asked, viewport=size, color_scheme=scheme, bypass_csp=True)
    for name in ("fig-cued", "fig-road"):
        ready(page, name)
    choose(page.locator("#fig-cued"), "lime", 1)
    page.locator("#fig-cued").get_by_role("button", name="Rub out").click()
    page.add_script_tag(content=AXE)
    found = page.evaluate("axe.run().then(r => r.violations.map(v => v.id + v.nodes[0].html))")
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= window[0]
