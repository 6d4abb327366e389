"""Sentences that share variables with figures, by pointer and by keys, with and without scripts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.server import Host

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf8")
Open = Callable[..., Page]


def size(window: tuple[int, int]) -> dict[str, int]:
    return {"width": window[0], "height": window[1]}


def ready(page: Page, name: str) -> Locator:
    figure = page.locator(f"#{name}")
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("data-state", "ready")
    return figure


def paragraph(page: Page, words: str) -> Locator:
    return page.locator("main p", has_text=words).first


def told(place: Locator) -> str:
    """What a reader sees in a sentence."""
    return " ".join(place.inner_text().split())


def test_a_slider_moves_its_sentence_and_the_voice_reads_it(
    moving: Open, window: tuple[int, int]
) -> None:
    page = moving(viewport=size(window))
    slider = page.get_by_role("slider", name="Epochs trained")
    sentence = paragraph(page, "epochs the rate is")
    expect(slider).to_have_attribute("aria-valuetext", "5")
    assert "the rate is 0.100, which is high." in told(sentence)
    slider.focus()
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "12")
    assert "After 12" in told(sentence)
    assert "the rate is 0.050, which is low." in told(sentence)
    expect(page.locator("#voice")).to_have_text("After 12 epochs the rate is 0.050, which is low.")
    page.wait_for_url("**/#~epochs=12")
    page.keyboard.press("Home")
    assert "the rate is 0.100, which is high." in told(sentence)
    box = slider.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] - 3, box["y"] + box["height"] / 2)
    assert "After 30" in told(sentence)
    assert "the rate is 0.013, which is low." in told(sentence)


def test_a_choice_moves_the_words_that_name_it(moving: Open) -> None:
    page = moving()
    choice = page.get_by_role("combobox", name="Optimizer")
    assert choice.input_value() == "1"
    choice.focus()
    page.keyboard.press("ArrowDown")
    assert "and adam is what it stays" in told(paragraph(page, "nothing else changes"))
    page.wait_for_url("**/#~optimizer=adam")


def test_words_that_set_a_variable_are_a_button_that_says_whether_it_is_set(moving: Open) -> None:
    page = moving()
    button = page.get_by_role("button", name="thirty epochs")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("slider", name="Epochs trained")).to_have_value("30")
    expect(page.locator("#voice")).to_contain_text("the rate is 0.013")


def test_an_address_brings_the_view_and_what_it_made_up_is_refused(moving: Open) -> None:
    page = moving(
        "#~epochs=12&optimizer=lion&smoothing=7&digit=two&fig-map.layer=conv9"
        "&walk.step=nowhere&junk=1&fig-gone.layer=x&instance:small-digits=-4"
    )
    assert "After 12" in told(paragraph(page, "epochs the rate is"))
    assert "and momentum is what it stays" in told(paragraph(page, "nothing else changes"))
    assert "that is a two" in told(paragraph(page, "Highlighted is"))
    assert "The map shows pixels." in told(paragraph(page, "The map shows"))
    figure = ready(page, "fig-map")
    expect(figure.get_by_role("slider", name="Layer")).to_have_attribute("aria-valuetext", "pixels")
    expect(page.locator(".step-count")).to_have_text("1 of 3")


def middle(chart: Locator, selector: str, place: int = 0) -> tuple[float, float]:
    """The middle of one item that a chart has drawn."""
    box = chart.locator(selector).nth(place).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_parameter_of_a_chart_and_a_variable_of_its_name_move_one_another(
    moving: Open, window: tuple[int, int]
) -> None:
    page = moving(viewport=size(window))
    chart = ready(page, "fig-curve")
    sentence = paragraph(page, "A smoothing of")
    own = chart.locator(".bindings input")
    prose = page.get_by_role("slider", name="Smoothing of the curve")
    curve = chart.locator(".mark-line path").first
    before = curve.get_attribute("d")
    prose.focus()
    page.keyboard.press("End")
    expect(own).to_have_value("1")
    expect(curve).not_to_have_attribute("d", before or "")
    flat = {point.split(",")[1] for point in (curve.get_attribute("d") or "")[1:].split("L")}
    assert len(flat) == 1
    own.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(prose).to_have_value("0.8")
    assert "A smoothing of 0.8" in told(sentence)
    assert "20% is left" in told(sentence)
    page.wait_for_url("**/#~smoothing=0.8")
    page.locator("[data-scheme-toggle]").click()
    expect(chart.locator(".bindings input")).to_have_value("0.8")


def test_a_reset_of_the_figure_takes_the_variable_back(moving: Open) -> None:
    page = moving("#~smoothing=0.9&epochs=12")
    chart = ready(page, "fig-curve")
    expect(chart.locator(".bindings input")).to_have_value("0.9")
    chart.get_by_role("button", name="Reset").click()
    expect(page.get_by_role("slider", name="Smoothing of the curve")).to_have_value("0.5")
    expect(page.get_by_role("slider", name="Epochs trained")).to_have_value("12")
    expect(chart.locator(".bindings input")).to_have_value("0.5")


def test_a_figure_s_own_page_knows_the_variables_of_its_article(
    open_page: Open, reading: str
) -> None:
    page = open_page(
        reading.replace("articles/moving-sentences/", "figures/moving-sentences/fig-curve/")
        + "#~smoothing=0.9"
    )
    expect(ready(page, "fig-curve").locator(".bindings input")).to_have_value("0.9")


def test_a_selection_of_a_chart_and_a_choice_of_its_name_move_one_another(moving: Open) -> None:
    page = moving()
    chart = ready(page, "fig-bars")
    bars = chart.locator(".mark-rect path")
    chosen, plain = "#ac3654", "#559b70"
    choice = page.get_by_role("combobox", name="Digit")
    choice.select_option("a plain one")
    expect(bars.nth(1)).to_have_attribute("fill", chosen)
    expect(bars.nth(0)).to_have_attribute("fill", plain)
    page.mouse.click(*middle(chart, ".mark-rect path", 2))
    expect(bars.nth(2)).to_have_attribute("fill", chosen)
    expect(bars.nth(1)).to_have_attribute("fill", plain)
    assert "that is a two" in told(paragraph(page, "Highlighted is"))
    chart.locator(".plot").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert "that is a round zero" in told(paragraph(page, "Highlighted is"))
    expect(page.locator("#voice")).to_contain_text("chosen: ")
    choice.select_option("any digit")
    for i in range(3):
        expect(bars.nth(i)).to_have_attribute("fill", plain)


def test_a_sentence_moves_a_figure_and_follows_it(moving: Open, window: tuple[int, int]) -> None:
    page = moving(viewport=size(window))
    figure = ready(page, "fig-map")
    layer = figure.get_by_role("slider", name="Layer")
    sentence = paragraph(page, "The map shows")
    page.get_by_role("combobox", name="Layer of the map").select_option("first")
    expect(layer).to_have_attribute("aria-valuetext", "first")
    expect(page.locator("#voice")).to_contain_text("first")
    layer.focus()
    page.keyboard.press("End")
    assert "The map shows logits." in told(sentence)
    expect(page.get_by_role("combobox", name="Layer of the map")).to_have_value("2")
    page.wait_for_url("**/#~fig-map.layer=logits")


def test_a_caption_that_moves_is_read_without_the_foot_below_it(moving: Open) -> None:
    page = moving()
    page.get_by_role("combobox", name="Layer beside the ink").select_option("first")
    voice = page.locator("#voice")
    expect(voice).to_have_text("Figure 4 The same examples by their ink, beside first, or first")


def test_words_that_show_a_view_are_a_link_to_it(moving: Open) -> None:
    page = moving()
    link = page.get_by_role("link", name="the logits in shapes")
    view = "#fig-map~fig-map.layer=logits&fig-map.points=marks"
    assert link.get_attribute("href") == view
    expect(link).to_have_attribute("aria-current", "false")
    address = page.url
    link.click()
    figure = page.locator("#fig-map")
    expect(figure).to_be_in_viewport(ratio=0.3)
    expect(figure).to_have_attribute("data-state", "ready")
    expect(figure.get_by_role("slider", name="Layer")).to_have_attribute("aria-valuetext", "logits")
    expect(figure.get_by_role("radio", name="Shapes")).to_be_checked()
    expect(link).to_have_attribute("aria-current", "true")
    page.goto("about:blank")
    page.goto(address + view)
    expect(page.locator("#fig-map").get_by_role("radio", name="Shapes")).to_be_checked()


def test_a_point_of_a_chart_is_chosen_on_the_whole_page(moving: Open) -> None:
    page = moving(viewport={"width": 1440, "height": 1400})
    figure, chart = ready(page, "fig-map"), ready(page, "fig-cloud")
    page.get_by_role("button", name="number 500").click()
    expect(chart.locator(".mark-symbol path[fill='#ac3654']")).to_have_count(1)
    chart.locator(".plot").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    said = page.locator("#voice")
    expect(said).to_contain_text("chosen: instance ")
    index = (said.text_content() or "").split("instance ")[1].split(",")[0]
    page.wait_for_url(f"**/#~instance:small-digits={index}")
    # Of the 150 in the chart the map has 60; the other way round each of them is found.
    figure.locator(".plot").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(said).to_contain_text("chosen: ")
    page.wait_for_function("old => !location.hash.endsWith(`=${old}`)", arg=index)
    expect(chart.locator(".mark-symbol path[fill='#ac3654']")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_bars_anyone(moving: Open, window: tuple[int, int], scheme: str) -> None:
    page = moving(viewport=size(window), color_scheme=scheme, bypass_csp=True)
    for name in ("fig-curve", "fig-bars", "fig-map", "fig-cloud", "fig-walk", "fig-fall"):
        ready(page, name)
    page.get_by_role("button", name="thirty epochs").click()
    page.add_script_tag(content=AXE)
    found = page.evaluate(
        "axe.run().then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + n.html)))"
    )
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") == window[0]


def test_targets_suit_a_finger(moving: Open) -> None:
    page = moving(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    for target in page.locator(".variable :is(input, select), .step-bar button").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    lines = paragraph(page, "epochs the rate is").evaluate(
        "p => [p.getBoundingClientRect().height, parseFloat(getComputedStyle(p).lineHeight)]"
    )
    # Controls are as high as a finger needs and yet do not part the lines.
    assert abs(lines[0] / lines[1] - round(lines[0] / lines[1])) < 0.05


def test_without_scripts_and_on_paper_every_sentence_is_whole(
    open_page: Open, reading: str, moving: Open
) -> None:
    plain = open_page(reading, java_script_enabled=False)
    paper = moving()
    paper.get_by_role("button", name="thirty epochs").click()
    paper.get_by_role("button", name="Next").click()
    paper.emulate_media(media="print")
    for page in (plain, paper):
        text = " ".join(page.locator("main").inner_text().split())
        assert (
            "After 5 epochs the rate is 0.100, which is high. With momentum nothing else changes, "
            "and momentum is what it stays. Train for thirty epochs."
        ) in text
        assert "A smoothing of 0.5 moves Figure 1, and 50% is left." in text
        assert "Highlighted is any digit, that is any digit." in text
        for words in ("Here nothing is sorted.", "Here it begins.", "Here it ends, in other"):
            assert words in text
        assert page.locator("#fig-walk .still").is_visible()
        assert not page.get_by_role("button", name="Next").is_visible()
    tops = [step.bounding_box() for step in paper.locator("#walk .step").all()]
    assert [a["y"] + a["height"] <= b["y"] + 1 for a, b in zip(tops, tops[1:], strict=False)
            if a and b] == [True, True]  # fmt: skip
    goal = plain.get_by_role("link", name="the logits in shapes").get_attribute("href")
    assert goal == "#fig-map"


def test_sentences_move_on_a_page_without_figures(open_page: Open, reading: str) -> None:
    page = open_page(reading.replace("moving-sentences", "words-alone"))
    page.get_by_role("slider", name="layers").focus()
    page.keyboard.press("End")
    assert "there are 4096 paths" in told(paragraph(page, "paths"))


def test_sentences_of_the_first_article_move_its_map(
    site: Host, open_page: Open, window: tuple[int, int]
) -> None:
    page = open_page(site.url + "articles/inside-a-digit-classifier/", viewport=size(window))
    figure = ready(page, "fig-map")
    page.get_by_role("link", name="the logits", exact=True).click()
    layer = figure.get_by_role("slider", name="Layer")
    expect(layer).to_have_attribute("aria-valuetext", "logits")
    page.get_by_role("link", name="PCA", exact=True).focus()
    page.keyboard.press("Enter")
    expect(figure.get_by_role("radio", name="PCA")).to_be_checked()
    expect(figure.locator(".plot")).to_be_in_viewport(ratio=0.5)
