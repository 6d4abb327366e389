"""The kind `dream` in a real page: its first steps, computed again in PyTorch."""

import io
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.numpy
import torch
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA

from generator.compute.colour import colour_axes
from generator.compute.dream import goals
from generator.compute.dream.movement import Moves
from generator.compute.dream.picture import logits, parts
from generator.compute.dream.run import Plan, Runs, ascended
from generator.compute.dream.slope import picture_slope
from generator.compute.imagine import run as imagining
from generator.compute.sheet import LEVELS
from generator.datasets import load_dataset
from generator.models import load_model
from tests.browser.server import Host

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf8")
FOREIGN = ROOT / "tests/sites/foreign/models"
Open = Callable[..., Page]
# Adam divides by the size of a slope: what two engines round differently grows from step to step.
NEAR = 2e-3

ARTICLE = """---
title: Dreams
description: What a network would like to see.
date: 2026-01-02
---

It ends at {value}`figure/fig-tiles/first.end | .3f`.

:::{dream}
:name: fig-tiles
:model: colour-tiles
:layers: [depth, verdict]
:unit: 2
:steps: [0, 4, 16]
:optima: 3
:jitter: 2
:facets: true
A stranger in colour.
:::

:::{imagine}
:name: fig-shapes
:shapes: [box, cross]
:epochs: 1
:steps: 16
What a network learns of shapes.
:::
"""


