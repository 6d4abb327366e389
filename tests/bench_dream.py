"""How long a dreamt picture takes for a step, for `make bench`."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page as Tab

FIGURES = (("shapes", "shapes-cnn, its class", "25 ms"), ("digits", "digits-cnn, conv2", "none"))
OPTIMA, STEPS = 6, 64

# From a press on Play to the end of the run, waits for the screen included.
PLAY = """async (figure) => {
  const whole = figure.querySelector(".dream");
  const over = new Promise((then) => new MutationObserver(() => {
    if (whole.getAttribute("aria-busy") === "false") then(performance.now());
  }).observe(whole, {attributes: true}));
  const begun = performance.now();
  figure.querySelector(".player button").click();
  return await over - begun;
}"""


def step_of_a_dream(page: Tab, url: str, line: Callable[[str, str, str], None]) -> None:
    """Six pictures climb side by side, so that the screen's own pace hardly counts."""
    page.goto(url)
    for name, what, budget in FIGURES:
        figure = page.locator(f"#fig-{name}")
        figure.scroll_into_view_if_needed()
        page.wait_for_function(
            "f => ['ready', 'live'].includes(f.dataset.state)", arg=figure.element_handle()
        )
        for knob, value in (("Steps", STEPS), ("Optima", OPTIMA)):
            figure.get_by_label(knob, exact=True).fill(str(value))
        page.wait_for_function(
            "f => f.querySelector('.dream').getAttribute('aria-busy') === 'false'",
            arg=figure.element_handle(),
            timeout=120_000,
        )
        took = figure.evaluate(PLAY) / (OPTIMA * (STEPS + 1))
        line(f"one step of a dream on {what}", f"{took:.1f} ms", budget)
