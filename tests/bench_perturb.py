"""How fast a perturbation follows its slider, for `make bench`."""

from __future__ import annotations

import statistics
from collections.abc import Callable

from playwright.sync_api import Page as Tab

MODELS = (("digits", "digits-cnn", "16 ms"), ("shapes", "shapes-cnn", "100 ms"))

# Moves the strength, and each time waits for the sentence that says what came of it.
SLIDE = """async (figure, moves) => {
  const slider = figure.querySelector(".strength input");
  const verdict = figure.querySelector(".verdict");
  const took = [];
  for (let i = 0; i < moves; i++) {
    const steps = Math.round(slider.max / slider.step);
    slider.value = slider.step * (1 + (i * 7) % Math.floor(steps / 2));
    const started = performance.now();
    const said = new Promise((then) => {
      const watch = new MutationObserver(() => { watch.disconnect(); then(performance.now()); });
      watch.observe(verdict, {childList: true});
    });
    slider.dispatchEvent(new Event("input"));
    took.push(await said - started);
    await new Promise((then) => setTimeout(then, 60));
  }
  return took;
}"""


def slider_to_picture(page: Tab, url: str, line: Callable[[str, str, str], None]) -> None:
    """From a move of the strength to the answer to the attacked picture, figure by figure."""
    page.goto(url)
    for name, model, budget in MODELS:
        figure = page.locator(f"#fig-{name}")
        figure.scroll_into_view_if_needed()
        page.wait_for_function(
            "f => ['ready', 'live'].includes(f.dataset.state)", arg=figure.element_handle()
        )
        for attack in ("FGSM", "Iterated (PGD)"):
            figure.get_by_role("button", name=attack, exact=True).click()
            figure.evaluate(SLIDE, 10)
            took = statistics.median(figure.evaluate(SLIDE, 60))
            line(f"strength to picture, {model}, {attack}", f"{took:.1f} ms", budget)
