"""Rows of `make bench` on the two engines: speed side by side, a first answer on a slow line."""

from __future__ import annotations

import gzip
import shutil
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import safetensors.torch
from playwright.sync_api import Browser, Page

from generator.export.graphs import export_graph
from tests.browser.server import Host, SubPath
from tests.browser.test_graphs import article, code, forward_case, gradient_case, step_case

Line = Callable[[str, str, str], None]
CASES = {
    "forward pass of digits-cnn, all taps": (forward_case, 200, "1.5 ms"),
    "its input gradient": (gradient_case, 200, "4 ms"),
    "its training step on 32 digits": (step_case, 40, "60 ms"),
}
# A phone on a slow connection: seconds to answer, bytes a second.
DELAY, RATE = 0.150, 1.6e6 / 8
PACKED = (".html", ".css", ".js", ".mjs", ".json", ".svg", ".wasm")

# Fresh profiles on the slow line.
VISITS = 5

# Both engines in turns on the same feeds: of each its fastest run and its median, in milliseconds.
# On a machine that does other things too, the fastest of many says most about the code.
RACE = """async ({code, url, weights, inputs, feeds, count}) => {
  const at = (name) => new URL(`${code}js/${name}.js`, location.href);
  const [{engines}, {graph}] = await Promise.all([import(at("engines")), import(at("graphs"))]);
  const site = JSON.parse(document.getElementById("site-data").textContent);
  const full = (path) => new URL(path, document.baseURI).href;
  const both = (window.both ??= engines({...site, ort: full(site.ort), wasm: full(site.wasm)}));
  const life = {signal: new AbortController().signal, answered() {}, failed() {}};
  const card = {url: full(url), weights: weights && full(weights),
    location: "weights.safetensors", inputs, outputs: {}};
  const typed = ([name, values]) => [name, inputs[name].dtype === "int64"
    ? BigInt64Array.from(values, BigInt) : Float32Array.from(values)];
  const given = Object.fromEntries(Object.entries(feeds).map(typed));
  const took = {light: [], ort: []};
  const runs = Object.keys(took).map((engine) =>
    [engine, graph(both, "g", {...card, engine}, life)]);
  for (let turn = 0; turn < count + 5; turn++) {
    for (const [engine, {run}] of runs) {
      const begun = performance.now();
      await run(given);
      if (turn >= 5) took[engine].push(performance.now() - begun);
    }
  }
  return Object.values(took).map((all) => {
    all.sort((a, b) => a - b);
    return [all[0], all[Math.floor(all.length / 2)]];
  });
}"""

# When the figure first answered, from the beginning of the navigation.
WATCH = """() => addEventListener("DOMContentLoaded", () => {
  const figure = document.querySelector('figure[data-kind="network"]');
  new MutationObserver(() => {
    if (figure.dataset.state === "live") window.lived ??= performance.now();
  }).observe(figure, {attributes: true});
})"""


def side_by_side(page: Page, site: Path, line: Line) -> None:
    """Each of the three graphs of digits-cnn in both engines, in one page and in turns."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "site"
        shutil.copytree(site, copy)
        (copy / "try").mkdir()
        host = Host(copy)
        page.goto(host.url + article(copy))
        for i, (what, (case, count, budget)) in enumerate(CASES.items()):
            source, _ = case()
            weights = safetensors.torch.save(dict(source.weights)) if source.shared else b""
            graph = export_graph("tried", source, weights or None)
            (copy / f"try/{i}.onnx").write_bytes(graph.onnx)
            (copy / f"try/{i}.safetensors").write_bytes(weights)
            feeds = dict(source.inputs) if source.shared else {**source.weights, **source.inputs}
            given = {
                "code": code(copy),
                "url": f"../../try/{i}.onnx",
                "weights": f"../../try/{i}.safetensors" if weights else None,
                "inputs": {
                    n: {"shape": s.shape, "dtype": s.dtype} for n, s in graph.inputs.items()
                },
                "feeds": {name: value.flatten().tolist() for name, value in feeds.items()},
                "count": count,
            }
            (best, usual), (other, others) = page.evaluate(RACE, given)
            line(what, f"{usual:.2f} ms", budget)
            line(f"  the fastest of {count}", f"{best:.2f} ms", budget)
            line(
                "  onnxruntime-web beside it",
                f"{others:.2f} ms",
                f"none; {usual / others:.1f} times",
            )
            line(f"  the fastest of {count}", f"{other:.2f} ms", f"none; {best / other:.1f} times")
        host.close()


class _Packed(SubPath):
    """A host that compresses what web servers compress, over connections that stay open."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> BytesIO | None:  # type: ignore[override]
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return None
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in PACKED:
            content = gzip.compress(content)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)


def on_a_slow_line(browser: Browser, site: Path, path: str, line: Line) -> None:
    """From navigation on an empty cache to text, to a figure to draw on, to its answer; the medians
    of some visits, each with a fresh profile."""
    host = Host(site, handler=_Packed)
    visits = [_visit(browser, host.url + path) for _ in range(VISITS)]
    host.close()
    paint, ready, lived, loaded = (sorted(all_) for all_ in zip(*visits, strict=True))
    middle = VISITS // 2
    line("slow line, empty cache: text can be read after", f"{paint[middle]:.2f} s", "1.2 s")
    line("  the network figure can be drawn on after", f"{ready[middle]:.2f} s", "none")
    line("  it has answered after", f"{lived[middle]:.2f} s", "2.5 s; CNN Explainer took 19 s")
    line(f"  the slowest of {VISITS} visits", f"{lived[-1]:.2f} s", "2.5 s")
    line("  having loaded", f"{loaded[middle] / 1000:.0f} kB", "none")


def _visit(browser: Browser, url: str) -> tuple[float, float, float, float]:
    """Seconds to the first text, to a figure that is ready and to its first answer; bytes."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    speeds = {"downloadThroughput": RATE, "uploadThroughput": RATE, "latency": 1000 * DELAY}
    devtools.send("Network.emulateNetworkConditions", {"offline": False, **speeds})
    page.add_init_script(f"({WATCH})()")
    page.goto(url, wait_until="commit")
    figure = page.locator('figure[data-kind="network"]').first
    figure.evaluate("figure => figure.scrollIntoView()")
    page.wait_for_function("f => f.dataset.state !== 'still'", arg=figure.element_handle())
    ready: float = page.evaluate("() => performance.now()")
    figure.locator("canvas.pad").click()
    page.wait_for_function("() => window.lived")
    lived: float = page.evaluate("() => window.lived")
    paint: float = page.evaluate(
        "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
    )
    loaded: float = page.evaluate(
        "() => performance.getEntriesByType('resource').reduce((n, e) => n + e.transferSize, 0)"
    )
    context.close()
    return paint / 1000, ready / 1000, lived / 1000, loaded
