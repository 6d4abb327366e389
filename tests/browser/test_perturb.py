"""The kind `perturb` in a real page: what it prints, computed again in PyTorch."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page, expect
from torch import Tensor

from generator.compute.noise import uniform
from generator.compute.perturb.attacks import iterated, jsma
from generator.compute.perturb.curves import allowed
from generator.compute.perturb.guard import Guard
from generator.compute.perturb.page import besieged
from generator.compute.perturb.victim import Victim
from generator.datasets import Dataset, load_dataset
from generator.models import load_model
from tests.browser.server import Host
from tests.compute.perturb.nets import projected_descent, sign_method

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf8")
FOREIGN = ROOT / "tests/sites/foreign/models"
Open = Callable[..., Page]
Pictures = NDArray[np.float32]

ARTICLE = """---
title: Fooled
description: Small changes.
date: 2026-01-02
---

At 0.1 of the range {value}`figure/fig-digits/curves.fgsm.2 | .0%` are still right.

:::{perturb}
:name: fig-digits
:model: digits-cnn
:strengths: [0, 0.05, 0.1]
:tests: 30
:defended: 4
A digit.
:::

Some words.

:::{perturb}
:name: fig-tiles
:model: colour-tiles
:attack: iterated
:strength: 0.05
:most: 0.3
:step: 0.005
:strengths: [0, 0.05]
:tests: 20
:defended: 0
:count: 5
A stranger.
:::
"""


@pytest.fixture(scope="session")
def fooled(built: Callable[[Path], Host], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a page with two such figures."""
    project = tmp_path_factory.mktemp("perturb")
    article = project / "articles" / "fooled" / "index.md"
    article.parent.mkdir(parents=True)
    article.write_text(ARTICLE, "utf8")
    for folder, part in (
        (ROOT / "models", "digits-cnn"),
        (ROOT / "models", "datasets/digits"),
        (FOREIGN, "colour-tiles"),
        (FOREIGN, "datasets/tiles"),
    ):
        shutil.copytree(folder / part, project / "models" / part)
    return built(project).url + "articles/fooled/"


class Asked:
    """A model with its examples, as the page and as PyTorch see them."""

    def __init__(self, model: Path, dataset: Path) -> None:
        loaded = load_model(model)
        self.data: Dataset = load_dataset(dataset)
        self.names = loaded.card.outputs
        self.module = loaded.module.requires_grad_(False)
        self.victim: Victim = besieged(loaded)

    def picture(self, index: int) -> Pictures:
        """Shares of the range, (1, channels, height, width)."""
        return np.asarray(self.data.images[index][None] / 255, np.float32)

    def behind(self, guard: Guard) -> Victim:
        return replace(self.victim, guard=guard)


@pytest.fixture(scope="module")
def digits() -> Asked:
    return Asked(ROOT / "models/digits-cnn", ROOT / "models/datasets/digits")


@pytest.fixture(scope="module")
def tiles() -> Asked:
    return Asked(FOREIGN / "colour-tiles", FOREIGN / "datasets/tiles")


def ready(page: Page, name: str = "fig-digits") -> Locator:
    figure = page.locator(f"#{name}")
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("data-state", re.compile("ready|live"))
    return settled(figure)


def settled(figure: Locator) -> Locator:
    expect(figure.locator(".perturb")).to_have_attribute("aria-busy", "false", timeout=60_000)
    return figure


def slide(figure: Locator, name: str, value: object) -> None:
    figure.get_by_label(name, exact=True).fill(str(value))
    settled(figure)


def attack(figure: Locator, name: str) -> None:
    figure.get_by_role("button", name=name, exact=True).click()
    settled(figure)


def turn(figure: Locator, name: str) -> None:
    figure.get_by_role("checkbox", name=name, exact=True).click()
    settled(figure)


def shown(figure: Locator) -> int:
    words = figure.locator(".column").first.locator(".title").first.inner_text()
    return int(re.findall(r"\d+", words)[0])