@pytest.fixture(scope="session")
def dreams(built: Callable[[Path], Host], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a page with such a figure of a model that it was not made for."""
    project = tmp_path_factory.mktemp("dream")
    article = project / "articles" / "dreams" / "index.md"
    article.parent.mkdir(parents=True)
    article.write_text(ARTICLE, "utf8")
    for part in ("colour-tiles", "datasets/tiles"):
        shutil.copytree(FOREIGN / part, project / "models" / part)
    return built(project).url + "articles/dreams/"


class Asked:
    """The same ascents in eager PyTorch."""

    def __init__(self) -> None:
        self.model = load_model(FOREIGN / "colour-tiles")
        self.data = load_dataset(FOREIGN / "datasets/tiles")
        self.names = self.model.card.outputs

    def runs(
        self,
        layer: str,
        goal: goals.Goal | goals.Guide,
        steps: int,
        start: NDArray[np.uint8] | None = None,
        waves: bool = True,
        **changes: object,
    ) -> Runs:
        given = {"runs": 3, "seed": 0, "rate": 0.05, "moves": Moves(2, 0.05, 0), **changes}
        images = self.data.images[self.data.test]
        level = float(np.clip(images.mean() / 255, *LEVELS))
        base = logits(np.full(images.shape[1:], level) if start is None else start / 255)
        given["share"] = 1.0 if start is None else 0.1
        made = parts(base, waves, colour_axes(images[:500]))
        card = self.model.card
        function = picture_slope(self.model.module, layer, card.input, card.range)
        plan = Plan(steps=(0, steps), **given)  # type: ignore[arg-type]
        shape: tuple[int, int, int] = card.input  # type: ignore[assignment]
        return ascended(function, self.model.weights, shape, made, goal, plan)

    def reach(self, layer: str) -> float:
        """What the best test example is worth to the whole layer."""
        return max(float(np.square(self.answer(layer, i)).mean()) for i in self.data.test)

    def answer(self, layer: str, index: int) -> NDArray[np.float32]:
        return self.answered(layer, self.data.images[index])

    @cache  # noqa: B019 - there is one for all tests
    def means(self, layer: str) -> NDArray[np.float32]:
        """Mean answer of every channel to each test example that a figure looks at."""
        pictures = self.data.images[self.data.test[:1000]]
        return np.asarray(self.answers(layer, pictures).mean((2, 3)))

    def answered(self, layer: str, picture: NDArray[np.uint8]) -> NDArray[np.float32]:
        return np.asarray(self.answers(layer, picture[None])[0])

    def answers(self, layer: str, pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
        taps: list[torch.Tensor] = []
        with self.model.module.get_submodule(layer).register_forward_hook(
            lambda *seen: taps.append(seen[2])
        ):
            self.model.module(torch.from_numpy(pictures).float() / 255)
        return np.asarray(taps[0].numpy())


@pytest.fixture(scope="module")
def asked() -> Asked:
    return Asked()


def ready(page: Page) -> Locator:
    figure = page.locator("#fig-tiles")
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("data-state", re.compile("ready|live"))
    return settled(figure)


def settled(figure: Locator) -> Locator:
    expect(figure.locator(".dream")).to_have_attribute("aria-busy", "false", timeout=60_000)
    return figure


def number(words: str) -> float:
    return float(words.replace("\N{MINUS SIGN}", "-"))


def worths(figure: Locator) -> list[float]:
    return [number(one) for one in figure.locator(".optima li:visible .worth").all_inner_texts()]


def press(figure: Locator, name: str) -> None:
    figure.get_by_role("button", name=name, exact=True).click()
    settled(figure)


def slide(figure: Locator, name: str, value: object) -> None:
    figure.get_by_label(name, exact=True).fill(str(value))
    settled(figure)


def agrees(figure: Locator, wanted: NDArray[np.floating]) -> None:
    """Three figures are printed, and two engines part a little on the way."""
    np.testing.assert_allclose(worths(figure), wanted, rtol=6e-3 + NEAR, atol=NEAR)


def test_it_shows_what_the_build_found_and_finds_it_again_in_the_page(
    dreams: str, open_page: Open, asked: Asked, window: tuple[int, int]
) -> None:
    page = open_page(dreams, viewport={"width": window[0], "height": window[1]})
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    figure = ready(page)
    goal = goals.one_of("channel", asked.answer("depth", 0).shape, 2)
    wanted = asked.runs("depth", goal, 16).worths
    agrees(figure, wanted[:, 16])
    assert not [url for url in fetched if url.endswith((".wasm", ".onnx"))]
    prose = page.locator("main").inner_text()
    assert number(re.findall(r"ends at (\S+)\.", prose)[0]) == pytest.approx(
        wanted[0, 16], abs=1e-3
    )
    press(figure, "Play the ascent")
    expect(figure).to_have_attribute("data-state", "live")
    agrees(figure, wanted[:, 16])
    expect(page.locator("#voice")).to_contain_text("after 16 steps")
    slide(figure, "History", 3)
    agrees(figure, wanted[:, 3])
    figure.get_by_role("button", name=re.compile("^step 4 ")).click()
    agrees(figure, wanted[:, 4])
    expect(figure.locator(".player output")).to_have_text("step 4")
    assert page.evaluate("document.documentElement.scrollWidth") <= window[0]


def test_every_goal_and_every_setting_climbs_as_in_pytorch(
    dreams: str, open_page: Open, asked: Asked
) -> None:
    page = open_page(dreams)
    figure = ready(page)
    shape = asked.answer("depth", 0).shape
    press(figure, "Unit")
    figure.get_by_label("and", exact=True).select_option("5")
    settled(figure)
    slide(figure, "Share of the second", 0.75)
    both = goals.between(goals.one_of("unit", shape, 2), goals.one_of("unit", shape, 5), 0.75)
    expect(figure.locator(".asks")).to_have_text("Unit 2 of depth and unit 5 of depth")
    agrees(figure, asked.runs("depth", both, 16).worths[:, 16])
    press(figure, "Whole layer")
    figure.get_by_role("checkbox", name="Jitter").uncheck()
    settled(figure)
    slide(figure, "Scale, strength", 0.1)
    slide(figure, "Blur, strength", 0.5)
    slide(figure, "Octaves", 2)
    moves = Moves(0, 0.1, 0.5, 2)
    whole = goals.whole(shape)
    agrees(figure, asked.runs("depth", whole, 16, moves=moves).worths[:, 16])
    slide(figure, "Push apart", 0.5)
    slide(figure, "Total variation, strength", 0.2)
    slide(figure, "Step length", 0.08)
    reach = asked.reach("depth")
    weights: dict[str, Any] = {"apart": 0.5 * reach, "smooth": reach, "rate": 0.08}
    agrees(figure, asked.runs("depth", whole, 16, moves=moves, **weights).worths[:, 16])
    press(figure, "verdict")
    figure.get_by_label("Class", exact=True).select_option(label=asked.names[1])
    settled(figure)
    page.wait_for_url(re.compile("fig-tiles.layer=verdict"))
    before = worths(figure)
    page.reload()
    figure = ready(page)
    expect(figure.locator(".asks")).to_have_text(f"Class {asked.names[1]}")
    assert worths(figure) == before


def test_a_class_a_direction_and_pixels_climb_from_an_example_as_in_pytorch(
    dreams: str, open_page: Open, asked: Asked
) -> None:
    page = open_page(dreams)
    figure = ready(page)
    press(figure, "Direction")
    figure.get_by_label("Towards", exact=True).select_option("1")
    settled(figure)
    tests = asked.data.test[:1000]
    means = asked.means("depth")
    axis = means[asked.data.labels[tests] == 1].mean(0) - means.mean(0)
    shape = asked.answer("depth", 0).shape
    towards = goals.along(shape, (axis / np.linalg.norm(axis)).astype(np.float32))
    agrees(figure, asked.runs("depth", towards, 16).worths[:, 16])
    press(figure, "verdict")
    figure.get_by_label("Class", exact=True).select_option("2")
    figure.get_by_role("checkbox", name="Waves instead of pixels").uncheck()
    settled(figure)
    one = goals.one_of("class", (len(asked.names),), 2)
    agrees(figure, asked.runs("verdict", one, 16, waves=False).worths[:, 16])
    figure.get_by_label("Start from").select_option("example")
    settled(figure)
    figure.locator(".pick:visible").nth(3).click()
    settled(figure)
    name = figure.locator(".pick:visible").nth(3).get_attribute("aria-label") or ""
    start = asked.data.images[int(re.findall(r"Example (\d+)", name)[0])]
    agrees(figure, asked.runs("verdict", one, 16, start, waves=False).worths[:, 16])


def png(picture: NDArray[np.uint8]) -> bytes:
    return saved(Image.fromarray(picture.transpose(1, 2, 0)), "PNG")


def saved(picture: Image.Image, name: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, name, **options)
    return file.getvalue()


def told(figure: Locator) -> Locator:
    """What the figure says of the reader's own picture."""
    return figure.get_by_role("group", name="A picture of your own").get_by_role("status")


def brought(figure: Locator, name: str, file: bytes) -> None:
    figure.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "image/png", "buffer": file}
    )


