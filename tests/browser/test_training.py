"""The kind `playground` in a real page: train it, change it, take its numbers apart, share it."""

import math
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.server import Host
from tests.browser.test_pages import violations

Open = Callable[..., Page]
ARTICLE = """---
title: Training
description: A network to train.
date: 2026-01-02
---

:::{playground}
:name: fig-play
:layers: [3, 2]
:noise: 10
:epochs: 5
A network on a circle.
:::

:::{playground}
:name: fig-classes
:data: blobs
:layers: [3]
:rate: 0.1
:epochs: 2
:hide: [noise, batch]
:lock: [data, neurons]
Four classes.
:::
"""


@pytest.fixture(scope="module")
def address(built: Callable[[Path], Host], tmp_path_factory: pytest.TempPathFactory) -> str:
    project = tmp_path_factory.mktemp("training")
    (project / "articles/training").mkdir(parents=True)
    (project / "articles/training/index.md").write_text(ARTICLE, "utf8")
    return built(project).url + "articles/training/index.html"


def live(page: Page, name: str = "fig-play") -> Locator:
    figure = page.locator(f"#{name}")
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("data-state", "live")
    return figure


def number(text: str) -> float:
    return float(text.replace("\u2212", "-").replace("\u202f", ""))


def epoch(figure: Locator) -> int:
    return int(number(figure.locator(".epoch output").inner_text()))


def beyond(page: Page, count: int) -> None:
    """Wait until training has come so far."""
    said = "document.querySelector('#fig-play .epoch output').value.replace(/[^0-9]/g, '')"
    page.wait_for_function(f"() => Number({said}) > {count}")


def loss(figure: Locator, part: str = "train") -> float:
    return number(figure.locator(f".losses .{part} td").first.inner_text())


def fragment(page: Page) -> str:
    """The address after "#", once it has been written."""
    page.wait_for_timeout(500)
    return page.url.partition("#")[2]


def unit(figure: Locator, layer: int, index: int) -> Locator:
    return figure.locator(f'.unit[data-at="{layer}-{index}"]')


def rows(figure: Locator) -> list[list[str]]:
    """The open unit's table as printed: name, value, weight, product."""
    script = """rows => rows.map(row => [...row.cells].map(cell =>
        cell.querySelector("input")?.value ?? cell.textContent))"""
    found: list[list[str]] = figure.locator(".sums tbody tr").evaluate_all(script)
    return found


def weights(figure: Locator, layers: list[int]) -> list[str]:
    """Every weight and bias as printed, by opening each unit."""
    found = []
    for layer, count in enumerate(layers, 1):
        for index in range(count):
            unit(figure, layer, index).click()
            found += [row[2] for row in rows(figure) if row[0] != "sum"]
    return found


def colours(canvas: Locator) -> int:
    script = """c => { const copy = new OffscreenCanvas(c.width, c.height).getContext("2d");
        copy.drawImage(c, 0, 0);
        const {data} = copy.getImageData(0, 0, c.width, c.height);
        return new Set(new Uint32Array(data.buffer)).size }"""
    found: int = canvas.evaluate(script)
    return found