def agrees(figure: Locator, place: int, wanted: NDArray[np.floating], names: object) -> None:
    """Bars of one picture to the figure printed; the likeliest class is named above it."""
    column = figure.locator(".column").nth(place)
    said = dict(
        zip(
            column.locator(".bar .name").all_inner_texts(),
            column.locator(".bar .share").all_inner_texts(),
            strict=True,
        )
    )
    assert len(said) == min(len(wanted), 10)
    for name, share in zip(names, wanted, strict=True):  # type: ignore[call-overload]
        printed = float(said[name].removesuffix(" %"))
        assert printed == pytest.approx(100 * share, abs=0.06 if share < 0.1 else 0.6), name
    best = names[int(np.argmax(wanted))]  # type: ignore[index]
    assert column.locator(".said").inner_text().startswith(f"{best}, ")


def torched(picture: Pictures) -> Tensor:
    return torch.from_numpy(picture)


def said(asked: Asked, picture: NDArray[np.floating] | Tensor) -> NDArray[np.float64]:
    some = picture.numpy() if isinstance(picture, Tensor) else picture
    return np.asarray(asked.victim.probabilities(some.astype(np.float32))[0])


def own(asked: Asked, picture: Pictures) -> NDArray[np.int64]:
    return asked.victim.answers(picture)


def test_at_first_it_shows_what_the_still_shows_without_the_engine(
    fooled: str, open_page: Open, digits: Asked, window: tuple[int, int]
) -> None:
    page = open_page(fooled, viewport={"width": window[0], "height": window[1]})
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    figure = ready(page)
    x = digits.picture(shown(figure))
    wanted = sign_method(digits.module, torched(x), torch.from_numpy(own(digits, x)), 0.1, 1)
    agrees(figure, 0, said(digits, x), digits.names)
    agrees(figure, 1, said(digits, wanted), digits.names)
    expect(figure.locator(".verdict")).to_contain_text("at most 0.1 of the full range per pixel")
    assert not [url for url in fetched if url.endswith((".wasm", ".onnx"))]
    assert page.evaluate("document.documentElement.scrollWidth") <= window[0]
    order = np.random.default_rng(0).permutation(digits.data.test)[:30]
    some = (digits.data.images[order] / 255).astype(np.float32)
    labels = digits.data.labels[order]
    made = sign_method(digits.module, torched(some), torch.from_numpy(labels), 0.1, 1)
    right = (digits.victim.answers(made.numpy()) == labels).mean()
    prose = page.locator("main").inner_text()
    assert float(re.findall(r"range (\d+) ?%", prose)[0]) == pytest.approx(100 * right, abs=0.5)
    row = figure.locator(".keys li").filter(has_text="FGSM")
    assert row.locator(".at").inner_text() == f"{100 * right:.0f} %"


def test_the_strength_is_followed_by_keys_and_the_adversary_named(
    fooled: str, open_page: Open, digits: Asked
) -> None:
    page = open_page(fooled)
    figure = ready(page)
    slider = figure.get_by_label("Strength", exact=True)
    slider.focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    settled(figure)
    x = digits.picture(shown(figure))
    first = own(digits, x)
    wanted = sign_method(digits.module, torched(x), torch.from_numpy(first), 0.16, 1)
    agrees(figure, 1, said(digits, wanted), digits.names)
    expect(figure.locator(".field.strength output")).to_have_text("0.16 of the range")
    now = digits.names[int(said(digits, wanted).argmax())]
    sentence = f"Read as {now}, was {digits.names[first[0]]}, with at most 0.16 of the full range"
    expect(figure.locator(".verdict")).to_contain_text(sentence)
    expect(page.locator("#voice")).to_contain_text(sentence)
    expect(figure.locator(".column").nth(2)).to_contain_text(
        f"magnified {1 / np.abs(wanted.numpy() - x).max():.3g} times"
    )
    expect(figure).to_have_attribute("data-state", "live")
    page.keyboard.press("Home")
    settled(figure)
    agrees(figure, 1, said(digits, x), digits.names)
    expect(figure.locator(".verdict")).to_contain_text("Nothing is changed: read as")
    page.keyboard.press("End")
    settled(figure)
    expect(figure.locator(".field.strength output")).to_have_text("1 of the range")
    wanted = sign_method(digits.module, torched(x), torch.from_numpy(first), 1.0, 1)
    agrees(figure, 1, said(digits, wanted), digits.names)


