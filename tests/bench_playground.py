"""How fast the playground trains beside TensorFlow Playground's own engine, for `make bench`.

The peer is its file ``nn.ts``: ``playground/src/nn.ts``, ``src/nn.ts`` or ``nn.ts`` in the folder
that PEERS names; it trains without drawing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
NETS = {"2 inputs, hidden 4 and 2": 15, "7 inputs, six layers of 8": 20}
PLACES = ("playground/src/nn.ts", "src/nn.ts", "nn.ts")
Line = Callable[[str, str, str], None]

# The longest that the page was busy at a stretch, beyond 50 ms as browsers tell it.
WATCH = """() => {
  window.blocks = [];
  new PerformanceObserver((list) => {
    for (const {duration} of list.getEntries()) window.blocks.push(duration);
  }).observe({type: "longtask"});
}"""


def epochs_a_second(line: Line) -> None:
    """Epochs of 250 points in batches of ten, by seconds of the processor, the fastest of many."""
    folder = Path(os.environ.get("PEERS", "peers"))
    file = next((folder / place for place in PLACES if (folder / place).is_file()), None)
    peers = _paces("peer", file) if file else [None, None]
    fast, plain = _paces("", None), _paces("plain", None)
    for (net, budget), swift, slow, peer in zip(NETS.items(), fast, plain, peers, strict=True):
        line(f"playground, {net}, epochs a second", f"{swift:,.0f}", "none")
        line("  without WebAssembly", f"{slow:,.0f}", "none")
        line("  TensorFlow Playground's engine", f"{peer:,.0f}" if peer else "no peer", "none")
        times = (f"{swift / peer:.1f}", f"{slow / peer:.1f}") if peer else ("no peer", "no peer")
        line("  times it", times[0], str(budget))
        line("  times it, without WebAssembly", times[1], "2")


def _paces(way: str, file: Path | None) -> list[float]:
    node = Path(sys.executable).with_name("node")
    command = [str(node), "tests/js/playground-bench.mjs", way, *([str(file)] if file else [])]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: list[float] = json.loads(done.stdout)
    return found


def blocked(page: Page, url: str, line: Line) -> None:
    """How long the page itself is ever busy while it trains and draws at full speed."""
    page.goto(url)
    figure = page.locator('figure[data-kind="playground"]').first
    figure.scroll_into_view_if_needed()
    page.wait_for_function("f => f.dataset.state !== 'still'", arg=figure.element_handle())
    page.wait_for_timeout(1000)
    page.evaluate(WATCH)
    figure.get_by_role("button", name="Play").first.click()
    page.wait_for_timeout(6000)
    blocks: list[float] = page.evaluate("() => window.blocks")
    longest = f"{max(blocks):.0f} ms" if blocks else "below 50 ms"
    line("playground, training and drawing: page busy for at most", longest, "50 ms")


if __name__ == "__main__":
    epochs_a_second(lambda what, figure, budget: print(f"{what:<50} {figure:>12}   {budget}"))