def test_training_runs_stops_steps_and_starts_over(open_page: Open, address: str) -> None:
    page = open_page(address)
    figure = live(page)
    expect(figure.locator(".epoch output")).to_have_text("5")
    start = loss(figure)
    play = figure.locator(".play")
    play.click()
    expect(play).to_have_text("Pause")
    beyond(page, 30)
    play.click()
    expect(play).to_have_text("Play")
    page.wait_for_timeout(150)
    at, low = epoch(figure), loss(figure)
    assert low < start
    assert page.locator("#voice").inner_text().startswith("Stopped at epoch ")
    page.wait_for_timeout(200)
    assert epoch(figure) == at
    figure.get_by_role("button", name="Step: train for one epoch").click()
    expect(figure.locator(".epoch output")).to_have_text(str(at + 1))
    assert f"fig-play.epochs={at + 1}" in fragment(page)
    figure.get_by_role("button", name="Start over with").click()
    expect(figure.locator(".epoch output")).to_have_text("0")
    figure.get_by_label("Stop at epoch").select_option("10")
    figure.get_by_label("Speed").select_option("Full speed")
    play.click()
    expect(play).to_have_text("Play")
    expect(figure.locator(".epoch output")).to_have_text("10")
    # At full speed the page still answers: nothing trains on its own thread.
    figure.get_by_label("Stop at epoch").select_option("Never")
    play.click()
    beyond(page, 300)
    longest = page.evaluate(
        """() => new Promise(done => { let worst = 0, last = performance.now(), left = 40;
        const look = () => { const now = performance.now(); worst = Math.max(worst, now - last);
        last = now; --left ? requestAnimationFrame(look) : done(worst) }; look() })"""
    )
    assert longest < 1000
    play.click()


@pytest.mark.long
def test_an_address_gives_the_same_weights_on_two_loads(open_page: Open, address: str) -> None:
    set_ = "data=xor&layers=2-2&seed=7&draw=4&noise=20&inputs=x,xy&activation=relu&epochs=37"
    view = "#fig-play~" + "&".join(f"fig-play.{one}" for one in set_.split("&"))
    found = []
    for _ in range(2):
        figure = live(open_page(address + view))
        expect(figure.locator(".epoch output")).to_have_text("37")
        found.append(weights(figure, [2, 2, 1]))
    assert found[0] == found[1]
    assert len(found[0]) == 3 * 2 + 3 * 2 + 3
    other = live(open_page(address + view.replace("seed=7", "seed=8")))
    expect(other.locator(".epoch output")).to_have_text("37")
    assert weights(other, [2, 2, 1]) != found[0]


def test_an_answer_can_be_computed_by_hand_from_what_is_printed(
    open_page: Open, address: str
) -> None:
    figure = live(open_page(address + "#~fig-play.at=1.5,-2"))
    values = [1.5, -2.0]
    for layer, count in enumerate([3, 2, 1], 1):
        after = []
        for index in range(count):
            unit(figure, layer, index).click()
            table = rows(figure)
            *given, bias, total = table
            assert [number(row[1]) for row in given] == pytest.approx(values, abs=2e-6)
            products = [value * number(row[2]) for value, row in zip(values, given, strict=True)]
            # Six digits of each factor and of each sum are printed.
            assert [number(row[3]) for row in given] == pytest.approx(products, abs=1e-5)
            result = sum(products) + number(bias[2])
            assert number(total[3]) == pytest.approx(result, abs=2e-5)
            answer = figure.locator(".answer strong").inner_text()
            assert number(answer) == pytest.approx(math.tanh(result), abs=2e-5)
            after.append(number(answer))
        values = after
    said = figure.locator(".reading").inner_text()
    assert said.startswith("At (1.5, \u22122): output ")
    assert number(said.rpartition(" ")[2]) == pytest.approx(values[0], abs=1e-9)


def test_a_line_opens_its_weight_and_an_edit_changes_the_answer(
    open_page: Open, address: str
) -> None:
    page = open_page(address)
    figure = live(page)
    stage = figure.locator(".stage-of-units").bounding_box()
    start, end = (unit(figure, *at).bounding_box() for at in ((1, 0), (2, 1)))
    assert stage is not None
    assert start is not None
    assert end is not None
    middle = (start["x"] + start["width"] + end["x"]) / 2
    height = (start["y"] + end["y"] + start["height"]) / 2
    page.mouse.move(middle, height)
    tip = figure.locator(".tooltip")
    expect(tip).to_contain_text(re.compile(r"neuron \d → neuron \d of layer 2: weight "))
    before = number(tip.inner_text().partition("weight ")[2].partition(". Click")[0])
    page.mouse.click(middle, height)
    field = figure.locator(".sums input:focus")
    assert number(field.input_value()) == before
    output = figure.locator(".reading").inner_text()
    field.fill("2.5")
    field.press("Enter")
    expect(figure.locator(".reading")).not_to_have_text(output)
    # The bias of the output is a number like any other.
    unit(figure, 3, 0).click()
    bias = figure.get_by_label("Bias")
    bias.fill("\u22120,75")
    bias.press("Enter")
    table = rows(figure)
    assert number(table[-1][3]) == pytest.approx(
        sum(number(row[3]) for row in table[:-1]), abs=1e-5
    )
    bias.press("ArrowUp")
    assert number(bias.input_value()) == pytest.approx(-0.65)
    bias.fill("much")
    bias.press("Enter")
    expect(bias).to_have_attribute("aria-invalid", "true")
    assert "is no number" in page.locator("#voice").inner_text()
    # No address can say what was changed by hand, so none pretends to.
    assert "fig-play.epochs=0" in fragment(page)