@pytest.mark.long
def test_every_attack_is_pytorch_s_to_a_target_and_away(
    fooled: str, open_page: Open, digits: Asked
) -> None:
    page = open_page(fooled)
    figure = ready(page)
    figure.locator(".pick").nth(2).click()
    settled(figure)
    index = shown(figure)
    x = digits.picture(index)
    first = own(digits, x)
    expect(figure.locator(".pick").nth(2)).to_have_attribute("aria-pressed", "true")
    target = int((first[0] + 5) % 10)
    for toward in (False, True):
        classes = np.array([target]) if toward else first
        named = digits.names[target] if toward else "anything else"
        figure.get_by_label("To be read as", exact=True).select_option(label=named)
        sense = -1 if toward else 1
        for name in ("FGSM", "Iterated (PGD)", "JSMA", "Fast JSMA"):
            attack(figure, name)
            if "JSMA" in name:
                slide(figure, "Strength", 0.06)
                (order,) = jsma(
                    digits.victim, x, classes, allowed(0.06, 784), toward, name != "JSMA"
                )
                made = x.copy()
                made.reshape(-1)[order[order >= 0]] = 1
                changed = int((made != x).sum())
                expect(figure.locator(".facts")).to_contain_text(f"{changed} of 784 numbers")
            else:
                slide(figure, "Strength", 0.12)
                steps = 1 if name == "FGSM" else 10
                made = projected_descent(
                    digits.module, torched(x), torch.from_numpy(classes), 0.12, steps, sense
                ).numpy()
            agrees(figure, 1, said(digits, made), digits.names)
    attack(figure, "Iterated (PGD)")
    slide(figure, "Strength", 0.12)
    slide(figure, "Steps", 3)
    made = projected_descent(digits.module, torched(x), torch.tensor([target]), 0.12, 3, -1).numpy()
    agrees(figure, 1, said(digits, made), digits.names)
    page.wait_for_url(re.compile("fig-digits.steps=3"))
    page.reload()
    figure = ready(page)
    assert shown(figure) == index
    agrees(figure, 1, said(digits, made), digits.names)


@pytest.mark.long
def test_every_defence_is_the_build_s_known_to_the_attacker_or_not(
    fooled: str, open_page: Open, digits: Asked
) -> None:
    page = open_page(fooled)
    figure = ready(page)
    attack(figure, "Iterated (PGD)")
    x = digits.picture(shown(figure))
    first = own(digits, x)
    guards = {
        "Blur": ("blur",),
        "Fewer levels": ("levels",),
        "JPEG": ("jpeg",),
        "Random JPEG by block": ("slq",),
        "Noise": ("noise",),
    }
    bare = iterated(digits.victim, x, first, 0.1)
    for name, on in guards.items():
        turn(figure, name)
        victim = digits.behind(Guard(on))
        agrees(figure, 0, victim.probabilities(x)[0], digits.names)
        agrees(figure, 1, victim.probabilities(bare)[0], digits.names)
        expect(figure.locator(".given:visible")).to_have_count(2)
        expect(figure.locator(".facts")).to_contain_text("Without the defence:")
        turn(figure, name)
    turn(figure, "Blur")
    turn(figure, "Noise")
    slide(figure, "Width σ", 0.5)
    slide(figure, "Copies that vote", 3)
    figure.get_by_role("checkbox", name="The attacker knows the defence").check()
    settled(figure)
    victim = digits.behind(Guard(("blur", "noise"), blur=0.5, copies=3))
    aware = iterated(victim, x, victim.answers(x), 0.1)
    agrees(figure, 1, victim.probabilities(aware)[0], digits.names)
    expect(figure.locator(".verdict")).to_contain_text("Behind the defence")
    expect(figure.locator(".measured")).to_contain_text("the iterated attack knows the defence")


