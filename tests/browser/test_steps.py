"""A stepper and a scroll block lead their figures, by pointer, by keys and by address."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

Open = Callable[..., Page]


def size(window: tuple[int, int]) -> dict[str, int]:
    return {"width": window[0], "height": window[1]}


def walk(page: Page) -> tuple[Locator, Locator]:
    """The stepper and the slider of its figure's layers."""
    figure = page.locator("#fig-walk")
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("data-state", "ready")
    return page.locator("#walk"), figure.get_by_role("slider", name="Layer")


def shows(layer: Locator, name: str) -> None:
    expect(layer).to_have_attribute("aria-valuetext", name)


def test_buttons_lead_through_the_steps_and_back(moving: Open, window: tuple[int, int]) -> None:
    page = moving(viewport=size(window))
    steps, layer = walk(page)
    back, onward = (page.get_by_role("button", name=name) for name in ("Back", "Next"))
    expect(steps.locator(".step-count")).to_have_text("1 of 3")
    expect(back).to_have_attribute("aria-disabled", "true")
    place = "() => document.querySelector('#fig-walk').offsetTop"
    below = page.evaluate(place)
    onward.click()
    shows(layer, "first")
    expect(page.get_by_text("Here it begins.")).to_be_visible()
    expect(page.get_by_text("Here nothing is sorted.")).to_be_hidden()
    onward.click()
    shows(layer, "logits")
    wrong = page.locator("#fig-walk").get_by_role("radio", name="Right or wrong")
    expect(wrong).to_be_checked()
    expect(onward).to_have_attribute("aria-disabled", "true")
    expect(onward).to_be_focused()
    onward.click(force=True)
    expect(steps.locator(".step-count")).to_have_text("3 of 3")
    back.click()
    shows(layer, "first")
    expect(wrong).not_to_be_checked()
    # What stands below the words keeps its place, however long they are.
    assert page.evaluate(place) == below


def test_arrow_keys_lead_through_the_steps_and_each_is_announced(moving: Open) -> None:
    page = moving()
    steps, layer = walk(page)
    said: list[str] = []
    page.expose_function("hear", lambda text: said.append(text))
    page.evaluate(
        "() => new MutationObserver(() => hear(document.querySelector('#voice').textContent))"
        ".observe(document.querySelector('#voice'), {childList: true})"
    )
    page.get_by_role("button", name="Next").focus()
    page.keyboard.press("ArrowRight")
    shows(layer, "first")
    page.keyboard.press("End")
    shows(layer, "logits")
    expect(steps.locator(".step-count")).to_have_text("3 of 3")
    page.wait_for_url("**/#~*walk.step=the-answer*")
    page.keyboard.press("Home")
    shows(layer, "pixels")
    assert [text for text in said if text.startswith("Step ")] == [
        "Step 2 of 3: The first layer",
        "Step 3 of 3: The answer",
        "Step 1 of 3: The pixels",
    ]


def test_an_address_opens_a_step_with_all_that_it_sets(moving: Open) -> None:
    page = moving("#~walk.step=the-answer")
    steps, layer = walk(page)
    expect(page.get_by_text("Here it ends, in other colours.")).to_be_visible()
    shows(layer, "logits")
    expect(steps.get_by_role("radio", name="Right or wrong")).to_be_checked()


def test_what_an_address_says_of_the_figure_goes_before_its_step(moving: Open) -> None:
    page = moving("#~walk.step=the-answer&fig-walk.layer=first")
    _, layer = walk(page)
    expect(page.get_by_text("Here it ends, in other colours.")).to_be_visible()
    shows(layer, "first")


def test_words_elsewhere_lead_to_a_step(moving: Open) -> None:
    page = moving()
    _, layer = walk(page)
    page.get_by_role("link", name="the answer").click()
    shows(layer, "logits")
    expect(page.locator("#walk")).to_be_in_viewport()
    expect(page.locator("#walk .step-count")).to_have_text("3 of 3")


def radius(page: Page) -> float:
    """Half the width of a dot of the chart that follows the text."""
    box = page.locator("#fig-fall .mark-symbol path").first.bounding_box()
    assert box is not None
    return box["width"] / 2


def pass_by(page: Page, title: str) -> None:
    """Turn the wheel until a step has become the current one."""
    step = page.locator("#fall .step", has_text=title)
    page.mouse.move(page.viewport_size["width"] / 2, 20)  # type: ignore[index]
    for _ in range(100):
        if "now" in (step.get_attribute("class") or ""):
            return
        page.mouse.wheel(0, 60)
        page.wait_for_timeout(40)
    raise AssertionError(f"{title} never was the current step")


def test_a_figure_stays_while_the_text_passes_and_follows_it(
    moving: Open, window: tuple[int, int]
) -> None:
    page = moving(viewport=size(window))
    walk(page)
    figure = page.locator("#fig-fall")
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("data-state", "ready")
    radii = []
    for title in ("Small", "Larger", "Largest"):
        pass_by(page, title)
        expect(figure.locator(".plot")).to_be_in_viewport(ratio=0.9)
        page.wait_for_timeout(100)
        radii.append(radius(page))
        words = page.locator("#fall .step.now p").last
        assert words.is_visible()
        text, plot = words.bounding_box(), figure.locator(".plot").bounding_box()
        assert text is not None
        assert plot is not None
        apart = text["y"] >= plot["y"] + plot["height"] or text["x"] >= plot["x"] + plot["width"]
        assert apart
    # Areas of 40, 200 and 600.
    assert radii[1] / radii[0] == pytest.approx((200 / 40) ** 0.5, rel=0.1)
    assert radii[2] / radii[1] == pytest.approx((600 / 200) ** 0.5, rel=0.1)
    page.wait_for_url("**/#~*fig-fall.size=600*")
    page.mouse.wheel(0, -0.3 * page.viewport_size["height"])  # type: ignore[index]
    page.wait_for_url("**/#~*fig-fall.size=200*")


def test_a_reader_may_play_with_the_figure_between_two_steps(moving: Open) -> None:
    page = moving()
    page.locator("#fig-fall").scroll_into_view_if_needed()
    pass_by(page, "Larger")
    page.wait_for_url("**/#~*fig-fall.size=200*")
    page.evaluate("() => (location.hash = '#~fig-fall.size=77')")
    page.mouse.wheel(0, 30)
    page.wait_for_timeout(600)
    assert "fig-fall.size=77" in page.url


def test_without_scripts_a_scroll_block_is_a_figure_and_a_list(
    open_page: Open, reading: str, window: tuple[int, int]
) -> None:
    page = open_page(reading, java_script_enabled=False, viewport=size(window))
    figure = page.locator("#fig-fall").bounding_box()
    steps = [one.bounding_box() for one in page.locator("#fall .step").all()]
    assert figure is not None
    tops = [figure["y"] + figure["height"], *(step["y"] for step in steps if step)]
    assert tops == sorted(tops)
    # One after another, as running text is.
    assert all(step is not None and step["height"] < 250 for step in steps)


def test_a_link_leads_to_a_step_of_a_scroll_block(moving: Open) -> None:
    page = moving("#fall-largest")
    expect(page.locator("#fall .step.now .step-title")).to_have_text("Largest")
    page.wait_for_url("**/#fall-largest~*fig-fall.size=600*")