def test_a_reader_s_own_picture_is_the_start_and_another_guides(
    dreams: str, open_page: Open, asked: Asked
) -> None:
    page = open_page(dreams)
    figure = ready(page)
    own = np.random.default_rng(5).integers(0, 256, asked.model.card.input, np.uint8)
    goal = goals.one_of("channel", asked.answer("depth", 0).shape, 2)
    brought(figure, "holiday.png", png(own))
    expect(told(figure)).to_contain_text("holiday.png, as the model is given it.")
    expect(figure.get_by_label("Start from")).to_have_value("example")
    settled(figure)
    agrees(figure, asked.runs("depth", goal, 16, own).worths[:, 16])
    press(figure, "What guides it")
    guide = figure.get_by_role("group", name="The picture that guides").get_by_role("button").nth(4)
    guide.click()
    settled(figure)
    index = int(re.findall(r"example (\d+)", figure.locator(".asks").inner_text())[0])
    led = goals.Guide(asked.answer("depth", index))
    agrees(figure, asked.runs("depth", led, 16, own).worths[:, 16])
    press(figure, "Let it guide")
    figure.get_by_label("Start from").select_option("noise")
    settled(figure)
    expect(figure.locator(".asks")).to_have_text("What depth finds in your own picture")
    led = goals.Guide(asked.answered("depth", own))
    agrees(figure, asked.runs("depth", led, 16).worths[:, 16])
    page.reload()
    # It stayed with the reader, so the address cannot bring it back.
    expect(ready(page).locator(".asks")).to_contain_text("finds in example")