def test_a_misread_digit_is_marked_and_can_be_turned_right(
    fooled: str, open_page: Open, digits: Asked
) -> None:
    page = open_page(fooled)
    figure = ready(page)
    wrong = figure.locator(".pick.wrong").first
    index, label, answer = re.findall(
        r"Example (\d+): (\w+), misread as (\w+)", wrong.get_attribute("aria-label") or ""
    )[0]
    assert digits.names[digits.data.labels[int(index)]] == label
    assert digits.names[own(digits, digits.picture(int(index)))[0]] == answer
    wrong.click()
    settled(figure)
    figure.get_by_label("To be read as", exact=True).select_option(label=label)
    settled(figure)
    attack(figure, "Iterated (PGD)")
    expect(figure.locator(".verdict")).to_contain_text(f"Read as {label}, was {answer}")


@pytest.mark.long
def test_a_stranger_in_colour_of_another_size_is_attacked_as_pytorch_says(
    fooled: str, open_page: Open, tiles: Asked
) -> None:
    page = open_page(fooled)
    figure = ready(page, "fig-tiles")
    x = tiles.picture(shown(figure))
    first = torch.from_numpy(own(tiles, x))
    made = iterated(tiles.victim, x, first.numpy(), 0.05)
    agrees(figure, 1, said(tiles, made), tiles.names)
    slide(figure, "Strength", 0.03)
    attack(figure, "FGSM")
    slope = tiles.victim.slope(x, first.numpy())
    made = np.clip(x - 0.03 * np.sign(slope), 0, 1)
    agrees(figure, 1, said(tiles, made), tiles.names)
    turn(figure, "JPEG")
    turn(figure, "Random JPEG by block")
    victim = tiles.behind(Guard(("jpeg", "slq")))
    agrees(figure, 1, victim.probabilities(made.astype(np.float32))[0], tiles.names)
    attack(figure, "JSMA")
    attack(figure, "Fast JSMA")
    expect(figure.locator(".curves")).to_have_count(1)


def test_noise_and_blank_paper_are_read_as_what_is_asked_for(
    fooled: str, open_page: Open, digits: Asked
) -> None:
    page = open_page(fooled)
    figure = ready(page)
    attack(figure, "Iterated (PGD)")
    figure.get_by_label("To be read as", exact=True).select_option(label="3")
    settled(figure)
    slide(figure, "Strength", 0.3)
    for words, picture in (("noise", uniform(5, 0, 784)), ("a blank picture", np.zeros(784))):
        figure.get_by_label("Start from", exact=True).select_option(label=words)
        settled(figure)
        x = picture.astype(np.float32).reshape(1, 1, 28, 28)
        made = iterated(digits.victim, x, np.array([3]), 0.3, toward=True)
        agrees(figure, 0, said(digits, x), digits.names)
        agrees(figure, 1, said(digits, made), digits.names)
        expect(figure.locator(".verdict")).to_contain_text("ead as 3")
        expect(figure.locator(".column").first).to_contain_text(words, ignore_case=True)


def test_dragging_ends_at_the_last_strength(fooled: str, open_page: Open, digits: Asked) -> None:
    page = open_page(fooled)
    figure = ready(page)
    attack(figure, "Iterated (PGD)")
    slider = figure.get_by_label("Strength", exact=True)
    for strength in (0.3, 0.05, 0.22, 0.14):
        slider.fill(str(strength))
    settled(figure)
    x = digits.picture(shown(figure))
    made = iterated(digits.victim, x, own(digits, x), 0.14)
    agrees(figure, 1, said(digits, made), digits.names)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_bars_anyone(
    fooled: str, open_page: Open, window: tuple[int, int], scheme: str
) -> None:
    size = {"width": window[0], "height": window[1]}
    page = open_page(fooled, viewport=size, color_scheme=scheme, bypass_csp=True)
    page.add_script_tag(content=AXE)
    check = "axe.run().then(r => r.violations.map(v => v.id + v.nodes[0].html))"
    for name in ("fig-digits", "fig-tiles"):
        ready(page, name)
    assert page.evaluate(check) == []
    for name in ("fig-digits", "fig-tiles"):
        figure = ready(page, name)
        turn(figure, "Noise")
        attack(figure, "JSMA")
    assert page.evaluate(check) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= window[0]