@pytest.mark.long
def test_the_network_grows_and_shrinks_and_the_address_follows(
    open_page: Open, address: str, window: tuple[int, int]
) -> None:
    page = open_page(address, viewport={"width": window[0], "height": window[1]})
    figure = live(page)
    more = figure.get_by_role("button", name="One hidden layer more")
    for _ in range(4):
        more.click()
    expect(figure.locator(".depth output")).to_have_text("6")
    assert more.get_attribute("aria-disabled") == "true"
    for layer in range(1, 7):
        grow = figure.get_by_role("button", name=f"One neuron more in layer {layer}")
        while grow.get_attribute("aria-disabled") == "false":
            grow.click()
    expect(figure.locator(".unit")).to_have_count(7 + 6 * 8 + 1)
    expect(figure.locator(".links path")).to_have_count(2 * 8 + 5 * 64 + 8)
    assert "fig-play.layers=8-8-8-8-8-8" in fragment(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= window[0]
    boxes = figure.locator(".unit").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(b => [b.left, b.right])"
    )
    assert min(left for left, _ in boxes) >= 0
    assert max(right for _, right in boxes) <= window[0]
    unit(figure, 0, 2).click()
    expect(unit(figure, 0, 2)).to_have_attribute("aria-pressed", "true")
    expect(figure.locator(".links path")).to_have_count(3 * 8 + 5 * 64 + 8)
    less = figure.get_by_role("button", name="One hidden layer less")
    for _ in range(6):
        less.click()
    expect(figure.locator(".links path")).to_have_count(3)
    for name in ("x", "y"):
        figure.get_by_role("button", name=f"Input {name}", exact=True).click()
    figure.get_by_role("button", name="Input x²", exact=True).click()
    assert "needs one input" in page.locator("#voice").inner_text()
    assert "fig-play.layers=none" in fragment(page)
    assert "fig-play.inputs=xx" in fragment(page)


def test_keys_alone_build_train_and_read(open_page: Open, address: str) -> None:
    page = open_page(address)
    figure = live(page)
    unit(figure, 0, 0).focus()
    page.keyboard.press("ArrowRight")
    expect(figure.locator(".unit:focus")).to_have_attribute("aria-label", re.compile("of layer 1"))
    expect(figure.locator(".map .title")).to_contain_text("of layer 1")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(unit(figure, 3, 0)).to_be_focused()
    page.keyboard.press("Enter")
    expect(figure.locator(".inspector .title")).to_have_text("Output")
    plane = figure.locator(".plane")
    plane.focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(figure.locator(".reading")).to_contain_text("At (1, \u22120.1): output ")
    expect(figure.locator(".sums caption")).to_have_text("At (1, \u22120.1)")
    figure.get_by_label("Bias").focus()
    page.keyboard.press("Escape")
    expect(unit(figure, 3, 0)).to_be_focused()
    figure.locator(".sets input:checked").focus()
    page.keyboard.press("ArrowRight")
    expect(figure.locator(".data-panel .title")).to_contain_text("Xor")
    expect(figure.locator(".epoch output")).to_have_text("0")
    figure.locator(".play").press("Enter")
    beyond(page, 3)
    figure.locator(".play").press("Enter")
    view = re.split("[~&]", fragment(page))
    assert {"fig-play.data=xor", "fig-play.at=1,-0.1"} <= set(view)