def test_a_picture_that_cannot_be_used_is_told_and_an_odd_one_is_remarked_on(
    dreams: str, open_page: Open, asked: Asked
) -> None:
    figure = ready(open_page(dreams))
    before = worths(figure)
    said = told(figure)
    whole = png(asked.data.images[0])
    brought(figure, "half.png", whole[: len(whole) // 2])
    expect(said).to_contain_text("half.png ends too early: part of this PNG picture is missing")
    brought(figure, "notes.png", b"These are words and no picture.")
    expect(said).to_contain_text("notes.png is no picture that this browser can read")
    assert worths(figure) == before
    paper = Image.new("CMYK", (8000, 40), (200, 0, 90, 0))
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "green")]
    deep = Image.fromarray(np.full((20, 20), 40_000, np.uint16))
    for name, file, words in (
        ("print.jpg", saved(paper, "JPEG"), "colours of print.*8000 × 40 pixels"),
        ("moves.gif", saved(frames[0], "GIF", save_all=True, append_images=frames[1:]), "frame"),
        ("deep.png", saved(deep, "PNG"), "16 bits"),
    ):
        brought(figure, name, file)
        expect(said).to_contain_text(re.compile(f"{name}, as the model is given it.*{words}"))
        settled(figure)
    pad = figure.get_by_role("button", name="Draw one")
    pad.press("Enter")
    expect(pad).to_have_attribute("aria-expanded", "true")
    drawn = figure.get_by_role("application")
    drawn.scroll_into_view_if_needed()
    box = drawn.bounding_box()
    assert box is not None
    drawn.page.mouse.move(box["x"] + 20, box["y"] + 20)
    drawn.page.mouse.down()
    drawn.page.mouse.move(box["x"] + 90, box["y"] + 90, steps=4)
    drawn.page.mouse.up()
    expect(said).to_contain_text("Your drawing, as the model is given it.")
    settled(figure)


def test_a_picture_comes_near_to_the_code_of_another_by_keys_alone(
    dreams: str, open_page: Open, asked: Asked
) -> None:
    page = open_page(dreams)
    figure = ready(page)
    figure.get_by_role("button", name="Code of an example").press("Enter")
    settled(figure)
    figure.locator(".pick").nth(0).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    settled(figure)
    index = int(re.findall(r"example (\d+)", figure.locator(".asks").inner_text())[0])
    goal = goals.code(asked.answer("depth", index))
    wanted = asked.runs("depth", goal, 16).worths[:, 16]
    agrees(figure, np.array([goals.error(float(one)) for one in wanted]))
    expect(figure.locator(".verdict")).to_contain_text("Error of its code from")
    figure.get_by_label("Optima", exact=True).focus()
    page.keyboard.press("Home")
    settled(figure)
    assert len(worths(figure)) == 1
    figure.get_by_role("button", name="Other noise").press("Enter")
    settled(figure)
    other = asked.runs("depth", goal, 16, runs=1, seed=1).worths[:, 16]
    agrees(figure, np.array([goals.error(float(other[0]))]))


def test_best_examples_are_parted_and_each_facet_climbs_from_its_mean(
    dreams: str, open_page: Open, asked: Asked
) -> None:
    page = open_page(dreams)
    figure = ready(page)
    slide(figure, "Facets", 3)
    answers = asked.means("depth")
    best = np.argsort(-answers[:, 2], kind="stable")[:48]
    # Axes are those of all examples; the page has eight of them, and so it is here.
    codes = PCA(min(8, answers.shape[1])).fit_transform(answers)[best]
    labels = KMeans(3, n_init=30, random_state=0).fit_predict(codes)
    members = sorted((best[labels == i] for i in range(3)), key=lambda own: (-len(own), min(own)))
    named = figure.locator(".facet-name").all_inner_texts()
    counted = [sum(map(int, re.findall(r"(\d+) ×", one))) for one in named]
    kinds = [len(set(asked.data.labels[asked.data.test[own]].tolist())) for own in members]
    assert [one for one, few in zip(counted, kinds, strict=True) if few <= 4] == [
        len(own) for own, few in zip(members, kinds, strict=True) if few <= 4
    ]
    goal = goals.one_of("channel", asked.answer("depth", 0).shape, 2)
    wanted = [
        asked.runs(
            "depth", goal, 16, asked.data.images[asked.data.test[own]].mean(0), runs=1, seed=i
        ).worths[0, 16]
        for i, own in enumerate(members)
    ]
    shown = figure.locator(".optima li:visible .worth").all_inner_texts()
    found = [number(one.split(": ")[1]) for one in shown]
    np.testing.assert_allclose(found, wanted, rtol=6e-3 + NEAR, atol=NEAR)
    assert "48 test examples" in figure.locator(".facets .title").inner_text()
    expect(figure.get_by_label("Start from")).to_be_hidden()


