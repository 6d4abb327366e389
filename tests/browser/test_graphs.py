"""Forward, gradient, step: each agrees with eager PyTorch in a real page, in both engines."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import safetensors.torch
import torch
from playwright.sync_api import Page
from torch import Tensor, nn

from generator.compute.graphs import forward, input_gradient, sgd_step, still
from generator.datasets import load_dataset
from generator.export.graphs import Graph, export_graph
from generator.figure import Source
from generator.models import load_model
from tests.browser.server import Host

ROOT = Path(__file__).parents[2]
MODEL = load_model(ROOT / "models/digits-cnn")
DIGITS = load_dataset(ROOT / "models/datasets/digits")
LAYERS = MODEL.card.layers
RATE, MOMENTUM = 0.05, 0.9
TOLERANCE = 1e-4

RUN = """async ({code, url, weights, inputs, feeds, engine}) => {
  const at = (name) => new URL(`${code}js/${name}.js`, location.href);
  const [{engines}, {graph}] = await Promise.all([import(at("engines")), import(at("graphs"))]);
  const site = JSON.parse(document.getElementById("site-data").textContent);
  const full = (path) => new URL(path, document.baseURI).href;
  const both = engines({...site, ort: full(site.ort), wasm: full(site.wasm)});
  const card = {url: full(url), weights: weights && full(weights),
    location: "weights.safetensors", inputs, outputs: {}, engine};
  const life = {signal: new AbortController().signal, answered() {}, failed() {}};
  const typed = ([name, values]) => [name, inputs[name].dtype === "int64"
    ? BigInt64Array.from(values, BigInt) : Float32Array.from(values)];
  const answer = await graph(both, "g", card, life).run(
    Object.fromEntries(Object.entries(feeds).map(typed)));
  return Object.fromEntries(Object.entries(answer).map(([name, {data, shape}]) =>
    [name, [Array.from(data, Number), shape]]));
}"""


def images(count: int) -> Tensor:
    return torch.from_numpy(DIGITS.images[DIGITS.test[:count]]).float() / 255


def labels(count: int) -> Tensor:
    return torch.from_numpy(DIGITS.labels[DIGITS.test[:count]])


def forward_case() -> tuple[Source, dict[str, Tensor]]:
    """Every layer's answer, by hooks on the original module."""
    wanted: dict[str, Tensor] = {}
    hooks = [
        dict(MODEL.module.named_modules())[name].register_forward_hook(
            lambda _m, _i, answer, name=name: wanted.update({name: answer})
        )
        for name in LAYERS
    ]
    feeds = {"input": images(1)}
    MODEL.module(feeds["input"])
    for hook in hooks:
        hook.remove()
    return Source(forward(MODEL.module, LAYERS), MODEL.weights, feeds, [feeds]), wanted


def gradient_case() -> tuple[Source, dict[str, Tensor]]:
    """The slope of the logit for 3 at every pixel, by autograd through the original module."""
    feeds = {"input": images(1), "direction": nn.functional.one_hot(torch.tensor([3]), 10).float()}
    image = feeds["input"].clone().requires_grad_()
    output = MODEL.module(image)
    (gradient,) = torch.autograd.grad(output[0, 3], image)
    wanted = {"gradient": gradient, "output": output.detach()}
    return Source(input_gradient(MODEL.module), MODEL.weights, feeds, [feeds]), wanted


def step_case() -> tuple[Source, dict[str, Tensor]]:
    """Two steps of torch.optim.SGD on a copy give the velocities; the graph makes the second."""
    batch = {"input": images(32), "label": labels(32)}
    module = load_model(ROOT / "models/digits-cnn").module.requires_grad_(True)
    optimizer = torch.optim.SGD(module.parameters(), lr=RATE, momentum=MOMENTUM)
    for step in range(2):
        if step == 1:
            weights = {name: value.detach().clone() for name, value in module.state_dict().items()}
            velocity = {
                f"velocity.{name}": optimizer.state[value]["momentum_buffer"].clone()
                for name, value in module.named_parameters()
            }
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(module(batch["input"]), batch["label"])
        loss.backward()
        optimizer.step()
    wanted = {"loss": loss.detach()}
    for name, value in module.named_parameters():
        wanted[f"next.{name}"] = value.detach()
        wanted[f"next.velocity.{name}"] = optimizer.state[value]["momentum_buffer"]
    scalars = {"rate": torch.tensor(RATE), "momentum": torch.tensor(MOMENTUM)}
    feeds = {**batch, **scalars, **velocity}
    assert velocity.keys() == still(weights).keys()
    return Source(sgd_step(MODEL.module), weights, feeds, [feeds], shared=False), wanted


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[tuple[Host, Path]]:
    """A copy of our site with a folder for the graphs under test."""
    copy = tmp_path / "site"
    shutil.copytree(ROOT / "site", copy)
    (copy / "try").mkdir()
    host = Host(copy)
    yield host, copy
    host.close()


@pytest.mark.long
@pytest.mark.parametrize("case", [forward_case, gradient_case, step_case])
def test_a_graph_agrees_with_pytorch_in_the_page_whichever_engine_runs_it(
    bench: tuple[Host, Path],
    open_page: Callable[..., Page],
    case: Callable[[], tuple[Source, dict[str, Tensor]]],
) -> None:
    host, folder = bench
    source, wanted = case()
    weights = safetensors.torch.save(dict(source.weights)) if source.shared else None
    graph: Graph = export_graph("tried", source, weights)
    (folder / "try/graph.onnx").write_bytes(graph.onnx)
    (folder / "try/weights.safetensors").write_bytes(weights or b"")
    feeds = dict(source.inputs) if source.shared else {**source.weights, **source.inputs}
    page = open_page(host.url + article(folder))
    up = "../../try/"
    given = {
        "code": code(folder),
        "url": up + "graph.onnx",
        "weights": up + "weights.safetensors" if source.shared else None,
        "inputs": {n: {"shape": s.shape, "dtype": s.dtype} for n, s in graph.inputs.items()},
        "feeds": {name: value.flatten().tolist() for name, value in feeds.items()},
    }
    for engine in ("light", "ort"):
        found = page.evaluate(RUN, {**given, "engine": engine})
        for name, expected in wanted.items():
            values, shape = found[name]
            assert tuple(shape) == tuple(expected.shape), (engine, name)
            actual = torch.tensor(values, dtype=torch.float32).reshape(expected.shape)
            assert torch.isfinite(actual).all(), (engine, name)
            assert expected.abs().max() > 0, name
            error = (actual - expected).abs().max() / expected.abs().max()
            assert error <= TOLERANCE, (engine, name)


def article(site: Path) -> str:
    return str(next((site / "articles").glob("*/index.html")).relative_to(site))


def code(site: Path) -> str:
    """The folder of the browser's code, seen from an article."""
    folder = next(path for path in (site / "assets").iterdir() if path.is_dir())
    return f"../../assets/{folder.name}/"