def test_what_is_shown_of_data_and_map_follows_its_switches(open_page: Open, address: str) -> None:
    page = open_page(address)
    figure = live(page)
    dots, answers = figure.locator(".dots"), figure.locator(".answers")
    before = dots.evaluate("c => c.toDataURL()")
    figure.get_by_label("Show test points").check()
    assert dots.evaluate("c => c.toDataURL()") != before
    assert colours(answers) > 10
    figure.get_by_label("Discretize").check()
    assert colours(answers) == 2
    unit(figure, 1, 1).hover()
    expect(figure.locator(".map .title")).to_contain_text("Neuron 2 of layer 1")
    figure.locator(".play").hover()
    expect(figure.locator(".map .title")).to_contain_text("Output")
    figure.get_by_role("slider", name="Noise").fill("50")
    figure.get_by_role("slider", name="For training").fill("80")
    figure.get_by_role("slider", name="Batch size").fill("25")
    figure.get_by_role("button", name="New points").click()
    figure.get_by_label("Regularization").select_option("L2")
    figure.get_by_label("Strength").select_option("0.01")
    figure.get_by_label("Learning rate").select_option("0.1")
    figure.get_by_role("combobox", name="Loss").select_option("Cross-entropy")
    figure.get_by_label("Optimizer").select_option("Adam")
    figure.get_by_label("Activation").select_option("Sigmoid")
    view = fragment(page)
    for one in ("noise=50", "ratio=80", "batch=25", "draw=1", "regularization=l2", "rate=0.1"):
        assert f"fig-play.{one}" in view
    again = live(open_page(f"{address}#{view}"))
    expect(again.get_by_label("Activation")).to_have_value("2")
    expect(again.get_by_label("Discretize")).to_be_checked()
    assert loss(again) == loss(figure)
    # A regression has no right and wrong, and no choice of loss.
    again.get_by_label("Plane, regression").check()
    expect(again.locator(".losses .train td").nth(1)).to_be_hidden()
    expect(again.locator('[data-control="loss"]')).to_be_hidden()


def test_one_looks_back_along_the_run_and_goes_on_from_its_end(
    open_page: Open, address: str
) -> None:
    figure = live(open_page(address + "#~fig-play.epochs=0&fig-play.unit=1/0"))
    said = figure.locator(".reading")
    first, start = said.inner_text(), loss(figure)
    figure.get_by_label("Stop at epoch").select_option("50")
    figure.get_by_label("Speed").select_option("Full speed")
    figure.locator(".play").click()
    expect(figure.locator(".epoch output")).to_have_text("50")
    expect(figure.locator(".play")).to_have_text("Play")
    last = said.inner_text()
    assert last != first
    back = figure.get_by_label("Look back to epoch")
    back.focus()
    back.press("Home")
    expect(said).to_have_text(first)
    expect(figure.locator(".epoch output")).to_have_text("0")
    assert loss(figure) == start
    back.press("ArrowRight")
    expect(figure.locator(".epoch output")).to_have_text("1")
    expect(said).not_to_have_text(first)
    assert figure.locator(".inspector").evaluate("one => one.inert")
    back.press("End")
    expect(said).to_have_text(last)
    assert loss(figure) < start
    assert not figure.locator(".inspector").evaluate("one => one.inert")
    back.press("Home")
    figure.get_by_role("button", name="Step: train for one epoch").click()
    expect(figure.locator(".epoch output")).to_have_text("51")
    expect(back).to_have_value("51")
    # Whoever looks back while it trains stops it.
    figure.get_by_label("Stop at epoch").select_option("Never")
    figure.locator(".play").click()
    expect(figure.locator(".play")).to_have_text("Pause")
    back.press("Home")
    expect(figure.locator(".play")).to_have_text("Play")
    figure.page.wait_for_timeout(300)
    expect(figure.locator(".epoch output")).to_have_text("0")
    expect(said).to_have_text(first)