def experimented(page: Page) -> Locator:
    figure = page.locator("#fig-shapes")
    figure.get_by_role("button", name="Train and imagine").click()
    expect(figure.locator(".imagine")).to_have_attribute("aria-busy", "false", timeout=60_000)
    return figure.locator(".experiment").first


def ink(picture: Locator) -> NDArray[np.float64]:
    """Shares of ink in the page's dark on light: what the reader sees."""
    red = picture.evaluate(
        """c => [...c.getContext("2d").getImageData(0, 0, c.width, c.height).data]
          .filter((_, i) => i % 4 === 0)"""
    )
    shades = np.array(red, float).reshape(24, 24)
    return np.asarray((shades.max() - shades) / (shades.max() - shades.min()))


@pytest.mark.parametrize("net", ["perceptron", "convolution"])
def test_a_network_trains_in_the_page_and_imagines_as_in_pytorch(
    dreams: str, open_page: Open, net: str, window: tuple[int, int]
) -> None:
    page = open_page(dreams, viewport={"width": window[0], "height": window[1]})
    figure = page.locator("#fig-shapes")
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("data-state", "ready")
    expect(figure.locator(".experiment")).to_have_count(1)
    before = figure.locator(".experiment .made").inner_text()
    cross = figure.get_by_role("button", name="cross")
    cross.click()
    figure.get_by_role("button", name="Train and imagine").click()
    expect(figure.get_by_role("alert")).to_contain_text("at least two shapes")
    for name in ("hollow box", "disc"):
        figure.get_by_role("button", name=name, exact=True).press("Enter")
    figure.get_by_label("Network", exact=True).select_option(net)
    figure.get_by_label("Seed", exact=True).fill("3")
    made = experimented(page)
    expect(figure).to_have_attribute("data-state", "live")
    asked = imagining.Asked([1, 2, 4], net, 1, 16, "empty", 3)
    wanted = imagining.found(asked)
    expect(made.locator(".made")).to_have_text(
        f"Box, hollow box, disc: a {net}, 1 epoch, from an empty picture, seed 3."
    )
    expect(made.locator(".line")).to_contain_text("6 training steps of")
    expect(made.locator(".line")).to_contain_text(f"Right on {round(100 * wanted.right)} % of 64")
    shares = [float(one.rstrip(" %")) for one in made.locator(".worth").all_inner_texts()]
    np.testing.assert_allclose(shares, 100 * wanted.shares, atol=1.1)
    for cell, picture in zip(made.locator("canvas").all(), wanted.pictures, strict=True):
        shown = (picture - picture.min()) / (picture.max() - picture.min())
        assert np.abs(ink(cell) - shown).mean() < 0.02
    # What came before stays below, to compare.
    expect(figure.locator(".experiment")).to_have_count(2)
    expect(figure.locator(".experiment .made").last).to_have_text(before)
    expect(page.locator("#voice")).to_contain_text("It imagined box, sure to")
    assert page.evaluate("document.documentElement.scrollWidth") <= window[0]


def test_an_objective_that_is_no_number_is_told_and_the_picture_stays(
    dreams: str, open_page: Open, asked: Asked
) -> None:
    page = open_page(dreams)
    figure = ready(page)
    before = worths(figure)
    weights = {name: tensor.numpy().copy() for name, tensor in asked.model.weights.items()}
    weights["paint.weight"].fill(np.nan)
    broken = safetensors.numpy.save(weights)
    # What is fetched from now on are the weights.
    page.route(re.compile(r"\.safetensors$"), lambda route: route.fulfill(body=broken))
    press(figure, "Play the ascent")
    expect(figure.get_by_role("alert")).to_contain_text("the objective is not a number any more")
    assert figure.get_attribute("data-state") == "live"
    assert worths(figure) == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(dreams: str, open_page: Open, scheme: str) -> None:
    page = open_page(dreams, color_scheme=scheme)
    figure = ready(page)
    page.evaluate(AXE)
    press(figure, "Code of an example")
    page.locator("#fig-shapes").scroll_into_view_if_needed()
    expect(page.locator("#fig-shapes")).to_have_attribute("data-state", "ready")
    for name in ("#fig-tiles", "#fig-shapes"):
        found = page.evaluate("name => axe.run(name)", name)
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
