"""Three models that no view was made for, dropped into `models/` with one article that names them.

A residual net, a perceptron without convolution, and a net on three channels with other layers,
sizes and class names: each in every kind that shows a model, with one selection for all three.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from generator.cards import model_card
from generator.compute.attribution.page import workbench
from generator.compute.inputs import from_bytes
from generator.datasets import load_dataset
from generator.models import load_model
from tests.browser.server import Host
from tests.browser.test_attribution import agrees, onehot, settled
from tests.browser.test_network import check_card, settle
from tests.browser.test_pages import violations, wake

FOREIGN = Path(__file__).parents[1] / "sites/foreign"
MODELS = {"residual": "residual-net", "mlp": "plain-mlp", "colour": "colour-tiles"}
CARDS = {short: model_card(FOREIGN / "models" / name) for short, name in MODELS.items()}
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def strangers(built: Callable[[Path], Host]) -> str:
    """The address of the article, built with nothing but its own folder."""
    return built(FOREIGN).url + "articles/three-strangers/index.html"


def ready(page: Page, name: str) -> Locator:
    figure = page.locator(f"#fig-{name}")
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("data-state", re.compile("ready|live"))
    return figure


@pytest.mark.parametrize("short", MODELS)
def test_a_channel_opened_by_keys_is_seen_at_work_in_the_network(
    strangers: str, open_page: Open, short: str
) -> None:
    page = open_page(strangers)
    network, units = ready(page, f"{short}-network"), ready(page, f"{short}-units")
    layer = units.locator(".segmented input:checked").first.locator("xpath=..").inner_text()
    assert layer in CARDS[short].layers
    units.locator(".cell").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(units.locator(".title")).to_have_text(re.compile(rf"^(Channel|Unit) 1 of {layer}$"))
    expect(units.locator(".example")).to_have_count(4)
    assert float(units.locator(".state .value").last.inner_text().replace("\u2212", "-")) > float(
        units.locator(".state .value").first.inner_text().replace("\u2212", "-")
    )
    units.get_by_role("button", name=re.compile("lights up")).press("Enter")
    expect(network).to_be_focused()
    expect(network.locator(".arithmetic .what")).to_have_text(
        re.compile(rf"^{layer} (channel|unit) 1$")
    )
    network.locator(".steps .graph").wait_for()
    check_card(network)


@pytest.mark.parametrize("short", MODELS)
def test_a_point_chosen_by_keys_has_neighbours_and_is_what_the_network_sees(
    strangers: str, open_page: Open, short: str
) -> None:
    page = open_page(strangers)
    network, chart = ready(page, f"{short}-network"), ready(page, f"{short}-map")
    names = CARDS[short].outputs
    chart.locator("input[type=range]").focus()
    page.keyboard.press("End")
    expect(chart.locator(".plot")).to_have_attribute(
        "aria-label", re.compile(f"of {CARDS[short].layers[-1]}")
    )
    chart.locator(".plot").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    neighbours = chart.locator(".neighbour")
    expect(neighbours).to_have_count(5)
    assert {one.locator(".name").inner_text() for one in neighbours.all()} <= set(names)
    far = [float(text) for text in chart.locator(".far").all_inner_texts()]
    assert far == sorted(far)
    page.wait_for_url(re.compile(f"instance:{CARDS[short].dataset}="))
    index = re.findall(rf"instance:{CARDS[short].dataset}=(\d+)", page.url)[0]
    shown = network.locator(".shown")
    expect(shown).to_have_text(re.compile(f"^Test example {index}: "))
    label = chart.locator(".reading").inner_text()
    said = max((name for name in names if f" {name}" in shown.inner_text()), key=len)
    assert said in label
    settle(page, network)
    assert network.locator(".side .first").inner_text() in names


@pytest.mark.long
@pytest.mark.parametrize("short", MODELS)
def test_every_method_that_a_stranger_can_have_is_pytorch_s(
    strangers: str, open_page: Open, short: str
) -> None:
    page = open_page(strangers)
    figure = settled(ready(page, f"{short}-why"))
    card = CARDS[short]
    dataset = load_dataset(FOREIGN / "models/datasets" / card.dataset)
    bench = workbench(load_model(FOREIGN / "models" / MODELS[short]), dataset, ())
    figure.locator(".pick").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    settled(figure)
    index = int(re.findall(r"\d+", figure.locator(".shown").inner_text())[0])
    x = from_bytes(dataset.images[index], card.range)
    target = int(bench.scores(x[None]).argmax())
    expect(figure.locator(".bar").first).to_contain_text(card.outputs[target])
    methods = figure.locator(".method .head select").first
    offered = methods.locator("option").evaluate_all("all => all.map(one => one.value)")
    assert ("cam" in offered, "grad-cam" in offered) == (False, short != "mlp")
    for method in offered:
        methods.select_option(method)
        settled(figure)
        wanted = bench.map(method, x, onehot(target, len(card.outputs)))
        agrees(figure.locator(".method").first, wanted, {})


def test_every_figure_has_a_still_and_wakes(strangers: str, open_page: Open) -> None:
    page = open_page(strangers, java_script_enabled=False)
    assert page.locator("figure .still svg").first.is_visible()
    assert page.locator("figure[data-kind]").count() == 13
    for still in page.locator("figure .still > svg").all():
        box = still.bounding_box()
        assert box is None or min(box["width"], box["height"]) > 100
    awake = open_page(strangers, viewport={"width": 390, "height": 844})
    wake(awake)
    states = '() => [...document.querySelectorAll("figure[data-kind]")].map(f => f.dataset.state)'
    assert set(awake.evaluate(states)) == {"ready"}
    assert awake.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    strangers: str, open_page: Open, scheme: str, window: tuple[int, int]
) -> None:
    size = {"width": window[0], "height": window[1]}
    page = open_page(strangers, viewport=size, color_scheme=scheme, reduced_motion="reduce")
    wake(page)
    assert violations(page) == []