def test_an_address_that_nobody_could_have_made_starts_sensibly(
    open_page: Open, address: str
) -> None:
    wild = {
        "layers": "99", "inputs": "", "rate": "7", "seed": "-1", "epochs": "1e9", "unit": "9/9",
        "at": "9,9", "own": "$$$", "data": "moons", "speed": "0", "noise": "NaN", "batch": "true",
        "stop": "soon", "regularization": "l3", "test": "1", "loss": "0",
    }  # fmt: skip
    view = "&".join(f"fig-play.{key}={value}" for key, value in wild.items())
    figure = live(open_page(f"{address}#~{view}"))
    expect(figure.locator(".epoch output")).to_have_text("5")
    expect(figure.locator(".depth output")).to_have_text("2")
    # What the rules allow and this network does not have is not followed either.
    view = "fig-play.unit=7/7&fig-play.data=own&fig-play.own='2&fig-play.layers=none"
    figure = live(open_page(f"{address}#~{view}"))
    expect(figure.locator(".inspector .hint")).to_contain_text("Choose a neuron")
    figure.get_by_role("button", name="Step: train for one epoch").click()
    expect(figure.locator(".alarm")).to_be_hidden()


def test_numbers_that_broke_down_are_named_with_a_way_out(open_page: Open, address: str) -> None:
    view = "#~fig-play.rate=10&fig-play.activation=linear&fig-play.data=plane&fig-play.epochs=0"
    page = open_page(address + view)
    figure = live(page)
    figure.get_by_label("Speed").select_option("Full speed")
    figure.locator(".play").click()
    alarm = figure.locator(".alarm")
    expect(alarm).to_contain_text("the weights have grown past every number (NaN)")
    expect(alarm).to_contain_text("learning rate of 10 ")
    expect(figure.locator(".play")).to_have_text("Play")
    alarm.get_by_role("button", name="Start over with").click()
    expect(alarm).to_be_hidden()
    assert "fig-play.rate=3" in fragment(page)
    assert math.isfinite(loss(figure))


def test_an_author_hides_and_locks_and_four_classes_have_four_outputs(
    open_page: Open, address: str
) -> None:
    page = open_page(address)
    figure = live(page, "fig-classes")
    expect(figure.get_by_label("Noise")).to_have_count(1)
    expect(figure.get_by_label("Noise")).to_be_hidden()
    expect(figure.get_by_label("For training")).to_be_visible()
    assert figure.locator(".sets input").first.is_disabled()
    assert figure.get_by_role("button", name="One neuron more in layer 1").is_disabled()
    expect(figure.get_by_role("button", name=re.compile("^Output"))).to_have_count(4)
    expect(figure.locator(".reading")).to_contain_text(re.compile(r"class \d, \d+ % sure"))
    expect(figure.locator(".legend .class")).to_have_count(4)
    answers = []
    for index in range(4):
        unit(figure, 2, index).click()
        answers.append(number(figure.locator(".answer strong").inner_text()))
    assert sum(answers) == pytest.approx(1, abs=1e-5)
    # Neither a reset nor the author's own link lets them out.
    figure.get_by_role("button", name="Reset", exact=True).click()
    expect(figure.locator(".epoch output")).to_have_text("2")
    expect(figure.get_by_label("Noise")).to_be_hidden()
    assert "hide" not in fragment(page)


@pytest.mark.long
def test_own_points_are_pasted_drawn_and_carried_by_the_address(
    open_page: Open, address: str, window: tuple[int, int]
) -> None:
    page = open_page(address, viewport={"width": window[0], "height": window[1]})
    figure = live(page)
    figure.get_by_role("button", name="Your own data").click()
    title = figure.locator(".data-panel .title")
    expect(title).to_contain_text("Your own classification, 2 classes")
    said = figure.locator(".own .hint")
    rows = figure.get_by_label("Rows of x, y and label")
    rows.fill("1,1,a\n2,x,b\n3,3,a\n1,1,b")
    use = figure.get_by_role("button", name="Use these rows")
    use.click()
    expect(said).to_contain_text("Line 2: “x” in column 2 is no number")
    corners = [(4, 4, "red"), (-4, -4, "blue"), (4, -4, "green")]
    rows.fill("\n".join(f"{x},{y},{name}" for x, y, name in corners for _ in range(8)))
    use.click()
    expect(said).to_contain_text("24 points, 3 classes: blue, green, red.")
    expect(figure.get_by_role("button", name=re.compile("^Output"))).to_have_count(3)
    figure.get_by_label("Learning rate").select_option("0.3")
    figure.get_by_label("Stop at epoch").select_option("100")
    figure.get_by_label("Speed").select_option("Full speed")
    figure.locator(".play").click()
    expect(figure.locator(".epoch output")).to_have_text("100")
    expect(figure.locator(".losses .train td").nth(1)).to_have_text("100 %")
    # Points are added while it learns, by mouse and by keys, and nothing starts over.
    figure.get_by_label("A click on the map").select_option("adds class 4")
    plane = figure.locator(".plane")
    plane.click(position={"x": 20, "y": 20})
    expect(figure.get_by_role("button", name=re.compile("^Output"))).to_have_count(4)
    plane.focus()
    page.keyboard.press("Enter")
    expect(said).to_have_text("26 points.")
    figure.get_by_role("button", name="Undo").click()
    expect(said).to_have_text("25 points.")
    again = live(open_page(f"{address}#{fragment(page)}"))
    expect(again.locator(".data-panel .title")).to_contain_text(
        "Your own classification, 4 classes"
    )
    assert loss(again) == loss(figure)
    figure.get_by_role("button", name="Clear").click()
    expect(title).to_contain_text("2 classes")


def test_a_neuron_is_taken_out_at_the_price_that_was_named(open_page: Open, address: str) -> None:
    page = open_page(address + "#~fig-play.epochs=60&fig-play.unit=1/0")
    figure = live(page)
    expect(figure.locator(".epoch output")).to_have_text("60")
    before, size = loss(figure), unit(figure, 1, 0).bounding_box()
    figure.get_by_label("Neurons as large as they matter").check()
    figure.get_by_label("Lines as wide as weight").check()
    scales = figure.locator(".unit[data-at^='1-']").evaluate_all(
        "all => all.map(one => Number(one.style.getPropertyValue('--scale')))"
    )
    assert max(scales) <= 1
    assert len(set(scales)) > 1
    assert size is not None
    worth = figure.locator(".worth span")
    expect(worth).to_contain_text("Without it the training loss would be ")
    named, now = (number(one) for one in re.findall(r"\d\.\d+", worth.inner_text()))
    assert now == before
    figure.get_by_role("button", name="Remove this neuron").click()
    expect(unit(figure, 1, 2)).to_have_count(0)
    expect(figure.locator(".epoch output")).to_have_text("60")
    expect(figure.locator(".losses .train td").first).to_have_text(f"{named:.4f}")
    view = fragment(page)
    assert "fig-play.layers=2-2" in view
    assert "fig-play.importance=true" in view
    # The network as it is now is taken away as a program.
    with page.expect_download() as got:
        figure.get_by_role("button", name="PyTorch code of this network").click()
    assert got.value.suggested_filename == "network.py"
    assert "nn.Linear(2, 2)," in got.value.path().read_text("utf8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    open_page: Open, address: str, scheme: str, window: tuple[int, int]
) -> None:
    size = {"width": window[0], "height": window[1]}
    page = open_page(address + "#~fig-play.unit=1/0", viewport=size, color_scheme=scheme)
    live(page, "fig-classes")
    live(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= window[0]
